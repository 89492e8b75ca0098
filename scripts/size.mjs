// Weighs the page in dist/: raw bytes, and bytes as a server compresses them at
// best. Fails when what a page loads until it can be used, or that and what comes
// then by itself, weighs more than its gate allows. What is loaded on demand is
// weighed apart.
import { readFileSync, readdirSync } from "node:fs";
import { extname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { brotliCompressSync, constants } from "node:zlib";

const GATES = { embed: 125_900, full: 154_900 };
// With what comes after the first picture.
const WHOLE_GATES = { embed: 200_900, full: 234_500 };
// What comes with the first round trip: ten segments, with room for the headers of the answers.
const FIRST_FLIGHT = 14_000;
const LOADED = new Set([".html", ".css", ".js", ".wasm", ".svg"]);
const DIST = fileURLToPath(new URL("../dist/", import.meta.url));

function filesOf(dir) {
  try {
    return readdirSync(dir, { recursive: true }).filter((name) => LOADED.has(extname(name))).sort();
  } catch {
    return [];
  }
}

function weigh(name) {
  const bytes = readFileSync(join(DIST, name));
  const params = { [constants.BROTLI_PARAM_QUALITY]: 11 };
  return { name, raw: bytes.length, brotli: brotliCompressSync(bytes, { params }).length };
}

const row = (raw, brotli, name) =>
  console.log(`${String(raw).padStart(9)} ${String(brotli).padStart(9)}  ${name}`);

const files = filesOf(DIST).map(weigh);
if (files.length === 0) {
  console.error("error: there is no page in dist/; run: make build");
  process.exit(1);
}
row("raw", "brotli", "file");
for (const { raw, brotli, name } of files) row(raw, brotli, name);

// What only one of the pages loads.
const ONLY = {
  embed: /^(embed\.html|host-.*|embedded-(?!.*_rest).*)$/,
  embedRest: /^embedded-.*_rest/,
  full: /^(index\.html|rollscope-(?!.*_rest).*)$/,
  fullRest: /^rollscope-.*_rest/,
  rest: /^rest-/,
  desk: /^desk-/,
  host: /^embed\.js$/,
  errors: /^errors-/,
  worker: /^sw\.js$/,
};
const of = (...parts) => {
  const others = Object.keys(ONLY).filter((part) => !parts.includes(part));
  const loaded = files.filter(({ name }) => !others.some((part) => ONLY[part].test(name)));
  return loaded.reduce((sum, { brotli }) => sum + brotli, 0);
};
const shared = of();
const [embed, full] = [of("embed"), of("full")];
const whole = { embed: of("embed", "embedRest", "rest"), full: of("full", "fullRest", "rest") };
check({ embed, full }, GATES, "until it can be used");
check(whole, WHOLE_GATES, "in all");
function check(pages, gates, when) {
  for (const [page, bytes] of Object.entries(pages)) {
    const over = bytes - gates[page];
    if (over <= 0) continue;
    console.error(`error: the page (${page}) weighs ${bytes} bytes of brotli ${when}, ${over} more than its gate; make it smaller.`);
    process.exitCode = 1;
  }
}
console.log(`desk, when the terminal is opened: ${of("desk") - shared}`);
console.log(`errors.js, when it cannot start: ${of("errors") - shared}`);
console.log(`embed.js, in the page of a host: ${of("host") - shared}`);
console.log(`embed, with what comes after its first picture: ${whole.embed}`);
console.log(`full, with what comes after its first picture: ${whole.full}`);

// What the first picture needs.
for (const page of ["index.html", "embed.html"]) {
  const bytes = files.filter(({ name }) => name === page || /^style-.*css$/.test(name)).reduce((sum, { brotli }) => sum + brotli, 0);
  console.log(`first flight, ${page} and style: ${bytes}`);
  if (bytes <= FIRST_FLIGHT) continue;
  console.error(`error: the first picture weighs ${bytes} bytes of brotli, more than ${FIRST_FLIGHT}; make it smaller.`);
  process.exitCode = 1;
}

console.log(`embed: ${embed}`);
console.log(`full: ${full}`);
