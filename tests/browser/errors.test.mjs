// What is said when the program cannot start, or stops: every named error, brought about, on the page and
// in an embed.
import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { after, before, describe, test } from "node:test";
import { fileURLToPath } from "node:url";

import { launch } from "./browser.mjs";
import { serve } from "./server.mjs";

const DIST = fileURLToPath(new URL("../../dist/", import.meta.url));
const HOSTS = fileURLToPath(new URL("hosts", import.meta.url));
const AXE = readFileSync(fileURLToPath(import.meta.resolve("axe-core/axe.min.js")), "utf8");

// Two ports are two origins.
let browser, site, host;
before(async () => {
  site = await serve(DIST, { csp: true });
  host = await serve(HOSTS, { change: (body) => String(body).replaceAll("%ROLLSCOPE%", site.url) });
  browser = await launch();
});
after(async () => {
  await browser.close();
  await host.close();
  await site.close();
});

/** Opens an address, with the answers to some others altered: { "**\/*.wasm": (route) => ... } */
async function withPage({ url = site.url, routes = {}, script, ...options }, use) {
  const context = await browser.newContext({ locale: "en-US", ...options });
  const page = await context.newPage();
  for (const [address, answer] of Object.entries(routes)) await page.route(address, answer);
  if (script) await page.addInitScript(script);
  try {
    await page.goto(url);
    await use(page, context);
  } finally {
    // The rest of the program may be on its way still.
    await page.unrouteAll({ behavior: "ignoreErrors" });
    await context.close();
  }
}

const withHeader = (name, value) => async (route) => {
  const response = await route.fetch();
  await route.fulfill({ response, headers: { ...response.headers(), [name]: value } });
};
const edited = (edit) => async (route) => {
  const response = await route.fetch();
  await route.fulfill({ response, body: edit(await response.text()) });
};
const notFound = (route) => route.fulfill({ status: 404, body: "" });
const abort = (route) => route.abort();
const html = (route) => route.fulfill({ contentType: "text/html", body: "<!doctype html>" });
const NEWER = { contentType: "application/wasm", body: Buffer.from([0, 0x61, 0x73, 0x6d, 9, 0, 0, 0]) };

const WASM = "**/*.wasm";
// What comes after the first picture.
const REST = "**/*_rest.wasm";
const REST_STYLE = "**/rest-*.css";
// The page has one program, an embed another.
const GLUE = /\/(rollscope|embedded)-\w+\.js$/;
const BOOT = "**/boot*.js";
const DOCUMENT = /\/(embed\.html)?$/;

const routed = (pattern, answer) => (page) => page.route(pattern, answer);
const scripted = (script) => (page) => page.addInitScript(script);

// What brings each error about; those that a browser cannot be brought to in an embed have tests of their own.
const CASES = [
  ["wasm-not-found", "the wasm is not there", routed(WASM, notFound)],
  ["wasm-not-found", "the script is not there", routed(GLUE, notFound)],
  ["wasm-mime-type", "a page stands in place of the wasm", routed(WASM, html)],
  ["wasm-mime-type", "a page stands in place of the script", routed(GLUE, html)],
  ["download-interrupted", "the wasm does not come", routed(WASM, abort)],
  ["download-interrupted", "the script does not come", routed(GLUE, abort)],
  ["wasm-not-found", "the rest of the program is not there", routed(REST, notFound)],
  ["download-interrupted", "the rest of the program does not come", routed(REST, abort)],
  ["wasm-not-found", "the rest of the style is not there", routed(REST_STYLE, notFound)],
  ["unsupported-browser", "the wasm is of a kind to come", routed(WASM, (route) => route.fulfill(NEWER))],
  ["unsupported-browser", "the script is of a kind to come", routed(GLUE, edited(() => "let let"))],
  ["csp", "WebAssembly is forbidden", routed(DOCUMENT, withHeader("content-security-policy", "script-src 'self'"))],
  ["csp", "loading is forbidden", routed(DOCUMENT, withHeader("content-security-policy", "script-src 'self' 'wasm-unsafe-eval'; connect-src 'none'"))],
  ["wasm-disabled", "there is no WebAssembly", scripted("delete globalThis.WebAssembly")],
  ["panic", "the page has no place for it", routed(DOCUMENT, edited((text) => text.replace("id=app", "id=other")))],
];
const RETRIED = new Set(["wasm-not-found", "download-interrupted", "panic"]);

