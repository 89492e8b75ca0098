// Makes what was built smaller; Trunk calls this before it moves the files to dist/.
//
// The wasm is optimised, and that of a page split in two: what its first picture needs, and the rest.
//
// wasm-bindgen gives what the wasm and its script call each other names with a hash, which no compression
// makes small. Nobody else reads them, so they become as short as they can be; and the scripts lose their
// comments and long names.
//
// Trunk names only the files of the page after what is in them; those of the other programs and scripts are named
// here, and the page is told. embed.html is made of index.html, with its own program in the place of the page's.
// Last the service worker is told of all of them.
import { createHash } from "node:crypto";
import { existsSync, readFileSync, readdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";

import { listFiles } from "./offline.mjs";
import { optimise } from "./optimise.mjs";
import { split } from "./split.mjs";
import { renamed } from "./wasm-names.mjs";

const require = createRequire(new URL("../.tools/npm/", import.meta.url));
const { minify } = require("terser");

const staging = process.env.TRUNK_STAGING_DIR;
const named = (pattern) => join(staging, readdirSync(staging).find((name) => pattern.test(name)));

const whole = named(/^rollscope-.*\.js$/).match(/rollscope-[0-9a-f]+/)[0];
await Promise.all([shrinkProgram(whole, splitProgram), shrinkProgram("embedded", splitProgram), shrinkProgram("desk", optimise)]);
for (const script of ["boot.js", "host.js", "embed.js"]) {
  await shrinkScript(join(staging, script), { module: false });
}
// Browsers that are too old for the page read this one.
await shrinkScript(join(staging, "errors.js"), { module: false, ecma: 5, ie8: true });

const page = named(/^index\.html$/);
const [player, desk] = ["embedded", "desk"].map(nameProgram);
const [boot, host, errors] = ["boot.js", "host.js", "errors.js"].map(nameScript);
const replaced = (text, from, to) => {
  if (!text.includes(from)) throw new Error(`index.html has no ${from}`);
  return text.replaceAll(from, to);
};
let html = readFileSync(page, "utf8");
html = replaced(replaced(html, "./boot.js", `./${boot}`), "./errors.js", `./${errors}`);
const style = named(/^rest-.*\.css$/).match(/rest-[^/]*$/)[0];
html = replaced(html, `<link href=./${style} rel=stylesheet>`, "");
html = replaced(html, " data-wasm=", ` data-rest=./${whole}_rest.wasm data-rest-style=./${style} data-wasm=`);
// While files are being edited no build is kept.
const isServed = process.env.ROLLSCOPE_SERVED === "1";
const files = `${isServed ? "" : " data-worker=./sw.js"} data-desk-js=./${desk}.js data-desk-wasm=./${desk}_bg.wasm`;
writeFileSync(page, replaced(html, " data-wasm=", `${files} data-wasm=`));

// Only this one has a host to talk to, and only the whole page has a desk.
let embedded = replaced(html, whole, player);
embedded = replaced(embedded, "<html ", "<html data-embed ");
embedded = replaced(embedded, "<div class=first>", '<div class="first embed">');
embedded = replaced(embedded, "<header class=top>", "<header class=hidden>");
embedded = replaced(embedded, "<title>", "<meta name=responsive-embedded-sizing><meta name=robots content=noindex><title>");
embedded = embedded.replace("<script ", `<script defer src=./${host}></script><script `);
writeFileSync(join(staging, "embed.html"), embedded);

if (isServed) rmSync(join(staging, "sw.js"));
else {
  listFiles(staging);
  await shrinkScript(join(staging, "sw.js"), { module: false });
}

async function shrinkProgram(program, make) {
  const [wasm, glue] = ["_bg.wasm", ".js"].map((part) => join(staging, program + part));
  const { bytes, names } = renamed(readFileSync(wasm));
  writeFileSync(wasm, bytes);
  await make(wasm);
  const whole = new RegExp(`\\b(${[...names.keys()].join("|")})\\b`, "g");
  writeFileSync(glue, readFileSync(glue, "utf8").replace(whole, (name) => names.get(name)));
  await shrinkScript(glue, { module: true });
}

// What it does not need at first becomes a file of its own.
async function splitProgram(wasm) {
  const [first, rest] = await split(wasm);
  writeFileSync(wasm, first);
  writeFileSync(wasm.replace("_bg.wasm", "_rest.wasm"), rest);
}

async function shrinkScript(script, options) {
  const settings = { ecma: 2020, compress: { passes: 3, unsafe_arrows: true }, ...options };
  writeFileSync(script, (await minify(readFileSync(script, "utf8"), settings)).code);
}

// Names the files of a program after what is in them; the name comes back.
function nameProgram(program) {
  const parts = [".js", "_bg.wasm", "_rest.wasm"].filter((part) => existsSync(join(staging, program + part)));
  const name = `${program}-${hashOf(...parts.map((part) => program + part))}`;
  for (const part of parts) renameSync(join(staging, program + part), join(staging, name + part));
  return name;
}

function nameScript(script) {
  const name = script.replace(".", `-${hashOf(script)}.`);
  renameSync(join(staging, script), join(staging, name));
  return name;
}

function hashOf(...files) {
  const hash = createHash("sha256");
  for (const file of files) hash.update(readFileSync(join(staging, file)));
  return hash.digest("hex").slice(0, 16);
}
