#!/bin/sh
# Measures what design and README promise, prints one table and writes it into docs/performance.md.
# BENCH_PARTS=load,native,wasm,page chooses parts; BENCH_REPLICAS=3000 another size of the largest run.
set -eu
. "$(dirname -- "$0")/lib.sh"

get_all() { ./wasm-target.sh && ./tools.sh && ./browser.sh; }

cd "$ROOT/scripts"
need_rust
need_linker
timed "Get what the bench needs" get_all
timed "Build the page" ./page.sh build
have valgrind || say "valgrind is not here, so instructions are not counted"
cd "$ROOT"
PATH=$TOOLS/bin:$PATH exec node tests/bench/main.mjs
