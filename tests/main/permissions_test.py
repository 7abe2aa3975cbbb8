#!/usr/bin/env python3
"""Every route of the REST interface x every role x own and other region x every state of a record, over HTTP.

What is expected is computed here from reference/roles.toml, not asked of the program.
usage: permissions_test.py BINARY ROOT"""
import csv
import http.client
import io
import json
import pathlib
import subprocess
import sys
import tempfile
import time
import unittest
import zipfile

BINARY, ROOT = sys.argv[1], pathlib.Path(sys.argv[2])
del sys.argv[1:3]
sys.path.insert(0, str(ROOT / "tests/main"))
from offices import AWAY, HOME, ROLES, STATES, UNIT, Offices, draft, png  # noqa: E402
from office_server import PASSWORD, Person  # noqa: E402


class Permissions(Offices):
    binary = BINARY

    def test_nobody_who_is_not_signed_in_gets_anything(self):
        listed = subprocess.run([BINARY, "check", "--print-routes"], check=True, capture_output=True, text=True).stdout
        seen = 0
        for line in listed.splitlines():
            method, path, operation, access = line.split()
            if access == "public" or not path.startswith("/api/v1"):
                continue
            seen += 1
            with self.subTest(operation):
                where = path.removeprefix("/api/v1").replace("{id}", str(self.records["draft"][0])).replace("{hash}", "0").replace("{variant}", "0")
                where = where.replace("{n}", "2")
                self.assertEqual(Person(self.server).call(method, where, {} if method in ("POST", "PUT") else None)[0], 401)
        self.assertGreater(seen, 20)

    def test_reading_a_record(self):
        for (code, region), person in self.people.items():
            for state, (number, _) in self.records.items():
                for path in (f"/potentials/{number}", f"/potentials/{number}/history"):
                    with self.subTest(f"{code} {region} {state} {path}"):
                        self.assertEqual(person.call("GET", path)[0], 200 if self.may(code, region, "view") else 404)

    def test_lists_hold_what_one_may_see(self):
        numbers = {number for number, _ in self.records.values()}
        for (code, region), person in self.people.items():
            with self.subTest(f"{code} {region}"):
                status, body, _ = person.call("GET", "/potentials?limit=1000")
                self.assertEqual(status, 200)
                found = numbers & {item["id"] for item in body["items"]}
                self.assertEqual(found, numbers if self.may(code, region, "view") else set())
                self.assertEqual(body["total"], len(body["items"]))

    def test_changing_a_record(self):
        for (code, region), person in self.people.items():
            for state, (number, version) in self.records.items():
                for method in ("PUT", "DELETE"):
                    with self.subTest(f"{code} {region} {state} {method}"):
                        allowed = self.may(code, region, "edit")
                        # Who may is sent away by an old version, so that the record stays for the others.
                        status, _, _ = person.call(method, f"/potentials/{number}", draft() if method == "PUT" else None,
                                                   {"If-Match": f'"{0 if allowed else version}"'})
                        self.assertEqual(status, 409 if allowed else 404)
                with self.subTest(f"{code} {region} {state} restores"):
                    status, _, _ = person.call("POST", f"/potentials/{number}/restores", {"sequence": number},
                                               {"If-Match": f'"{0 if self.may(code, region, "edit") else version}"'})
                    self.assertEqual(status, 409 if self.may(code, region, "edit") else 404)
        self.untouched()

    def test_steps_of_a_record(self):
        for (code, region), person in self.people.items():
            for state, (number, version) in self.records.items():
                status, body, _ = person.call("GET", f"/potentials/{number}")
                offered = {step["action"] for step in body["transitions"]} if status == 200 else set()
                for action in ("submit", "withdraw", "check", "verify", "return", "publish", "archive", "reopen", "confirm"):
                    with self.subTest(f"{code} {region} {state} {action}"):
                        rights = {"submit": ["submit"], "withdraw": ["submit"], "check": ["check"], "verify": ["verify"],
                                  "return": ["check", "verify"], "publish": ["publish"], "archive": ["archive"],
                                  "reopen": ["archive"], "confirm": ["confirm"]}[action]
                        start = {"submit": ["draft"], "withdraw": ["submitted"], "check": ["submitted"],
                                 "verify": ["submitted"], "return": ["submitted", "verified"], "publish": ["verified"],
                                 "archive": ["published"], "reopen": ["archived"], "confirm": ["published"]}[action]
                        able = state in start and any(self.may(code, region, right) for right in rights)
                        if action == "return" and state == "verified":
                            able = self.may(code, region, "verify")
                        self.assertEqual(action in offered, able)
                        if able:
                            # On a record of its own, so that the shared ones stay for the others.
                            fresh, fresh_version = self.record_in(state)
                            status, body, _ = person.call("POST", f"/potentials/{fresh}/transitions",
                                                          {"action": action, "reason": "pengujian"},
                                                          {"If-Match": f'"{fresh_version}"'})
                            # Nobody verifies what they have submitted.
                            self.assertEqual(status, 409 if action == "verify" and person is self.writer else 200, body)
                            continue
                        status, _, _ = person.call("POST", f"/potentials/{number}/transitions",
                                                   {"action": action, "reason": "x"}, {"If-Match": f'"{version}"'})
                        self.assertEqual(status, 409 if self.may(code, region, "view") else 404)
        self.untouched()

    def test_figures_and_geometry_checks(self):
        crossed = {"type": "Polygon", "coordinates": [[[122, -4], [122.2, -4.2], [122.2, -4], [122, -4.2], [122, -4]]]}
        for (code, region), person in self.people.items():
            with self.subTest(f"{code} {region}"):
                status, body, _ = person.call("GET", "/figures?limit=1")
                self.assertEqual((status, body["next"]), (200, None))
                status, body, _ = person.call("POST", "/geometry-checks", {"geometry": crossed})
                self.assertEqual(status, 200)
                self.assertEqual((body["valid"], body["at"]), (False, [122.1, -4.1]))
                self.assertEqual(body["repaired"]["type"], "MultiPolygon")
                self.assertIn("4.10000", body["errors"][0]["message"])
        status, body, _ = person.call("POST", "/geometry-checks", {"geometry": {"type": "Point", "coordinates": [122, -4]}})
        self.assertEqual((status, body["valid"]), (200, True))
        self.assertEqual(person.call("POST", "/geometry-checks", {"geometry": {"type": "Cube"}})[0], 422)
        self.assertEqual(person.call("POST", "/geometry-checks", {})[0], 422)
        # A crossed outline can be kept, not submitted.
        status, body, _ = self.writer.call("POST", "/potentials", {**draft(title="Garis bersilang"), "accuracy": "exact",
                                                                   "geometry": crossed})
        self.assertEqual(status, 201, body)
        self.assertIn("geometry", [error["field"] for error in body["errors"]])
        status, _, _ = self.writer.call("POST", f"/potentials/{body['id']}/transitions", {"action": "submit"},
                                        {"If-Match": f'"{body["version"]}"'})
        self.assertEqual(status, 409)
        status, _, _ = self.writer.call("DELETE", f"/potentials/{body['id']}", None, {"If-Match": f'"{body["version"]}"'})
        self.assertEqual(status, 204)

    def test_a_geometry_outside_its_region(self):
        def outside(longitude, latitude, region=HOME):
            status, body, _ = self.writer.call("POST", "/geometry-checks", {
                "geometry": {"type": "Point", "coordinates": [longitude, latitude]}, "region": region})
            self.assertEqual(status, 200, body)
            return body["outside_km"]
        # Without boundaries nothing can be told; with them tests/e2e/office_place.spec.mjs crosses one.
        self.assertIsNone(outside(122, -4))
        self.assertIsNone(outside(122, -4, "99"))
        self.assertEqual(self.writer.call("POST", "/geometry-checks", {
            "geometry": {"type": "Point", "coordinates": [122, -4]}, "region": "x" * 11})[0], 422)

    def test_the_shapes_of_a_file(self):
        def file(*features):
            return json.dumps({"type": "FeatureCollection", "features": [
                {"type": "Feature", "properties": {"kode": "x", "Nama": name}, "geometry": {"type": kind, "coordinates": at}}
                for name, kind, at in features]}).encode()
        pond = ("Tambak", "Polygon", [[[122, -4], [122.1, -4], [122.1, -4.1], [122, -4]]])
        for (code, region), person in self.people.items():
            with self.subTest(f"{code} {region}"):
                if "edit" not in ROLES[code]["rights"]:
                    self.assertEqual(person.call("POST", "/geometry-readings", {"upload": "none"})[0], 404)
                    continue
                upload = self.send(person, file(pond, ("Dermaga", "Point", [122.5, -4.5])), "tempat.geojson")
                if person is not self.writer:
                    self.assertEqual(self.writer.call("POST", "/geometry-readings", {"upload": upload})[0], 404)
                status, body, _ = person.call("POST", "/geometry-readings", {"upload": upload})
                self.assertEqual((status, [one["name"] for one in body["items"]], body["more"]), (200, ["Tambak", "Dermaga"], False))
                self.assertEqual(body["items"][0]["geometry"]["type"], "Polygon")
                self.assertEqual(person.call("GET", f"/uploads/{upload}")[0], 404, "the upload is used up")

        def read(data, name):
            return self.writer.call("POST", "/geometry-readings", {"upload": self.send(self.writer, data, name)})
        kml = b"""<?xml version="1.0"?><kml xmlns="http://www.opengis.net/kml/2.2"><Document><name>Lapisan</name>
            <Placemark><name>Sumur</name><Point><coordinates>122.5,-4.05</coordinates></Point></Placemark></Document></kml>"""
        status, body, _ = read(kml, "sumur.kml")
        self.assertEqual((status, body["items"][0]["name"], body["items"][0]["geometry"]["coordinates"]), (200, "Sumur", [122.5, -4.05]))
        gpx = b"""<gpx version="1.1" creator="uji" xmlns="http://www.topografix.com/GPX/1/1"><trk><name>Jalan</name><trkseg>
            <trkpt lat="-4" lon="122"/><trkpt lat="-4.1" lon="122.1"/></trkseg></trk></gpx>"""
        status, body, _ = read(gpx, "jalan.gpx")
        self.assertEqual((status, [one["layer"] for one in body["items"]]), (200, ["tracks"]), body)
        # UTM 51S comes out in degrees.
        utm = json.loads(file(("Titik", "Point", [444500, 9552329])))
        utm["crs"] = {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::32751"}}
        status, body, _ = read(json.dumps(utm).encode(), "utm.geojson")
        longitude, latitude = body["items"][0]["geometry"]["coordinates"]
        self.assertEqual((status, round(longitude, 2), round(latitude, 2)), (200, 122.5, -4.05))
        # So does a Shapefile, unless nothing says what its metres are; a GeoPackage with two layers gives both.
        with tempfile.TemporaryDirectory() as folder:
            source = pathlib.Path(folder, "titik.geojson")
            source.write_bytes(file(("Titik", "Point", [122.5, -4.05])))
            for target in ("titik.shp", "titik.gpkg"):
                subprocess.run(["ogr2ogr", "-t_srs", "EPSG:32751", f"{folder}/{target}", source], check=True, capture_output=True)
            subprocess.run(["ogr2ogr", "-update", "-nln", "lagi", f"{folder}/titik.gpkg", source], check=True, capture_output=True)
            zips = {}
            for parts in ("shp shx dbf prj", "shp shx dbf"):
                packed = io.BytesIO()
                with zipfile.ZipFile(packed, "w") as archive:
                    for part in parts.split():
                        archive.write(f"{folder}/titik.{part}", f"titik.{part}")
                zips[parts] = packed.getvalue()
            geopackage = pathlib.Path(folder, "titik.gpkg").read_bytes()
        status, body, _ = read(zips["shp shx dbf prj"], "titik.zip")
        self.assertEqual(status, 200, body)
        longitude, latitude = body["items"][0]["geometry"]["coordinates"]
        self.assertEqual((status, body["items"][0]["name"], round(longitude, 5), round(latitude, 5)), (200, "Titik", 122.5, -4.05))
        status, body, _ = read(zips["shp shx dbf"], "titik.zip")
        self.assertEqual((status, "sistem koordinat" in body["title"]), (422, True), body)
        status, body, _ = read(geopackage, "titik.gpkg")
        self.assertEqual((status, [one["layer"] for one in body["items"]]), (200, ["titik", "lagi"]))
        status, body, _ = read(file(*[(f"T{n}", "Point", [122, -4]) for n in range(60)]), "banyak.geojson")
        self.assertEqual((status, len(body["items"]), body["more"]), (200, 50, True))
        status, body, _ = read(json.dumps({"type": "FeatureCollection", "features": [
            {"type": "Feature", "properties": {}, "geometry": None}, json.loads(file(pond))["features"][0]]}).encode(), "kosong.geojson")
        self.assertEqual((status, len(body["items"]), body["left_out"]), (200, 1, 1))
        entity = b'<?xml version="1.0"?><!DOCTYPE kml [<!ENTITY a SYSTEM "file:///etc/passwd">]><kml>&a;</kml>'
        for data, name in ((b"{", "rusak.geojson"), (b"PK\x03\x04", "rusak.zip"), (entity, "jahat.kml"), (b"a;b\n1;2\n", "tabel.csv"),
                           (file(), "kosong.geojson"), (b"x", "catatan.docx")):
            status, body, _ = read(data, name)
            self.assertEqual(status, 422, name)
            self.assertTrue(body["title"])
        half = self.writer.call("POST", "/uploads", {"name": "a.kml", "bytes": 9})[1]["id"]
        self.assertEqual(self.writer.call("POST", "/geometry-readings", {"upload": half})[0], 409)
        self.assertEqual(self.writer.call("DELETE", f"/uploads/{half}")[0], 204)
        self.assertEqual(self.writer.call("POST", "/geometry-readings", {"upload": half, "layer": "x"})[0], 422)

    def test_a_draft_as_the_public_would_see_it(self):
        number, version, file = self.attached(self.writer, HOME, "Pratinjau percobaan")
        described = {**draft(title="Pratinjau <percobaan>"), "attachments": [
            {"file": file, "kind": "photo", "name": "foto.png", "caption": {"id": "Tambak"}, "alt": {"id": "Petak tambak"}}]}
        status, body, _ = self.writer.call("PUT", f"/potentials/{number}", described, {"If-Match": f'"{version}"'})
        self.assertEqual(status, 200, body)
        path = f"/kantor/pratinjau/{number}"
        for (code, region), person in self.people.items():
            with self.subTest(f"{code} {region}"):
                status, headers, page = self.fetch(f"{path}/id", person)
                self.assertEqual(status, 200 if self.may(code, region, "view") else 404)
                self.assertEqual(headers["Cache-Control"], "no-store")
                self.assertEqual(b"percobaan" in page, self.may(code, region, "view"))
        status, headers, page = self.fetch(f"{path}/id", self.writer)
        self.assertEqual(headers["X-Robots-Tag"], "noindex")
        for words in ("Pratinjau: belum terbit.", "Pratinjau &lt;percobaan&gt;", "Ringkasan percobaan.", "Tambak",
                      f'/api/v1/potentials/{number}/files/{file}/480.jpg', f'href="/kantor/potensi/{number}"',
                      f'href="{path}/en"', '<meta name="robots" content="noindex">'):
            self.assertIn(words, page.decode())
        self.assertNotIn("/media/", page.decode())
        self.assertNotIn("ld+json", page.decode())
        self.assertIn("Preview: not published.", self.fetch(f"{path}/en", self.writer)[2].decode())
        self.assertEqual(self.fetch(f"{path}/id")[0], 401, "nobody is signed in")
        for other in (f"{path}/zz", "/kantor/pratinjau/x/id", "/kantor/pratinjau/999999999/id", f"{path}x/id"):
            self.assertEqual(self.fetch(other, self.writer)[0], 404, other)
        # An unfinished one claims the least.
        status, body, _ = self.writer.call("POST", "/potentials", {"region": HOME, "unit": UNIT, "title": {"id": "Baru judul"}})
        self.assertEqual(status, 201, body)
        status, _, page = self.fetch(f"/kantor/pratinjau/{body['id']}/id", self.writer)
        self.assertEqual((status, "Baru judul" in page.decode()), (200, True))
        # What is published stays what it is while its draft is looked at.
        number, version = self.record_in("published")
        slug = self.writer.call("GET", f"/potentials/{number}")[1]["draft"]["slug"]
        public = f"/id/potensi/{slug}"
        self.server.wait_for(lambda: self.fetch(public)[0] == 200)
        self.assertIn("Pratinjau: sudah terbit.", self.fetch(f"/kantor/pratinjau/{number}/id", self.writer)[2].decode())
        status, _, _ = self.writer.call("PUT", f"/potentials/{number}", draft(title="Judul baru"), {"If-Match": f'"{version}"'})
        self.assertEqual(status, 200)
        self.assertIn("Judul baru", self.fetch(f"/kantor/pratinjau/{number}/id", self.writer)[2].decode())
        self.assertNotIn("Judul baru", self.fetch(public)[2].decode())

    def test_creating_records(self):
        for (code, region), person in self.people.items():
            for target in (HOME, AWAY):
                with self.subTest(f"{code} {region} -> {target}"):
                    allowed = "edit" in ROLES[code]["rights"] and (ROLES[code]["scope"] == "province" or region == target)
                    status, body, _ = person.call("POST", "/potentials", draft(target, title=f"Baru {code} {region} {target}"))
                    self.assertEqual(status, 201 if allowed else 404)
                    if allowed:
                        self.assertEqual(person.call("DELETE", f"/potentials/{body['id']}", None,
                                                     {"If-Match": f'"{body["version"]}"'})[0], 204)

    def test_uploads_belong_to_their_account(self):
        piece = {"Content-Type": "application/octet-stream"}
        status, mine, _ = self.writer.call("POST", "/uploads", {"name": "foto.jpg", "bytes": 6})
        self.assertEqual((status, mine["offset"]), (201, 0))
        path = f"/uploads/{mine['id']}"
        status, body, _ = self.writer.call("PUT", path + "?offset=0", b"abc", piece)
        self.assertEqual((status, body["offset"]), (200, 3))
        self.assertEqual(self.writer.call("PUT", path + "?offset=0", b"abc", piece)[0], 409)
        self.assertEqual(self.writer.call("PUT", path + "?offset=3", b"defg", piece)[0], 413)
        # Refused by its head: the server closes before the bytes come.
        connection = http.client.HTTPConnection("127.0.0.1", self.server.port, timeout=30)
        connection.putrequest("PUT", f"/api/v1{path}?offset=3")
        for name, value in {**piece, "Cookie": self.writer.cookie, "Content-Length": str(4 << 20 | 1)}.items():
            connection.putheader(name, value)
        connection.endheaders()
        self.assertEqual(connection.getresponse().status, 413)
        connection.close()
        self.assertEqual(self.writer.call("PUT", path + "?offset=3", {"a": 1})[0], 422, "JSON is no piece of a file")
        for offset in ("", "?offset=-1", "?offset=x", "?offset=3&offset=3", "?offset=3&other=1"):
            self.assertEqual(self.writer.call("PUT", path + offset, b"def", piece)[0], 422, offset)
        for headers in ({"X-CSRF-Token": "wrong"}, {"Origin": "https://evil.example"}):
            self.assertEqual(self.writer.call("PUT", path + "?offset=3", b"def", {**piece, **headers})[0], 403)
        for (code, region), person in self.people.items():
            with self.subTest(f"{code} {region}"):
                sends = bool({"edit", "import"} & set(ROLES[code]["rights"]))
                status, body, _ = person.call("POST", "/uploads", {"name": "a", "bytes": 1})
                self.assertEqual(status, 201 if sends else 404)
                if sends:
                    self.assertEqual(person.call("DELETE", f"/uploads/{body['id']}")[0], 204)
                if person is not self.writer:
                    self.assertEqual(person.call("GET", path)[0], 404)
                    self.assertEqual(person.call("PUT", path + "?offset=3", b"def", piece)[0], 404)
                    self.assertEqual(person.call("DELETE", path)[0], 404)
        status, body, _ = self.writer.call("PUT", path + "?offset=3", b"def", piece)
        self.assertEqual((status, body["offset"]), (200, 6))
        self.assertEqual(self.writer.call("DELETE", path)[0], 204)
        self.assertEqual(self.writer.call("GET", path)[0], 404)

    def test_attachments_of_a_draft(self):
        number, version, file = self.attached(self.writer, HOME, "Catatan dengan foto")
        path = f"/api/v1/potentials/{number}/files/{file}"
        for (code, region), person in self.people.items():
            with self.subTest(f"{code} {region}"):
                sees, edits = self.may(code, region, "view"), self.may(code, region, "edit")
                status, headers, data = self.fetch(path + "/480.webp", person)
                self.assertEqual(status, 200 if sees else 404)
                if sees:
                    self.assertEqual((headers["Content-Type"], data[8:12]), ("image/webp", b"WEBP"))
                    self.assertIn("sandbox", headers["Content-Security-Policy"])
                    self.assertEqual(headers["Cache-Control"], "no-store")
                for other in ("/480.gif", "/960.webp", "/document.pdf", "/simpul.key", "/480.webp/x"):
                    self.assertEqual(self.fetch(path + other, person)[0], 404)
                # Who may is sent away by an old version.
                status, _, _ = person.call("POST", f"/potentials/{number}/attachments", {"upload": "none", "kind": "photo"},
                                           {"If-Match": f'"{version - 1 if edits else version}"'})
                self.assertEqual(status, 409 if edits else 404)
        self.assertEqual(self.fetch(path + "/480.webp")[0], 401)
        self.assertEqual(self.fetch(f"/media/{file}/480.webp")[0], 404, "a draft's photo is not public")

        away = self.people["regional_operator", AWAY]
        mine, mine_version, _ = self.attached(away, AWAY, "Catatan tetangga")
        self.assertEqual(self.fetch(f"/api/v1/potentials/{mine}/files/{file}/480.webp", away)[0], 404)
        stolen = {**draft(AWAY), "attachments": [{"file": file, "kind": "photo"}]}
        status, body, _ = away.call("PUT", f"/potentials/{mine}", stolen, {"If-Match": f'"{mine_version}"'})
        self.assertEqual((status, body["errors"][0]["field"]), (422, "attachments.0.file"))
        upload = self.send(away, png(70, 50))
        for person in (away, self.writer):  # no right on the record; not one's own upload
            status, _, _ = person.call("POST", f"/potentials/{number}/attachments", {"upload": upload, "kind": "photo"},
                                       {"If-Match": f'"{version}"'})
            self.assertEqual(status, 404)
        for body in ({"upload": upload, "kind": "film"}, {"kind": "photo"}, {"upload": upload, "kind": "photo", "name": "x"}):
            self.assertEqual(away.call("POST", f"/potentials/{mine}/attachments", body,
                                       {"If-Match": f'"{mine_version}"'})[0], 422)
        self.assertEqual(away.call("POST", f"/potentials/{mine}/attachments", {"upload": upload, "kind": "photo"})[0], 422)

    def test_a_photo_is_public_as_long_as_its_record_is(self):
        number, version, file = self.attached(self.writer, HOME, "Catatan berfoto")
        described = {**draft(title="Catatan berfoto"), "attachments": [
            {"file": file, "kind": "photo", "name": "foto.png", "caption": {"id": "Tambak"}, "alt": {"id": "Petak tambak"}}]}
        status, body, _ = self.writer.call("PUT", f"/potentials/{number}", described, {"If-Match": f'"{version}"'})
        self.assertEqual((status, body["errors"]), (200, []))
        public = f"/media/{file}/480.webp"

        def step(person, action):
            nonlocal body
            status, body, _ = person.call("POST", f"/potentials/{number}/transitions", {"action": action, "reason": "pengujian"},
                                          {"If-Match": f'"{body["version"]}"'})
            self.assertEqual(status, 200, body)

        def becomes(wanted):
            deadline = time.monotonic() + 30  # the snapshot follows on its own
            while time.monotonic() < deadline:
                status, headers, data = self.fetch(public)
                if status == wanted:
                    return headers, data
            self.fail(f"{public} stays {status}")
        for person, action in ((self.writer, "submit"), (self.verifier, "verify")):
            step(person, action)
            self.assertEqual(self.fetch(public)[0], 404)
        step(self.verifier, "publish")
        headers, data = becomes(200)
        self.assertEqual(headers["Cache-Control"], "public, max-age=31536000, immutable")
        self.assertEqual(headers["X-Content-Type-Options"], "nosniff")
        self.assertIn("sandbox", headers["Content-Security-Policy"])
        self.assertEqual(self.fetch(public, headers={"If-None-Match": headers["ETag"]})[0], 304)
        self.assertIn(public.encode(), self.fetch("/id/potensi/catatan-berfoto")[2])
        step(self.verifier, "archive")
        becomes(404)

    def test_imports_belong_to_their_region(self):
        text = ("Judul;Wilayah;Sektor;Kategori;Ringkasan;Sumber\n"
                f"Impor percobaan;{HOME};A;fishery;Ringkas.;Dibuat untuk pengujian (2026)\n"
                f"Impor di tempat lain;{AWAY};A;fishery;Ringkas.;Dibuat untuk pengujian (2026)\n").encode()
        key = {"Idempotency-Key": "impor-percobaan-1"}
        upload = self.send(self.writer, text, "impor.csv")
        status, body, headers = self.writer.call("POST", "/imports", {"upload": upload}, key)
        self.assertEqual((status, body["state"], body["kind"]), (201, "mapping", "csv"))
        self.assertEqual(self.writer.call("POST", "/imports", {"upload": upload}, key)[1]["id"], body["id"])
        self.assertEqual(self.writer.call("POST", "/imports", {"upload": upload})[0], 404, "the upload is used up")
        path = f"/imports/{body['id']}"
        self.assertEqual(headers["Location"], "/api/v1" + path)
        status, job, _ = self.writer.call("POST", path + "/checks", {})
        self.assertEqual((status, job["about"]), (202, {"import": body["id"]}))
        self.assertEqual(self.finished(self.writer, job)["state"], "done")
        status, body, _ = self.writer.call("GET", path)
        self.assertEqual((body["state"], body["report"]["counts"]), ("checked", {"new": 1, "changed": 0, "same": 0, "error": 1}))
        self.assertEqual([(e["field"], e["rows"]) for e in body["report"]["errors"]], [("region", "3")])
        status, csv, _ = self.writer.call("GET", path + "/rejected.csv")
        self.assertIn("Impor di tempat lain".encode(), csv)
        version = {"If-Match": f'"{body["version"]}"'}
        for (code, region), person in self.people.items():
            allowed = self.may(code, region, "import")
            with self.subTest(f"{code} {region}"):
                for where in (path, path + "/rows", path + "/rows/2", path + "/rejected.csv"):
                    self.assertEqual(person.call("GET", where)[0], 200 if allowed else 404, where)
                listed, found, _ = person.call("GET", "/imports")
                self.assertEqual(listed, 200 if "import" in ROLES[code]["rights"] else 404)
                self.assertEqual(listed == 200 and body["id"] in {item["id"] for item in found["items"]}, allowed)
                self.assertEqual(person.call("GET", "/import-profiles")[0], 200 if "import" in ROLES[code]["rights"] else 404)
                own = person is self.writer or code == "provincial_administrator"
                self.assertEqual(person.call("GET", f"/jobs/{job['id']}")[0], 200 if own else 404)
                self.assertEqual(person.call("POST", f"/jobs/{job['id']}/cancel", {})[0], 409 if own else 404)
                self.assertEqual(job["id"] in {item["id"] for item in person.call("GET", "/jobs")[1]["items"]}, own)
                if allowed:
                    continue
                for method, where, sent in [("PUT", path, {}), ("DELETE", path, None), ("POST", path + "/checks", {}),
                                            ("POST", path + "/runs", {}), ("POST", path + "/undo", {}),
                                            ("PUT", path + "/rows/3", {"cells": {"Wilayah": AWAY}})]:
                    self.assertEqual(person.call(method, where, sent, version)[0], 404, where)
        self.assertEqual(self.writer.call("PUT", path, {"action": "publish"}, version)[0], 422, "an operator does not publish")
        self.assertEqual(self.writer.call("PUT", path, {"nothing": 1}, version)[0], 422)
        self.assertEqual(self.writer.call("PUT", path, {}, {"If-Match": '"99"'})[0], 409)
        status, job, _ = self.writer.call("POST", path + "/runs", {})
        self.assertEqual(self.finished(self.writer, job)["state"], "done")
        result = self.writer.call("GET", path)[1]["result"]
        self.assertEqual((result["created"], result["rejected"]), (1, 1))
        self.assertEqual(self.writer.call("POST", path + "/runs", {})[0], 409)
        found = self.writer.call("GET", "/potentials?q=impor%20percobaan")[1]["items"]
        self.assertEqual([(item["region"], item["state"]) for item in found], [(HOME, "draft")])
        status, job, _ = self.writer.call("POST", path + "/undo", {})
        self.assertEqual(self.finished(self.writer, job)["state"], "done")
        self.assertEqual(self.writer.call("GET", path)[1]["state"], "undone")
        self.assertEqual(self.writer.call("GET", "/potentials?q=impor%20percobaan")[1]["items"], [])
        self.untouched()

    def test_exports_hold_what_one_may_see(self):
        slugs = {self.admin.call("GET", f"/potentials/{number}")[1]["draft"]["slug"].encode()
                 for number, _ in self.records.values()}
        for (code, region), person in self.people.items():
            with self.subTest(f"{code} {region}"):
                exports = "export" in ROLES[code]["rights"]
                status, csv, _ = person.call("GET", f"/exports/potentials.csv?region={HOME},{AWAY}")
                self.assertEqual(status, 200 if exports else 404)
                if exports:
                    self.assertEqual({slug for slug in slugs if slug in csv}, slugs if self.may(code, region, "view") else set())
                own = exports and self.reaches(code, region)
                self.assertEqual(person.call("GET", f"/exports/template.xlsx?region={HOME}&rows=1")[0], 200 if own else 404)
        status, found, _ = self.writer.call("GET", "/exports/potentials.geojson?state=draft,archived")
        self.assertEqual({feature["properties"]["state"] for feature in found["features"]} - {"draft", "archived"}, set())
        for path, start in (("potentials.xlsx", b"PK"), ("potentials.gpkg", b"SQLite format 3"), ("template.xlsx", b"PK")):
            status, content, _ = self.writer.call("GET", "/exports/" + path)
            self.assertEqual((status, content[:len(start)]), (200, start))
        self.assertEqual(self.writer.call("GET", "/exports/potentials.csv?limit=5")[0], 422)

    def test_exports_of_marked_records(self):
        numbers = [self.records[state][0] for state in ("published", "draft")]
        named = ",".join(map(str, numbers))
        for (code, region), person in self.people.items():
            with self.subTest(f"{code} {region}"):
                status, found, _ = person.call("GET", f"/exports/potentials.geojson?ids={named},999999999")
                exports = "export" in ROLES[code]["rights"]
                self.assertEqual(status, 200 if exports else 404)
                if exports:  # in the order of the marks; what one may not see is as if it did not exist
                    self.assertEqual([feature["id"] for feature in found["features"]],
                                     numbers if self.may(code, region, "view") else [])
        for path, start in (("potentials.csv", b"\xef\xbb\xbf"), ("potentials.xlsx", b"PK"), ("potentials.gpkg", b"SQLite format 3")):
            status, content, _ = self.writer.call("GET", f"/exports/{path}?ids={named}")
            self.assertEqual((status, content[:len(start)]), (200, start))
        _, content, _ = self.writer.call("GET", f"/exports/potentials.csv?ids={numbers[1]},{numbers[1]}")
        self.assertEqual(len(list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))), 2)
        many = ",".join(map(str, range(1, 501)))
        self.assertEqual(self.writer.call("GET", f"/exports/potentials.csv?ids={many}")[0], 200)
        for query in ("ids=", "ids=x", "ids=0", "ids=-1", "ids=1.5", f"ids={many},501", f"ids={named}&region={HOME}"):
            self.assertEqual(self.writer.call("GET", "/exports/potentials.csv?" + query)[0], 422, query)

    def test_users_and_audit(self):
        for (code, region), person in self.people.items():
            with self.subTest(f"{code} {region}"):
                manages = "manage_users" in ROLES[code]["rights"]
                me = person.session["user"]["id"]
                self.assertEqual(person.call("GET", "/users")[0], 200 if manages else 404)
                self.assertEqual(person.call("GET", f"/users/{me}")[0], 200 if manages else 404)
                self.assertEqual(person.call("POST", "/users", {
                    "username": "x" + str(me), "name": "X", "role": "auditor", "region": "74"})[0], 201 if manages else 404)
                if not manages:
                    self.assertEqual(person.call("PUT", f"/users/{me}", {
                        "name": "X", "role": "provincial_administrator", "region": "74", "state": "active"},
                        {"If-Match": '"1"'})[0], 404)
                    self.assertEqual(person.call("POST", f"/users/{me}/resets", {})[0], 404)
                sees = 200 if "view_audit" in ROLES[code]["rights"] else 404
                for method, path in (("GET", "/audit"), ("GET", "/audit.csv"), ("POST", "/audit/verifications")):
                    self.assertEqual(person.call(method, path)[0], sees, path)

    def test_the_log_as_a_file_and_its_chain(self):
        status, verdict, _ = self.admin.call("POST", "/audit/verifications")
        self.assertEqual((status, verdict["whole"], verdict["broken_at"]), (200, True, None))
        status, text, headers = self.admin.call("GET", "/audit.csv")
        self.assertEqual((status, headers["Content-Type"]), (200, "text/csv; charset=utf-8"))
        self.assertIsNone(headers["Simpul-Newest-Only"])
        header, *rows = csv.reader(io.StringIO(text.decode("utf-8-sig")))
        self.assertEqual(len(header), 9)
        numbers = [int(row[0]) for row in rows]
        self.assertEqual(numbers, list(range(numbers[0], 0, -1)), "the newest first, without a gap")
        self.assertGreaterEqual(numbers[0], verdict["entries"])
        for row, older in zip(rows, rows[1:]):
            self.assertEqual(row[7], older[8], "the chain can be followed in the file")
        self.assertEqual(rows[numbers[0] - verdict["entries"]][8], verdict["last_hash"])
        newest = self.admin.call("GET", "/audit?limit=1")[1]["items"][0]
        self.assertRegex(newest["hash"], r"^[0-9a-f]{64}$")
        _, text, _ = self.admin.call("GET", "/audit.csv?noun=record&action=publish")
        _, *rows = csv.reader(io.StringIO(text.decode("utf-8-sig")))
        self.assertTrue(rows)
        self.assertEqual({(row[3], row[4]) for row in rows}, {("publish", "record")})
        self.assertEqual(self.admin.call("GET", "/audit.csv?limit=5")[0], 422)

    def test_facts_views_unsaved_text_and_terms(self):
        number, _ = self.records["draft"]
        for (code, region), person in self.people.items():
            with self.subTest(f"{code} {region}"):
                may_edit, may_view = self.may(code, region, "edit"), self.may(code, region, "view")
                status, body, _ = person.call("POST", "/potential-facts", {"items": [{"id": number, "tags": ["uji"]}]})
                self.assertEqual((status, len(body["items"]), body["refused"]),
                                 (200, 1 if may_edit else 0, [] if may_edit else [number]))
                self.assertEqual(person.call("GET", f"/unsaved/{number}")[0], 200 if may_view else 404)
                self.assertEqual(person.call("PUT", f"/unsaved/{number}", {"content": {}})[0], 200 if may_view else 404)
                self.assertEqual(person.call("DELETE", f"/unsaved/{number}")[0], 204)
                self.assertEqual(person.call("GET", "/potential-counts")[0], 200)
                self.assertEqual(person.call("GET", "/officers")[0], 200)
                self.assertEqual(person.call("GET", "/views")[0], 200)
                self.assertEqual(person.call("DELETE", "/views/none")[0], 404)
                rights = ROLES[code]["rights"]
                self.assertEqual(person.call("GET", "/freshness")[0], 200 if "view" in rights else 404)
                for target in ("74", HOME):
                    own = ROLES[code]["scope"] == "region" and region == target and "confirm" in rights
                    self.assertEqual(person.call("PUT", f"/freshness/{target}", {"months": 12})[0],
                                     200 if own or "settings" in rights else 404, target)
        status, body, _ = self.writer.call("GET", "/potential-counts?region=74.02")
        self.assertEqual((status, body["total"]), (200, 0))
        self.assertEqual({one["region"] for one in body["regions"]}, {HOME})
        self.untouched()

    def test_reference_is_for_all_who_are_signed_in(self):
        for person in self.people.values():
            for path in ("/roles", "/regions", "/sectors", "/commodities", "/sessions"):
                self.assertEqual(person.call("GET", path)[0], 200)

    def test_changes_need_token_and_origin(self):
        number, version = self.records["draft"]
        calls = [("POST", "/potentials", draft()), ("PUT", f"/potentials/{number}", draft()),
                 ("DELETE", f"/potentials/{number}", None), ("POST", f"/potentials/{number}/transitions", {"action": "submit"}),
                 ("POST", "/users", {}), ("DELETE", "/session", None), ("POST", "/potential-facts", {"items": []}),
                 ("POST", f"/potentials/{number}/restores", {"sequence": 1}), ("PUT", f"/unsaved/{number}", {"content": {}}),
                 ("POST", "/views", {"name": "x", "query": ""}), ("PUT", "/freshness/74", {"months": 12}), ("PUT", "/account/password", {}),
                 ("POST", "/audit/verifications", {}), ("POST", "/geometry-readings", {"upload": "x"})]
        for method, path, body in calls:
            with self.subTest(f"{method} {path}"):
                match = {"If-Match": f'"{version}"'}
                self.assertEqual(self.admin.call(method, path, body, {**match, "X-CSRF-Token": "wrong"})[0], 403)
                self.assertEqual(self.admin.call(method, path, body, match, origin=False)[0], 403)
                self.assertEqual(self.admin.call(method, path, body, {**match, "Origin": "https://evil.example"})[0], 403)
                if body is not None:
                    self.assertEqual(self.admin.call(method, path, body, {**match, "Content-Type": "text/plain"})[0], 422)
        self.untouched()
        self.assertEqual(Person(self.server).call("POST", "/session", {"username": "admin", "password": PASSWORD},
                                                  {"Origin": "https://evil.example"})[0], 403)

    def test_bodies_and_queries_are_read_strictly(self):
        for body in (b"{", b"[]", b'{"region":"74.01","region":"74.02","title":{"id":"x"}}', b"[" * 200, b"\xff", b"null"):
            self.assertEqual(self.writer.call("POST", "/potentials", body)[0], 422, body)
        status, body, _ = self.writer.call("POST", "/potentials", {**draft(), "state": "published", "id": 1})
        self.assertEqual(status, 422)
        self.assertEqual({error["field"] for error in body["errors"]}, {"state", "id"})
        for query in ("sort=password", "limit=0", "limit=1001", "limit=x", "cursor=x", "nothing=1", "state=x", "sort=title&sort=region", "confirm=x", "assignee=x", "assignee=0"):
            self.assertEqual(self.writer.call("GET", "/potentials?" + query)[0], 422, query)
        self.assertEqual(self.writer.call("PUT", f"/potentials/{self.records['draft'][0]}", draft())[0], 422, "no If-Match")

    def untouched(self):
        for state, (number, version) in self.records.items():
            _, body, _ = self.verifier.call("GET", f"/potentials/{number}")
            self.assertEqual((body["state"], body["version"]), (state, version))


if __name__ == "__main__":
    unittest.main()
