#!/usr/bin/env python3
"""E-mails of the running program, against a mail server of the test on 127.0.0.1: forgotten passwords from the request
to the new password, what else is told, mail servers that are away, and what stands in the log and the database.
usage: mail_test.py BINARY ROOT"""
import email
import email.policy
import os
import pathlib
import re
import socket
import subprocess
import sys
import tempfile
import time
import unittest

BINARY, ROOT = sys.argv[1], pathlib.Path(sys.argv[2])
del sys.argv[1:3]
sys.path[:0] = [str(ROOT / "tests/main"), str(ROOT / "tests/support")]
from office_server import PASSWORD, Person, Server  # noqa: E402
from smtp_sink import SmtpSink  # noqa: E402

SITE = "https://potensi.contoh.go.id"
NEW = "sembilan perahu pulang pagi"


def free_port():
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        return held.getsockname()[1]


def parsed(mail):
    message = email.message_from_string(mail["text"], policy=email.policy.default)
    return message["Subject"], message.get_content()


class Mails(unittest.TestCase):
    def setUp(self):
        self.sink = SmtpSink().start()
        self.addCleanup(self.sink.stop)
        self.server = self.serve(self.sink.port)

    def serve(self, port):
        server = Server(BINARY, [ROOT / "data/regions.csv", ROOT / "data/commodities.csv"], {
            "SIMPUL_MAIL_SMTP": f"smtp://127.0.0.1:{port}", "SIMPUL_MAIL_ENCRYPTED": "false",
            "SIMPUL_MAIL_FROM": "simpul@contoh.go.id", "SIMPUL_WEB_URL": SITE})
        self.addCleanup(server.close)
        self.admin = Person(server).sign_in("admin", PASSWORD)
        return server

    def officer(self, name, address):
        status, made, _ = self.admin.call("POST", "/users", {
            "username": name, "name": "Untuk pengujian", "email": address, "role": "regional_operator", "region": "74.01"})
        self.assertEqual(status, 201, made)
        return made

    def ask(self, name):
        return Person(self.server).call("POST", "/password-reset-requests", {"name": name},
                                        {"Accept-Language": "en"})

    def test_a_forgotten_password_is_set_anew_by_a_link(self):
        made = self.officer("petugas.kolaka", "petugas@kolaka.contoh.go.id")
        subject, text = parsed(self.sink.wait(1)[0])
        self.assertEqual(subject, "Akun Anda di Simpul")
        self.assertIn("petugas.kolaka", text)
        self.assertNotIn(made["one_time_password"], text)

        # By address, whatever its letters' size.
        self.assertEqual(self.ask("Petugas@Kolaka.contoh.go.id")[0], 202)
        mail = self.sink.wait(2)[1]
        self.assertEqual((mail["from"], mail["to"]), ("simpul@contoh.go.id", ["petugas@kolaka.contoh.go.id"]))
        subject, text = parsed(mail)
        self.assertEqual(subject, "Set a new password")
        self.assertIn("within 30 minutes", text)
        token = re.search(re.escape(SITE) + r"/kantor/sandi#token=(\S+)", text)[1]
        self.assertNotIn(token, self.server.log())
        self.assertNotIn(token.encode(), self.server.database_bytes())

        person = Person(self.server)
        self.assertEqual(person.call("POST", "/password-resets", {"token": token, "password": NEW})[0], 204)
        self.assertEqual(person.call("POST", "/password-resets", {"token": token, "password": NEW})[0], 422)
        person.sign_in("petugas.kolaka", NEW)
        self.assertEqual(parsed(self.sink.wait(3)[2])[0], "Kata sandi Anda telah diubah")
        log = self.server.log()
        self.assertNotIn("petugas@kolaka.contoh.go.id", log)
        self.assertNotIn(NEW, log)

    def test_who_has_no_account_gets_the_same_answer_and_no_mail(self):
        self.officer("petugas.kolaka", "petugas@kolaka.contoh.go.id")
        self.sink.wait(1)
        known, unknown = self.ask("petugas.kolaka"), self.ask("petugas.tidak.ada")
        self.assertEqual((known[0], known[1]), (202, None))
        self.assertEqual((unknown[0], unknown[1]), (202, None))
        self.assertEqual(sorted(known[2].keys()), sorted(unknown[2].keys()))
        # A mail to somebody else is behind it in the queue: then it was not sent.
        self.officer("petugas.lain", "lain@kolaka.contoh.go.id")
        mails = self.sink.wait(3)
        self.assertEqual([mail["to"][0] for mail in mails],
                         ["petugas@kolaka.contoh.go.id", "petugas@kolaka.contoh.go.id", "lain@kolaka.contoh.go.id"])

    def test_asking_is_slowed_down_by_name_and_by_address(self):
        answers = [self.ask("siapa.saja")[0] for _ in range(5)]
        self.assertEqual(answers[:3], [202] * 3)
        self.assertEqual(answers[-1], 429)
        answers = [self.ask(f"orang.{number}")[0] for number in range(12)]
        self.assertEqual(answers[-1], 429)

    def test_a_mail_is_sent_once_and_survives_a_restart(self):
        port = free_port()
        self.server.close()
        self.server = self.serve(port)
        self.officer("petugas.kolaka", "petugas@kolaka.contoh.go.id")
        self.server.wait_for(lambda: "attempt 1" in self.server.log())
        self.server.restart(kill=True)
        late = SmtpSink().start(port)
        self.addCleanup(late.stop)
        late.wait(1, 60)
        self.server.wait_for(lambda: not self.server.rows("SELECT id FROM outbox"))
        self.server.restart()
        self.admin = Person(self.server).sign_in("admin", PASSWORD)
        self.officer("petugas.lain", "lain@kolaka.contoh.go.id")
        self.assertEqual([mail["to"][0] for mail in late.wait(2)],
                         ["petugas@kolaka.contoh.go.id", "lain@kolaka.contoh.go.id"])

    def test_what_is_put_off_is_tried_again(self):
        self.sink.later = 1
        self.officer("petugas.kolaka", "petugas@kolaka.contoh.go.id")
        self.assertEqual(self.sink.wait(1, 60)[0]["to"], ["petugas@kolaka.contoh.go.id"])

    def test_an_address_with_a_line_break_is_refused(self):
        for address in ("a@b.id\r\nBcc: lain@b.id", "a@b.id\nlain@b.id", "a@b.id, lain@b.id", "<a@b.id>"):
            status, body, _ = self.admin.call("POST", "/users", {
                "username": "petugas.kolaka", "name": "X", "email": address, "role": "regional_operator",
                "region": "74.01"})
            self.assertEqual((status, [one["field"] for one in body["errors"]]), (422, ["email"]))

    def test_who_gets_a_record_back_is_told(self):
        made = self.officer("petugas.kolaka", "petugas@kolaka.contoh.go.id")
        writer = Person(self.server).sign_in("petugas.kolaka", made["one_time_password"]).settle(made["one_time_password"])
        status, record, _ = writer.call("POST", "/potentials", {
            "region": "74.01", "sector": "A", "category": "fishery", "accuracy": "regency", "title": {"id": "Teripang “pasir”"},
            "summary": {"id": "Ringkasan."}, "status": "indicative", "sources": ["Dibuat untuk pengujian (2026)"]})
        self.assertEqual(status, 201, record)
        for person, action, more in ((writer, "submit", {}), (self.admin, "return", {
                "reason": "Sumbernya kurang.", "comments": [{"field": "sources", "text": "Sebut tahunnya."}]})):
            status, record, _ = person.call("POST", f"/potentials/{record['id']}/transitions", {"action": action, **more},
                                            {"If-Match": f'"{record["version"]}"'})
            self.assertEqual(status, 200, record)
        subject, text = parsed(self.sink.wait(3)[2])
        self.assertEqual(subject, "Dikembalikan kepada Anda: Teripang “pasir”")
        for part in ("admin mengembalikan", "Sumbernya kurang.", "- Sebut tahunnya.", f"{SITE}/kantor/potensi/{record['id']}"):
            self.assertIn(part, text)


