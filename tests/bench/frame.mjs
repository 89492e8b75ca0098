// What a frame of the playback costs the main thread, against one fillRect per pod: G9, G10, G11.
import { open, openPods, sleep, whilePlaying } from "./chromium.mjs";
import { row, say, unmeasured } from "./rows.mjs";
import { interleaved, median, quantile, ratio } from "./statistics.mjs";

const PAIRS = 15;
// Long enough for a few frames of the slowest page.
const WINDOW = 120;
const WINDOWS = 4;

const GOALS = [
  { goal: "G9", pods: 1_000, most: 1, aim: 0.3 },
  { goal: "G10", pods: 10_000, most: 2, aim: 0.7 },
  { goal: "G11", pods: 150_000, most: 8.3, aim: 4, against: { aim: 0.07 } },
];

export async function frameRows(browser, site, reference) {
  const rows = [await floorRow(browser, reference)];
  for (const goal of GOALS) rows.push(...(await sizeRows(browser, site, reference, goal)));
  return rows;
}

/** What a page with nothing else in it takes to do what every frame of ours has to. */
async function floorRow(browser, reference) {
  const opened = await open(browser, `${reference.url}floor.html`);
  const all = [];
  for (let pair = 0; pair < PAIRS; pair += 1) all.push(...(await playReference(opened)));
  await opened.close();
  const p95 = quantile(all, 0.95);
  return row("G9", "floor: an element shifted, a picture put, p95", `TaskDuration, ${all.length} windows of ${WINDOW} ms`, p95, {
    unit: "ms",
    shown: `${say(p95)} ms (median ${say(median(all))})`,
  });
}

async function sizeRows(browser, site, reference, { goal, pods, most, aim, against = {} }) {
  const metric = `${say(pods)} replicas: main thread per frame`;
  const ours = await openPods(browser, site, pods);
  if (!ours) return [unmeasured(goal, metric, "the page refuses so many", true)];
  const theirs = await open(browser, `${reference.url}fillrect.html`);
  const [our, their] = await interleaved(
    PAIRS,
    () => whilePlaying(ours, () => windows(ours)),
    () => playReference(theirs, pods),
  );
  await ours.close();
  await theirs.close();
  const all = our.flat();
  const { median: middle, lower } = ratio(our.map(median), their.map(median));
  return [
    row(goal, `${metric}, p95`, `TaskDuration, ${all.length} windows of ${WINDOW} ms`, quantile(all, 0.95), {
      most,
      aim,
      unit: "ms",
      shown: `${say(quantile(all, 0.95))} ms (median ${say(median(all))})`,
    }),
    row(goal, `${say(pods)} replicas: frame against a page of \`fillRect\`s`, `${PAIRS} pairs, ABBA`, lower, {
      ...against,
      unit: "×",
      shown: `${say(middle)}× (95 %: ≥ ${say(lower)}×); theirs ${say(median(their.flat()))} ms`,
    }),
  ];
}

async function playReference(theirs, pods) {
  await theirs.page.evaluate((pods) => window.play(pods), pods);
  const found = await windows(theirs);
  await theirs.page.evaluate(() => window.pause());
  return found;
}

/** Milliseconds of the main thread per frame, in several windows of time. */
async function windows(opened) {
  const found = [];
  let before = await look(opened);
  while (found.length < WINDOWS) {
    await sleep(WINDOW);
    const now = await look(opened);
    if (before.frames === now.frames) continue;
    found.push(((now.busy - before.busy) * 1000) / (now.frames - before.frames));
    before = now;
  }
  return found;
}

async function look(opened) {
  const { frames } = await opened.counted();
  return { frames, busy: (await opened.metrics()).TaskDuration };
}
