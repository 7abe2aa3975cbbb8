#!/usr/bin/env python3
"""docs/features.md may only tick what a test shows: every ticked row names tests that exist.

A row is `- [x] text (test: Name[, Name...])`; a Name is `Suite.Case` or `Suite` of a C++ test, or the path of a test file under
tests/, tools/ or frontend/, optionally with ` "title"`. Open rows are `- [ ] text: why`.
"""
import pathlib
import re
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent


def cpp_tests():
    names = set()
    for file in (ROOT / "tests").rglob("*.cpp"):
        for suite, case in re.findall(r"\b(?:TEST|TEST_F|TEST_P|RC_GTEST_PROP|RC_GTEST_FIXTURE_PROP)\(\s*(\w+)\s*,\s*(\w+)",
                                      file.read_text(encoding="utf-8")):
            names.update({suite, f"{suite}.{case}"})
    return names


def main():
    known = cpp_tests()
    faults = []
    ticked = 0
    for number, line in enumerate((ROOT / "docs/features.md").read_text(encoding="utf-8").splitlines(), 1):
        if not line.startswith("- [x]"):
            continue
        ticked += 1
        found = re.search(r"\(test: ([^)]+)\)\s*$", line)
        if not found:
            faults.append(f"docs/features.md:{number}: ticked without the name of a test")
            continue
        for name in re.split(r",\s+", found.group(1)):
            path, _, title = name.partition(' "')
            if "/" in path:
                file = ROOT / path
                if not file.is_file():
                    faults.append(f"docs/features.md:{number}: no file {path}")
                elif title and title.rstrip('"') not in file.read_text(encoding="utf-8"):
                    faults.append(f"docs/features.md:{number}: {path} has no {title}")
            elif name not in known:
                faults.append(f"docs/features.md:{number}: no test {name}")
    print("\n".join(faults) if faults else f"features: {ticked} ticked, each with a test")
    return 1 if faults or ticked == 0 else 0


if __name__ == "__main__":
    sys.exit(main())
