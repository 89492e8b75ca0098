// What leaves the desk: links, pictures and data, and snippets, which are put into the hosts they are written for.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, before, describe, test } from "node:test";
import { fileURLToPath } from "node:url";

import { launch } from "./browser.mjs";
import { withPage } from "./built.mjs";
import { STRICT_CSP, serve } from "./server.mjs";

const AXE = fileURLToPath(import.meta.resolve("axe-core/axe.min.js"));
const DIST = fileURLToPath(new URL("../../dist", import.meta.url));
const HOSTS = fileURLToPath(new URL("hosts/snippets", import.meta.url));
const LINK = "#replicas=4&maxSurge=1&maxUnavailable=0&at=12";
const WRITTEN = "v=1&replicas=4&maxSurge=1&maxUnavailable=0&at=12";

async function open(page, name = "Share…") {
  await page.getByRole("button", { name, exact: true }).click();
  await page.waitForSelector(".share h2");
}

const button = (page, name) => page.getByRole("button", { name, exact: true });

/** Saves a form, and gives the file's name and bytes. */
async function saved(page, what) {
  const [download] = await Promise.all([page.waitForEvent("download"), button(page, `Download: ${what}`).click()]);
  return { name: download.suggestedFilename(), bytes: readFileSync(await download.path()) };
}

