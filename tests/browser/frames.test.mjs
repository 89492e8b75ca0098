// What the playback asks of the browser in each frame, in counts: `make bench` has the times.
//
// The limits are what holds today and a little more. Whoever makes one smaller tightens it here.

import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { fileURLToPath } from "node:url";

import { DIST } from "../bench/chromium.mjs";
import { perFrame } from "../bench/dom.mjs";
import { idleRows } from "../bench/idle.mjs";
import { median, quantile } from "../bench/statistics.mjs";
import { launch } from "./browser.mjs";
import { serve } from "./server.mjs";

let browser, site, reference;
before(async () => {
  site = await serve(DIST, { csp: true });
  reference = await serve(fileURLToPath(new URL("../bench", import.meta.url)));
  browser = await launch();
});
after(async () => {
  await browser.close();
  await site.close();
  await reference.close();
});

const LIMITS = { mutations: 8, crossings: 260, layouts: 1.1, recalcs: 1.1 };

describe("a frame of the playback", () => {
  const medians = {};
  for (const pods of [1_000, 150_000]) {
    test(`changes little with ${pods} pods`, async (context) => {
      const counts = await perFrame(browser, site, pods, 1_500);
      if (!counts) return context.skip("the page refuses so many");
      medians[pods] = median(counts.mutations);
      assert.ok(median(counts.mutations) <= LIMITS.mutations, `${median(counts.mutations)} mutations`);
      assert.ok(median(counts.crossings) <= LIMITS.crossings, `${median(counts.crossings)} calls to the browser`);
      assert.ok(quantile(counts.mutations, 0.95) <= 120, `${quantile(counts.mutations, 0.95)} mutations, p95`);
      assert.ok(counts.layouts <= LIMITS.layouts, `${counts.layouts} layouts`);
      assert.ok(counts.recalcs <= LIMITS.recalcs, `${counts.recalcs} style recalculations`);
    });
  }

  test("changes as much with 150,000 pods as with 1,000", (context) => {
    if (medians[150_000] === undefined) return context.skip("the page refuses so many");
    assert.ok(Math.abs(medians[1_000] - medians[150_000]) <= 1, `mutations per frame: ${JSON.stringify(medians)}`);
  });
});

test("asks for no frame and no timer at rest, paused or off-screen", async () => {
  for (const { metric, met, measured } of await idleRows(browser, { site, reference }, 2_000)) {
    assert.equal(met, "stretch", `${metric}: ${measured}`);
  }
});
