#!/bin/sh
# Builds the page into dist/, or builds it and serves it: page.sh build | serve
# The port of `serve` can be chosen by the variable PORT.
set -eu
. "$(dirname -- "$0")/lib.sh"
PATH=$TOOLS/bin:$PATH
PORT=${PORT:-8080}

port_is_free() {
    node -e 'require("net").createServer().once("error", () => process.exit(1))
        .listen(process.argv[1], "127.0.0.1", () => process.exit(0))' "$PORT"
}

# Says the address once the server answers, below all that Trunk says before.
announce() {
    until port_is_taken; do sleep 1; done
    sleep 0.3
    printf '\n    Rollscope is at  http://127.0.0.1:%s/   (Ctrl-C stops it)\n\n' "$PORT"
}
port_is_taken() { ! port_is_free; }

# Trunk takes NO_COLOR for a flag that is true or false, and nothing else.
if [ -n "${NO_COLOR-}" ]; then export NO_COLOR=true; else unset NO_COLOR; fi

# A failed build is told by the compiler; where in Trunk it happened helps nobody.
export RUST_BACKTRACE=0

need_node
cd "$ROOT"
# Offline means that Trunk lets cargo fetch nothing either.
cargo fetch || die "the crates of Cargo.toml could not be fetched (see above); check the connection to the package registry and run this again."

# Panic messages name source files. Without the folders that cargo keeps crates in, and rustc its library, the
# page is the same bytes on every machine, and tells nothing about this one.
flags=
for crates in "${CARGO_HOME:-$HOME/.cargo}"/registry/src/*/ "$(rustc --print sysroot)/lib/rustlib/src/rust/"; do
    flags="${flags:+$flags$(printf '\037')}--remap-path-prefix=$crates="
done
export CARGO_ENCODED_RUSTFLAGS="$flags"

case ${1-} in
build)
    trunk build --release --offline ||
        die "the page could not be built (see above)."
    ;;
serve)
    port_is_free || die "port $PORT is in use; stop what uses it, or choose another: make serve PORT=8081"
    announce &
    announcer=$!
    trap 'kill "$announcer" 2>/dev/null || true' EXIT
    trap 'exit 0' INT TERM
    # Whoever edits wants to see the files as they are now, not those that a browser kept.
    ROLLSCOPE_SERVED=1 trunk serve --release --offline --port "$PORT" ||
        die "the page could not be served (see above)."
    ;;
*)
    die "usage: scripts/page.sh build | serve"
    ;;
esac
