# shellcheck shell=sh disable=SC2034
# The one place for the versions of the tools this project is built with.
# wasm-bindgen must be the very number of the crate in Cargo.lock; Trunk.toml
# names wasm-bindgen again, because Trunk reads no other file
# (scripts/tools.sh refuses to go on when the two differ).
TARGET=wasm32-unknown-unknown
TRUNK_VERSION=0.21.14
WASM_BINDGEN_VERSION=0.2.129
BINARYEN_VERSION=132.0.0
TERSER_VERSION=5.51.4
NODE_MAJOR=20
CARGO_MUTANTS_VERSION=27.1.0
