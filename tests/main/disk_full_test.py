#!/usr/bin/env python3
"""A disk that is full while data comes in: one sentence, nothing changed, and it works again with room.

usage: disk_full_test.py BINARY DATA
"""
import os
import resource
import subprocess
import sys
import tempfile
import unittest

DATA = sys.argv.pop(2)
BINARY = sys.argv.pop(1)


class DiskFull(unittest.TestCase):
    def run_simpul(self, *arguments, largest_file=resource.RLIM_INFINITY):
        clean = {name: value for name, value in os.environ.items() if not name.startswith("SIMPUL_")}
        limit = lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (largest_file, resource.RLIM_INFINITY))
        return subprocess.run([BINARY, *arguments], capture_output=True, text=True, timeout=120, env=clean, check=False,
                              preexec_fn=limit)

    def test_nothing_is_half_written(self):
        with tempfile.TemporaryDirectory(prefix="simpul-full-") as folder:
            made = self.run_simpul("migrate", "--data", folder)
            self.assertEqual(made.returncode, 0, made.stderr)
            full = self.run_simpul("import", DATA, "--data", folder, largest_file=400_000)
            self.assertEqual(full.returncode, 1, full.stderr)
            said = full.stderr.strip().splitlines()
            self.assertEqual(len(said), 1, full.stderr)
            self.assertIn("nothing was changed", said[0])
            whole = self.run_simpul("check", "--data", folder)
            self.assertEqual(whole.returncode, 0, whole.stdout + whole.stderr)
            again = self.run_simpul("import", DATA, "--data", folder)
            self.assertEqual(again.returncode, 0, again.stderr)
            self.assertIn("1502 new", again.stdout)


if __name__ == "__main__":
    unittest.main()
