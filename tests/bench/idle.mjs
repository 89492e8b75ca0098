// A page at which nobody looks, or on which nothing moves, does nothing: G22.
import { open, openPods, sleep, whilePlaying } from "./chromium.mjs";
import { row, say, unmeasured } from "./rows.mjs";

const PODS = 1_000;
const WATCHED = 10_000;
// Whatever the last thing done has started, be it a transition, has ended by then.
const QUIET = 1_500;

const STATES = {
  "at rest": inFront,
  paused: async (browser, sites) => {
    const opened = await inFront(browser, sites);
    await whilePlaying(opened, () => sleep(500));
    return opened;
  },
  "playing in an iframe that is off-screen": offScreen,
};

export function idleRows(browser, sites, watched = WATCHED) {
  return Promise.all(Object.entries(STATES).map((state) => stateRow(browser, sites, watched, ...state)));
}

async function stateRow(browser, sites, watched, state, enter) {
  const opened = await enter(browser, sites);
  await sleep(QUIET);
  const before = await look(opened);
  await sleep(watched);
  const after = await look(opened);
  await opened.close();
  const frames = after.asked + after.frames - before.asked - before.frames;
  const timers = after.timers - before.timers;
  return row("G22", `${state}: animation frames and timers in ${say(watched / 1000)} s`, "counted", frames + timers, {
    most: 0,
    aim: 0,
    shown: `${say(frames)} + ${say(timers)}; ${say((after.busy - before.busy) * 1000)} ms of CPU`,
  });
}

async function look(opened) {
  return { ...(await opened.counted()), busy: (await opened.metrics()).TaskDuration };
}

function inFront(browser, { site }) {
  return openPods(browser, site, PODS, { instrumented: true });
}

/** A page of another origin, which holds ours and then moves it far below what is on screen. */
async function offScreen(browser, { site, reference }) {
  const opened = await open(browser, `${reference.url}fillrect.html`, { instrumented: true });
  await opened.page.setContent(`<p></p><iframe src="${site.url}"></iframe>`);
  const frame = await opened.page.waitForSelector("iframe").then((iframe) => iframe.contentFrame());
  const play = await frame.waitForSelector(".play", { state: "attached" });
  await play.evaluate((button) => button.click());
  await opened.page.evaluate(() => (document.querySelector("p").style.height = "5000px"));
  return { ...opened, counted: () => frame.evaluate(() => ({ ...window.counted })) };
}