async function told(frame) {
  const note = frame.locator(".start-error");
  await note.waitFor();
  return {
    code: await note.getAttribute("data-code"),
    lang: await note.getAttribute("lang"),
    role: await note.getAttribute("role"),
    reader: await note.locator(".reader").textContent(),
    owner: await note.locator(".owner").textContent(),
    ways: await note.locator(".ways > *").allTextContents(),
  };
}

for (const [code, how, bringAbout] of CASES) {
  describe(`${code}: ${how}`, () => {
    for (const [locale, lang, again] of [["en-US", "en", /Try again|Reload/], ["zh-CN", "zh-Hans", /重试|重新加载/]]) {
      test(`is told in ${lang}, to the reader and to whoever runs the site`, async () => {
        await withPage({ url: "about:blank", locale }, async (page) => {
          await bringAbout(page);
          await page.goto(site.url);
          const said = await told(page);
          assert.deepEqual([said.code, said.lang, said.role], [code, lang, "alert"]);
          for (const sentence of [said.reader, said.owner]) {
            assert.ok(10 < sentence.length);
            assert.doesNotMatch(sentence, /undefined|\{0\}/);
            assert.equal(/[\u4e00-\u9fff]/.test(sentence), lang !== "en");
          }
          assert.equal(said.ways.some((way) => again.test(way)), RETRIED.has(code));
          assert.equal(await page.locator(".start-error").count(), 1);
          assert.ok(await page.locator("#app > :not(.start-error), #other > *").first().isVisible(), "what was shown stays");
        });
      });
    }

    test("is told in an embed, with the way to the whole page, and its host hears the code", () =>
      withPage({ url: "about:blank" }, async (page) => {
        await bringAbout(page);
        await page.goto(`${host.url}failing.html`);
        const frame = await (await page.waitForSelector("rollscope-player iframe")).contentFrame();
        const said = await told(frame);
        assert.equal(said.code, code);
        assert.ok(said.ways.includes("Open in a new tab"));
        assert.match(await frame.getAttribute(".ways a", "href"), /^\.\/#replicas=4&/);
        await page.waitForFunction(() => heard.length);
        assert.deepEqual(await page.evaluate(() => heard), [{ code }]);
      }));
  });
}

describe("errors of their own kind", () => {
  test("file-protocol: from a file on disk nothing starts", () =>
    withPage({ url: `file://${DIST}index.html` }, async (page) => {
      const said = await told(page);
      assert.equal(said.code, "file-protocol");
      assert.match(said.owner, /http\.server/);
    }));

  test("wasm-cors: a sandbox may not read what no header lets it, and its host hears of it through a port", () =>
    withPage({ url: "about:blank" }, async (page) => {
      await page.goto(`${host.url}sandbox.html`);
      const frame = await (await page.waitForSelector("iframe")).contentFrame();
      assert.equal((await told(frame)).code, "wasm-cors");
      await page.waitForFunction(() => heard.length);
      assert.deepEqual(await page.evaluate(() => heard), [{ rollscope: 1, type: "error", code: "wasm-cors" }]);
    }));

  test("wasm-mime-type: a server that knows no type for wasm costs a warning, and no more", async () => {
    const warned = [];
    await withPage({ url: "about:blank", routes: { [WASM]: withHeader("content-type", "application/octet-stream") } }, async (page) => {
      page.on("console", (message) => warned.push(message.text()));
      await page.goto(site.url);
      await page.waitForSelector(".budget-line");
      assert.equal(await page.locator(".start-error").count(), 0);
    });
    assert.match(warned.join("\n"), /should send .*\.wasm as application\/wasm/);
  });

  // It reads what is for those without modules, and cannot read the rest.
  test("unsupported-browser: one that knows no modules says so by itself", () =>
    withPage({ url: "about:blank", script: "delete HTMLScriptElement.prototype.noModule" }, async (page) => {
      await page.route(DOCUMENT, edited((text) => text.replace("nomodule", "")));
      await page.route(BOOT, edited(() => "let let"));
      await page.goto(site.url);
      assert.equal((await told(page)).code, "unsupported-browser");
    }));

  test("a host that the link does not name hears that there is an error, and not which", () =>
    withPage({ url: "about:blank" }, async (page) => {
      await page.route(WASM, notFound);
      await page.goto(`${host.url}stranger.html`);
      await told(await (await page.waitForSelector("iframe")).contentFrame());
      await page.waitForTimeout(300);
      assert.deepEqual(await page.evaluate(() => heard), [{ rollscope: 1, type: "error" }]);
    }));

  test("what tells of errors is written as the oldest browsers read it", () => {
    const name = readdirSync(DIST).find((name) => name.startsWith("errors-"));
    const script = readFileSync(DIST + name, "utf8").replace(/"[^"]*"/g, '""');
    assert.doesNotMatch(script, /=>|`|\?\.|\?\?|\b(let|const|class|async)\b/);
  });

  test("download-interrupted: half of the wasm; trying again starts the same run", async () => {
    const broken = await serve(DIST, { csp: true, breaks: /\.wasm$/ });
    await withPage({ url: `${broken.url}#replicas=4&at=12` }, async (page) => {
      assert.equal((await told(page)).code, "download-interrupted");
      broken.mend();
      await page.click(".start-error button");
      await page.waitForSelector(".budget-line");
      assert.match(await page.textContent(".sentence"), /of 4/);
    });
    await broken.close();
  });

  test("where not even the sentences come, there is a code and a button", () =>
    withPage({ url: "about:blank" }, async (page) => {
      await page.route(/(errors-.*\.js|\.wasm)$/, abort);
      await page.goto(site.url);
      const note = page.locator(".start-error");
      await note.waitFor();
      assert.match(await note.textContent(), /download-interrupted.*Try again · 重试/);
      await page.unroute(/(errors-.*\.js|\.wasm)$/);
      await page.click(".start-error button");
      await page.waitForSelector(".budget-line");
    }));
});

