#!/usr/bin/env bash
# Builds frontend/dist/: packages by the lock file, types checked, bundled, compressed. Does nothing when the sources
# are those of the last build. `--force` builds anyway.
set -euo pipefail
root="$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)"
cd "$root/frontend"

# The look as CSS and TypeScript, of the one token file; the back office's texts, of the catalogues.
python3 "$root/tools/make_tokens.py" --css shared/css/tokens.css --ts shared/tokens.ts
python3 "$root/tools/office_messages.py"

sources="$(find . ../openapi -type f -not -path './dist/*' -not -path '*/node_modules/*' -not -name rest.d.ts -print0 | LC_ALL=C sort -z |
  xargs -0 sha256sum | sha256sum | cut -d' ' -f1)"
if [ "${1:-}" != --force ] && [ -f dist/.vite/manifest.json ] && [ "$(cat node_modules/.built 2>/dev/null || true)" = "$sources" ]; then
  echo "front end: unchanged"
  exit 0
fi

PATH="$("$root/tools/node.sh"):$PATH"
export PATH
lock="$(sha256sum package-lock.json | cut -d' ' -f1)"
if [ "$(cat node_modules/.lock-installed 2>/dev/null || true)" != "$lock" ]; then
  npm ci --ignore-scripts --no-audit --no-fund
  echo "$lock" > node_modules/.lock-installed
fi
if grep -qE '"resolved": "[a-z+]+:' package-lock.json; then
  echo "front end: package-lock.json names addresses (\"resolved\"); run npm install in frontend/ with its .npmrc" >&2
  exit 1
fi

# The types of the REST contract, then both type checks beside each other: one knows Svelte's files, the other is faster.
node node_modules/openapi-typescript/bin/cli.js ../openapi/rest.yaml --output office/generated/rest.d.ts >/dev/null
node node_modules/svelte-check/bin/svelte-check --workspace office --tsconfig ./tsconfig.json --fail-on-warnings --output machine &
office=$!
node node_modules/typescript/bin/tsc --noEmit
wait $office
node node_modules/vite/bin/vite.js build --logLevel warn
node scripts/compress.mjs dist
echo "$sources" > node_modules/.built
echo "front end: built $(find dist -type f | wc -l) files"
