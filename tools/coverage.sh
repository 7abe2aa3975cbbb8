#!/usr/bin/env bash
# Builds with --coverage, runs the C++ tests and prints the covered lines of each folder of src/.
set -euo pipefail
cd "$(dirname "$0")/.."
cmake --preset coverage
cmake --build --preset coverage
find build/coverage -name '*.gcda' -delete
pg_virtualenv ctest --test-dir build/coverage -j "$(nproc)" --output-on-failure
python3 - <<'PY'
import collections, json, pathlib, subprocess
seen = collections.defaultdict(dict)
for data in pathlib.Path("build/coverage").rglob("*.gcda"):
    out = subprocess.run(["gcov", "--json-format", "--stdout", str(data.resolve())], capture_output=True, text=True, cwd="build/coverage").stdout
    for line in out.splitlines():
        for file in json.loads(line)["files"]:
            name = file["file"].split("/src/")[-1]
            if "/src/" not in file["file"]:
                continue
            for row in file["lines"]:
                key = (name, row["line_number"])
                folder = name.split("/")[0]
                seen[folder][key] = seen[folder].get(key, 0) + row["count"]
for folder, lines in sorted(seen.items()):
    hit = sum(1 for count in lines.values() if count)
    print(f"{folder:10} {100 * hit / len(lines):5.1f} %  {hit} of {len(lines)} lines")
PY
