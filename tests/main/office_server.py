"""A server on the real data for the tests of the back office from outside, and people who use its REST interface."""
import base64
import hashlib
import hmac
import http.client
import json
import os
import pathlib
import re
import sqlite3
import struct
import subprocess
import tempfile
import time

PASSWORD = "tiga ekor cumi melompat"


def totp(secret, step_offset=0):
    key = base64.b32decode(secret)
    step = int(time.time()) // 30 + step_offset
    digest = hmac.new(key, struct.pack(">Q", step), hashlib.sha1).digest()
    at = digest[-1] & 15
    return f"{(struct.unpack('>I', digest[at:at + 4])[0] & 0x7FFFFFFF) % 1000000:06d}"


class Server:
    def __init__(self, binary, data_files, settings=None):
        self.binary = binary
        self.folder = tempfile.TemporaryDirectory(prefix="simpul-office-")
        clean = {name: value for name, value in os.environ.items() if not name.startswith("SIMPUL_")}
        self.environment = {**clean, "SIMPUL_DATA": self.folder.name, "SIMPUL_ADMIN_PASSWORD": PASSWORD,
                            **(settings or {})}
        subprocess.run([binary, "import", *map(str, data_files)], check=True, env=self.environment, capture_output=True)
        self.start()

    def start(self):
        with open(pathlib.Path(self.folder.name) / "server.log", "a") as log:
            self.process = subprocess.Popen([self.binary, "serve", "--port", "0"], env=self.environment, text=True,
                                            stdout=subprocess.PIPE, stderr=log)
        self.port = int(re.search(r"http://127\.0\.0\.1:(\d+)", self.process.stdout.readline())[1])

    def stop(self, kill=False):
        (self.process.kill if kill else self.process.terminate)()
        self.process.wait()
        self.process.stdout.close()

    def restart(self, kill=False):
        self.stop(kill)
        self.start()

    def close(self):
        if self.process.poll() is None:
            self.stop()
        self.folder.cleanup()

    def log(self):
        return (pathlib.Path(self.folder.name) / "server.log").read_text()

    def rows(self, sql):
        """What stands in the database, read beside the server."""
        connection = sqlite3.connect(f"file:{self.folder.name}/simpul.db?mode=ro", uri=True)
        try:
            return connection.execute(sql).fetchall()
        finally:
            connection.close()

    def database_bytes(self):
        return b"".join(file.read_bytes() for file in pathlib.Path(self.folder.name).glob("simpul.db*"))

    @staticmethod
    def wait_for(condition, seconds=60):
        end = time.monotonic() + seconds
        while not condition():
            if time.monotonic() > end:
                raise AssertionError("it did not come about")
            time.sleep(0.05)


class Person:
    """Somebody with a cookie of their own; `call` gives status, body and headers."""

    def __init__(self, server):
        self.server = server
        self.cookie = self.csrf = None
        self.session = {}

    def call(self, method, path, body=None, headers=None, origin=True):
        connection = http.client.HTTPConnection("127.0.0.1", self.server.port, timeout=30)
        sent = {}
        if method != "GET":
            if origin:
                sent["Origin"] = f"http://127.0.0.1:{self.server.port}"
            if self.csrf:
                sent["X-CSRF-Token"] = self.csrf
        if self.cookie:
            sent["Cookie"] = self.cookie
        data = None
        if body is not None:
            data = body if isinstance(body, bytes) else json.dumps(body).encode()
            sent["Content-Type"] = "application/json"
        sent.update(headers or {})
        connection.request(method, "/api/v1" + path, data, sent)
        answer = connection.getresponse()
        text = answer.read()
        if (cookie := answer.getheader("Set-Cookie")) is not None:
            self.cookie = cookie.split(";")[0]
        parsed = None
        if text:
            parsed = json.loads(text) if "json" in answer.getheader("Content-Type", "") else text
        if isinstance(parsed, dict) and "csrf" in parsed:
            self.csrf, self.session = parsed["csrf"], parsed
        connection.close()
        return answer.status, parsed, answer.headers

    def sign_in(self, username, password, code=None):
        status, body, _ = self.call("POST", "/session", {"username": username, "password": password,
                                                         **({"totp": code} if code else {})})
        assert status == 201, body
        return self

    def settle(self, one_time_password):
        """Does what a new account has to do first."""
        if "password" in self.session["needs"]:
            status, body, _ = self.call("PUT", "/account/password", {"current": one_time_password, "password": PASSWORD})
            assert status == 200, body
        if "totp" in self.session["needs"]:
            status, body, _ = self.call("POST", "/account/totp")
            assert status == 200, body
            status, codes, _ = self.call("PUT", "/account/totp", {"code": totp(body["secret"])})
            assert status == 200 and len(codes["recovery_codes"]) == 10, codes
        return self
