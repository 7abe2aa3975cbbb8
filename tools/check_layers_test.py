#!/usr/bin/env python3
"""The floor check must find what it is there to find: small trees with one breach each."""
import pathlib
import subprocess
import sys
import tempfile
import unittest

CHECK = pathlib.Path(__file__).with_name("check_layers.py")


def run(files):
    with tempfile.TemporaryDirectory() as folder:
        for name, text in files.items():
            path = pathlib.Path(folder, name)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text)
        result = subprocess.run([sys.executable, CHECK, folder], capture_output=True, text=True)
        return result.returncode, result.stdout


class Floors(unittest.TestCase):
    def refused(self, name, text, words):
        code, output = run({name: text})
        self.assertEqual(code, 1, output)
        self.assertIn(words, output)

    def test_lower_floor_is_fine(self):
        self.assertEqual(run({"src/web/site/home.cpp": '#include "catalog/snapshot.hpp"\n#include "web/route.hpp"\n'})[0], 0)

    def test_upper_floor(self):
        self.refused("src/domain/a.cpp", '#include "storage/store.hpp"\n', "may not include storage")

    def test_same_floor(self):
        self.refused("src/storage/a.cpp", '#include "catalog/snapshot.hpp"\n', "may not include catalog")

    def test_public_face_sees_no_service(self):
        self.refused("src/web/tiles/a.cpp", '#include "service/import.hpp"\n', "sees the snapshot only")

    def test_faces_do_not_know_each_other(self):
        self.refused("src/web/site/a.cpp", '#include "web/tiles/tiles.hpp"\n', "does not know the face tiles")

    def test_engine_in_its_place(self):
        self.refused("src/web/dispatch.cpp", "#include <boost/asio.hpp>\n", "Boost.Beast")

    def test_domain_without_io(self):
        self.refused("src/domain/a.hpp", "#include <fstream>\n", "no I/O header")

    def test_programs_from_foreign_only(self):
        self.refused("src/service/a.cpp", 'void f() { system("ls"); }\n', "started only from")

    def test_long_file(self):
        self.refused("src/base/a.cpp", "\n" * 601, "601 lines")

    def test_unknown_folder(self):
        self.refused("src/utils/a.cpp", "\n", "stands on no floor")


if __name__ == "__main__":
    unittest.main()
