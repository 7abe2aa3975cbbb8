#!/usr/bin/env bash
# Runs each fuzz target for SECONDS (10 unless told) from its kept corpus in tests/fuzz/corpus/<target>.
set -euo pipefail
cd "$(dirname "$0")/.."
seconds=${1:-10}
passed=0
failed=0
for target in build/fuzz/*_fuzz; do
  name=$(basename "$target")
  found=build/fuzz/found/$name
  mkdir -p "$found"
  corpus=tests/fuzz/corpus/$name
  if "$target" -max_total_time="$seconds" -timeout=5 -rss_limit_mb=2048 -artifact_prefix="$found/" -print_final_stats=1 \
      "$found" $([ -d "$corpus" ] && echo "$corpus") >"build/fuzz/$name.log" 2>&1; then
    passed=$((passed + 1))
    echo "$name: $(grep -o 'number_of_executed_units: .*' "build/fuzz/$name.log")"
  else
    failed=$((failed + 1))
    echo "$name FAILED"
    tail -n 40 "build/fuzz/$name.log"
  fi
done
echo "$passed passed, $failed failed"
[ "$passed" -gt 0 ] && [ "$failed" = 0 ]
