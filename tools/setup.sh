# Shared by ./run and ./test (sourced): installs what is missing and says how long each step took. No step is repeated
# when there is nothing to do.

# step TEXT COMMAND...: runs a command quietly; its output is shown only when it fails.
step() {
  local text=$1 started=$SECONDS log
  shift
  log=$(mktemp)
  printf '%-62s' "$text"
  if "$@" >"$log" 2>&1; then
    printf '%4d s\n' $((SECONDS - started))
    rm -f "$log"
  else
    local code=$?
    printf ' failed\n'
    tail -n 60 "$log"
    rm -f "$log"
    return $code
  fi
}

as_root() {
  if [ "$(id -u)" = 0 ]; then "$@"; else sudo "$@"; fi
}

# packages STAGE...: the Debian packages of packaging/debian-packages.txt for these stages.
missing_packages() {
  local wanted name
  wanted=$(awk -v stages=" $* " '!/^#/ && NF { if (index(stages, " " $2 " ")) print $1 }' packaging/debian-packages.txt)
  for name in $wanted; do
    # Debian's Node and npm only fetch the Node that we use; any npm that is there will do.
    case $name in nodejs | npm) command -v npm >/dev/null && continue ;; esac
    [ "$(dpkg-query -W -f '${db:Status-Status}' "$name" 2>/dev/null)" = installed ] || echo "$name"
  done
}

install_packages() {
  local missing
  missing=$(missing_packages "$@")
  [ -n "$missing" ] || return 0
  if [ "$(id -u)" != 0 ] && ! command -v sudo >/dev/null; then
    echo "These Debian packages are missing; install them as root, then run this again:"
    echo "  apt-get install --no-install-recommends" $missing
    return 1
  fi
  as_root env DEBIAN_FRONTEND=noninteractive apt-get -o DPkg::Lock::Timeout=500 update &&
    as_root env DEBIAN_FRONTEND=noninteractive apt-get -o DPkg::Lock::Timeout=500 install -y --no-install-recommends $missing
}

# The npm packages with the indicative boundaries: fetched, never committed, embedded or passed on.
fetch_boundary_data() {
  local stamp=tools/boundary-data/node_modules/.fetched
  [ -f "$stamp" ] && [ "$stamp" -nt tools/boundary-data/package-lock.json ] && return 0
  npm ci --ignore-scripts --no-audit --no-fund --prefix tools/boundary-data && touch "$stamp"
}

# load_starting_data PROGRAM: the boundaries first, so that positions are compared with them.
load_starting_data() {
  "$1" import boundaries --packages tools/boundary-data/node_modules && "$1" import data
}

build() {
  local preset=$1
  shift
  [ -f "build/$preset/build.ninja" ] || cmake --preset "$preset"
  cmake --build --preset "$preset" "$@"
}
