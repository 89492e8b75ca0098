// Why a rollout does what it does, what holds it up, and one pod wherever it is
// on screen: what only a browser shows of that.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { describe, test } from "node:test";
import { fileURLToPath } from "node:url";

import { withPage } from "./built.mjs";

const AXE = fileURLToPath(import.meta.resolve("axe-core/axe.min.js"));

// The moment at which v2 of a story is stuck: just before the command that helps.
async function stuck(page, story) {
  await page.selectOption(".stories", story);
  for (let presses = 0; presses < 40; presses++) {
    if (await page.locator(".stall .edits li").count()) return;
    await page.keyboard.press("ArrowRight");
  }
  assert.fail(`${story} never comes to be stuck`);
}

describe("why", () => {
  test("every function leads to Kubernetes at its tag, in a page of its own, and names what follows it", () =>
    withPage({}, async (page) => {
      const links = await page.$$eval(".source a", (all) => all.map((a) => [a.href, a.target, a.rel]));
      assert.ok(links.length > 0);
      for (const [href, target, rel] of links) {
        assert.match(href, /^https:\/\/github\.com\/kubernetes\/kubernetes\/blob\/v1\.36\.2\/(pkg|staging)\/.*\.go$/);
        assert.deepEqual([target, rel], ["_blank", "noopener"]);
      }
      assert.match(await page.textContent(".source code"), /^src\/sim\/\S+\.rs \w+$/);
    }));
});

describe("what holds up a rollout", () => {
  test("it is folded while the rollout gets on, and opens where it is stuck", () =>
    withPage({}, async (page) => {
      assert.equal(await page.getAttribute(".stall .fold", "aria-expanded"), "false");
      await stuck(page, "never-ready");
      assert.equal(await page.getAttribute(".stall .fold", "aria-expanded"), "true");
      assert.match(await page.textContent(".guards .binding"), /readinessProbe.*\d pods run and never become ready/);
      await page.click(".stall .fold");
      assert.equal(await page.locator(".guards").count(), 0);
    }));

  test("what an edit promises comes true when it is pressed", () =>
    withPage({ reducedMotion: "reduce" }, async (page) => {
      await stuck(page, "three-nodes-one-each");
      const help = page.locator(".edits .completes").first();
      const seconds = Number((await help.textContent()).match(/complete in (\d+) s/)[1]);
      assert.ok(seconds > 0);
      await help.locator("button").first().click();
      await page.keyboard.press("End");
      await page.waitForFunction(() => document.querySelector(".sentence").textContent.startsWith("Rolled out"));
      assert.equal(await page.locator(".stall").count(), 0);
    }));
});

describe("one pod", () => {
  test("pointed at, it stands out as tile, as thread and in the events", () =>
    withPage({}, async (page) => {
      await page.check(".events input");
      // The keyboard points by the focus.
      await page.locator(".events li[data-pod]:not([data-pod='']) button").last().focus();
      await page.waitForSelector(".tile.lit");
      const tile = page.locator(".budget-line .tile").last();
      await tile.hover();
      await page.waitForSelector(".tile.lit");
      assert.ok((await page.getAttribute(".chart .lit", "d")).startsWith("M"));
      assert.ok((await page.locator(".events .lit").count()) > 0);
      // And by its thread.
      const pod = await tile.getAttribute("data-pod");
      const box = await page.locator(".chart .lit").boundingBox();
      await page.mouse.move(5, 5);
      await page.waitForSelector(".tile.lit", { state: "detached" });
      await page.mouse.move(box.x + 5, box.y + box.height / 2);
      await page.waitForSelector(`.tile.lit[data-pod="${pod}"]`);
    }));

  test("looked at, it tells its life and its turn to go, and axe finds nothing", () =>
    withPage({ viewport: { width: 320, height: 700 }, locale: "zh-CN", reducedMotion: "reduce" }, async (page) => {
      await stuck(page, "never-ready");
      await page.locator(".tile.available").first().click();
      assert.ok((await page.locator(".life li").count()) >= 4);
      assert.ok((await page.locator(".turn tbody tr").count()) > 2);
      const width = await page.evaluate(() => document.documentElement.scrollWidth);
      assert.ok(width <= 320, `${width} px wide`);
      await page.evaluate(readFileSync(AXE, "utf8"));
      const { violations } = await page.evaluate(() => window.axe.run());
      const found = violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(" | ")}`);
      assert.deepEqual(found, []);
    }));
});
