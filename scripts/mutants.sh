#!/bin/sh
# Mutation testing: changes the Deployment and the ReplicaSet controller in some
# hundred small ways, one at a time, and says how many of them the tests notice.
# Arguments go to cargo mutants, such as -f src/sim/victims.rs for one file.
set -eu
. "$(dirname -- "$0")/lib.sh"
PATH=$TOOLS/bin:$PATH
OUT=$TOOLS/mutants

mutants_ready() { [ "$(cargo mutants --version 2>/dev/null)" = "cargo-mutants $CARGO_MUTANTS_VERSION" ]; }

install_mutants() {
    PATH=$PATH:$TOOLS/bin cargo install --locked --force --root "$TOOLS" --target-dir "$BUILD/cargo" \
        --version "$CARGO_MUTANTS_VERSION" cargo-mutants ||
        die "cargo-mutants $CARGO_MUTANTS_VERSION could not be built (see above); check the connection to the package registry and run this again."
    rm -rf "$BUILD"
}

# A mutant may loop for ever, or create pods without end. The test that does so
# is ended, which is to fail: limit seconds
limit() {
    have prlimit || return 0
    triple=$(rustc -vV | sed -n 's/^host: //p' | tr 'a-z-' 'A-Z_')
    export "CARGO_TARGET_${triple}_RUNNER=prlimit --cpu=$1 --as=4000000000"
}

# One round over all mutants. Missed ones are no error here (cargo mutants exits
# with 2), nor are those that take too long (3).
round() {
    status=0
    cargo mutants --dir "$ROOT" --output "$OUT" --jobs 1 --no-shuffle "$@" --cargo-arg=--lib \
        --cargo-arg=--test=conformance --cargo-arg=--test=unit_vectors --cargo-arg=--test=invariants || status=$?
    case $status in
    0 | 2 | 3) ;;
    *) die "cargo mutants gave up (see above, and $OUT/mutants.out/log)." ;;
    esac
}

# What a test of a second notices is not tested again with all traces and cases.
quick_round() {
    limit 10
    ROLLSCOPE_TRACES=$ROOT/tests/conformance/rollouts-named.jsonl PROPTEST_CASES=32 round "$@"
}
full_round() {
    limit 90
    round --iterate "$@"
}

lines() { wc -l <"$1"; }

figure() {
    missed=$(lines "$OUT/mutants.out/missed.txt")
    unviable=$(lines "$OUT/mutants.out.old/unviable.txt")
    viable=$(( $(cargo mutants --dir "$ROOT" --list "$@" | wc -l) - unviable ))
    cat "$OUT/mutants.out/missed.txt"
    echo "mutants: $((viable - missed)) of $viable noticed; $unviable more do not compile"
}

need_rust
need_linker
mutants_ready || timed "Build cargo-mutants $CARGO_MUTANTS_VERSION (once, some minutes)" install_mutants
[ $# -gt 0 ] ||
    set -- -f src/sim/deployment.rs -f 'src/sim/deployment/*.rs' -f src/sim/replica_set.rs -f src/sim/victims.rs
rm -rf "$OUT/mutants.out" "$OUT/mutants.out.old"
mkdir -p "$OUT"
# The compiler takes longer than the tests, so it is not to optimise or to write
# what debuggers need. The lib with the page in it is compiled in three seconds.
export CARGO_TARGET_DIR="$OUT/target" CARGO_PROFILE_DEV_DEBUG=0 CARGO_PROFILE_DEV_OPT_LEVEL=0
timed "All mutants, the quick tests" quick_round "$@"
timed "Those that nobody noticed, all tests" full_round "$@"
figure "$@"
