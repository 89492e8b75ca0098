// The chart in a browser: what pointing at it, playing and leaving a future do to the page.

import assert from "node:assert/strict";
import { describe, test } from "node:test";

import { withPage } from "./built.mjs";

const seconds = (page) => page.evaluate(() => Number(document.querySelector(".scrubber").dataset.millis) / 1000);
const note = (page) => page.textContent(".moment");

describe("the chart", () => {
  test("pointing at it changes what is read off it, and nothing that is drawn of the run", () =>
    withPage({}, async (page) => {
      await page.evaluate(() => {
        window.drawn = 0;
        const watch = new MutationObserver((records) => (window.drawn += records.length));
        watch.observe(document.querySelector(".chart"), { subtree: true, childList: true, attributes: true });
      });
      const box = await page.locator(".scrubber").boundingBox();
      const [before, at] = [await note(page), await seconds(page)];
      for (let share = 0.1; share < 0.9; share += 0.1) {
        await page.mouse.move(box.x + box.width * share, box.y + 60);
      }
      await page.waitForFunction((before) => document.querySelector(".moment").textContent !== before, before);
      assert.equal(await seconds(page), at);
      assert.equal(await page.evaluate(() => window.drawn), 0);
      await page.mouse.move(5, 5);
      await page.waitForFunction((before) => document.querySelector(".moment").textContent === before, before);
    }));

  test("what is read off it takes the same room at every step", () =>
    withPage({}, async (page) => {
      await page.selectOption(".stories", "never-ready");
      await page.focus(".scrubber");
      await page.keyboard.press("Home");
      const places = new Set();
      for (let step = 0; step < 40; step += 1) {
        await page.keyboard.press("ArrowRight");
        await page.waitForFunction((step) => document.querySelector(".step").textContent.includes(` ${step} `), step + 2);
        places.add(await page.evaluate(() => {
          const [above, chart] = [".transport", ".chart"].map((name) => document.querySelector(name).getBoundingClientRect().top);
          return Math.round(chart - above);
        }));
      }
      assert.equal(places.size, 1, [...places].join(", "));
    }));

  test("ten minutes in which nothing happens pass in a moment, and the page says so", () =>
    withPage({}, async (page) => {
      await page.selectOption(".stories", "deadline-default");
      await page.focus(".scrubber");
      await page.keyboard.press("End");
      await page.keyboard.press("ArrowLeft");
      await page.waitForFunction(() => /Nothing happens for 9 min 59 s/.test(document.querySelector(".moment").textContent));
      const said = page.waitForFunction(() => /^\S+.*Skipping 9 min 59 s/.test(document.querySelector(".moment").textContent));
      await page.click(".play");
      await said;
      await page.waitForFunction(() => Number(document.querySelector(".scrubber").dataset.millis) === 621000, null, { timeout: 8000 });
      assert.match(await note(page), /ProgressDeadlineExceeded/);
      assert.notEqual(await page.locator(".break").count(), 0);
      await page.uncheck(".beneath .check input");
      await page.waitForFunction(() => !document.querySelector(".break"));
    }));

  test("the old future stays as dashed lines; a key goes there and back, a button dismisses it", () =>
    withPage({}, async (page) => {
      await page.fill("#field-maxSurge", "0");
      await page.waitForSelector(".line.ghost.available");
      await page.focus(".scrubber");
      const surge = () => page.inputValue("#field-maxSurge");
      await page.keyboard.press("g");
      await page.waitForFunction(() => document.querySelector("#field-maxSurge").value === "25%");
      await page.waitForSelector(".line.ghost.available");
      await page.keyboard.press("g");
      await page.waitForFunction(() => document.querySelector("#field-maxSurge").value === "0");
      assert.equal(await surge(), "0");
      await page.click(".other-future button >> nth=1");
      await page.waitForFunction(() => !document.querySelector(".line.ghost.available") && !document.querySelector(".other-future"));
    }));

  test("it is a table, too, that is made when it is asked for", () =>
    withPage({}, async (page) => {
      assert.equal(await page.locator(".samples").count(), 0);
      await page.focus('.beneath [aria-expanded="false"]');
      await page.keyboard.press("Enter");
      await page.waitForSelector(".samples caption");
      const shape = await page.evaluate(() => {
        const all = (selector) => [...document.querySelectorAll(`.samples ${selector}`)];
        const cells = all("tbody tr").map((row) => row.querySelectorAll("td").length);
        return { columns: all("thead th[scope=col]").length, rows: all("tbody th[scope=row]").length, cells };
      });
      assert.equal(shape.columns, 8);
      assert.ok(0 < shape.rows && shape.rows <= 200);
      assert.ok(shape.cells.every((count) => count === 7));
    }));

  test("batches are leafed through by keys and by buttons", () =>
    withPage({}, async (page) => {
      await page.focus(".scrubber");
      await page.keyboard.press("Home");
      await page.keyboard.press("Shift+ArrowRight");
      await page.keyboard.press("Shift+ArrowRight");
      await page.waitForFunction(() => document.querySelector(".scrubber").dataset.millis === "5000");
      assert.match(await note(page), /batch/);
      await page.click(".buttons .mark >> nth=2");
      await page.waitForFunction(() => Number(document.querySelector(".scrubber").dataset.millis) === 10000);
    }));
});
