// A page at which nobody looks, or on which nothing moves, does nothing: G22.
import { openPods, settled, sleep, whilePlaying } from "./chromium.mjs";
import { row, say, unmeasured } from "./rows.mjs";

const PODS = 1_000;
const WATCHED = 10_000;
// Whatever the last thing done has started, be it a transition, has ended by then.
const QUIET = 1_500;

const STATES = {
  "at rest": async () => {},
  paused: (opened) => whilePlaying(opened, () => sleep(500)),
  "off-screen, playing": offScreen,
};

export async function idleRows(browser, site, watched = WATCHED) {
  const rows = await Promise.all(Object.entries(STATES).map((state) => stateRow(browser, site, watched, ...state)));
  return rows;
}

async function stateRow(browser, site, watched, state, enter) {
  const metric = `${state}: animation frames and timers in ${say(watched / 1000)} s`;
  const opened = await openPods(browser, site, PODS, { instrumented: true });
  const said = await enter(opened);
  await sleep(QUIET);
  const before = await look(opened);
  await sleep(watched);
  const after = await look(opened);
  await opened.close();
  if (said) return unmeasured("G22", metric, said);
  const frames = after.asked + after.frames - before.asked - before.frames;
  const timers = after.timers - before.timers;
  return row("G22", metric, "counted", frames + timers, {
    most: 0,
    aim: 0,
    shown: `${say(frames)} + ${say(timers)}; ${say((after.busy - before.busy) * 1000)} ms of CPU`,
  });
}

async function look(opened) {
  return { ...(await opened.counted()), busy: (await opened.metrics()).TaskDuration };
}

/** Plays, and puts another page in front. */
async function offScreen({ page }) {
  await page.focus(".scrubber");
  await page.keyboard.press("Home");
  await page.selectOption(".speed select", { index: 0 });
  await settled(page);
  await page.evaluate(() => document.querySelector(".play").click());
  const other = await page.context().newPage();
  await other.bringToFront();
  await sleep(200);
  const hidden = await page.evaluate(() => document.visibilityState === "hidden");
  return hidden ? undefined : "this Chromium has no hidden pages";
}
