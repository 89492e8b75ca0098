// What the playback asks of the browser in each frame, at any number of pods: G12, and G11's uploads.
import { openPods, sleep, whilePlaying } from "./chromium.mjs";
import { row, say, unmeasured } from "./rows.mjs";
import { median, quantile } from "./statistics.mjs";

const SIZES = [1_000, 150_000];
const PLAYED = 3_000;
// A frame of 150,000 pods as pixels.
const FIELD = 5_400_000;

export async function domRows(browser, site) {
  const rows = [];
  for (const pods of SIZES) {
    const counts = await perFrame(browser, site, pods);
    const size = `${say(pods)} replicas`;
    rows.push(...(counts ? sizeRows(size, counts) : [unmeasured("G12", `${size}: work per frame`, "the page refuses so many", true)]));
  }
  return rows;
}

/** Counts in each frame of some playback, and means over its frames; `undefined` if the page refuses. */
export async function perFrame(browser, site, pods, millis = PLAYED) {
  const opened = await openPods(browser, site, pods, { instrumented: true });
  if (!opened) return undefined;
  const { page, counted, metrics } = opened;
  const { frames, before, after } = await whilePlaying(opened, async () => {
    await page.evaluate(() => (window.keepsFrameCounts = true));
    const before = { ...(await counted()), ...(await metrics()) };
    await sleep(millis);
    const after = { ...(await counted()), ...(await metrics()) };
    return { frames: await page.evaluate(() => window.frameCounts), before, after };
  });
  await opened.close();
  const each = (name) => frames.slice(1).map((frame, index) => frame[name] - frames[index][name]);
  const mean = (name) => (after[name] - before[name]) / (after.frames - before.frames);
  return {
    frames: frames.length,
    mutations: each("mutations"),
    crossings: each("crossings"),
    draws: each("draws"),
    puts: each("puts"),
    putBytes: each("putBytes"),
    layouts: mean("LayoutCount"),
    recalcs: mean("RecalcStyleCount"),
  };
}

function sizeRows(size, counts) {
  const { frames } = counts;
  const most = (name) => Math.max(...counts[name]);
  const many = (name, what, limits) =>
    row("G12", `${size}: ${what} per frame, p95`, `${frames} frames`, quantile(counts[name], 0.95), {
      ...limits,
      shown: `${say(quantile(counts[name], 0.95))} (median ${say(median(counts[name]))}, most ${say(most(name))})`,
    });
  return [
    many("mutations", "DOM mutations", { most: 8, aim: 8 }),
    many("crossings", "calls from wasm to the browser", { most: 4, aim: 4 }),
    row("G12", `${size}: layouts per frame`, "LayoutCount, mean", counts.layouts, { most: 0, aim: 0 }),
    row("G12", `${size}: style recalculations per frame`, "RecalcStyleCount, mean", counts.recalcs, { most: 1, aim: 1 }),
    row("G11", `${size}: bytes put on canvases per frame, most`, "putImageData", most("putBytes"), {
      most: FIELD,
      aim: FIELD,
      unit: "B",
      shown: `${say(most("putBytes"))} B in ${say(most("puts"))} calls; ${say(most("draws"))} other draw calls`,
    }),
  ];
}
