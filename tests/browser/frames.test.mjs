// What the playback asks of the browser in each frame, in counts: `make bench` has the times.
//
// In most frames pods are put and the playhead is shifted. Only when words are due, twice a second, is the
// page drawn: that is what the limits of what may be asked on average leave room for.

import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { fileURLToPath } from "node:url";

import { DIST } from "../bench/chromium.mjs";
import { perFrame } from "../bench/dom.mjs";
import { idleRows } from "../bench/idle.mjs";
import { median } from "../bench/statistics.mjs";
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

const LIMITS = { mutations: 1, crossings: 3, layouts: 0.2, recalcs: 1.1 };
const SIZES = { 1_000: LIMITS, 150_000: LIMITS };
// Fewer are too few to say what is usual.
const ENOUGH_FRAMES = 30;

describe("a frame of the playback", () => {
  const found = {};
  for (const [pods, limits] of Object.entries(SIZES)) {
    test(`changes little with ${pods} pods`, async (context) => {
      const counts = await perFrame(browser, site, Number(pods), 1_500);
      if (!counts) return context.skip("the page refuses so many");
      found[pods] = counts;
      const { layouts, recalcs } = counts;
      const usual = { mutations: median(counts.mutations), crossings: median(counts.crossings), layouts, recalcs };
      for (const [name, most] of Object.entries(limits)) assert.ok(usual[name] <= most, `${usual[name]} ${name}`);
    });
  }

  test("changes no more with 150,000 pods than with 1,000", (context) => {
    const [few, many] = Object.values(found);
    if (!many || many.frames < ENOUGH_FRAMES) return context.skip("too few frames in the time");
    assert.equal(median(many.mutations), median(few.mutations));
    assert.equal(median(many.crossings), median(few.crossings));
  });
});

test("asks for no frame and no timer at rest, paused or off-screen", async () => {
  for (const { metric, met, measured } of await idleRows(browser, { site, reference }, 2_000)) {
    assert.equal(met, "stretch", `${metric}: ${measured}`);
  }
});
