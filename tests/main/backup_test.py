#!/usr/bin/env python3
"""The drill with the built program: a backup while another process writes and is killed, restored into an empty folder.

usage: backup_test.py BINARY DATA
"""
import json
import os
import pathlib
import signal
import subprocess
import sys
import tarfile
import tempfile
import time
import unittest

DATA = sys.argv.pop(2)
BINARY = sys.argv.pop(1)
CLEAN = {name: value for name, value in os.environ.items() if not name.startswith("SIMPUL_")}


def run(*arguments):
    return subprocess.run([BINARY, *map(str, arguments)], capture_output=True, text=True, timeout=120, env=CLEAN, check=False)


class Backup(unittest.TestCase):
    def setUp(self):
        kept = tempfile.TemporaryDirectory(prefix="simpul-backup-")
        self.addCleanup(kept.cleanup)
        self.root = pathlib.Path(kept.name)
        self.data = self.root / "data"

    def good(self, *arguments):
        done = run(*arguments)
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)
        return done.stdout

    def refused(self, *arguments):
        done = run(*arguments)
        self.assertEqual(done.returncode, 1, done.stdout + done.stderr)
        self.assertEqual(len(done.stderr.strip().splitlines()), 1, done.stderr)
        return done.stderr

    def export(self, folder):
        return self.good("export", "--data", folder)

    def test_the_drill(self):
        self.good("import", DATA, "--data", self.data)
        (self.data / "files").mkdir()
        (self.data / "files" / "a1.pdf").write_bytes(os.urandom(300_000))
        # Somebody writes without a pause: the same rows, alternately with and without a change.
        rows = self.export(self.data).splitlines()
        versions = []
        for number in range(2):
            changed = self.root / f"version{number}" / "potentials.csv"
            changed.parent.mkdir()
            changed.write_text("\n".join([rows[0]] + [row.replace("Wakatobi", f"Wakatobi {number}") for row in rows[1:]]) + "\n")
            versions.append(changed)
        writer = subprocess.Popen(
            ["sh", "-c", f'while "{BINARY}" import "{versions[0]}" --data "{self.data}" && '
                         f'"{BINARY}" import "{versions[1]}" --data "{self.data}"; do :; done'],
            env=CLEAN, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, start_new_session=True)
        try:
            said = []
            deadline = time.monotonic() + 60
            # Until the backups hold several states of the register.
            while len(said) < 3 or (len({line.splitlines()[-1] for line in said}) < 3 and time.monotonic() < deadline):
                said.append(self.good("backup", self.root / f"{len(said)}.tar", "--data", self.data))
            self.assertIsNone(writer.poll(), "the writer was locked out")
        finally:
            os.killpg(writer.pid, signal.SIGKILL)
            writer.communicate()
        self.assertIn("in order", self.good("check", "--data", self.data))

        for number, line in list(enumerate(said))[-3:]:
            place = self.root / f"restored{number}"
            restored = self.good("restore", self.root / f"{number}.tar", "--data", place)
            state = line.strip().splitlines()[-1]
            self.assertIn("last hash", state)
            self.assertEqual(restored.strip().splitlines()[-1], state)
            self.assertIn("in order", self.good("check", "--data", place))
            self.assertEqual((place / "files" / "a1.pdf").read_bytes(), (self.data / "files" / "a1.pdf").read_bytes())
            # One of the states that the writer left between two transactions, never a mixture.
            titles = self.export(place)
            self.assertFalse("Wakatobi 0" in titles and "Wakatobi 1" in titles)
        self.assertGreater(len({line.splitlines()[-1] for line in said}), 1, "the writer wrote nothing meanwhile")

    def test_a_killed_backup_leaves_nothing_that_looks_like_one(self):
        self.good("import", DATA, "--data", self.data)
        (self.data / "files").mkdir()
        with open(self.data / "files" / "large.bin", "wb") as large:
            large.truncate(3_000_000_000)
        target = self.root / "out"
        target.mkdir()
        backup = subprocess.Popen([BINARY, "backup", str(target), "--data", str(self.data)], env=CLEAN)
        deadline = time.monotonic() + 60
        while not list(target.glob(".simpul-backup-*/backup.tar")) and time.monotonic() < deadline:
            os.sched_yield()
        backup.kill()
        backup.wait()
        self.assertEqual(backup.returncode, -signal.SIGKILL)
        self.assertEqual(list(target.glob("*.tar")), [])
        (self.data / "files" / "large.bin").unlink()
        self.good("backup", target, "--data", self.data)
        self.assertEqual(len(list(target.glob("*.tar"))), 1)

    def test_bad_input_is_one_sentence_each(self):
        self.good("migrate", "--data", self.data)
        self.good("backup", self.root / "a.tar", "--data", self.data)
        self.assertIn("not empty", self.refused("restore", self.root / "a.tar", "--data", self.data))
        self.assertIn("exists already", self.refused("backup", self.root / "a.tar", "--data", self.data))
        self.assertIn("cannot be read", self.refused("restore", self.root / "none.tar", "--data", self.root / "new"))
        (self.root / "cut.tar").write_bytes((self.root / "a.tar").read_bytes()[:50_000])
        self.assertIn("damaged or cut off", self.refused("restore", self.root / "cut.tar", "--data", self.root / "new"))
        self.assertIn("cannot be opened", self.refused("backup", self.root / "b.tar", "--data", self.root / "nowhere"))
        (self.root / "half" / ".restoring").mkdir(parents=True)
        for command in (["serve", "--port", "0"], ["check"], ["backup", self.root / "c.tar"]):
            self.assertIn("broken off", self.refused(*command, "--data", self.root / "half"))
        self.assertIn("audit log whole: 0 entries", self.good("check", "--audit", "--data", self.data))
        (self.data / "simpul.toml").write_text('[backup]\ntime = "2 pm"\n')
        served = run("serve", "--port", "0", "--data", self.data)
        self.assertEqual(served.returncode, 1)
        self.assertIn("time of day", served.stderr)
        (self.data / "simpul.toml").unlink()

    def test_the_list_inside_says_what_each_file_is(self):
        self.good("migrate", "--data", self.data)
        self.good("backup", self.root / "a.tar", "--data", self.data)
        with tarfile.open(self.root / "a.tar") as archive:
            self.assertEqual(archive.getnames()[-1], "manifest.json")
            listed = json.load(archive.extractfile("manifest.json"))
            self.assertEqual([file["name"] for file in listed["files"]], archive.getnames()[:-1])
        self.assertEqual(os.stat(self.root / "a.tar").st_mode & 0o777, 0o600)


if __name__ == "__main__":
    unittest.main()
