// Makes WebAssembly small, with Binaryen's tools.
import { execFile } from "node:child_process";
import { promisify } from "node:util";

// What rustc lets a program use; a module without names says so no longer.
const FEATURES = ["bulk-memory", "bulk-memory-opt", "multivalue", "mutable-globals", "nontrapping-float-to-int", "reference-types", "sign-ext"]
  .map((feature) => `--enable-${feature}`);
export const SMALL = ["-Oz", "-ocimfs=100", "-aimfs=4", "--low-memory-unused", "--reorder-functions-by-name"];
export const BARE = ["--strip-debug", "--strip-producers", "--strip-target-features"];

/** Runs one of the tools. */
export const binaryen = (tool, ...args) => promisify(execFile)(tool, [...FEATURES, ...args]);

/** Makes the module in a file small and without names, in another file or the same. */
export const optimise = (from, to = from) => binaryen("wasm-opt", ...SMALL, ...BARE, from, "-o", to);
