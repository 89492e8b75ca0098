// What `make dist` makes: unpacked below some path of a server that sends the headers it asks for.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { after, before, test } from "node:test";
import { fileURLToPath } from "node:url";
import { brotliDecompressSync, gunzipSync } from "node:zlib";

import { launch } from "./browser.mjs";
import { serve } from "./server.mjs";
import { unzip } from "./unzip.mjs";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));
const AXE = readFileSync(fileURLToPath(import.meta.resolve("axe-core/axe.min.js")), "utf8");
const PATH = "/tools/";

const release = () => {
  execFileSync("node", ["scripts/release.mjs"], { cwd: ROOT, stdio: "pipe" });
  const name = readdirSync(join(ROOT, "release")).find((file) => file.endsWith(".zip"));
  return { name: name.replace(/\.zip$/, ""), zip: readFileSync(join(ROOT, "release", name)) };
};

let browser, folder, made, files, site;
before(async () => {
  made = release();
  files = new Map(unzip(made.zip));
  folder = mkdtempSync(join(tmpdir(), "rollscope-"));
  for (const [path, bytes] of files) {
    const target = join(folder, PATH, path);
    mkdirSync(dirname(target), { recursive: true });
    writeFileSync(target, bytes);
  }
  const rules = rulesOf(String(files.get(`${made.name}/_headers`)));
  const below = `${PATH}${made.name}`;
  site = await serve(folder, { headers: (url) => headersFor(rules, url.split("?")[0].slice(below.length)) });
  site.url += `${below.slice(1)}/`;
  browser = await launch();
});
after(async () => {
  await browser.close();
  await site.close();
  rmSync(folder, { recursive: true });
});

// Lines without a space before them are paths; those after them are their headers.
function rulesOf(text) {
  const rules = [];
  for (const line of text.split("\n").filter((line) => line.trim() && !line.startsWith("#"))) {
    if (line.startsWith("/")) rules.push([new RegExp(`^${line.replaceAll(".", "\\.").replace("*", ".*")}$`), {}]);
    else rules.at(-1)[1][line.slice(0, line.indexOf(":")).trim()] = line.slice(line.indexOf(":") + 1).trim();
  }
  return rules;
}
const headersFor = (rules, path) => Object.assign({}, ...rules.filter(([of]) => of.test(path)).map(([, headers]) => headers));

async function withPage(path, use, options) {
  const page = await browser.newPage({ locale: "en-US", ...options });
  const said = [];
  page.on("console", (message) => said.push(message.text()));
  page.on("pageerror", (error) => said.push(String(error)));
  await page.goto(site.url + path);
  await use(page);
  assert.deepEqual(said, []);
  await page.close();
}

test("is the same bytes when it is made again, with nothing of this machine in it", () => {
  const again = release();
  assert.ok(again.zip.equals(made.zip));
  for (const [path, bytes] of files) {
    if (/\.(br|gz)$/.test(path)) continue;
    assert.ok(!bytes.includes(ROOT.slice(0, -1)) && !bytes.includes(process.env.HOME + "/"), path);
  }
});

test("has a sum of every file, and every compressed file is the file", () => {
  const sums = String(files.get(`${made.name}/SHA256SUMS`)).trim().split("\n").map((line) => line.split("  "));
  const found = new Map(sums.map(([sum, name]) => [`${made.name}/${name}`, sum]));
  for (const [path, bytes] of files) {
    if (path.endsWith("SHA256SUMS")) continue;
    assert.equal(createHash("sha256").update(bytes).digest("hex"), found.get(path), path);
    const plain = path.replace(/\.(br|gz)$/, "");
    if (path.endsWith(".br")) assert.ok(brotliDecompressSync(bytes).equals(files.get(plain)), path);
    if (path.endsWith(".gz")) assert.ok(gunzipSync(bytes).equals(files.get(plain)), path);
  }
  assert.equal(found.size, files.size - 1);
});

test("says whose work it is, and under which terms", () => {
  const text = String(files.get(`${made.name}/THIRD-PARTY.txt`));
  for (const name of ["yew 0.23", "wasm-bindgen 0.2", "saphyr-parser 0", "talc 5", "Lucide", "Kubernetes"]) assert.ok(text.includes(name), name);
  assert.doesNotMatch(text, /^(proptest|serde_derive|flate2) /m);
  for (const name of ["LICENSE-MIT", "LICENSE-APACHE", "nginx.conf", "README.txt"]) assert.ok(files.has(`${made.name}/${name}`), name);
});

test("the page opens below a path, under the headers that come with it, and what may be kept for ever is", async () => {
  const headers = async (name) => (await fetch(site.url + name)).headers;
  const named = readdirSync(join(folder, PATH, made.name)).filter((name) => /-[0-9a-f]{16}[._]/.test(name) && !/\.(br|gz)$/.test(name));
  // Page, embed and desk with their scripts, what comes later, boot, errors, host and two styles.
  assert.equal(named.length, 13, named.join());
  for (const name of named) assert.equal((await headers(name)).get("cache-control"), "public, max-age=31536000, immutable", name);
  assert.equal((await headers(named.find((name) => name.endsWith(".wasm")))).get("content-type"), "application/wasm");
  assert.equal((await headers("")).get("cache-control"), "no-cache");
  assert.match((await headers("embed.html")).get("content-security-policy"), /^default-src 'none'; script-src 'self' 'wasm-unsafe-eval'/);
  await withPage("#replicas=4&at=12", async (page) => {
    await page.waitForSelector(".budget-line");
    assert.match(await page.textContent(".sentence"), /of 4/);
    await page.click(".shell button");
    await page.waitForSelector(".shell .line textarea");
  });
});

test("try-embed.html shows both ways of embedding, and axe finds nothing in it at 320 px", () =>
  withPage("try-embed.html", async (page) => {
    const plain = await (await page.waitForSelector("iframe")).contentFrame();
    await plain.waitForSelector(".transport");
    assert.match(await plain.textContent(".sentence"), /of 4/);
    await page.click("rollscope-player button");
    const element = await (await page.waitForSelector("rollscope-player iframe")).contentFrame();
    await element.waitForSelector(".transport");
    assert.match(await element.textContent(".clock"), /^20\.0/);
    await page.setViewportSize({ width: 320, height: 700 });
    await page.evaluate(AXE);
    const { violations } = await page.evaluate(() => window.axe.run());
    assert.deepEqual(violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(" | ")}`), []);
    assert.ok((await page.evaluate(() => document.documentElement.scrollWidth)) <= 320);
  }));

test("offline, from that path, after one visit", () =>
  withPage("", async (page) => {
    await page.waitForFunction(() => navigator.serviceWorker.controller);
    await page.context().setOffline(true);
    await page.reload();
    await page.waitForSelector(".budget-line");
  }, { serviceWorkers: "allow" }));
