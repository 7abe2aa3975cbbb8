#!/usr/bin/env bash
# Vitest over the front end's pure parts.
set -euo pipefail
cd "$(dirname "$0")/.."
PATH="$(tools/node.sh):$PATH"
cd frontend && npx --no-install vitest run
