// How the page begins: quietly, under the strictest policy, with a picture that is there before its program,
// and stays where that cannot come.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, before, describe, test } from "node:test";
import { fileURLToPath } from "node:url";

import { firstPicture } from "../../scripts/first-picture.mjs";
import { launch } from "./browser.mjs";
import { serve } from "./server.mjs";

const at = (path) => fileURLToPath(new URL(`../../${path}`, import.meta.url));
const AXE = readFileSync(fileURLToPath(import.meta.resolve("axe-core/axe.min.js")), "utf8");

let browser, site;
before(async () => {
  [browser, site] = await Promise.all([launch(), serve(at("dist"), { csp: true })]);
});
after(() => Promise.all([browser.close(), site.close()]));

async function withPage({ path = "", routes = {}, script, wait, ...options }, use) {
  const context = await browser.newContext({ locale: "en-US", viewport: { width: 1280, height: 840 }, ...options });
  const page = await context.newPage();
  const said = [];
  page.on("console", (message) => said.push(message.text()));
  page.on("pageerror", (error) => said.push(String(error)));
  for (const [address, answer] of Object.entries(routes)) await page.route(address, answer);
  if (script) await page.addInitScript(script);
  try {
    await page.goto(site.url + path, { waitUntil: wait });
    await use(page, said);
  } finally {
    // The rest of the program may be on its way still.
    await page.unrouteAll({ behavior: "ignoreErrors" });
    await context.close();
  }
}

// Sums up how far things moved that stood there already.
const watchShifts = () => {
  globalThis.shifted = 0;
  const sum = (list) => list.getEntries().forEach(({ value }) => (globalThis.shifted += value));
  new PerformanceObserver(sum).observe({ type: "layout-shift", buffered: true });
};
const shifts = async (page) => {
  await page.waitForTimeout(300);
  return page.evaluate(() => globalThis.shifted);
};

// The program comes when it is let.
function held() {
  let release;
  const released = new Promise((done) => (release = done));
  return { release, routes: { "**/*.wasm": async (route) => (await released, await route.continue()) } };
}

test("starts under the strict policy, quietly, loading each file once", () =>
  withPage({ path: "#" }, async (page, said) => {
    const loaded = () => page.evaluate(() => performance.getEntriesByType("resource").map(({ name }) => name));
    await page.getByRole("button").first().waitFor();
    assert.deepEqual(said, []);
    const names = await loaded();
    assert.equal(new Set(names).size, names.length, names.join("\n"));
    assert.ok(!names.some((name) => name.includes("errors")));
  }));

describe("the first picture", () => {
  test("is what the program draws, in both languages", async () => {
    const drawn = await firstPicture(browser, site.url);
    assert.equal(readFileSync(at("static/first.html"), "utf8"), drawn, "run: make first-picture");
  });

  for (const path of ["", "embed.html"]) {
    for (const width of [1280, 320]) {
      test(`${path || "the page"} at ${width} px: nothing moves when the program comes`, async () => {
        const { release, routes } = held();
        await withPage({ path, routes, script: watchShifts, viewport: { width, height: 840 }, wait: "domcontentloaded" }, async (page) => {
          await page.waitForSelector(".first-picture");
          await page.waitForTimeout(200);
          const before = await page.locator(".first-picture").boundingBox();
          assert.ok((await page.evaluate(() => document.documentElement.scrollWidth)) <= width);
          release();
          await page.waitForSelector(".budget-line");
          assert.equal(await shifts(page), 0);
          const after = await page.locator(".budget-line").boundingBox();
          if (width === 1280 && !path) {
            for (const side of ["x", "y", "width", "height"]) assert.ok(Math.abs(before[side] - after[side]) < 3, `${side}: ${before[side]}, ${after[side]}`);
          }
        });
      });
    }
  }

  test("is the largest thing that is ever painted", async () => {
    const { release, routes } = held();
    const script = () => {
      globalThis.largest = [];
      const note = (list) => globalThis.largest.push(...list.getEntries().map(({ element }) => element.outerHTML));
      new PerformanceObserver(note).observe({ type: "largest-contentful-paint", buffered: true });
    };
    await withPage({ routes, script, wait: "domcontentloaded" }, async (page) => {
      await page.waitForFunction(() => globalThis.largest.length);
      release();
      await page.waitForSelector(".budget-line");
      await page.waitForTimeout(300);
      const largest = await page.evaluate(() => globalThis.largest);
      assert.equal(largest.length, 1, largest.join("\n"));
    });
  });

  test("does not come in twice", async () => {
    const { release, routes } = held();
    await withPage({ routes, wait: "domcontentloaded" }, async (page) => {
      release();
      await page.waitForSelector(".budget-line");
      assert.equal(await page.evaluate(() => document.getAnimations().filter(({ playState }) => playState === "running").length), 0);
    });
  });

  test("has the theme of the link, and steps back where the link means another run", async () => {
    const { release, routes } = held();
    await withPage({ path: "embed.html#replicas=4&theme=dark", routes, wait: "domcontentloaded" }, async (page) => {
      await page.waitForSelector(".first-picture");
      const look = () => page.$eval(".first-picture", (picture) => [getComputedStyle(picture).opacity, document.documentElement.dataset.theme]);
      await page.waitForFunction(() => document.documentElement.dataset.theme);
      assert.deepEqual(await look(), ["0.3", "dark"]);
      release();
      await page.waitForSelector(".transport");
      assert.ok(await page.evaluate(() => !("linked" in document.documentElement.dataset)));
    });
  });

  for (const colorScheme of ["light", "dark"]) {
    test(`is all there without scripts, ${colorScheme}`, () =>
      withPage({ javaScriptEnabled: false, colorScheme }, async (page) => {
        for (const part of [".first-picture", ".first table", ".first a", "noscript p"]) assert.ok(await page.locator(part).first().isVisible(), part);
        assert.match(await page.locator("noscript").textContent(), /needs JavaScript[^]*需要 JavaScript/);
        const ground = await page.evaluate(() => getComputedStyle(document.body).backgroundColor);
        assert.equal(ground, colorScheme === "dark" ? "rgb(18, 21, 28)" : "rgb(246, 245, 241)");
      }));

    test(`axe finds nothing in it at 320 px where the program cannot come, ${colorScheme}, and a hint follows`, () =>
      withPage({ routes: { "**/boot*.js": (route) => route.abort() }, colorScheme, viewport: { width: 320, height: 640 } }, async (page) => {
        const isLate = () => page.$eval(".late", (hint) => getComputedStyle(hint).visibility);
        assert.equal(await isLate(), "hidden");
        await page.evaluate(() => document.getAnimations().forEach((animation) => (animation.currentTime = 8_100)));
        assert.equal(await isLate(), "visible");
        await page.evaluate(AXE);
        const { violations } = await page.evaluate(() => window.axe.run());
        assert.deepEqual(violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(" | ")}`), []);
        assert.ok((await page.evaluate(() => document.documentElement.scrollWidth)) <= 320);
      }));
  }
});
