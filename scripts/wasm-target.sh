#!/bin/sh
# Makes sure that rustc can build for WebAssembly.
#
# rustup is the way wherever it reaches its server. Where it does not, but a
# Debian mirror is reachable, the standard library is built from the sources
# that Debian packages (rust-src), which must be of the very same version as
# rustc. Works without root as long as rustc's own folder is writable.
set -eu
. "$(dirname -- "$0")/lib.sh"

# Debian's suites that may carry a rust-src, the likeliest first.
SUITES="trixie-backports sid testing stable"

# "Is it there?" is asked by building something, since a folder may be of
# another rustc. Flags given as arguments are added.
target_works() {
    probe=$(mktemp -d)
    if echo '#[no_mangle] pub extern "C" fn probe(n: u32) -> String { n.to_string() }' |
        (cd "$ROOT" && rustc --target "$TARGET" --crate-type cdylib -Awarnings "$@" \
            -o "$probe/probe.wasm" -) >"$probe/log" 2>&1
    then rm -rf "$probe"
    else probe_log=$(tail -n 5 "$probe/log"); rm -rf "$probe"; return 1
    fi
}

# Crates built with another copy of the library do not go with a new one, and
# cargo does not notice.
forget_builds() { (cd "$ROOT" && cargo clean --target "$TARGET") >/dev/null 2>&1 || true; }

by_rustup() {
    have rustup || return 1
    # What an earlier rustc's fallback left would be in rustup's way.
    [ ! -e "$LIB/.built-from-source" ] || rm -rf "$LIB"
    say "rustup target add $TARGET"
    (cd "$ROOT" && rustup target add "$TARGET") && target_works
}

# The mirror of Debian that this machine's apt already uses.
debian_mirror() {
    # shellcheck disable=SC2016
    apt-get indextargets --format '$(ORIGIN)|$(LABEL)|$(SITE)' 2>/dev/null |
        sed -n 's/^Debian|Debian|//p' | sort -u | head -n 1
}

# apt with a configuration of its own, so that the user's is never touched:
# private_apt program arguments ...
private_apt() {
    program=$1; shift
    "$program" -q -o Dir::Etc::sourcelist="$WORK/apt/sources.list" \
        -o Dir::Etc::sourceparts=/dev/null -o Dir::Etc::preferences=/dev/null \
        -o Dir::Etc::preferencesparts=/dev/null -o Dir::State="$WORK/apt/state" \
        -o Dir::State::status=/var/lib/dpkg/status -o Dir::Cache="$WORK/apt/cache" \
        -o APT::Sandbox::User="$(id -un)" -o Debug::NoLocking=1 "$@"
}

# Leaves the .deb of the library's sources in $WORK/deb.
download_sources() {
    mirror=$(debian_mirror)
    [ -n "$mirror" ] || die "rustup could not add the target $TARGET and apt knows no mirror of Debian to take its sources from; connect to the internet and run this again."
    mkdir -p "$WORK/deb" "$WORK/apt/state/lists/partial" "$WORK/apt/cache/archives/partial"
    for suite in $SUITES; do
        echo "deb [target=Packages lang=none signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] $mirror $suite main" \
            >"$WORK/apt/sources.list"
        say "looking for rust-src $RUSTC_VERSION in Debian's $suite"
        private_apt apt-get update >"$WORK/apt/log" 2>&1 || continue
        deb_version=$(private_apt apt-cache madison rust-src |
            awk -F'|' -v v="$RUSTC_VERSION" '{ gsub(/ /, "", $2) }
                index($2, v "+") == 1 || index($2, v "-") == 1 || index($2, v "~") == 1 { print $2; exit }')
        [ -n "$deb_version" ] || continue
        (cd "$WORK/deb" && private_apt apt-get download "rust-src=$deb_version") && return
    done
    die "rustup could not add the target $TARGET and Debian carries no sources of the standard library for rustc $RUSTC_VERSION; connect to the internet and run: rustup target add $TARGET"
}

build_library() {
    dpkg-deb -x "$WORK"/deb/rust-src_*.deb "$WORK/src"
    library=$WORK/src/usr/src/rustc-$RUSTC_VERSION/library
    [ -d "$library" ] || die "Debian's package rust-src $RUSTC_VERSION holds no library folder where it is expected."
    # A crate that uses nothing: cargo builds the libraries for its sake. The
    # empty [workspace] keeps it apart from the project it lies in.
    mkdir -p "$WORK/dummy/src"
    printf '[package]\nname = "dummy"\nversion = "0.0.0"\nedition = "2021"\n[workspace]\n' >"$WORK/dummy/Cargo.toml"
    : >"$WORK/dummy/src/lib.rs"
    # embed-bitcode: without it, a release build with lto = true fails.
    (
        cd "$WORK/dummy"
        unset CARGO_ENCODED_RUSTFLAGS CARGO_BUILD_TARGET
        export RUSTC_BOOTSTRAP=1 __CARGO_TESTS_ONLY_SRC_ROOT="$library" RUSTFLAGS=-Cembed-bitcode=yes
        cargo build --release -Zbuild-std=std,panic_abort,panic_unwind,proc_macro,test \
            --target "$TARGET" --target-dir "$WORK/target"
    ) || die "building the standard library for $TARGET from Debian's sources failed; connect to the internet and run: rustup target add $TARGET"
    rm -f "$WORK/target/$TARGET/release/deps"/libdummy-*
}

by_debian_sources() {
    have apt-get apt-cache dpkg-deb || die "the Rust target $TARGET is missing and could not be fetched; connect to the internet and run: rustup target add $TARGET"
    { mkdir -p "$LIB" 2>/dev/null && [ -w "$LIB" ]; } ||
        die "the Rust target $TARGET is missing and $LIB is not writable; install Rust by rustup, or run this as the owner of that folder."
    WORK=$BUILD/wasm-target
    rm -rf "$WORK"; mkdir -p "$WORK"
    download_sources
    build_library
    rm -rf "$LIB"; mkdir -p "$LIB"
    cp "$WORK/target/$TARGET/release/deps"/*.rlib "$LIB/"
    touch "$LIB/.built-from-source"
    rm -rf "$WORK"
    # The probe runs once more the way a release build links.
    target_works -Copt-level=z -Clto=fat -Cpanic=abort ||
        die "the library built for $TARGET from Debian's sources does not work: $probe_log"
}

need_rust
target_works && exit 0
RUSTC_VERSION=$(cd "$ROOT" && rustc -V | cut -d' ' -f2)
LIB=$(cd "$ROOT" && rustc --print sysroot)/lib/rustlib/$TARGET/lib
forget_builds
by_rustup && exit 0
timed "Build the library of $TARGET from Debian's sources" by_debian_sources
