// When the page cannot start it says why, and keeps what it shows.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { fileURLToPath } from "node:url";

import { launch } from "./browser.mjs";
import { serve } from "./server.mjs";

const DIST = fileURLToPath(new URL("../../dist", import.meta.url));

let browser, site;
before(async () => {
  site = await serve(DIST, { csp: true });
  browser = await launch();
});
after(async () => {
  await browser.close();
  await site.close();
});

async function said(locale, breakIt) {
  const context = await browser.newContext({ locale });
  const page = await context.newPage();
  await breakIt(page);
  const note = page.locator(".start-error");
  await note.waitFor();
  const result = [await note.getAttribute("data-code"), await note.getAttribute("lang"), await note.textContent()];
  await context.close();
  return result;
}

const answering = (answer) => async (page) => {
  await page.route("**/*.wasm", (route) => route.fulfill(answer));
  await page.goto(site.url);
};

test("a missing program", async () => {
  const [code, lang, text] = await said("en-US", answering({ status: 404, body: "" }));
  assert.deepEqual([code, lang], ["wasm-not-found", "en"]);
  assert.match(text, /HTTP 404/);
});

test("something else in place of the program, in Chinese", async () => {
  const [code, lang, text] = await said("zh-CN", answering({ contentType: "text/html", body: "<p>hello" }));
  assert.deepEqual([code, lang], ["wasm-mime-type", "zh-Hans"]);
  assert.match(text, /text\/html/);
});

test("a download that breaks off", async () => {
  const [code] = await said("en-US", async (page) => {
    await page.route("**/*.wasm", (route) => route.abort());
    await page.goto(site.url);
  });
  assert.equal(code, "download-failed");
});

test("a policy that forbids WebAssembly", async () => {
  const [code] = await said("en-US", async (page) => {
    await page.route(site.url, async (route) => {
      const response = await route.fetch();
      const headers = { ...response.headers(), "content-security-policy": "script-src 'self'" };
      await route.fulfill({ response, headers });
    });
    await page.goto(site.url);
  });
  assert.equal(code, "csp");
});

test("a page opened as a file", async () => {
  const [code] = await said("en-US", (page) => page.goto(new URL("file://" + DIST + "/index.html").href));
  assert.equal(code, "file-protocol");
});
