// The browser of the tests: Debian's Chromium, or the one that CHROMIUM names.
import { chromium } from "playwright-core";

const ARGS = [
  "--headless",
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/** Starts the browser; the caller closes it. No page is kept for offline, unless a context wants that. */
export async function launch() {
  const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM || "/usr/bin/chromium",
    args: ARGS,
  });
  for (const way of ["newContext", "newPage"]) {
    const open = browser[way].bind(browser);
    browser[way] = async (options = {}) => {
      const opened = await open(options);
      if (options.serviceWorkers !== "allow") await opened.addInitScript(() => delete Navigator.prototype.serviceWorker);
      return opened;
    };
  }
  return browser;
}

/**
 * On a busy machine the page is drawn a moment after what was done to it: who does something sees what
 * comes of it.
 */
export function letItSettle(page) {
  const settled = () => new Promise((done) => setTimeout(() => requestAnimationFrame(() => setTimeout(done))));
  for (const [hand, ways] of [[page, ["click", "fill", "check", "uncheck"]], [page.keyboard, ["press"]], [page.mouse, ["click", "up"]]]) {
    for (const way of ways) {
      const act = hand[way].bind(hand);
      hand[way] = async (...how) => {
        await act(...how);
        await page.evaluate(settled);
      };
    }
  }
}
