// How soon there is something to see, and something to use: G4, G5 and G6.
import { readFileSync } from "node:fs";

import { sleep } from "./chromium.mjs";
import { row, say } from "./rows.mjs";
import { interleaved, median, ratio } from "./statistics.mjs";

const PAIRS = 15;
const PHONE_SAMPLES = 5;
const VIEWPORTS = { desk: { width: 1280, height: 840 }, phone: { width: 390, height: 844 } };
// 1.6 Mbps, 150 ms, a quarter of the processor.
const PHONE = { offline: false, latency: 150, downloadThroughput: 200_000, uploadThroughput: 93_750 };
const THROTTLE = 4;
// A task this long keeps nobody waiting.
const SHORT = 50;
const LARGEST = "#replicas=150000&web:v1.jitter=50&web:v2.jitter=50";

/** Opens an address as nobody has before, and says when what happened, in milliseconds. */
async function start(browser, url, { phone = false, slow = phone, interactive = true } = {}) {
  const context = await browser.newContext({ viewport: VIEWPORTS[phone ? "phone" : "desk"], locale: "en-US" });
  const page = await context.newPage();
  await page.addInitScript((used) => (globalThis.isUsed = used), interactive);
  await page.addInitScript(readFileSync(new URL("start.js", import.meta.url), "utf8"));
  const devtools = await context.newCDPSession(page);
  if (phone) {
    await devtools.send("Network.enable");
    await devtools.send("Network.emulateNetworkConditions", PHONE);
  }
  if (slow) await devtools.send("Emulation.setCPUThrottlingRate", { rate: THROTTLE });
  await page.goto(url);
  const done = () => page.evaluate((interactive) => globalThis.painted.largest && (globalThis.interactive || !interactive), interactive);
  while (!(await done())) await sleep(50);
  // What is still to be painted, or moves late.
  await sleep(500);
  const seen = await page.evaluate(() => {
    const { long, shifts, painted, interactive, used = Infinity } = globalThis;
    // What moves because the slider was moved is not the start's.
    const shifted = shifts.filter(([time]) => time < used).reduce((sum, [, value]) => sum + value, 0);
    return { long, shifted, interactive, first: painted["first-contentful-paint"], largest: painted.largest };
  });
  await context.close();
  return seen;
}

export async function startRows(browser, { site, reference, counter }) {
  return [
    ...(await pictureRows(browser, site, reference)),
    ...(await useRows(browser, site, counter)),
    ...(await blockingRows(browser, site)),
  ];
}

async function pictureRows(browser, site, reference) {
  const see = (url) => () => start(browser, url, { interactive: false });
  const [ours, theirs] = await interleaved(PAIRS, see(site.url), see(`${reference.url}static.html`));
  const rows = [["first", "first contentful paint"], ["largest", "largest contentful paint"]].map(([name, what]) => {
    const [our, their] = [ours, theirs].map((samples) => samples.map((sample) => sample[name]));
    const { median: middle, lower } = ratio(our, their);
    return row("G4", `${what}, against a page of HTML`, `${PAIRS} pairs, ABBA`, lower, {
      most: 1.3,
      unit: "×",
      shown: `${say(middle)}× (95 %: ≥ ${say(lower)}×); ${say(median(our))} against ${say(median(their))} ms`,
    });
  });
  const phone = await samples(() => start(browser, site.url, { phone: true, interactive: false }));
  for (const [name, what] of [["first", "first contentful paint"], ["largest", "largest contentful paint"]]) {
    rows.push(onPhone("G4", what, phone.map((sample) => sample[name]), { most: 1200, aim: 900 }));
  }
  const shifted = Math.max(...[...ours, ...phone].map((sample) => sample.shifted));
  return [...rows, row("G4", "how far things move while it starts", "CLS, most", shifted, { most: 0, aim: 0 })];
}

async function useRows(browser, site, counter) {
  const use = (url) => () => start(browser, url);
  const [ours, theirs] = await interleaved(PAIRS, use(site.url), use(counter.url));
  const [our, their] = [ours, theirs].map((samples) => samples.map(({ interactive }) => interactive));
  const { median: middle, lower } = ratio(our, their);
  const phone = await samples(() => start(browser, site.url, { phone: true }));
  const theirPhone = await samples(() => start(browser, counter.url, { phone: true }));
  return [
    row("G5", "navigation to interactive, against a counter in Yew", `${PAIRS} pairs, ABBA`, lower, {
      most: 2,
      aim: 1.3,
      unit: "×",
      shown: `${say(middle)}× (95 %: ≥ ${say(lower)}×); theirs ${say(median(their))} ms`,
    }),
    row("G5", "navigation to interactive, localhost", `best of ${our.length}`, Math.min(...our), {
      most: 400,
      aim: 200,
      unit: "ms",
      shown: `${say(Math.min(...our))} ms (median ${say(median(our))})`,
    }),
    onPhone("G5", "navigation to interactive", phone.map(({ interactive }) => interactive), { most: 2000, aim: 1400 }),
    onPhone("G5", "navigation to interactive, the counter", theirPhone.map(({ interactive }) => interactive), {}),
  ];
}

async function blockingRows(browser, site) {
  const rows = [];
  for (const [what, link] of [["the page", ""], ["150,000 replicas, each pod with times of its own", LARGEST]]) {
    const seen = await samples(() => start(browser, site.url + link, { slow: true }));
    const blocked = seen.map(({ long }) => long.reduce((sum, [, duration]) => sum + Math.max(0, duration - SHORT), 0));
    const counts = seen.map(({ long }) => long.length);
    const longest = Math.max(0, ...seen.flatMap(({ long }) => long.map(([, duration]) => duration)));
    rows.push(row("G6", `${what}, CPU ÷ ${THROTTLE}: main thread blocked while it starts`, `TBT, median of ${seen.length}`, median(blocked), {
      most: 50,
      aim: 0,
      unit: "ms",
      shown: `${say(median(blocked))} ms in ${say(median(counts))} long tasks (longest ${say(longest)} ms)`,
    }));
  }
  return rows;
}

async function samples(take) {
  const taken = [];
  while (taken.length < PHONE_SAMPLES) taken.push(await take());
  return taken;
}

function onPhone(goal, what, times, limits) {
  const shown = `${say(median(times))} ms (${say(Math.min(...times))} to ${say(Math.max(...times))})`;
  const measure = `150 ms, 1.6 Mbps, CPU ÷ ${THROTTLE}, median of ${times.length}`;
  return row(goal, `${what}, phone`, measure, median(times), { ...limits, unit: "ms", shown });
}
