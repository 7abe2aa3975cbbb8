#!/usr/bin/env bash
# Starts the release program on the real data in a folder of its own and lets a browser (and other readers) use it.
#   tests/e2e/run.sh [journeys|map|axe|html|links|budgets|files|office]...   all of them unless named
set -uo pipefail
cd "$(dirname "$0")/../.."
root=$PWD
. tools/setup.sh
program=$root/build/release/simpul
PATH="$(tools/node.sh):$PATH"
export PATH
parts=${*:-journeys map axe html links budgets files office}

lock=$(sha256sum tests/e2e/package-lock.json | cut -d' ' -f1)
if [ "$(cat tests/e2e/node_modules/.lock-installed 2>/dev/null)" != "$lock" ]; then
  npm ci --ignore-scripts --no-audit --no-fund --prefix tests/e2e || exit 1
  echo "$lock" >tests/e2e/node_modules/.lock-installed
fi

work=$(mktemp -d)
export SIMPUL_DATA=$work/data SIMPUL_URL SIMPUL_PORT
export SIMPUL_ADMIN_PASSWORD='kunci uji untuk kantor data'  # the first administrator's, on these servers only
server=
trap 'stop_server; rm -rf "$work"' EXIT
mkdir -p tests/e2e/out

stop_server() { [ -z "$server" ] || { kill "$server" 2>/dev/null; wait "$server" 2>/dev/null; server=; }; }

# A server on freshly loaded starting data, in place of the one before.
start_server() {
  stop_server
  rm -rf "$SIMPUL_DATA"
  mkdir -p "$SIMPUL_DATA"
  SIMPUL_PORT=$(node -e 'const s=require("net").createServer().listen(0,"127.0.0.1",()=>{console.log(s.address().port);s.close()})')
  SIMPUL_URL=http://127.0.0.1:$SIMPUL_PORT
  fetch_boundary_data && load_starting_data "$program" || exit 1
  "$program" serve >>"$work/server.log" 2>&1 &
  server=$!
  if ! curl -sf --retry 60 --retry-delay 0 --retry-max-time 20 --retry-all-errors "$SIMPUL_URL/readyz" >/dev/null; then
    echo "the server did not get ready:"; cat "$work/server.log"; exit 1
  fi
}

# The office writes: it gets a server of its own, so that every other part sees the starting data and nothing else.
fresh=
server_for() {
  cd "$root" || exit 1
  if [ "$1" = office ]; then
    start_server
    fresh=
  elif [ -z "$fresh" ]; then
    start_server
    fresh=yes
  fi
  cd tests/e2e || exit 1
}

passed=0
failed=0
report() {  # name, code
  if [ "$2" = 0 ]; then passed=$((passed + 1)); else failed=$((failed + 1)); echo "FAILED: $1"; fi
}
for part in $parts; do
  echo "== $part"
  server_for "$part"
  case $part in
    journeys | map | axe | office)
      # The office has several files; the others are one each.
      [ "$part" = office ] && files=e2e/office || files="$part.spec"
      npx --no-install playwright test --reporter=list "$files" 2>&1 | tee "$work/playwright.log"
      code=${PIPESTATUS[0]}
      good=$(sed -nE 's/^ +([0-9]+) passed.*/\1/p' "$work/playwright.log" | tail -1)
      bad=$(sed -nE 's/^ +([0-9]+) failed.*/\1/p' "$work/playwright.log" | tail -1)
      passed=$((passed + ${good:-0}))
      failed=$((failed + ${bad:-0}))
      [ "$code" = 0 ] || [ "${bad:-0}" != 0 ] || failed=$((failed + 1)) ;;
    html) node html.mjs; report html $? ;;
    links) node links.mjs; report links $? ;;
    budgets) node budgets.mjs; report budgets $? ;;
    files) node files.mjs; report files $? ;;
  esac
  if ! kill -0 "$server" 2>/dev/null; then echo "the server died:"; tail -40 "$work/server.log"; failed=$((failed + 1)); fi
done
if grep -E ' (error|critical) ' "$work/server.log"; then echo "the server logged errors"; failed=$((failed + 1)); fi
echo "$passed passed, $failed failed"
[ $failed = 0 ]
