// Makes what was built smaller; Trunk calls this before it moves the files to dist/.
//
// wasm-bindgen gives what the wasm and its script call each other names with a hash, which no compression
// makes small. Nobody else reads them, so they become as short as they can be; and the scripts lose their
// comments and long names.
import { readFileSync, readdirSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";

import { renamed } from "./wasm-names.mjs";

const require = createRequire(new URL("../.tools/npm/", import.meta.url));
const { minify } = require("terser");

const staging = process.env.TRUNK_STAGING_DIR;
const named = (pattern) => join(staging, readdirSync(staging).find((name) => pattern.test(name)));
const [wasm, glue, boot] = [/_bg\.wasm$/, /^rollscope-.*\.js$/, /^boot\.js$/].map(named);

const { bytes, names } = renamed(readFileSync(wasm));
writeFileSync(wasm, bytes);
const whole = new RegExp(`\\b(${[...names.keys()].join("|")})\\b`, "g");
writeFileSync(glue, await smaller(readFileSync(glue, "utf8").replace(whole, (name) => names.get(name)), { module: true }));
writeFileSync(boot, await smaller(readFileSync(boot, "utf8"), { module: false }));

async function smaller(script, options) {
  return (await minify(script, { ecma: 2020, compress: { passes: 3, unsafe_arrows: true }, ...options })).code;
}
