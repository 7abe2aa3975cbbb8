"""What the tests of permissions share: one account per role and region, records in every state, and ways to send and
fetch. Imported by a test that was started with BINARY and ROOT, see permissions_test.py."""
import http.client
import pathlib
import struct
import time
import tomllib
import unittest
import zlib

from office_server import PASSWORD, Person, Server

ROOT = pathlib.Path(__file__).resolve().parents[2]
HOME, AWAY = "74.01", "74.02"
UNIT = "Dinas Perikanan"
ROLES = {role["code"]: role for role in tomllib.loads((ROOT / "reference/roles.toml").read_text())["role"]}
STATES = ["draft", "submitted", "verified", "published", "archived"]


def draft(region=HOME, unit=UNIT, title="Catatan percobaan"):
    return {"region": region, "unit": unit, "sector": "A", "category": "fishery", "accuracy": "regency",
            "title": {"id": title}, "summary": {"id": "Ringkasan percobaan."}, "status": "indicative",
            "sources": ["Dibuat untuk pengujian (2026)"]}


def png(width, height):
    """A grey picture."""
    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
    rows = (b"\0" + bytes(x * 255 // width for x in range(width))) * height
    return (b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)) +
            chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b""))


class Offices(unittest.TestCase):
    binary = None  # set by the test

    @classmethod
    def setUpClass(cls):
        data = ROOT / "data"
        cls.server = Server(cls.binary, [data / "regions.csv", data / "commodities.csv"])
        cls.addClassCleanup(cls.server.close)
        cls.admin = Person(cls.server).sign_in("admin", PASSWORD)
        cls.people = {}
        for code, role in ROLES.items():
            for region in ([HOME, AWAY] if role["scope"] != "province" else ["74"]):
                name = code.replace("_", ".") + "." + region.replace(".", "")
                status, made, _ = cls.admin.call("POST", "/users", {
                    "username": name, "name": "Untuk pengujian", "role": code, "region": region,
                    "unit": UNIT if role["scope"] == "unit" else ""})
                assert status == 201, made
                person = Person(cls.server).sign_in(name, made["one_time_password"])
                cls.people[code, region] = person.settle(made["one_time_password"])
        cls.writer = cls.people["regional_operator", HOME]
        cls.verifier = cls.people["provincial_verifier", "74"]
        cls.records = {state: cls.record_in(state) for state in STATES}

    @classmethod
    def record_in(cls, state):
        status, body, _ = cls.writer.call("POST", "/potentials", draft(title=f"Catatan {state}"))
        assert status == 201, body
        course = {"draft": [], "submitted": ["submit"], "verified": ["submit", "verify"],
                  "published": ["submit", "verify", "publish"],
                  "archived": ["submit", "verify", "publish", "archive"]}[state]
        for action in course:
            person = cls.writer if action == "submit" else cls.verifier
            status, body, _ = person.call("POST", f"/potentials/{body['id']}/transitions",
                                          {"action": action, "reason": "pengujian"},
                                          {"If-Match": f'"{body["version"]}"'})
            assert status == 200, body
        assert body["state"] == state
        return body["id"], body["version"]

    @staticmethod
    def reaches(code, region):
        """Whether somebody of this role and region has anything to do with the records of the test."""
        return ROLES[code]["scope"] == "province" or region == HOME

    def may(self, code, region, right):
        return right in ROLES[code]["rights"] and self.reaches(code, region)

    def send(self, person, data, name="foto.png"):
        status, upload, _ = person.call("POST", "/uploads", {"name": name, "bytes": len(data)})
        self.assertEqual(status, 201, upload)
        path = f"/uploads/{upload['id']}?offset=0"
        self.assertEqual(person.call("PUT", path, data, {"Content-Type": "application/octet-stream"})[0], 200)
        return upload["id"]

    def fetch(self, path, person=None, headers=None):
        """Status, headers and bytes of a GET beside the JSON of the interface."""
        connection = http.client.HTTPConnection("127.0.0.1", self.server.port, timeout=30)
        connection.request("GET", path, headers={**({"Cookie": person.cookie} if person else {}), **(headers or {})})
        answer = connection.getresponse()
        data = answer.read()
        connection.close()
        return answer.status, answer.headers, data

    def attached(self, person, region, title):
        """A new draft of the region with a photo: id, version, hash."""
        status, body, _ = person.call("POST", "/potentials", draft(region, title=title))
        self.assertEqual(status, 201, body)
        status, body, _ = person.call("POST", f"/potentials/{body['id']}/attachments",
                                      {"upload": self.send(person, png(64 + body["id"] % 7, 48)), "kind": "photo"},
                                      {"If-Match": f'"{body["version"]}"'})
        self.assertEqual(status, 200, body)
        return body["id"], body["version"], body["draft"]["attachments"][0]["file"]

    @staticmethod
    def finished(person, job):
        """Waits for a job; gives it."""
        until = time.monotonic() + 60
        while time.monotonic() < until:
            status, body, _ = person.call("GET", f"/jobs/{job['id']}")
            assert status == 200, body
            if body["state"] in ("done", "failed", "cancelled"):
                return body
            time.sleep(0.05)
        raise AssertionError(body)
