// Takes the README's pictures of the page in dist/: light and dark, and the pods at several sizes.
import { mkdirSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

import { openPods, settled } from "../tests/bench/chromium.mjs";
import { launch } from "../tests/browser/browser.mjs";
import { serve } from "../tests/browser/server.mjs";
import { smaller } from "./png.mjs";

const SIZES = [3, 10, 100, 3_000, 150_000];
const THEMES = ["light", "dark"];
// A README of many pictures must still open quickly.
const MOST_BYTES = 200_000;

const at = (path) => fileURLToPath(new URL(`../${path}`, import.meta.url));

async function pageAt(site, browser, colorScheme) {
  const page = await browser.newPage({ viewport: { width: 1280, height: 840 }, colorScheme, locale: "en-US" });
  await page.goto(site.url);
  await page.waitForSelector(".budget-line");
  // The pods have popped in, and nothing moves any more.
  await page.waitForTimeout(500);
  keep(`page-${colorScheme}`, await page.screenshot());
  await page.close();
}

/** The sentence, the pods and the chart, in the middle of the rollout; false if there are too many. */
async function podsAt(site, browser, pods, colorScheme) {
  const opened = await openPods(browser, site, pods, { colorScheme });
  if (!opened) return false;
  const { page } = opened;
  await moveToTheMiddle(page);
  keep(`pods-${pods}-${colorScheme}`, await page.screenshot({ clip: await picture(page), fullPage: true }));
  await opened.close();
  return true;
}

function keep(name, png) {
  const path = `docs/${name}.png`;
  const written = smaller(png);
  writeFileSync(at(path), written);
  if (written.length <= MOST_BYTES) return;
  console.error(`error: ${path} has ${written.length} bytes, more than ${MOST_BYTES}; show less of the page in it.`);
  process.exitCode = 1;
}

/** To a few steps after the image was set, when old and new pods share the field. */
async function moveToTheMiddle(page) {
  await page.focus(".scrubber");
  await page.keyboard.press("6");
  // The run before the settings were filled in is of no interest.
  const dismiss = page.locator(".other-future button").last();
  if (await dismiss.count()) await dismiss.click();
  await page.evaluate(() => document.activeElement.blur());
  await settled(page);
  await page.waitForTimeout(500);
}

/** Where the pods and the chart are. */
const picture = (page) =>
  page.evaluate(() => {
    window.scrollTo(0, 0);
    const parts = document.querySelectorAll(".sentence, .budget-line, .pod-field, .chart, .fabric, .beneath");
    const boxes = [...parts].map((part) => part.getBoundingClientRect());
    // Long numbers of the chart stand out of it on the left.
    const edge = 20;
    const x = Math.max(0, Math.min(...boxes.map((box) => box.left)) - edge);
    const y = Math.max(0, Math.min(...boxes.map((box) => box.top)) - edge);
    const right = Math.max(...boxes.map((box) => box.right)) + edge;
    const bottom = Math.max(...boxes.map((box) => box.bottom)) + edge;
    return { x, y, width: right - x, height: bottom - y };
  });

mkdirSync(at("docs"), { recursive: true });
const site = await serve(at("dist"), { csp: true });
const browser = await launch();
for (const theme of THEMES) await pageAt(site, browser, theme);
for (const pods of SIZES) {
  for (const theme of THEMES) {
    if (!(await podsAt(site, browser, pods, theme))) console.log(`docs/pods-${pods}-${theme}.png: not taken, since the page refuses so many pods`);
  }
}
await browser.close();
await site.close();
