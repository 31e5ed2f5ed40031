# Shared by infra/up, infra/test and the scripts beside this file. To be sourced by bash.

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
stamps="$root/build/stamps"

# Says one sentence and ends.
fail() {
  printf 'witan: %s\n' "$*" >&2
  exit 1
}

# Copies that start together install and build one after the other: holds the lock until the script ends.
one_at_a_time() {
  mkdir -p "$root/build" 2>/dev/null || true
  [[ -w "$root/build" && (! -e "$root/build/lock" || -w "$root/build/lock") ]] ||
    fail "$root/build cannot be written by $(id -un); clone Witan into a folder of your own"
  exec {lock}>"$root/build/lock"
  flock "$lock"
}

say() { printf '%s\n' "$*"; }

# Runs a command quietly; when it fails, shows the end of what it said. usage: quietly LOG SENTENCE COMMAND…
quietly() {
  local log=$1 sentence=$2
  shift 2
  mkdir -p "$(dirname "$log")"
  "$@" >"$log" 2>&1 && return
  tail -n 40 "$log" >&2
  fail "$sentence; the whole log is $log"
}

# One hash over the names and contents of files. usage: hash_of PATH…
hash_of() { find "$@" -type f -print0 | sort -z | xargs -0 sha256sum | sha256sum | cut -d' ' -f1; }

# Is what NAME stands for unchanged since `stamp NAME HASH`?
is_stamped() { [[ -f "$stamps/$1" && "$(cat "$stamps/$1")" == "$2" ]]; }
stamp() {
  mkdir -p "$stamps"
  printf '%s\n' "$2" >"$stamps/$1"
}

# Node.js 22 from .tools/ where infra/scripts/install put it.
own_node="$root/.tools/node_modules/node/bin"
if [[ -x "$own_node/node" ]]; then PATH="$own_node:$PATH"; fi

has_node() {
  command -v npm >/dev/null &&
    command -v node >/dev/null &&
    node -e 'const [a, b] = process.versions.node.split("."); process.exit(a > 20 || (a == 20 && b >= 19) ? 0 : 1)'
}
