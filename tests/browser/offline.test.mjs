// The page without a network, after one visit; and how a newer build takes over.
import assert from "node:assert/strict";
import { cpSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { fileURLToPath } from "node:url";

import { listFiles } from "../../scripts/offline.mjs";
import { launch } from "./browser.mjs";
import { serve } from "./server.mjs";

const at = (path) => fileURLToPath(new URL(`../../${path}`, import.meta.url));
// As it may lie on a server: deep in a folder.
const PATH = "docs/tools/rollscope/";

let browser, folder, site;
before(async () => {
  browser = await launch();
  folder = mkdtempSync(join(tmpdir(), "rollscope-"));
  cpSync(at("dist"), join(folder, PATH), { recursive: true });
  site = await serve(folder, { csp: true });
});
after(async () => {
  await browser.close();
  await site.close();
  rmSync(folder, { recursive: true });
});

// What the browser itself says on its console about files that are not there is `expected`.
async function withVisitor(use, expected = /^$/) {
  const context = await browser.newContext({ locale: "en-US", serviceWorkers: "allow" });
  const page = await context.newPage();
  await page.addInitScript(() => navigator.serviceWorker?.addEventListener("controllerchange", () => (globalThis.isTakenOver = true)));
  const said = [];
  page.on("console", (message) => said.push(message.text()));
  page.on("pageerror", (error) => said.push(String(error)));
  try {
    await use(page, context);
    assert.deepEqual(said.filter((text) => !expected.test(text)), []);
  } finally {
    await context.close();
  }
}

const visit = async (page, address = "") => {
  await page.goto(site.url + PATH + address);
  await page.waitForSelector(".budget-line");
};
// One build is kept, whole, and the page is served from it. What waits for a promise cannot be waited for by the browser.
async function isKept(page) {
  const isThere = () => page.evaluate(async () => navigator.serviceWorker.controller !== null && (await caches.keys()).length === 1);
  for (let tries = 0; !(await isThere()); tries += 1) {
    assert.ok(tries < 300, "nothing is kept");
    await page.waitForTimeout(100);
  }
}
// The browser is not looking for a newer build just now, while one is being made.
const isQuiet = (page) => page.evaluate(async () => (await navigator.serviceWorker.getRegistration()).update().then(() => {}));
const cachesOf = (page) => page.evaluate(() => caches.keys());

test("opens without a network after one visit, with any link, desk and embedded page included", () =>
  withVisitor(async (page, context) => {
    await visit(page);
    await isKept(page);
    await context.setOffline(true);
    await page.click(".shell button");
    await page.waitForSelector(".shell .line textarea");
    await visit(page, "?replicas=4&at=12");
    assert.match(await page.textContent(".sentence"), /of 4/);
    await visit(page, "index.html#replicas=5");
    await page.click(".shell button");
    await page.waitForSelector(".shell .line textarea");
    await page.fill(".shell .line textarea", "kubectl get deployments");
    await page.press(".shell .line textarea", "Enter");
    assert.match(await page.textContent(".shell .printed"), /web/);
    await page.goto(`${site.url}${PATH}embed.html#replicas=3`);
    await page.waitForSelector(".transport");
  }));

test("keeps nothing of what else lies there, and nothing of another folder", () =>
  withVisitor(async (page) => {
    await visit(page);
    await isKept(page);
    const kept = await page.evaluate(async () => (await (await caches.open((await caches.keys())[0])).keys()).map(({ url }) => url));
    const names = readdirSync(join(folder, PATH)).filter((name) => !["embed.js", "sw.js"].includes(name));
    const addresses = names.map((name) => site.url + PATH + name.replace(/^index\.html$/, ""));
    assert.deepEqual(kept.sort(), addresses.sort());
    const { status } = await page.evaluate(async () => ({ status: (await fetch("nosuch.txt")).status }));
    assert.equal(status, 404);
  }, /Failed to load resource.*404/));

// A build with other words in the page.
function build(version) {
  const [target, name] = [join(folder, PATH), (file) => join(folder, PATH, file)];
  rmSync(target, { recursive: true });
  cpSync(at("dist"), target, { recursive: true });
  writeFileSync(name("index.html"), readFileSync(name("index.html"), "utf8").replace(/<title>.*<\/title>/, `<title>${version}</title>`));
  writeFileSync(name("sw.js"), readFileSync(at("static/sw.js")));
  listFiles(target);
}

test("a newer build takes over at the next load, and the one before the last goes", async () => {
  build("first");
  await withVisitor(async (page) => {
    await visit(page);
    await isKept(page);
    assert.equal(await page.title(), "first");
    const seen = [await cachesOf(page)];
    for (const version of ["second", "third"]) {
      await isQuiet(page);
      build(version);
      // This one is still of the build before, and fetches the newer one.
      await visit(page);
      await page.waitForFunction(() => globalThis.isTakenOver);
      await visit(page);
      assert.equal(await page.title(), version);
      seen.push(await cachesOf(page));
    }
    assert.deepEqual(seen.map((names) => names.length), [1, 2, 2]);
    assert.ok(!seen[2].includes(seen[0][0]));
  });
});

test("half of a build is not kept: what is there stays, until the whole has come", async () => {
  build("whole");
  await withVisitor(async (page) => {
    await visit(page);
    await isKept(page);
    const [kept] = await cachesOf(page);
    build("torn");
    const index = join(folder, PATH, "index.html");
    const right = readFileSync(index);
    writeFileSync(index, "half of it");
    const updated = () => page.evaluate(async () => {
      const registration = await navigator.serviceWorker.getRegistration();
      await registration.update().catch(() => {});
      const worker = registration.installing;
      if (worker) await new Promise((done) => worker.addEventListener("statechange", () => ["redundant", "activated"].includes(worker.state) && done()));
    });
    await visit(page);
    await updated();
    assert.deepEqual(await cachesOf(page), [kept]);
    await visit(page);
    assert.equal(await page.title(), "whole");
    writeFileSync(index, right);
    await visit(page);
    await updated();
    await visit(page);
    assert.equal(await page.title(), "torn");
  }, /integrity/);
});

test("an embed registers nothing, nor does a page whose server has no worker, quietly", async () => {
  build("quiet");
  await withVisitor(async (page) => {
    const registered = () => page.evaluate(async () => (await navigator.serviceWorker.getRegistrations()).length);
    await page.goto(`${site.url}${PATH}embed.html`);
    await page.waitForSelector(".transport");
    await page.waitForTimeout(500);
    assert.equal(await registered(), 0);
    rmSync(join(folder, PATH, "sw.js"));
    await visit(page);
    await page.waitForTimeout(500);
    assert.equal(await registered(), 0);
  }, /A bad HTTP response code \(404\) was received when fetching the script|Failed to load resource.*404/);
});
