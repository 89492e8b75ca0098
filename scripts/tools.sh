#!/bin/sh
# Makes sure that Trunk, wasm-bindgen and Binaryen's tools of the pinned
# versions are there: on the PATH, or else in .tools/, built and fetched for
# this project; and terser, which is always in .tools/.
# Trunk would download wasm-bindgen by itself; here only package registries
# are used, so what is missing comes from the package registries.
set -eu
. "$(dirname -- "$0")/lib.sh"
PATH=$TOOLS/bin:$PATH
BINARYEN="wasm-opt wasm-dis wasm-as"

# Trunk reads only its own file, so the version stands there once more.
versions_agree() { grep -q "^wasm_bindgen = \"$WASM_BINDGEN_VERSION\"" "$ROOT/Trunk.toml"; }

# Does the program on the PATH say that it is this version?
is_version() { have "$1" && [ "$("$1" --version 2>/dev/null)" = "$2" ]; }

trunk_ready() { is_version trunk "trunk $TRUNK_VERSION"; }
wasm_bindgen_ready() { is_version wasm-bindgen "wasm-bindgen $WASM_BINDGEN_VERSION"; }
binaryen_ready() {
    for tool in $BINARYEN; do
        is_version "$tool" "$tool version ${BINARYEN_VERSION%%.*} (version_${BINARYEN_VERSION%%.*})" || return 1
    done
}

terser_ready() { grep -qs "\"version\": \"$TERSER_VERSION\"" "$TOOLS/npm/node_modules/terser/package.json"; }

# Builds a tool: cargo_tool program version crate
#
# The tools run for seconds and are built once, so they are built quickly, not
# optimised, and without the features that only serve downloads (TLS). One
# target folder lets the second tool use what the first has compiled.
cargo_tool() {
    (
        cd "$ROOT"
        unset CARGO_BUILD_TARGET
        export CARGO_PROFILE_RELEASE_OPT_LEVEL=0 CARGO_PROFILE_RELEASE_LTO=off \
            CARGO_PROFILE_RELEASE_DEBUG=0 CARGO_PROFILE_RELEASE_STRIP=debuginfo \
            CARGO_PROFILE_RELEASE_CODEGEN_UNITS=16
        # A folder already on the PATH keeps cargo from advising to add it.
        PATH=$PATH:$TOOLS/bin cargo install --locked --force --no-default-features --bin "$1" --root "$TOOLS" \
            --target-dir "$BUILD/cargo" --version "$2" "$3"
    ) || die "$1 $2 could not be built (see above); check the connection to the package registry and run this again."
}

# Fetches a tool: npm_tool package version
npm_tool() {
    mkdir -p "$TOOLS/npm" "$TOOLS/bin"
    (cd "$TOOLS/npm" && npm install --prefix "$TOOLS/npm" --no-audit --no-fund --loglevel=error "$1@$2") ||
        die "$1 $2 could not be fetched; check the connection to npm's registry and run this again."
}
npm_binaryen() {
    npm_tool binaryen "$BINARYEN_VERSION"
    for tool in $BINARYEN; do ln -sf "../npm/node_modules/.bin/$tool" "$TOOLS/bin/$tool"; done
}

versions_agree || die "scripts/versions.sh and Trunk.toml name different versions of wasm-bindgen; make them agree."
if ! binaryen_ready; then
    need_node
    timed "Fetch Binaryen $BINARYEN_VERSION" npm_binaryen
    binaryen_ready || die "Binaryen's tools in .tools/ do not run; delete .tools/ and run this again."
fi
if ! terser_ready; then
    need_node
    timed "Fetch terser $TERSER_VERSION" npm_tool terser "$TERSER_VERSION"
fi
if ! wasm_bindgen_ready || ! trunk_ready; then
    need_linker
    wasm_bindgen_ready ||
        timed "Build wasm-bindgen $WASM_BINDGEN_VERSION (once, about a minute)" \
            cargo_tool wasm-bindgen "$WASM_BINDGEN_VERSION" wasm-bindgen-cli
    trunk_ready ||
        timed "Build Trunk $TRUNK_VERSION (once, about three minutes)" \
            cargo_tool trunk "$TRUNK_VERSION" trunk
    rm -rf "$BUILD"
    { wasm_bindgen_ready && trunk_ready; } || die "the tools in .tools/ do not run; delete .tools/ and run this again."
fi