class WithoutMail(unittest.TestCase):
    def test_nothing_is_sent_and_the_person_is_told_so(self):
        server = Server(BINARY, [ROOT / "data/regions.csv"])
        self.addCleanup(server.close)
        status, body, _ = Person(server).call("POST", "/password-reset-requests", {"name": "admin"}, {"Accept-Language": "en"})
        self.assertEqual((status, body["title"]),
                         (503, "This server sends no e-mail. Ask your administrator for a one-time link"))
        self.assertEqual(server.rows("SELECT id FROM jobs WHERE kind = 'mail'"), [])

    def test_settings_that_cannot_work_stop_the_start(self):
        for settings in ({"SIMPUL_MAIL_SMTP": "smtp://nama:rahasia@host"},
                         {"SIMPUL_MAIL_SMTP": "smtp://host", "SIMPUL_MAIL_FROM": "a@b.id"},
                         {"SIMPUL_MAIL_SMTP": "smtp://host", "SIMPUL_MAIL_FROM": "tanpa alamat", "SIMPUL_WEB_URL": SITE}):
            with self.subTest(settings), tempfile.TemporaryDirectory() as folder:
                clean = {name: value for name, value in os.environ.items() if not name.startswith("SIMPUL_")}
                ended = subprocess.run([BINARY, "serve", "--port", "0"], env={**clean, "SIMPUL_DATA": folder, **settings},
                                       capture_output=True, text=True, timeout=60)
                self.assertEqual(ended.returncode, 1, ended.stderr)
                self.assertRegex(ended.stderr.splitlines()[-1], r"^simpul: .*(mail\.|Mails)")
                self.assertNotIn("rahasia", ended.stderr)


if __name__ == "__main__":
    unittest.main()
