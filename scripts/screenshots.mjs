// Takes the README's pictures of the page in dist/: light and dark.
import { mkdirSync } from "node:fs";
import { fileURLToPath } from "node:url";

import { launch } from "../tests/browser/browser.mjs";
import { serve } from "../tests/browser/server.mjs";

const at = (path) => fileURLToPath(new URL(`../${path}`, import.meta.url));

mkdirSync(at("docs"), { recursive: true });
const site = await serve(at("dist"), { csp: true });
const browser = await launch();
for (const colorScheme of ["light", "dark"]) {
  const page = await browser.newPage({ viewport: { width: 1280, height: 840 }, colorScheme, locale: "en-US" });
  await page.goto(site.url);
  await page.waitForSelector(".budget-line");
  // The pods have popped in, and nothing moves any more.
  await page.waitForTimeout(500);
  await page.screenshot({ path: at(`docs/page-${colorScheme}.png`) });
  await page.close();
}
await browser.close();
await site.close();
