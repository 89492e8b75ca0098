#!/bin/sh
# Makes sure that what the browser tests need is there: Chromium with fonts for
# Latin and Chinese text, and the npm packages of tests/browser.
set -eu
. "$(dirname -- "$0")/lib.sh"
TESTS=$ROOT/tests/browser

# Debian's packages for what is missing. A browser named by CHROMIUM is used
# as it is; fonts matter for what the tests see, not for whether they run.
missing_packages() {
    [ -x "${CHROMIUM:-/usr/bin/chromium}" ] || echo chromium
    has_font :lang=zh-cn || echo fonts-noto-cjk
    has_font :lang=en:spacing=mono || echo fonts-dejavu
}
has_font() { have fc-list && [ -n "$(fc-list "$1")" ]; }

# shellcheck disable=SC2086
install_packages() {
    { as_root env DEBIAN_FRONTEND=noninteractive apt-get -q update &&
        as_root env DEBIAN_FRONTEND=noninteractive apt-get -q install -y --no-install-recommends $packages; } ||
        problem="apt-get failed (see above)"
}

get_packages() {
    packages=$(missing_packages | xargs)
    [ -n "$packages" ] || return 0
    problem=
    if ! have apt-get; then problem="there is no apt-get to get it with"
    elif [ "$(id -u)" -ne 0 ] && ! have sudo; then problem="only root may install packages"
    else timed "Install $packages" install_packages
    fi
    [ -n "$problem" ] || return 0
    case $packages in
    *chromium*) die "the tests need Chromium, but $problem; install $packages, or name a Chromium in the variable CHROMIUM, and run this again." ;;
    *) say "going on without $packages, as $problem" ;;
    esac
}

npm_packages() {
    (cd "$TESTS" && npm ci --no-audit --no-fund --loglevel=error) ||
        die "the packages of tests/browser could not be fetched (see above); check the connection to npm's registry and run this again."
    cp "$TESTS/package-lock.json" "$TESTS/node_modules/.from-lock"
}

need_node
get_packages
# npm ci takes everything away and fetches it anew, so it is asked only when
# the lock file is another than the one node_modules came from.
cmp -s "$TESTS/package-lock.json" "$TESTS/node_modules/.from-lock" ||
    timed "Fetch the packages of tests/browser" npm_packages
