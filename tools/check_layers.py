#!/usr/bin/env python3
"""Checks the floors of docs/architecture.md: who may include whom, and where each foreign engine may stand.

Reads src/, prints one line a breach with file and line, exits 1 when there is any. The tables below are the rule.
"""
import pathlib
import re
import sys

# A folder may include itself and any folder on a lower floor. Folders of one floor do not know each other.
FLOORS = [
    ["base"],
    ["db", "http", "html", "geo", "foreign", "document", "mail", "crypto", "i18n"],
    ["domain"],
    ["storage", "catalog"],
    ["service"],
    ["web"],
    ["main"],
]
# The faces: folders inside web/ do not know each other either; they share what stands in web/ itself.
FACES = ["site", "tiles", "media", "ogc", "api", "session", "desk", "office"]
# Public faces see the snapshot only, so that what is not published cannot leak.
SNAPSHOT_FACES = {"site", "tiles", "ogc"}
HIDDEN_FROM_SNAPSHOT_FACES = {"storage", "service"}

# engine -> (pattern of the include, places where it may stand)
ENGINES = {
    "Boost.Beast / Asio": (r"boost/(beast|asio)", ["src/http/server.cpp", "src/http/connection.hpp"]),
    "Boost.Geometry": (r"boost/geometry", []),
    "Snowball": (r"libstemmer", ["src/catalog/text_index.cpp"]),
    "GEOS": (r"geos", ["src/geo/"]),
    "SQLiteCpp, libpqxx": (r"SQLiteCpp|sqlite3|pqxx|libpq", ["src/db/"]),
    "ctemplate": (r"ctemplate", ["src/html/"]),
    "libarchive, libxlsxwriter": (r"archive\.h|archive_entry|xlsxwriter", ["src/document/"]),
    "pango, cairo": (r"pango|cairo", ["src/document/"]),
    "gettext and ICU through Boost.Locale": (r"boost/locale", ["src/i18n/"]),
    "libsodium": (r"sodium", ["src/crypto/"]),
    "liboath": (r"liboath", ["src/crypto/totp.cpp"]),
    "libcurl": (r"curl/", ["src/mail/smtp.cpp"]),
    "protozero": (r"protozero", ["src/catalog/"]),
    "libqrencode": (r"qrencode", ["src/web/site/qr.cpp"]),
}
# Starting programs is the business of foreign/ alone.
PROGRAM_START = (r"\b(fork|vfork|execve?|execvp|posix_spawnp?|popen|system)\s*\(", "src/foreign/")
# domain means and decides; it does not read, write, wait or print.
DOMAIN_IO = r"<(fstream|iostream|cstdio|filesystem|thread|mutex|future|condition_variable|unistd\.h|sys/.*)>"

INCLUDE = re.compile(r'^\s*#\s*include\s+([<"])([^>"]+)[>"]')


def floor_of(folder):
    for number, folders in enumerate(FLOORS):
        if folder in folders:
            return number
    return None


def breaches(root):
    src = root / "src"
    for file in sorted(src.rglob("*.?pp")):
        name = file.relative_to(root).as_posix()
        parts = file.relative_to(src).parts
        folder = parts[0]
        face = parts[1] if folder == "web" and len(parts) > 2 else None
        if floor_of(folder) is None:
            yield f"{name}: the folder src/{folder} stands on no floor"
            continue
        if face is not None and face not in FACES:
            yield f"{name}: the folder src/web/{face} is no face"
        for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), 1):
            where = f"{name}:{number}"
            found = INCLUDE.match(line)
            if not found:
                code = line.split("//")[0]
                if re.search(PROGRAM_START[0], code) and not name.startswith(PROGRAM_START[1]):
                    yield f"{where}: programs are started only from {PROGRAM_START[1]}"
                continue
            quote, path = found.groups()
            for engine, (pattern, places) in ENGINES.items():
                if quote == "<" and re.search(pattern, path) and not any(name.startswith(p) for p in places):
                    yield f"{where}: {engine} stands only in {', '.join(places)}"
            if folder == "domain" and re.search(DOMAIN_IO, f"<{path}>"):
                yield f"{where}: domain includes no I/O header ({path})"
            if quote == "<" or "/" not in path:
                continue
            other = path.split("/")[0]
            if floor_of(other) is None or other == folder:
                if folder == "web" and other == "web" and face is not None:
                    other_face = path.split("/")[1] if path.count("/") > 1 else None
                    if other_face in FACES and other_face != face:
                        yield f"{where}: the face {face} does not know the face {other_face}"
                continue
            if floor_of(other) >= floor_of(folder):
                yield f"{where}: {folder} (floor {floor_of(folder)}) may not include {other} (floor {floor_of(other)})"
            if face in SNAPSHOT_FACES and other in HIDDEN_FROM_SNAPSHOT_FACES:
                yield f"{where}: {face} sees the snapshot only, not {other}"


def long_files(root):
    for file in sorted((root / "src").rglob("*.?pp")):
        lines = len(file.read_text(encoding="utf-8").splitlines())
        if lines > 600:
            yield f"{file.relative_to(root)}: {lines} lines; none above 600 (split by what it means)"


def main():
    root = pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else pathlib.Path(__file__).resolve().parent.parent)
    found = list(breaches(root)) + list(long_files(root))
    print("\n".join(found) if found else "floors: no breach")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
