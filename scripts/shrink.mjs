// Makes what was built smaller; Trunk calls this before it moves the files to dist/.
//
// wasm-bindgen gives what the wasm and its script call each other names with a hash, which no compression
// makes small. Nobody else reads them, so they become as short as they can be; and the scripts lose their
// comments and long names.
//
// The embedded page is made of index.html. Trunk names only the files of the page after what is in them. The desk's and the
// other scripts' are named here, and the page is told. Last the service worker is told of all of them.
import { createHash } from "node:crypto";
import { readFileSync, readdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";

import { listFiles } from "./offline.mjs";
import { renamed } from "./wasm-names.mjs";

const require = createRequire(new URL("../.tools/npm/", import.meta.url));
const { minify } = require("terser");

const staging = process.env.TRUNK_STAGING_DIR;
const named = (pattern) => join(staging, readdirSync(staging).find((name) => pattern.test(name)));

await shrinkProgram(named(/^rollscope-.*_bg\.wasm$/), named(/^rollscope-.*\.js$/));
await shrinkProgram(named(/^desk_bg\.wasm$/), named(/^desk\.js$/));
for (const script of ["boot.js", "host.js", "embed.js"]) {
  await shrinkScript(join(staging, script), { module: false });
}
// Browsers that are too old for the page read this one.
await shrinkScript(join(staging, "errors.js"), { module: false, ecma: 5, ie8: true });

const desk = nameAfterContent("desk.js", "desk_bg.wasm");
const page = named(/^index\.html$/);
const [boot, host, errors] = ["boot.js", "host.js", "errors.js"].map(nameScript);
// While files are being edited none is kept.
const isServed = process.env.ROLLSCOPE_SERVED === "1";
const worker = isServed ? "" : " data-worker=./sw.js";
const told = readFileSync(page, "utf8").replaceAll("./boot.js", `./${boot}`).replaceAll("./errors.js", `./${errors}`).replace(" data-wasm=", `${worker} data-desk-js=./${desk}.js data-desk-wasm=./${desk}_bg.wasm$&`);
if (!told.includes(desk)) throw new Error("index.html has no tag that names the programs");
writeFileSync(page, told);

// The embedded page is the same program, which has a host to talk to.
const embedded = told
  .replace("<html ", "<html data-embed ")
  .replace("<div class=first>", '<div class="first embed">')
  .replace("<header class=top>", "<header class=hidden>")
  .replace("<script ", `<script defer src=./${host}></script><script `)
  .replace("<title>", '<meta name=responsive-embedded-sizing><meta name=robots content=noindex><title>');
if (!embedded.includes("first embed")) throw new Error("index.html has no first picture");
writeFileSync(join(staging, "embed.html"), embedded);

if (isServed) rmSync(join(staging, "sw.js"));
else {
  listFiles(staging);
  await shrinkScript(join(staging, "sw.js"), { module: false });
}

async function shrinkProgram(wasm, glue) {
  const { bytes, names } = renamed(readFileSync(wasm));
  writeFileSync(wasm, bytes);
  const whole = new RegExp(`\\b(${[...names.keys()].join("|")})\\b`, "g");
  writeFileSync(glue, readFileSync(glue, "utf8").replace(whole, (name) => names.get(name)));
  await shrinkScript(glue, { module: true });
}

async function shrinkScript(script, options) {
  const settings = { ecma: 2020, compress: { passes: 3, unsafe_arrows: true }, ...options };
  writeFileSync(script, (await minify(readFileSync(script, "utf8"), settings)).code);
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

function nameAfterContent(script, wasm) {
  const name = `desk-${hashOf(script, wasm)}`;
  renameSync(join(staging, script), join(staging, `${name}.js`));
  renameSync(join(staging, wasm), join(staging, `${name}_bg.wasm`));
  return name;
}
