// The page before the rest of its program is there, and when it comes.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { fileURLToPath } from "node:url";

import { launch } from "./browser.mjs";
import { serve } from "./server.mjs";

const DIST = fileURLToPath(new URL("../../dist", import.meta.url));

let browser, site, host;
before(async () => {
  site = await serve(DIST, { csp: true });
  // A host of the same origin, in which pages may be embedded.
  host = await serve(DIST);
  browser = await launch();
});
after(async () => {
  await browser.close();
  await host.close();
  await site.close();
});

/** Opens a page whose rest comes when it is let; the console may have nothing to say. */
async function withoutRest({ path = "", of = site, ...options }, use) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, locale: "en-US", ...options });
  const page = await context.newPage();
  const complaints = [];
  page.on("console", (message) => complaints.push(message.text()));
  page.on("pageerror", (error) => complaints.push(error.message));
  let release;
  const released = new Promise((done) => (release = done));
  await page.route("**/*_rest.wasm", async (route) => (await released, await route.continue()));
  try {
    await page.goto(of.url + path, { waitUntil: "domcontentloaded" });
    await page.waitForSelector(".play");
    await use(page, release);
    assert.deepEqual(complaints, []);
  } finally {
    // The rest of the program may be on its way still.
    await page.unrouteAll({ behavior: "ignoreErrors" });
    await context.close();
  }
}

const moment = (page) => page.textContent(".where");
const isWhole = (page) => page.waitForSelector(".rollscope[data-link] footer p");

for (const path of ["", "embed.html#story=never-ready&lang=en"]) {
  describe(path || "the page", () => {
    test("moves through time before the rest is there, by keys, buttons and the slider, and plays", () =>
      withoutRest({ path }, async (page) => {
        const seen = [await moment(page)];
        const changes = async (act) => {
          await act();
          await page.waitForFunction((last) => document.querySelector(".where").textContent !== last, seen.at(-1));
          seen.push(await moment(page));
        };
        await changes(() => page.keyboard.press("]"));
        await changes(() => page.locator(".buttons button").nth(5).click());
        await changes(() => page.locator(".scrubber").press("End"));
        await changes(() => page.keyboard.press("0"));
        await changes(() => page.keyboard.press("Space"));
        await changes(() => page.waitForTimeout(300));
        assert.equal(await page.locator(".why, .settings header, .events").count(), 0);
      }));

    test("does what takes the rest once it is there", () =>
      withoutRest({ path }, async (page, release) => {
        await page.getByRole("button", { name: "As a table" }).click();
        await page.locator(".choose").first().click();
        await page.locator(".scrubber").press("ArrowRight");
        const before = await moment(page);
        assert.equal(await page.locator(".samples, .pod").count(), 0);
        release();
        await page.waitForSelector(".samples table");
        await page.waitForSelector(".pod");
        assert.equal(await moment(page), before);
      }));

    test("says nothing that is not there yet", () =>
      withoutRest({ path }, async (page, release) => {
        const text = () => page.evaluate(() => [document.documentElement.outerHTML, document.title].join());
        assert.ok(!(await text()).includes("\0"));
        release();
        await isWhole(page);
        await page.evaluate(() => document.querySelectorAll("details").forEach((fold) => (fold.open = true)));
        assert.ok(!(await text()).includes("\0"));
      }));
  });
}

test("the page has more in it than the language: that changes when the rest comes", () =>
  withoutRest({}, async (page, release) => {
    await page.getByRole("button", { name: "中文" }).click();
    assert.equal(await page.getAttribute("html", "lang"), "en");
    release();
    await page.waitForSelector("html[lang=zh-Hans] .why");
  }));

describe("nothing moves when the rest comes", () => {
  const CASES = [
    ["", 1280],
    ["", 320],
    ["#replicas=3000", 1280],
    ["#story=never-ready", 1280],
    ["embed.html", 1280],
    ["embed.html#view=pods,chart,settings,why", 900],
    ["embed.html#view=pods,chart&edit=1", 900],
    ["embed.html", 700],
    ["embed.html#story=never-ready", 375],
    ["embed.html#story=never-ready", 320],
    ["embed.html#story=bad-image", 320],
  ];
  for (const [path, width] of CASES) {
    test(`${path || "the page"} at ${width} px`, () =>
      withoutRest({ path, viewport: { width, height: 900 } }, async (page, release) => {
        const place = () => page.evaluate(() => {
          const [x, y] = [scrollX, scrollY];
          return [".sentence", ".budget-line", ".play", ".scrubber"].map((part) => {
            const { left, top, width, height } = document.querySelector(part).getBoundingClientRect();
            return [part, left + x, top + y, width, height].join(" ");
          });
        });
        // The picture is measured once.
        await page.waitForTimeout(200);
        const before = await place();
        release();
        await isWhole(page);
        await page.waitForTimeout(300);
        assert.deepEqual(await place(), before);
      }));
  }
});

test("a host hears that the page is ready when all of it is there", () =>
  withoutRest({ path: "embed.html", of: host }, async (page, release) => {
    const hears = await page.evaluateHandle(() => {
      const heard = [];
      const frame = document.createElement("iframe");
      frame.src = "embed.html";
      addEventListener("message", ({ data }) => data.rollscope && heard.push([data.type, Boolean(frame.contentDocument.querySelector(".why"))]));
      document.body.append(frame);
      return heard;
    });
    await page.waitForTimeout(500);
    assert.deepEqual(await hears.jsonValue(), []);
    release();
    await page.waitForFunction((heard) => heard.some(([type]) => type === "ready"), hears);
    for (const [type, isThere] of await hears.jsonValue()) assert.ok(isThere, type);
  }));
