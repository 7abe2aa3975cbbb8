#!/usr/bin/env python3
"""`simpul serve` from outside: how it starts, how it refuses to, how it stops. usage: serve_test.py BINARY"""
import contextlib
import json
import os
import pathlib
import re
import resource
import signal
import socket
import sqlite3
import subprocess
import sys
import tempfile
import time
import unittest
import urllib.request

BINARY = sys.argv.pop(1)


def environment(**more):
    clean = {name: value for name, value in os.environ.items() if not name.startswith("SIMPUL_")}
    return {**clean, **more}


class Serve(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory(prefix="simpul-serve-")
        self.data = pathlib.Path(self.folder.name) / "data"
        self.started = []

    def tearDown(self):
        for process in self.started:
            if process.poll() is None:
                process.kill()
            process.wait()
            process.stdout.close()
            process.stderr.close()
        self.folder.cleanup()

    def start(self, *arguments, data=None):
        process = subprocess.Popen([BINARY, "serve", "--data", str(data or self.data), "--port", "0", *arguments],
                                   stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=environment())
        self.started.append(process)
        line = process.stdout.readline()
        found = re.search(r"http://127\.0\.0\.1:(\d+)", line)
        self.assertTrue(found, f"{line} {process.stderr.read() if not found else ''}")
        return process, int(found[1])

    def refusal(self, *arguments, data=None, **more):
        done = subprocess.run([BINARY, "serve", "--data", str(data or self.data), *arguments], capture_output=True,
                              text=True, timeout=60, env=environment(**more), check=False)
        self.assertGreater(done.returncode, 0)
        # One sentence for the person; what the log said before it was refused may stand above.
        said = [line for line in done.stderr.strip().splitlines() if not re.match(r"\d{4}-\d\d-\d\dT\S+Z info ", line)]
        self.assertEqual(len(said), 1, done.stderr)
        self.assertTrue(said[0].startswith("simpul: "), done.stderr)
        return said[0]

    def test_is_ready_when_it_says_so(self):
        _, port = self.start()
        for path in ("/healthz", "/readyz"):
            with urllib.request.urlopen(f"http://127.0.0.1:{port}{path}", timeout=10) as answer:
                self.assertEqual(answer.status, 200)

    def test_stops_with_status_0_and_finishes_what_is_in_flight(self):
        process, port = self.start()
        with socket.create_connection(("127.0.0.1", port), timeout=10) as connection:
            connection.sendall(b"GET /healthz HTTP/1.1\r\nHost: a\r\n")
            begun = time.monotonic()
            # The head is under way: the server must wait for its rest, within its time.
            while self.unread(port, connection):
                pass
            process.send_signal(signal.SIGTERM)
            while self.accepts(port):
                pass
            connection.sendall(b"\r\n")
            answer = b""
            while piece := connection.recv(4096):
                answer += piece
        self.assertTrue(answer.startswith(b"HTTP/1.1 200 "), answer)
        self.assertIn(b"Connection: close", answer)
        self.assertEqual(process.wait(timeout=10), 0)
        self.assertLess(time.monotonic() - begun, 10)

    @staticmethod
    def unread(port, connection):
        """Whether the server's end of this connection has bytes that it has not read yet."""
        mine = f":{connection.getsockname()[1]:04X}"
        for line in pathlib.Path("/proc/net/tcp").read_text().splitlines()[1:]:
            fields = line.split()
            if fields[2].endswith(mine) and fields[1].endswith(f":{port:04X}"):
                return int(fields[4].split(":")[1], 16) > 0
        return True

    @staticmethod
    def accepts(port):
        try:
            socket.create_connection(("127.0.0.1", port), timeout=10).close()
            return True
        except OSError:
            return False

    def test_a_second_server_on_the_same_folder_is_refused(self):
        self.start()
        self.assertIn("already runs", self.refusal("--port", "0"))

    def test_a_port_in_use_is_refused(self):
        _, port = self.start()
        other = pathlib.Path(self.folder.name) / "other"
        self.assertIn(f"Port {port}", self.refusal("--port", str(port), data=other))
        # Even when the one who has it would share it.
        with socket.socket() as taken:
            taken.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
            taken.bind(("127.0.0.1", 0))
            taken.listen()
            self.assertIn("in use", self.refusal("--port", str(taken.getsockname()[1]), data=other))

    def test_a_folder_that_cannot_be_written_to_is_refused(self):
        in_the_way = pathlib.Path(self.folder.name) / "file"
        in_the_way.write_text("")
        self.assertIn("cannot be written to", self.refusal("--port", "0", data=in_the_way))

    def test_a_database_of_a_newer_program_is_refused(self):
        process, _ = self.start()
        process.terminate()
        process.wait()
        with contextlib.closing(sqlite3.connect(self.data / "simpul.db")) as database, database:
            database.execute("INSERT INTO schema_version (version, name, applied_at) VALUES (9999, 'later', 0)")
        self.assertIn("newer Simpul (schema 9999", self.refusal("--port", "0"))

    def test_serves_2000_connections_and_says_503_to_the_next(self):
        # From twenty addresses: one may hold a hundred. The shell's usual limit of 1,024 files must not be in the way.
        soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
        if hard < 4500:  # the test itself holds as many
            hard = 4500
            resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))
        resource.setrlimit(resource.RLIMIT_NOFILE, (1024, hard))
        try:
            _, port = self.start()
        finally:
            resource.setrlimit(resource.RLIMIT_NOFILE, (max(soft, 4500), hard))
        with contextlib.ExitStack() as stack:
            stack.callback(resource.setrlimit, resource.RLIMIT_NOFILE, (soft, hard))

            def connect(number):
                return stack.enter_context(socket.create_connection(
                    ("127.0.0.1", port), timeout=20, source_address=(f"127.0.0.{2 + number // 100}", 0)))

            held = [connect(number) for number in range(2000)]
            for connection in held:
                connection.sendall(b"GET /healthz HTTP/1.1\r\nHost: a\r\n\r\n")
            for connection in held:
                self.assertEqual(connection.recv(12), b"HTTP/1.1 200")
            self.assertEqual(connect(2000).recv(12), b"HTTP/1.1 503")

    def test_an_unknown_setting_is_refused_with_its_line(self):
        self.data.mkdir()
        (self.data / "simpul.toml").write_text("[server]\nprot = 8080\n")
        self.assertIn("simpul.toml, line 2: there is no setting server.prot", self.refusal("--port", "0"))

    def test_the_first_start_prints_a_one_time_password_once(self):
        process, port = self.start()
        line = process.stdout.readline()
        found = re.search(r"/kantor/ user admin, one-time password ([a-z0-9-]{24})$", line.strip())
        self.assertTrue(found, line)
        body = json.dumps({"username": "admin", "password": found[1]}).encode()
        request = urllib.request.Request(f"http://127.0.0.1:{port}/api/v1/session", body,
                                         {"Content-Type": "application/json"})
        with urllib.request.urlopen(request, timeout=10) as answer:
            self.assertEqual(json.load(answer)["needs"], ["password", "totp"])
        process.terminate()
        self.assertNotIn("one-time", process.stdout.read())
        process.wait()
        again, _ = self.start()
        again.terminate()
        self.assertNotIn("one-time", again.stdout.read())

    def test_starts_again_after_kill_9(self):
        process, _ = self.start()
        process.kill()
        process.wait()
        self.start()


if __name__ == "__main__":
    unittest.main()
