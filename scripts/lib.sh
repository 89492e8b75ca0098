# shellcheck shell=sh disable=SC2034
# Shared by the scripts here: where things are, and how they speak.
ROOT=$(CDPATH='' cd -- "$(dirname -- "$0")/.." && pwd)
TOOLS=$ROOT/.tools
BUILD=$TOOLS/build
# shellcheck source=scripts/versions.sh
. "$ROOT/scripts/versions.sh"

say() { printf '==> %s\n' "$*" >&2; }
die() { printf 'error: %s\n' "$*" >&2; exit 1; }
# Are all of these programs there?
have() { for program; do command -v "$program" >/dev/null 2>&1 || return 1; done; }

# Runs a step and says how long it took: timed "what it does" command ...
# Not to be called in a condition: there the shell would go on after a failure.
timed() {
    # Steps lie within steps. No standard has `local`, but every sh in use has.
    # shellcheck disable=SC3043
    local what="$1" from
    from=$(date +%s)
    shift
    say "$what ..."
    "$@"
    say "$what: $(( $(date +%s) - from )) s"
}

# Runs a command as root, for apt only.
as_root() {
    if [ "$(id -u)" -eq 0 ]; then "$@"
    elif have sudo; then sudo "$@"
    else return 1
    fi
}

need_rust() {
    have rustc cargo || die "Rust is missing; install it by rustup (see rustup.rs), open a new shell and run this again."
}
need_linker() {
    have cc || die "a C compiler, which Rust links with, is missing; install one (on Debian: apt-get install build-essential) and run this again."
}
need_node() {
    have node npm || die "Node.js with npm is missing; install Node.js $NODE_MAJOR or newer (see nodejs.org) and run this again."
    node_major=$(node -p 'process.versions.node.split(".")[0]')
    [ "$NODE_MAJOR" -le "$node_major" ] || die "Node.js $(node -v) is too old; install Node.js $NODE_MAJOR or newer (see nodejs.org) and run this again."
}
