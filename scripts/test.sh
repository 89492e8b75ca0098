#!/bin/sh
# Everything: gets what is missing, then checks, builds, weighs and tests.
set -eu
. "$(dirname -- "$0")/lib.sh"

browser_tests() { (cd "$ROOT" && node --test tests/browser/*.test.mjs); }

everything() {
    cd "$ROOT/scripts"
    timed "Get what the tests need" get_all
    timed "All checks without a browser" ./check.sh
    timed "Build the page" ./page.sh build
    node ./size.mjs
    timed "Run the browser tests" browser_tests
}
get_all() { ./wasm-target.sh && ./tools.sh && ./browser.sh; }

timed "All of it" everything