// A browser that fails where it never does is what the program takes for impossible.
async function bringToPanic(page, type, method, button) {
  await page.evaluate(([type, method, button]) => {
    const prototype = globalThis[type].prototype;
    const whole = prototype[method];
    prototype[method] = () => {
      prototype[method] = whole;
      throw new Error("broken on purpose");
    };
    document.querySelector(button).click();
  }, [type, method, button]);
}

describe("panic", () => {
  const link = "#v=1&replicas=4&at=12";

  test("what is on screen stays; the report reproduces it, and reloading opens it again", () =>
    withPage({ url: site.url + link, permissions: ["clipboard-read", "clipboard-write"] }, async (page) => {
      await page.waitForSelector(".budget-line");
      await bringToPanic(page, "Element", "setAttribute", ".play");
      const said = await told(page);
      assert.deepEqual([said.code, said.ways], ["panic", ["Copy report", "Reload"]]);
      assert.ok(await page.isVisible(".budget-line"));
      await page.click(".ways button");
      await page.getByText("Copied").waitFor();
      const report = await page.evaluate(() => navigator.clipboard.readText());
      assert.ok(report.startsWith(site.url + link), report);
      assert.match(report, /panicked at/);
      await page.evaluate(() => (document.documentElement.dataset.before = ""));
      await page.click(".ways button >> nth=1");
      await page.waitForSelector("html:not([data-before]) .budget-line");
      assert.match(await page.textContent(".clock"), /^12\.0/);
    }));

  test("an embed tells its host", () =>
    withPage({ url: `${host.url}failing.html` }, async (page) => {
      const frame = await (await page.waitForSelector("rollscope-player iframe")).contentFrame();
      await frame.waitForSelector(".transport");
      await bringToPanic(frame, "Document", "createElementNS", ".choose");
      assert.equal((await told(frame)).code, "panic");
      await page.waitForFunction(() => heard.length);
      assert.deepEqual(await page.evaluate(() => heard), [{ code: "panic" }]);
    }));
});

describe("a link that cannot be read", () => {
  for (const [code, link] of [["bad-link", "#replicas=many"], ["newer-link", "#v=7&nosuch=1"]]) {
    test(`${code}: an embed shows what it can, says what it left out, and tells its host`, () =>
      withPage({ url: `${host.url}failing.html` }, async (page) => {
        const frame = await (await page.waitForSelector("rollscope-player iframe")).contentFrame();
        await frame.waitForSelector(".transport");
        await page.evaluate((link) => document.querySelector("rollscope-player").set(link), link);
        await frame.waitForSelector(`.problems [data-code=${code}]`);
        await page.waitForFunction(() => heard.length);
        assert.deepEqual(await page.evaluate(() => heard), [{ code }]);
      }));
  }
});

describe("an error on screen", () => {
  for (const colorScheme of ["light", "dark"]) {
    test(`axe finds nothing in it at 320 px, ${colorScheme}, and nothing has to be scrolled to`, () =>
      withPage({ url: "about:blank", viewport: { width: 320, height: 640 }, colorScheme }, async (page) => {
        await page.route(WASM, notFound);
        await page.goto(site.url);
        await told(page);
        await page.evaluate(AXE);
        const { violations } = await page.evaluate(() => window.axe.run());
        assert.deepEqual(violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(" | ")}`), []);
        assert.ok((await page.evaluate(() => document.documentElement.scrollWidth)) <= 320);
      }));
  }
});
