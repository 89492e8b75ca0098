// What embeds cost the page that they are in: G7 and G8. All of it is counted, but for the time of the script.
import { open, sleep } from "./chromium.mjs";
import { row, say } from "./rows.mjs";
import { median } from "./statistics.mjs";

const TEN = 10;
const SAMPLES = 9;
const WATCHED = 2_000;
// As nginx.conf of the release has it.
const HASHED = /-[0-9a-f]{8,16}(_bg|_rest)?\.\w+$/;
export const CACHED = {
  brotli: true,
  cors: true,
  csp: true,
  headers: (url) => ({ "Cache-Control": HASHED.test(url.split("?")[0]) ? "public, max-age=31536000, immutable" : "no-cache" }),
};

const address = (sites, count, load = "") =>
  `${sites.reference.url}embeds.html#count=${count}&load=${load}&script=${encodeURIComponent(`${sites.site.url}embed.js`)}`;
const wasmOf = (served) => served.filter(({ path }) => path.includes(".wasm")).length;
// The program has two parts.
const downloadsOf = (served) => wasmOf(served) / new Set(served.map(({ path }) => path).filter((path) => path.includes(".wasm"))).size;
const bytesOf = (served) => served.reduce((sum, { bytes }) => sum + bytes, 0);

/** A page with one embed far below what is on screen. */
export async function unseen(browser, sites) {
  const before = sites.site.served.length;
  const opened = await open(browser, address(sites, 1));
  await opened.page.waitForFunction(() => customElements.get("rollscope-player"));
  await sleep(300);
  const served = sites.site.served.slice(before);
  const found = await opened.page.evaluate(() => {
    const own = ["shifts", "long", "counted", "frameCounts", "__"];
    const names = Object.keys(window);
    const frame = document.body.appendChild(document.createElement("iframe"));
    const globals = names.filter((name) => !(name in frame.contentWindow) && !own.some((known) => name.startsWith(known)));
    frame.remove();
    return { shifted: shifts.reduce((sum, value) => sum + value, 0), long: long.length, globals };
  });
  const { ScriptDuration } = await opened.metrics();
  await opened.close();
  return { ...found, bytes: bytesOf(served), requests: served.length, wasm: wasmOf(served), script: ScriptDuration * 1000 };
}

/** So many embeds at once, all of them there and at rest: what was sent, and what they ask for meanwhile. */
export async function many(browser, sites, count) {
  const before = sites.site.served.length;
  const opened = await open(browser, address(sites, count, "eager"), { instrumented: true });
  const { page } = opened;
  await page.waitForFunction((count) => [...document.querySelectorAll("rollscope-player")].filter((player) => player.shadowRoot.querySelector("iframe")).length === count, count);
  const frames = page.frames().slice(1);
  await Promise.all(frames.map((frame) => frame.waitForSelector(".transport", { state: "attached", timeout: 60_000 })));
  await sleep(1_500);
  const served = sites.site.served.slice(before);
  const asked = async () => {
    const counts = await Promise.all(page.frames().map((frame) => frame.evaluate(() => ({ ...window.counted }))));
    return counts.reduce((sum, { asked, frames, timers }) => sum + asked + frames + timers, 0);
  };
  const then = await asked();
  await sleep(WATCHED);
  const meanwhile = (await asked()) - then;
  await opened.close();
  return { bytes: bytesOf(served), wasm: downloadsOf(served), meanwhile, frames: frames.length };
}

export async function embedRows(browser, sites) {
  const host = await unseen(browser, sites);
  const times = [];
  while (times.length < SAMPLES) times.push((await unseen(browser, sites)).script - (await without(browser, sites)));
  const [one, ten] = [await many(browser, sites, 1), await many(browser, sites, TEN)];
  const before = "an embed that is not seen yet";
  return [
    row("G7", `${before}: bytes`, "brotli", host.bytes, { most: 4290, aim: 1500, unit: "B" }),
    row("G7", `${before}: requests`, "counted", host.requests, { most: 1, aim: 1 }),
    row("G7", `${before}: wasm asked for`, "counted", host.wasm, { most: 0, aim: 0 }),
    row("G7", `${before}: names in the page's global scope`, "counted", host.globals.length, { most: 0, aim: 0 }),
    row("G7", `${before}: how far it moves the page`, "CLS", host.shifted, { most: 0, aim: 0 }),
    row("G7", `${before}: long tasks`, "counted", host.long, { most: 0, aim: 0 }),
    row("G7", `${before}: script`, `ScriptDuration with it and without, median of ${SAMPLES}`, median(times), { most: 5, unit: "ms" }),
    row("G8", "ten embeds against one: bytes", "counted by the server", ten.bytes / one.bytes, {
      most: 1.1,
      unit: "×",
      shown: `${say(ten.bytes / one.bytes)}× (${say(one.bytes)} and ${say(ten.bytes)} B)`,
    }),
    row("G8", "ten embeds: downloads of each part of the wasm", "counted by the server", ten.wasm, { most: 1, aim: 1 }),
    row("G8", `ten embeds at rest: animation frames and timers in ${WATCHED / 1000} s`, "counted", ten.meanwhile, { most: 0, aim: 0 }),
  ];
}

/** The same page without an embed, and without its script. */
async function without(browser, sites) {
  const opened = await open(browser, `${sites.reference.url}embeds.html#count=1&script=${encodeURIComponent("data:text/javascript,")}`);
  await sleep(300);
  const { ScriptDuration } = await opened.metrics();
  await opened.close();
  return ScriptDuration * 1000;
}
