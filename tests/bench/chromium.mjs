// The page in Chromium, at any size, with instruments.
import { readFileSync } from "node:fs";
import { join } from "node:path";

import { ROOT } from "./build.mjs";

const VIEWPORT = { width: 1280, height: 840 };
const script = (name) => readFileSync(new URL(name, import.meta.url), "utf8");

/** Where the built page lies. */
export const DIST = join(ROOT, "dist");

/** Opens an address; `instrumented` pages count what they ask of the browser. */
export async function open(browser, url, { instrumented = false, colorScheme } = {}) {
  const context = await browser.newContext({ viewport: VIEWPORT, locale: "en-US", colorScheme });
  const page = await context.newPage();
  await page.addInitScript(script("frames.js"));
  if (instrumented) await page.addInitScript(script("instruments.js"));
  await page.goto(url);
  const devtools = await context.newCDPSession(page);
  await devtools.send("Performance.enable");
  return {
    page,
    devtools,
    close: () => context.close(),
    /** What Chromium has counted so far, by name. */
    metrics: async () => {
      const { metrics } = await devtools.send("Performance.getMetrics");
      return Object.fromEntries(metrics.map(({ name, value }) => [name, value]));
    },
    counted: () => page.evaluate(() => ({ ...window.counted })),
  };
}

/**
 * Opens the page with so many replicas, each with times of its own; `undefined` if the page refuses so
 * many. What is measured begins at its opening moment, in the middle of the rollout.
 */
export async function openPods(browser, site, replicas, how) {
  const opened = await open(browser, site.url, how);
  const { page } = opened;
  // The last of the page that comes.
  await page.waitForSelector("#field-jitter", { state: "attached" });
  await page.evaluate(() => document.querySelectorAll("details").forEach((fold) => (fold.open = true)));
  await page.fill("#field-jitter", "50");
  await page.fill("#field-replicas", String(replicas));
  await settled(page);
  if ((await page.getAttribute("#field-replicas", "aria-invalid")) === "true") {
    await opened.close();
    return undefined;
  }
  await page.evaluate(() => document.querySelectorAll("details").forEach((fold) => (fold.open = false)));
  await settled(page);
  return opened;
}

/** Waits until what was done to the page is drawn. */
export const settled = (page) =>
  page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done)))));

export const sleep = (millis) => new Promise((done) => setTimeout(done, millis));

const isPlaying = (page) => page.evaluate(() => document.querySelector(".play").getAttribute("aria-label") === "Pause");

/** Plays from the middle of the run while `work` goes on, and says what it came to. */
export async function whilePlaying({ page }, work) {
  await page.focus(".scrubber");
  await page.keyboard.press("5");
  await settled(page);
  await press(page);
  const result = await work();
  if (await isPlaying(page)) await press(page);
  await settled(page);
  return result;
}

// Not by the mouse: under it the page would have more to draw.
const press = (page) => page.evaluate(() => document.querySelector(".play").click());
