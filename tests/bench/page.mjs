// The page in Chromium: G9 to G13 and G22.
import { fileURLToPath } from "node:url";

import { launch } from "../browser/browser.mjs";
import { serve } from "../browser/server.mjs";
import { DIST } from "./chromium.mjs";
import { domRows } from "./dom.mjs";
import { frameRows } from "./frame.mjs";
import { idleRows } from "./idle.mjs";
import { interactionRows } from "./interaction.mjs";

export async function pageRows() {
  const browser = await launch();
  const site = await serve(DIST, { csp: true });
  const reference = await serve(fileURLToPath(new URL(".", import.meta.url)));
  try {
    return [
      ...(await frameRows(browser, site, reference)),
      ...(await domRows(browser, site)),
      ...(await interactionRows(browser, site)),
      ...(await idleRows(browser, { site, reference })),
    ];
  } finally {
    await browser.close();
    await site.close();
    await reference.close();
  }
}
