#!/bin/sh
# All checks that need no browser: format, lints, native tests, and that the
# code compiles for WebAssembly.
set -eu
. "$(dirname -- "$0")/lib.sh"

# rustup's smallest profile comes without these: need_component subcommand component
need_component() {
    cargo "$1" --version >/dev/null 2>&1 && return
    { have rustup && rustup component add "$2"; } ||
        die "cargo $1 is missing and could not be fetched; install it (rustup component add $2) and run this again."
}

cd "$ROOT"
need_rust
need_linker
need_component fmt rustfmt
need_component clippy clippy
timed "Check the format" cargo fmt --check
timed "Lint" cargo clippy --all-targets -- -D warnings
timed "Run the native tests" cargo test
timed "Check for $TARGET" cargo check --target "$TARGET"
