// How long after an input the page has changed, for every control: G13.
import { openPods, settled, sleep } from "./chromium.mjs";
import { row, say, unmeasured } from "./rows.mjs";
import { quantile } from "./statistics.mjs";

const PODS = 3_000;
const THROTTLE = 4;
// What Event Timing does not report was at least as quick as this.
const UNREPORTED = 16;

export async function interactionRows(browser, site, pods = PODS) {
  const metric = `${say(pods)} replicas, CPU ÷ ${THROTTLE}: from input to next paint, every control, p98`;
  const opened = await openPods(browser, site, pods, { instrumented: false });
  if (!opened) return [unmeasured("G13", metric, "the page refuses so many", true)];
  await opened.devtools.send("Emulation.setCPUThrottlingRate", { rate: THROTTLE });
  const found = await useEverything(opened.page);
  await opened.close();
  const p98 = quantile(found.map(({ millis }) => millis), 0.98);
  const [worst] = [...found].sort((a, b) => b.millis - a.millis);
  return [
    row("G13", metric, `Event Timing, ${found.length} controls`, p98, {
      most: 50,
      aim: 16.7,
      unit: "ms",
      shown: `${say(p98)} ms (most ${say(worst.millis)}: ${worst.name})`,
    }),
  ];
}

/** Uses every control once or twice, and says how long the slower of its inputs took to be drawn. */
async function useEverything(page) {
  await page.evaluate(() => {
    document.querySelectorAll("details").forEach((fold) => (fold.open = true));
    window.slow = [];
    new PerformanceObserver((list) => window.slow.push(...list.getEntries().map((entry) => entry.duration))).observe({
      type: "event",
      durationThreshold: 16,
    });
  });
  const controls = await page.$$("button, select, input, summary, textarea");
  const found = [];
  for (const control of controls) {
    if (!(await control.isVisible().catch(() => false))) continue;
    const name = await control.evaluate((node) => {
      const label = node.getAttribute("aria-label") || node.labels?.[0]?.textContent || node.textContent;
      return `${node.id || node.className || node.tagName.toLowerCase()} ${label}`.trim().replace(/\s+/g, " ").slice(0, 40);
    });
    await page.evaluate(() => (window.slow.length = 0));
    const used = await use(page, control).then(() => true, () => false);
    if (!used) continue;
    await settled(page);
    // The observer is told a little after the paint.
    await sleep(60);
    const slow = await page.evaluate(() => window.slow);
    found.push({ name, millis: Math.max(UNREPORTED, ...slow) });
  }
  return found;
}

// As a reader does, and back again where the control allows it, so that the page stays as it is.
async function use(page, control) {
  const kind = await control.evaluate((node) => (node.tagName === "INPUT" ? node.type : node.tagName.toLowerCase()));
  const patience = { timeout: 3_000 };
  if (kind === "range" || kind === "select") {
    await control.focus();
    for (const key of ["ArrowRight", "ArrowLeft"]) await page.keyboard.press(key);
  } else if (kind === "text") {
    await control.focus();
    await page.keyboard.press("End");
    const last = await control.evaluate((node) => node.value.slice(-1));
    if (last === "") return;
    await page.keyboard.press("Backspace");
    await page.keyboard.type(last);
  } else {
    await control.click(patience);
  }
}
