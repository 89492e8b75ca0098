// The pod field and the fabric: canvases, which only a browser paints.

import assert from "node:assert/strict";
import { describe, test } from "node:test";

import { withPage } from "./built.mjs";

// Opens the page with so many replicas.
const withPods = (replicas, use, options = {}) =>
  withPage(options, async (page) => {
    await page.fill("#field-replicas", String(replicas));
    await page.waitForSelector(".cells");
    // Keys are for the page, not for the field.
    await page.evaluate(() => document.activeElement.blur());
    await settle(page);
    await use(page);
  });

// Waits until the page has drawn what came of what was done to it.
const settle = (page) =>
  page.evaluate(() => new Promise((done) => setTimeout(() => requestAnimationFrame(() => setTimeout(done)))));

async function press(page, key) {
  await page.keyboard.press(key);
  await settle(page);
}

// How many pixels of a canvas have which colour.
const colours = (page, selector) =>
  page.evaluate((selector) => {
    const { width, height } = document.querySelector(selector);
    // A copy, since the canvas itself is not made to be read.
    const copy = new OffscreenCanvas(width, height).getContext("2d", { willReadFrequently: true });
    copy.drawImage(document.querySelector(selector), 0, 0);
    const { data } = copy.getImageData(0, 0, width, height);
    const colours = {};
    for (let at = 0; at < data.length; at += 4) {
      const colour = data.slice(at, at + 4).join(" ");
      colours[colour] = (colours[colour] ?? 0) + 1;
    }
    return colours;
  }, selector);

const BLUE = "47 111 179 255";
const ORANGE = "194 87 10 255";
const BRIGHT_ORANGE = "255 157 77 255";

describe("the pod field", () => {
  test("turns from the old colour to the new one", () =>
    withPods(400, async (page) => {
      const shown = async () => {
        const seen = await colours(page, ".cells");
        return [seen[BLUE] ?? 0, seen[ORANGE] ?? 0];
      };
      const [blue] = await shown();
      assert.ok(0 < blue);
      await press(page, "End");
      const [left, orange] = await shown();
      assert.equal(left, 0);
      // Cells that are all the same.
      assert.ok(0 < orange && orange % 400 === 0);
      await press(page, "Home");
      assert.deepEqual(await shown(), [0, 0]);
    }));

  test("tells which pod is pointed at, and chooses it", () =>
    withPods(400, async (page) => {
      await page.hover(".cells", { position: { x: 101, y: 50 } });
      await settle(page);
      const [name] = (await page.textContent(".readout")).split(": ");
      await page.click(".cells", { position: { x: 101, y: 50 } });
      await page.waitForSelector(".pod code");
      assert.equal(await page.textContent(".pod code"), name);
      await page.mouse.move(5, 5);
      await settle(page);
      assert.match(await page.textContent(".readout"), /^Every cell is a pod/);
    }));

  test("has as many elements for 60 pods as for 1,000", async () => {
    const elements = [];
    for (const replicas of [60, 1000]) {
      await withPods(replicas, async (page) => {
        elements.push(await page.evaluate(() => document.querySelectorAll(".pod-field *, .budget-line *, .time *").length));
        assert.match(await page.getAttribute(".cells", "aria-label"), /Every pod as a cell: \d+ available/);
      });
    }
    assert.equal(elements[0], elements[1]);
  });

  test("is painted in the colours of the theme, and as wide as it is shown", () =>
    withPods(
      400,
      async (page) => {
        await press(page, "End");
        const seen = await colours(page, ".cells");
        assert.ok(!seen[ORANGE] && 0 < seen[BRIGHT_ORANGE]);
        const [painted, shown] = await page.evaluate(() => {
          const canvas = document.querySelector(".cells");
          return [canvas.width, canvas.getBoundingClientRect().width];
        });
        assert.equal(painted, 2 * shown);
      },
      { colorScheme: "dark", deviceScaleFactor: 2 },
    ));

  test("is not painted while nothing moves", () =>
    withPods(400, async (page) => {
      await page.waitForTimeout(300);
      const puts = await page.evaluate(async () => {
        let puts = 0;
        const put = CanvasRenderingContext2D.prototype.putImageData;
        CanvasRenderingContext2D.prototype.putImageData = function (...what) {
          puts += 1;
          return put.apply(this, what);
        };
        await new Promise((done) => setTimeout(done, 500));
        return puts;
      });
      assert.equal(puts, 0);
    }));
});

test("the fabric shows the old revision beside the new one", () =>
  withPods(400, async (page) => {
    const seen = await colours(page, ".fabric");
    assert.ok(0 < seen[BLUE] && 0 < seen[ORANGE]);
  }));
