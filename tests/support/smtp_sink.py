#!/usr/bin/env python3
"""A mail server for tests: speaks SMTP on 127.0.0.1, keeps what it takes over, can be unwilling in several ways.

As a program it prints its port and then, for each mail, one line of JSON {"from", "to", "text", "tls", "user"}.
usage: smtp_sink.py [--later N] [--silent] [--certificate FILE --key FILE] [--user NAME --password WORD]"""
import argparse
import asyncio
import base64
import json
import ssl
import sys
import threading


class SmtpSink:
    """later: the first N mails are put off with 451. silent: connections are taken and never answered.
    Recipients whose name begins with "nobody" are refused for ever."""

    def __init__(self, later=0, silent=False, certificate=None, key=None, user=None, password=None, on_mail=None):
        self.later, self.silent, self.user, self.password, self.on_mail = later, silent, user, password, on_mail
        self.context = None
        if certificate:
            self.context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
            self.context.load_cert_chain(certificate, key)
        self.mails = []
        self.connections = 0
        self.changed = threading.Condition()
        self.port = 0

    async def serve(self, port=0):
        self.server = await asyncio.start_server(self.client, "127.0.0.1", port)
        self.port = self.server.sockets[0].getsockname()[1]

    async def client(self, reader, writer):
        with self.changed:
            self.connections += 1
            self.changed.notify_all()
        try:
            await self.talk(reader, writer)
        except (OSError, asyncio.IncompleteReadError):
            pass
        finally:
            writer.close()

    async def talk(self, reader, writer):
        if self.silent:
            await reader.read()
            return
        sender, recipients, tls, user = None, [], False, None

        async def say(*lines):
            writer.write("".join(line + "\r\n" for line in lines).encode())
            await writer.drain()

        await say("220 sink ESMTP")
        while line := await reader.readline():
            command = line.decode("utf-8", "replace").rstrip("\r\n")
            word = command.split(" ")[0].upper()
            if word in ("EHLO", "HELO"):
                extra = ["250-STARTTLS"] if self.context and not tls else []
                extra += ["250-AUTH PLAIN"] if self.user else []
                await say("250-sink", *extra, "250 SIZE 1000000")
            elif word == "STARTTLS" and self.context and not tls:
                await say("220 go on")
                await writer.start_tls(self.context)
                tls, sender, recipients = True, None, []
            elif word == "AUTH":
                given = command.split(" ")
                answer = given[2] if len(given) > 2 else None
                if answer is None:
                    await say("334 ")
                    answer = (await reader.readline()).decode().strip()
                _, name, password = base64.b64decode(answer).decode().split("\0")
                if (name, password) == (self.user, self.password):
                    user = name
                    await say("235 welcome")
                else:
                    await say("535 not you")
            elif word == "MAIL":
                if self.user and not user:
                    await say("530 sign in first")
                    continue
                sender, recipients = command[command.index(":") + 1:].split(">")[0].lstrip(" <"), []
                await say("250 ok")
            elif word == "RCPT":
                recipient = command[command.index(":") + 1:].strip(" <>")
                if recipient.startswith("nobody"):
                    await say("550 there is nobody of this name")
                else:
                    recipients.append(recipient)
                    await say("250 ok")
            elif word == "DATA":
                await say("354 go on")
                text = b""
                while (line := await reader.readline()) not in (b".\r\n", b""):
                    text += line[1:] if line.startswith(b".") else line
                if self.later > 0:
                    self.later -= 1
                    await say("451 later")
                    continue
                self.keep({"from": sender, "to": recipients, "text": text.decode(), "tls": tls, "user": user})
                await say("250 taken")
            elif word == "QUIT":
                await say("221 bye")
                return
            else:
                await say("502 not known" if word not in ("RSET", "NOOP") else "250 ok")

    def keep(self, mail):
        with self.changed:
            self.mails.append(mail)
            self.changed.notify_all()
        if self.on_mail:
            self.on_mail(mail)

    # --- for tests in Python: a thread of its own

    def start(self, port=0):
        self.loop = asyncio.new_event_loop()
        self.loop.run_until_complete(self.serve(port))
        self.thread = threading.Thread(target=self.loop.run_forever, daemon=True)
        self.thread.start()
        return self

    def stop(self):
        def end():
            for task in asyncio.all_tasks(self.loop):
                task.cancel()
            self.server.close()
            self.loop.call_soon(self.loop.stop)
        self.loop.call_soon_threadsafe(end)
        self.thread.join(10)
        self.loop.close()

    def wait(self, count, seconds=30):
        """The mails, once there are `count` of them."""
        with self.changed:
            if not self.changed.wait_for(lambda: len(self.mails) >= count, seconds):
                raise AssertionError(f"{len(self.mails)} mails instead of {count}: {self.mails}")
            return list(self.mails)

    def wait_connections(self, count, seconds=30):
        with self.changed:
            if not self.changed.wait_for(lambda: self.connections >= count, seconds):
                raise AssertionError(f"{self.connections} connections instead of {count}")


async def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--later", type=int, default=0)
    parser.add_argument("--silent", action="store_true")
    for name in ("certificate", "key", "user", "password"):
        parser.add_argument("--" + name)
    given = parser.parse_args()

    def tell(mail):
        print(json.dumps(mail), flush=True)

    sink = SmtpSink(**vars(given), on_mail=tell)
    await sink.serve()
    print(sink.port, flush=True)
    # Ends when whoever started it has gone.
    await asyncio.get_running_loop().run_in_executor(None, sys.stdin.read)


if __name__ == "__main__":
    asyncio.run(main())