async function axe(page) {
  await page.evaluate(readFileSync(AXE, "utf8"));
  const { violations } = await page.evaluate(() => window.axe.run());
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(" | ")}`);
}

describe("what leaves the desk", () => {
  test("is one button away, where reading goes on, with the terminal beside it", () =>
    withPage({ link: LINK }, async (page) => {
      await open(page);
      assert.ok(await page.evaluate(() => document.activeElement.matches(".share h2")));
      await button(page, "Terminal and manifests").click();
      await page.fill(".shell .line textarea", "kubectl version");
      await page.press(".shell .line textarea", "Enter");
      await button(page, "Share…").click();
      assert.ok(await page.evaluate(() => document.activeElement.matches(".share h2")));
      const { bytes } = await saved(page, "Transcript of the terminal");
      assert.match(String(bytes), /^\$ kubectl version\n/);
    }));

  test("are links: to the moment, to the step, and to the picture alone", () =>
    withPage({ link: LINK, permissions: ["clipboard-read", "clipboard-write"] }, async (page) => {
      await open(page);
      const links = await page.locator(".share li code").allTextContents();
      const base = await page.evaluate(() => location.href.split("#")[0]);
      const step = await page.textContent(".step").then((text) => text.match(/\d+/)[0]);
      assert.deepEqual(links, [
        `${base}#${WRITTEN}`,
        `${base}#${WRITTEN.replace("at=12", `step=${step}`)}`,
        `${base}embed.html#${WRITTEN}&view=pods,chart`,
      ]);
      await button(page, "Copy: The picture with its controls alone").click();
      await page.waitForFunction(() => document.querySelector(".share ul").textContent.includes("Copied"));
      assert.equal(await page.evaluate(() => navigator.clipboard.readText()), links[2]);
    }));

  test("are pictures and data, saved under the strict policy", () =>
    withPage({ link: LINK }, async (page) => {
      await open(page);
      await button(page, "dark").click();
      const svg = await saved(page, "SVG of this moment");
      assert.equal(svg.name, "rollout-dark.svg");
      assert.match(String(svg.bytes), /^<svg [^]*#1a1f29[^]*<\/svg>\n$/);
      const moving = await saved(page, "SVG of the whole run, moving");
      assert.match(String(moving.bytes), /@keyframes/);
      const { name, bytes: png } = await saved(page, "PNG of this moment");
      assert.equal(name, "rollout-dark.png");
      assert.deepEqual([...png.subarray(0, 8)], [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
      const width = String(svg.bytes).match(/ width="(\d+)"/)[1];
      assert.equal(png.readUInt32BE(16), 2 * Number(width));
      const json = JSON.parse((await saved(page, "JSON: this moment and every step")).bytes);
      assert.equal(json.link, `#${WRITTEN}`);
      const csv = String((await saved(page, "CSV: a line for every step")).bytes).split("\r\n");
      assert.equal(csv.length, json.trace.length + 2);
      assert.match(String((await saved(page, "Markdown: a table")).bytes), /\n\|--:\|/);
    }));

  test("leads back: a picture that is opened, or a link, and nothing else", () =>
    withPage({ link: LINK }, async (page) => {
      await open(page);
      const { bytes } = await saved(page, "SVG of this moment");
      await page.evaluate(() => (location.hash = "#replicas=7&at=3"));
      await page.waitForFunction(() => document.querySelector("#field-replicas").value === "7");
      const picture = (buffer) => ({ name: "a.svg", mimeType: "image/svg+xml", buffer });
      await page.setInputFiles(".share [type=file]", picture(Buffer.from("<svg/>")));
      await page.waitForFunction(() => document.querySelector(".share [role=status]").textContent !== "");
      await page.setInputFiles(".share [type=file]", picture(bytes));
      await page.waitForFunction(() => document.querySelector("#field-replicas").value === "4");
      assert.match(await page.textContent(".clock"), /^12\.0/);
      await page.fill(".share [type=url]", "https://elsewhere.example/#v=1&replicas=5&at=14");
      await page.waitForFunction(() => document.querySelector("#field-replicas").value === "5");
    }));

  test("can all be reached by keyboard, and what is chosen is said", () =>
    withPage({ link: LINK }, async (page) => {
      await page.getByRole("button", { name: "Share…" }).focus();
      await page.keyboard.press("Enter");
      await page.waitForSelector(".share h2");
      const reached = new Set();
      for (let tabs = 0; tabs < 60; tabs++) {
        await page.keyboard.press("Tab");
        reached.add(await page.evaluate(() => document.activeElement.getAttribute("aria-label") ?? document.activeElement.textContent));
      }
      for (const name of ["Copy: SVG of this moment", "Sphinx", "Snippet (HTML)", "Show a preview"]) assert.ok(reached.has(name), name);
      await button(page, "Sphinx").focus();
      await page.keyboard.press("Enter");
      assert.equal(await button(page, "Sphinx").getAttribute("aria-pressed"), "true");
      assert.match(await page.textContent(".share pre"), /^\.\. only:: html/);
    }));

  for (const [locale, colorScheme, name] of [["en-US", "light", "Share…"], ["zh-CN", "dark", "分享…"]]) {
    for (const width of [1280, 320]) {
      test(`axe finds nothing, ${locale}, ${colorScheme}, ${width} px`, () =>
        withPage({ viewport: { width, height: 800 }, locale, colorScheme, link: LINK }, async (page) => {
          await open(page, name);
          await page.getByRole("button", { name: "<rollscope-player>" }).click();
          assert.deepEqual(await axe(page), []);
          assert.ok((await page.evaluate(() => document.documentElement.scrollWidth)) <= width);
          const small = await page.locator(".share :is(button, input, select)").evaluateAll((all) =>
            all.filter((one) => one.type !== "checkbox" && one.getBoundingClientRect().height < 24).map((one) => one.outerHTML));
          assert.deepEqual(small, []);
        }));
    }
  }
});

describe("a picture that moves", () => {
  /** The words and the places of pods that are seen. */
  const seen = (page) =>
    page.evaluate(() => {
      const isSeen = (one) => getComputedStyle(one).visibility === "visible";
      const words = [...document.querySelectorAll(".rs text")].filter((text) => isSeen(text) && !text.closest("defs, .h1, .h2"));
      const pods = [...document.querySelectorAll(".rs use")].filter(isSeen).map((pod) => pod.getBoundingClientRect());
      return { words: words.map((text) => text.textContent), pods: pods.map(({ x, y, width }) => [x, y, width].map(Math.round).join()).sort() };
    });

  test("shows at each moment what a still of that moment shows, and stands where less motion is wanted", () =>
    withPage({ link: "#replicas=10&at=13" }, async (page, context) => {
      await open(page);
      const moving = String((await saved(page, "SVG of the whole run, moving")).bytes);
      const other = await context.newPage();
      await other.setContent(moving);
      const at = async (millis) => {
        await other.evaluate((millis) => {
          for (const animation of document.getAnimations()) {
            animation.pause();
            animation.currentTime = millis;
          }
        }, millis);
        return seen(other);
      };
      assert.ok((await other.evaluate(() => document.getAnimations().length)) > 50);
      // The loop is as long as the run.
      const early = await at(6_000);
      assert.ok(early.words.includes("5.0 s · step 10 of 46"), early.words.join());
      assert.equal(early.pods.length, 10);
      const then = await at(13_000);
      assert.ok(then.words.includes("Rolling out revision 2: 5 of 10 updated, 8 available"), then.words.join());
      // Thirteen that count, and two that leave below them.
      assert.equal(then.pods.length, 15);
      await other.emulateMedia({ reducedMotion: "reduce" });
      assert.equal(await other.evaluate(() => document.getAnimations().length), 0);
      assert.deepEqual(await seen(other), then);
      assert.deepEqual(await axe(other).then((found) => found.filter((one) => /svg|<text/.test(one))), []);
    }));
});

describe("a printed page", () => {
  test("has the figure, the settings and the link, and no controls", () =>
    withPage({ link: LINK }, async (page) => {
      await page.emulateMedia({ media: "print" });
      for (const shown of [".budget-line", ".chart", ".why", "#field-replicas"]) assert.ok(await page.isVisible(shown), shown);
      for (const hidden of [".transport", ".shell", ".top button", ".settings button", ".events", ".keys"]) {
        assert.equal(await page.locator(`${hidden}:visible`).count(), 0, hidden);
      }
      const link = await page.evaluate(() => getComputedStyle(document.querySelector(".rollscope"), "::after").content);
      assert.match(link, /replicas=4/);
    }));
});

// What a site's generator makes of a snippet: what goes into the page, and into its head.
const GENERATORS = {
  plain: (snippet) => ({ body: snippet }),
  mdbook: (snippet) => ({ body: snippet }),
  github: (snippet) => ({ body: snippet }),
  material(snippet) {
    const [config, body] = snippet.includes("# mkdocs.yml") ? snippet.split("<!-- in a page -->") : ["", snippet];
    return { body, head: script(config.match(/- (\S+)/)?.[1]) };
  },
  // JSX: braces hold values, and what closes itself needs no end.
  docusaurus(snippet) {
    const head = script(snippet.match(/src: '([^']+)'/)?.[1]);
    const body = snippet
      .replace(/\{\/\*[^]*?\*\/\}/, "")
      .replace(/style=\{\{border: 0\}\}/, 'style="border: 0"')
      .replace(/=\{(\d+)\}/g, '="$1"')
      .replace(/\/>/, "></iframe>");
    assert.ok(!/[{}]/.test(body), body);
    return { body, head };
  },
  hugo(snippet) {
    const [template, call] = snippet.split(/\n\n/);
    const values = Object.fromEntries([...call.matchAll(/(\w+)="([^"]*)"/g)].map(([, name, value]) => [name, value]));
    const quoted = (text) => text.replaceAll("&", "&amp;");
    const body = template
      .replace(/\{\{ printf "%s%s" "([^"]*)" \(\.Get "(\w+)"\) \| safeURL \}\}/, (_, page, name) => quoted(page + values[name]))
      .replace(/\{\{ \.Get "(\w+)" \}\}/g, (_, name) => quoted(values[name]));
    assert.ok(!body.includes("{{"), body);
    return { body };
  },
  sphinx(snippet) {
    const [, raw] = snippet.match(/\.\. raw:: html\n\n([^]*?)\n\n\.\. only:: not html/);
    return { body: raw };
  },
};
const script = (src) => (src ? `<script src="${src}" async></script>` : "");

describe("a snippet, put where it is written for", () => {
  let browser, site, host, made;
  const snippets = {};
  const NAMES = { plain: "HTML", docusaurus: "Docusaurus", hugo: "Hugo, Docsy", mdbook: "mdBook", material: "MkDocs Material", sphinx: "Sphinx", github: "GitHub README" };

  before(async () => {
    site = await serve(DIST, { csp: true, cors: true });
    const change = (body) => String(body).replaceAll("%ROLLSCOPE%", site.url).replaceAll("%SNIPPET%", made.body).replaceAll("%HEAD%", made.head ?? "");
    host = await serve(HOSTS, { change });
    browser = await launch();
    // They are taken from the page itself.
    const page = await browser.newPage({ locale: "en-US" });
    await page.goto(site.url + LINK);
    await page.waitForSelector(".budget-line");
    await open(page);
    for (const [name, label] of Object.entries(NAMES)) {
      await button(page, label).click();
      for (const kind of ["iframe", "<rollscope-player>"]) {
        if (await button(page, kind).count()) await button(page, kind).click();
        snippets[`${name} ${kind}`] = await page.textContent(".share pre");
      }
    }
    snippets.picture = (await saved(page, "SVG of this moment")).bytes;
    await page.close();
  });
  after(async () => {
    await browser.close();
    await host.close();
    await site.close();
  });

  async function withHost(name, kind, use) {
    made = GENERATORS[name](snippets[`${name} ${kind}`]);
    const page = await browser.newPage({ viewport: { width: 1000, height: 900 } });
    const complaints = [];
    page.on("console", (message) => complaints.push(`${message.type()}: ${message.text()}`));
    page.on("pageerror", (error) => complaints.push(`page error: ${error.message}`));
    await page.route("**/rollout-*.svg", (route) => route.fulfill({ contentType: "image/svg+xml", body: snippets.picture }));
    try {
      await page.goto(`${host.url}${name}.html`);
      await use(page);
      assert.deepEqual(complaints, []);
    } finally {
      await page.close();
    }
  }

  for (const name of Object.keys(NAMES).filter((name) => name !== "github")) {
    for (const kind of name === "hugo" ? ["iframe"] : ["iframe", "<rollscope-player>"]) {
      test(`shows the run: ${NAMES[name]}, ${kind}`, () =>
        withHost(name, kind, async (page) => {
          const frame = await (await page.waitForSelector("iframe")).contentFrame();
          await frame.waitForSelector(".transport");
          assert.match(await frame.textContent(".sentence"), /1 of 4 updated, 4 available/);
          assert.match(await frame.textContent(".clock"), /^12\.0/);
          assert.equal(await page.getAttribute("iframe", "title"), "A Kubernetes rollout, pod by pod");
          const { height, width } = await page.locator("iframe").first().boundingBox();
          assert.ok(720 <= height && height <= 724 && 300 < width, `${width} × ${height}`);
          if (kind !== "iframe" && name !== "plain") assert.equal(await frame.evaluate(() => document.documentElement.dataset.theme), "dark");
        }));
    }
  }

  test("shows the picture where nothing runs", () =>
    withHost("github", "iframe", async (page) => {
      await page.waitForFunction(() => document.images[0].complete && document.images[0].naturalWidth > 600);
      assert.equal(await page.getAttribute("article a", "href"), `${site.url}#${WRITTEN}`);
      assert.equal(await page.getAttribute("img", "alt"), "A Kubernetes rollout, pod by pod");
    }));
});

describe("the preview", () => {
  test("loads nothing before it is asked for, and follows what is chosen", async () => {
    const site = await serve(DIST, { csp: `${STRICT_CSP}; frame-src 'self'` });
    const browser = await launch();
    try {
      const page = await browser.newPage({ locale: "en-US" });
      const complaints = [];
      page.on("console", (message) => complaints.push(message.text()));
      await page.goto(site.url + LINK);
      await page.waitForSelector(".budget-line");
      await open(page);
      assert.equal(page.frames().length, 1);
      await button(page, "Show a preview").click();
      const shown = async () => {
        const frame = await (await page.waitForSelector(".share iframe")).contentFrame();
        await frame.waitForSelector(".rollscope .card");
        return frame;
      };
      assert.match(await (await shown()).textContent(".sentence"), /1 of 4 updated/);
      await page.getByLabel("Why", { exact: true }).uncheck();
      await page.waitForFunction(() => document.querySelector(".share iframe").src.includes("view=pods,chart"));
      const frame = await shown();
      assert.equal(await frame.locator(".why").count(), 0);
      assert.deepEqual(complaints, []);
    } finally {
      await browser.close();
      await site.close();
    }
  });
});
