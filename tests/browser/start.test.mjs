// The page starts under the strictest policy, and says why when it cannot.
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

async function startError(options) {
  const { page } = await open(options);
  const note = page.locator(".start-error");
  await note.waitFor();
  const { code } = await note.evaluate((element) => ({ ...element.dataset }));
  const error = { code, lang: await note.getAttribute("lang"), text: await note.textContent() };
  await page.close();
  return error;
}

const withHeader = (name, value) => async (route) => {
  const response = await route.fetch();
  await route.fulfill({ response, headers: { ...response.headers(), [name]: value } });
};
const notFound = (route) => route.fulfill({ status: 404, body: "" });
const WASM = "**/*.wasm";
const GLUE = "**/rollscope-*.js";

test("starts under the strict policy, quietly, loading each file once", async () => {
  const { page, said, requested } = await open();
  await page.getByRole("button").first().waitFor();
  assert.deepEqual(said, []);
  assert.equal(new Set(requested).size, requested.length, requested.join("\n"));
  await page.close();
});

test("starts although the server knows no type for wasm", async () => {
  const routes = { [WASM]: withHeader("content-type", "application/octet-stream") };
  const { page, said } = await open({ routes });
  await page.getByRole("button").first().waitFor();
  assert.match(said.join("\n"), /should send .* as application\/wasm/);
  await page.close();
});

const html = { contentType: "text/html", body: "<!doctype html>" };
const newer = { contentType: "application/wasm", body: Buffer.from([0, 0x61, 0x73, 0x6d, 9, 0, 0, 0]) };
const CASES = [
  ["wasm-not-found", { routes: { [WASM]: notFound } }],
  ["wasm-mime-type", { routes: { [WASM]: (route) => route.fulfill(html) } }],
  ["download-failed", { routes: { [WASM]: (route) => route.abort() } }],
  ["download-failed", { routes: { [GLUE]: notFound } }],
  ["unsupported-browser", { routes: { [WASM]: (route) => route.fulfill(newer) } }],
  ["csp", { routes: { "**/": withHeader("content-security-policy", "script-src 'self'") } }],
  ["wasm-disabled", { script: "delete globalThis.WebAssembly" }],
  ["file-protocol", { url: `file://${DIST}index.html` }],
];
for (const [index, [code, options]] of CASES.entries()) {
  test(`says ${code} (${index + 1})`, async () => {
    const error = await startError(options);
    assert.equal(error.code, code);
    assert.equal(error.lang, "en");
  });
}

test("says it in Chinese to a Chinese reader", async () => {
  const error = await startError({ locale: "zh-CN", routes: { [WASM]: notFound } });
  assert.equal(error.lang, "zh-Hans");
  assert.match(error.text, /HTTP 404/);
});
