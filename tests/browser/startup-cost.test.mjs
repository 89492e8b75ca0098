// What the page and its embeds cost before anybody uses them, in counts: `make bench` has the times.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { fileURLToPath } from "node:url";

import { DIST } from "../bench/chromium.mjs";
import { CACHED, many, unseen } from "../bench/embeds.mjs";
import { launch } from "./browser.mjs";
import { serve } from "./server.mjs";

let browser, sites;
before(async () => {
  browser = await launch();
  sites = {
    site: await serve(DIST, CACHED),
    reference: await serve(fileURLToPath(new URL("../bench", import.meta.url))),
  };
});
after(async () => {
  await browser.close();
  await Promise.all([sites.site.close(), sites.reference.close()]);
});

test("an embed that is not seen yet is one small script, and leaves no trace in its host", async () => {
  const { bytes, requests, wasm, globals, shifted, long } = await unseen(browser, sites);
  assert.ok(bytes <= 4_290, `${bytes} bytes`);
  assert.deepEqual({ requests, wasm, globals, shifted, long }, { requests: 1, wasm: 0, globals: [], shifted: 0, long: 0 });
});

describe("ten embeds on one page", () => {
  let one, ten;
  before(async () => {
    one = await many(browser, sites, 1);
    ten = await many(browser, sites, 10);
  });

  test("load the program once, and little more than one", () => {
    assert.deepEqual([one.frames, ten.frames], [1, 10]);
    assert.equal(ten.wasm, 1);
    assert.ok(ten.bytes <= 1.1 * one.bytes, `${ten.bytes} and ${one.bytes} bytes`);
  });

  test("ask for no frame and no timer while they rest", () => assert.equal(ten.meanwhile, 0));
});

// A browser looks each of them up when it lays out the first text in it, and some ask another process.
test("the page is set in few fonts, and pictures scale theirs", async () => {
  const page = await browser.newPage({ viewport: { width: 1280, height: 840 } });
  await page.goto(sites.site.url);
  await page.click(".shell button");
  await page.waitForSelector(".shell textarea");
  await page.waitForSelector(".revisions", { state: "attached" });
  const fonts = await page.evaluate(() => {
    const set = (node) => /^(input|select|textarea)$/.test(node.localName) || [...node.childNodes].some((child) => child.data?.trim());
    const nodes = [...document.querySelectorAll("body *")].filter(set);
    const font = ({ fontSize, fontWeight, fontStyle, fontFamily }) => `${fontStyle} ${fontWeight} ${fontSize} ${fontFamily}`;
    return [...new Set(nodes.map((node) => font(getComputedStyle(node))))].sort();
  });
  assert.ok(fonts.length <= 13, fonts.join("\n"));
  const scaled = await page.$$eval("svg text", (texts) => texts.map((text) => getComputedStyle(text).textRendering));
  assert.deepEqual([...new Set(scaled)], ["geometricprecision"]);
  await page.close();
});
