// The page starts under the strictest policy.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { fileURLToPath } from "node:url";
import { launch } from "./browser.mjs";
import { serve } from "./server.mjs";

const DIST = fileURLToPath(new URL("../../dist/", import.meta.url));
let browser;
let server;
before(async () => {
  [browser, server] = await Promise.all([launch(), serve(DIST, { csp: true })]);
});
after(() => Promise.all([browser.close(), server.close()]));

// Opens the page, with the answer to some address altered: { "**/*.wasm": (route) => ... }
async function open({ url = server.url, locale = "en-US", routes = {}, script } = {}) {
  const page = await browser.newPage({ locale });
  const said = [];
  const requested = [];
  page.on("console", (message) => said.push(message.text()));
  page.on("pageerror", (error) => said.push(String(error)));
  page.on("request", (request) => requested.push(request.url()));
  for (const [address, answer] of Object.entries(routes)) await page.route(address, answer);
  if (script) await page.addInitScript(script);
  await page.goto(url);
  return { page, said, requested };
}

test("starts under the strict policy, quietly, loading each file once", async () => {
  const { page, said, requested } = await open();
  await page.getByRole("button").first().waitFor();
  assert.deepEqual(said, []);
  assert.equal(new Set(requested).size, requested.length, requested.join("\n"));
  await page.close();
});
