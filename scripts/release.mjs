// Makes of the built page what can be put on any server: a folder, and a zip of it whose bytes are the same
// wherever it is made of the same build.
import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";

import { thirdParty } from "./third-party.mjs";
import { zip } from "./zip.mjs";

const ROOT = fileURLToPath(new URL("../", import.meta.url));
const COMPRESSED = /\.(css|html|js|txt|wasm)$/;

const [, version] = readFileSync(join(ROOT, "Cargo.toml"), "utf8").match(/^version = "(.*)"$/m);
const name = `rollscope-${version}`;
const folder = join(ROOT, "release", name);

const files = withSums(withCompressed(new Map([...built(), ...beside()])));
rmSync(join(ROOT, "release"), { recursive: true, force: true });
mkdirSync(folder, { recursive: true });
for (const [file, bytes] of files) writeFileSync(join(folder, file), bytes);
const packed = zip(files.map(([file, bytes]) => [`${name}/${file}`, bytes]));
writeFileSync(`${folder}.zip`, packed);
console.log(`release/${name}/: ${files.length} files`);
console.log(`release/${name}.zip: ${packed.length} bytes, sha256 ${sum(packed)}`);

function built() {
  const dist = join(ROOT, "dist");
  const names = readdirSync(dist);
  // `make serve` builds without.
  if (!names.includes("sw.js")) throw new Error("dist/ is of no release build; run: make dist");
  return names.map((file) => [file, readFileSync(join(dist, file))]);
}

/** What lies beside the page: how to serve and embed it, and under which terms. */
function beside() {
  const from = (path) => readFileSync(join(ROOT, path));
  const texts = readdirSync(join(ROOT, "static/release")).map((file) => [file, from(`static/release/${file}`)]);
  const terms = ["LICENSE-APACHE", "LICENSE-MIT"].map((file) => [file, from(file)]);
  return [...texts, ...terms, ["THIRD-PARTY.txt", Buffer.from(thirdParty(ROOT))]];
}

function withCompressed(files) {
  const params = { [constants.BROTLI_PARAM_QUALITY]: 11 };
  for (const [file, bytes] of [...files].filter(([file]) => COMPRESSED.test(file))) {
    files.set(`${file}.br`, brotliCompressSync(bytes, { params }));
    files.set(`${file}.gz`, gzipSync(bytes, { level: 9 }));
  }
  return files;
}

/** In order of their names, with the sum of each as the last file. */
function withSums(files) {
  const sorted = [...files].sort(([a], [b]) => (a < b ? -1 : 1));
  const sums = sorted.map(([file, bytes]) => `${sum(bytes)}  ${file}\n`).join("");
  return [...sorted, ["SHA256SUMS", Buffer.from(sums)]];
}

function sum(bytes) {
  return createHash("sha256").update(bytes).digest("hex");
}
