// Links as a browser sees them: the address that opens a run, the one that is shown, and the one that is copied.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { describe, test } from "node:test";
import { fileURLToPath } from "node:url";

import { withPage } from "./built.mjs";

const AXE = fileURLToPath(import.meta.resolve("axe-core/axe.min.js"));
const clock = (page) => page.textContent(".clock");
const shows = (page, hash) =>
  page.waitForFunction((hash) => location.hash === hash, hash, { timeout: 5000 });

describe("a link", () => {
  test("opens a run at a moment, and stays in the address", () =>
    withPage({ link: "#replicas=4&maxSurge=1&maxUnavailable=0&at=12" }, async (page) => {
      assert.equal(await page.inputValue("#field-replicas"), "4");
      assert.match(await clock(page), /^12\.0/);
      await shows(page, "#v=1&replicas=4&maxSurge=1&maxUnavailable=0&at=12");
      await page.keyboard.press("ArrowRight");
      await shows(page, "#v=1&replicas=4&maxSurge=1&maxUnavailable=0&step=18");
    }));

  test("says language and theme only where they were chosen, and wins over what is remembered", () =>
    withPage({ link: "#lang=zh-Hans&theme=dark" }, async (page) => {
      const root = () => page.evaluate(() => [document.documentElement.lang, document.documentElement.dataset.theme]);
      assert.deepEqual(await root(), ["zh-Hans", "dark"]);
      assert.equal(await page.evaluate(() => localStorage.length), 0);
      await page.evaluate(() => (location.hash = "#v=1&at=10"));
      await shows(page, "#v=1&at=10&lang=zh-Hans&theme=dark");
    }));

  test("that is typed into the address is opened", () =>
    withPage({}, async (page) => {
      await page.evaluate(() => (location.hash = "#story=never-ready"));
      await page.waitForFunction(() => /20\.0/.test(document.querySelector(".clock").textContent));
      await page.keyboard.press("Control+z");
      await page.waitForFunction(() => /13\.0/.test(document.querySelector(".clock").textContent));
    }));

  test("is come back to from a story, and playing and stepping leave none behind", () =>
    withPage({ link: "#v=1&replicas=4&at=12" }, async (page) => {
      const entries = () => page.evaluate(() => history.length);
      const before = await entries();
      await page.keyboard.press("ArrowRight");
      const left = await page.getAttribute(".rollscope", "data-link");
      await page.selectOption(".stories", "never-ready");
      await page.selectOption(".stories", "bad-image");
      await page.click(".transport .play");
      await page.waitForTimeout(400);
      await page.keyboard.press(".");
      assert.equal(await entries(), before + 2);
      await page.goBack();
      await page.waitForFunction(() => document.querySelector(".stories").value === "never-ready");
      await page.goBack();
      await shows(page, `#${left}`);
      assert.equal(await page.inputValue("#field-replicas"), "4");
    }));

  test("behind a question mark is read as well", () =>
    withPage({ link: "?replicas=3&step=5" }, async (page) => {
      assert.equal(await page.inputValue("#field-replicas"), "3");
      assert.match(await page.textContent(".step"), /5/);
    }));

  test("that cannot be read is told of, in a place that axe finds nothing wrong with", () =>
    withPage({ link: "#replicas=many&nosuch=1&v=7", viewport: { width: 320, height: 700 } }, async (page) => {
      const told = page.locator(".problems li");
      assert.equal(await told.count(), 3);
      assert.match(await told.nth(1).textContent(), /“many” for “replicas”, where a whole number up to 2147483647 should stand/);
      await page.evaluate(readFileSync(AXE, "utf8"));
      const { violations } = await page.evaluate(() => window.axe.run());
      assert.deepEqual(violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(" | ")}`), []);
      assert.ok((await page.evaluate(() => document.documentElement.scrollWidth)) <= 320);
      await page.click(".problems button");
      assert.equal(await told.count(), 0);
    }));

  test("to what is on screen can be copied", () =>
    withPage({ permissions: ["clipboard-read", "clipboard-write"] }, async (page) => {
      await page.keyboard.press("ArrowRight");
      await page.click("button[title='Copy a link to this moment']");
      const copied = await page.evaluate(() => navigator.clipboard.readText());
      assert.equal(copied, `${await page.evaluate(() => location.origin + location.pathname)}#v=1&step=23`);
    }));
});
