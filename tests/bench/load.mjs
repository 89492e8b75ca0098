// From nothing to a page that answers: G3 to G8.
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { brotliCompressSync } from "node:zlib";

import { launch } from "../browser/browser.mjs";
import { serve } from "../browser/server.mjs";
import { counterPage } from "./build.mjs";
import { DIST } from "./chromium.mjs";
import { CACHED, embedRows } from "./embeds.mjs";
import { row, say } from "./rows.mjs";
import { startRows } from "./start.mjs";

export async function loadRows() {
  const browser = await launch();
  const sites = {
    site: await serve(DIST, CACHED),
    reference: await serve(fileURLToPath(new URL(".", import.meta.url)), { brotli: true }),
    counter: await serve(await counterPage(), { brotli: true }),
  };
  await compressAll(sites.site.url, readdirSync(DIST));
  await compressAll(sites.counter.url, ["counter.js", "counter_bg.wasm"]);
  try {
    return [flightRow(), ...(await startRows(browser, sites)), ...(await embedRows(browser, sites))];
  } finally {
    await browser.close();
    for (const site of Object.values(sites)) await site.close();
  }
}

// A server has its files compressed before anybody asks.
const compressAll = (url, names) => Promise.all(names.map((name) => fetch(url + name)));

function flightRow() {
  const weigh = (name) => brotliCompressSync(readFileSync(join(DIST, name))).length;
  const style = weigh(readdirSync(DIST).find((name) => /^style-.*css$/.test(name)));
  const [page, embed] = ["index.html", "embed.html"].map((name) => weigh(name) + style);
  return row("G3", "first flight: HTML with the first picture, and style", "brotli", Math.max(page, embed), {
    most: 14_000,
    aim: 9_000,
    unit: "B",
    shown: `${say(page)} B; embedded ${say(embed)} B`,
  });
}
