// The built page, served under the strict policy, and opened for each test anew.
import assert from "node:assert/strict";
import { after, before } from "node:test";
import { fileURLToPath } from "node:url";

import { launch, letItSettle } from "./browser.mjs";
import { serve } from "./server.mjs";

const DIST = fileURLToPath(new URL("../../dist", import.meta.url));
export const WIDE = { width: 1280, height: 900 };

let browser, site;
before(async () => {
  site = await serve(DIST, { csp: true });
  browser = await launch();
});
after(async () => {
  await browser.close();
  await site.close();
});

/** Opens the page, hands it to `use`, and fails if the console had anything to say, unless it `complains`. */
export async function withPage({ link = "", complains = false, ...options }, use) {
  const context = await browser.newContext({ viewport: WIDE, locale: "en-US", ...options });
  const page = await context.newPage();
  const complaints = [];
  page.on("console", (message) => complaints.push(`${message.type()}: ${message.text()}`));
  page.on("pageerror", (error) => complaints.push(`page error: ${error.message}`));
  try {
    await page.goto(site.url + link);
    await page.waitForSelector(".budget-line");
    // What is folded away comes last.
    await page.waitForSelector(".keys dl > div, .embed[data-link]", { state: "attached" });
    letItSettle(page);
    await use(page, context);
    if (!complains) assert.deepEqual(complaints, []);
  } finally {
    await context.close();
  }
}
