#!/usr/bin/env python3
"""openapi/rest.yaml and the routes of the program are the same, both ways, and the contract is sound.
usage: contract_test.py BINARY ROOT"""
import pathlib
import subprocess
import sys
import unittest

import yaml

BINARY, ROOT = sys.argv[1], pathlib.Path(sys.argv[2])
del sys.argv[1:3]
CONTRACT = yaml.safe_load((ROOT / "openapi/rest.yaml").read_text())
BASE = CONTRACT["servers"][0]["url"]
METHODS = {"get", "post", "put", "delete", "patch"}


def operations():
    for path, item in CONTRACT["paths"].items():
        for method, operation in item.items():
            if method in METHODS:
                yield method.upper(), BASE + path, operation


class Contract(unittest.TestCase):
    def test_routes_and_contract_are_the_same(self):
        listed = subprocess.run([BINARY, "check", "--print-routes"], check=True, capture_output=True, text=True).stdout
        routes = {tuple(line.split()) for line in listed.splitlines() if line.split()[1].startswith(BASE + "/")}
        written = {(method, path, operation["operationId"], "public" if operation.get("security") == [] else "signed in")
                   for method, path, operation in operations()}
        # GET /session answers 401 itself to who is not signed in: in the contract it needs nothing.
        routes = {(method, path, operation, "public" if access == "public" or operation == "session.get" else "signed in")
                  for method, path, operation, access in routes}
        self.assertEqual(routes, written)

    def test_the_program_serves_it(self):
        sys.path.insert(0, str(ROOT / "tests/main"))
        from office_server import Person, Server  # pylint: disable=import-outside-toplevel
        server = Server(BINARY, [ROOT / "data/regions.csv"])
        self.addCleanup(server.close)
        status, body, _ = Person(server).call("GET", "/openapi.json")
        self.assertEqual((status, body), (200, CONTRACT))

    def test_every_reference_leads_somewhere(self):
        def walk(node):
            if isinstance(node, dict):
                if "$ref" in node:
                    place = CONTRACT
                    for part in node["$ref"].removeprefix("#/").split("/"):
                        self.assertIn(part, place, node["$ref"])
                        place = place[part]
                for value in node.values():
                    walk(value)
            elif isinstance(node, list):
                for value in node:
                    walk(value)
        walk(CONTRACT)

    def test_every_operation_says_what_it_is(self):
        names = [operation["operationId"] for _, _, operation in operations()]
        self.assertEqual(len(names), len(set(names)))
        tags = {tag["name"] for tag in CONTRACT["tags"]}
        for method, path, operation in operations():
            with self.subTest(f"{method} {path}"):
                self.assertTrue(operation["summary"])
                self.assertTrue(set(operation["tags"]) <= tags)
                parameters = {p.get("name") or p["$ref"].rsplit("/", 1)[1] for p in operation.get("parameters", [])}
                self.assertEqual("{id}" in path, bool(parameters & {"Id", "SessionId", "UploadId", "ViewId", "RecordKey", "RegionCode"}))
                for code in operation["responses"]:
                    self.assertRegex(str(code), r"^[245]\d\d$")
                if method in ("POST", "PUT") and "application/json" in operation.get("requestBody", {}).get("content", {}):
                    schema = operation["requestBody"]["content"]["application/json"]["schema"]
                    if "$ref" in schema:
                        schema = CONTRACT["components"]["schemas"][schema["$ref"].rsplit("/", 1)[1]]
                    self.assertIs(schema.get("additionalProperties"), False, "unknown members are refused")


if __name__ == "__main__":
    unittest.main()
