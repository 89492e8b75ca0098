// Rollscope in somebody else's page: fixtures in hosts/ put it there as documentation sites do.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, before, describe, test } from "node:test";
import { fileURLToPath } from "node:url";

import { launch } from "./browser.mjs";
import { serve } from "./server.mjs";

const DIST = fileURLToPath(new URL("../../dist", import.meta.url));
const AXE = fileURLToPath(import.meta.resolve("axe-core/axe.min.js"));
const HOSTS = fileURLToPath(new URL("hosts", import.meta.url));

// Two ports are two origins.
let browser, site, host;
before(async () => {
  site = await serve(DIST, { csp: true, cors: true });
  host = await serve(HOSTS, { change: (body) => String(body).replaceAll("%ROLLSCOPE%", site.url) });
  browser = await launch();
});
after(async () => {
  await browser.close();
  await host.close();
  await site.close();
});

/** Opens a fixture as a page of another origin, and fails if the console had anything to say. */
async function withHost(name, use, { says = [], ...options } = {}) {
  const context = await browser.newContext({ viewport: { width: 1000, height: 900 }, ...options });
  const page = await context.newPage();
  const complaints = [];
  page.on("console", (message) => complaints.push(`${message.type()}: ${message.text()}`));
  page.on("pageerror", (error) => complaints.push(`page error: ${error.message}`));
  const loaded = [];
  page.on("request", (request) => request.url().startsWith(site.url) && loaded.push(request.url().slice(site.url.length)));
  try {
    await page.goto(`${host.url}${name}.html`);
    await use(page, loaded);
    assert.equal(complaints.length, says.length, complaints.join("\n"));
    says.forEach((words, index) => assert.match(complaints[index], words));
  } finally {
    await context.close();
  }
}

const player = async (page, selector = "iframe") => {
  const frame = await (await page.waitForSelector(selector)).contentFrame();
  await frame.waitForSelector(".transport, .chart");
  return frame;
};
const theme = (frame) => frame.evaluate(() => document.documentElement.dataset.theme);

describe("<rollscope-player>", () => {
  test("shows the moment that its attributes mean, under the strictest policy of a host", () =>
    withHost("plain", async (page) => {
      const frame = await player(page);
      assert.match(await frame.textContent(".sentence"), /1 of 4 updated, 4 available/);
      assert.match(await frame.textContent(".clock"), /^12\.0/);
      assert.equal(await frame.locator("header.top, .settings").count(), 0);
      assert.equal(await page.getAttribute("iframe", "title"), "A Kubernetes rollout, pod by pod");
    }));

  test("moves nothing around it, takes no focus, and lets the page scroll", () =>
    withHost("plain", async (page) => {
      await page.focus("input");
      const top = () => page.evaluate(() => document.getElementById("after").offsetTop);
      const before = await top();
      assert.ok(before > 720);
      await player(page);
      assert.equal(await top(), before);
      assert.ok(await page.evaluate(() => document.activeElement.matches("input")));
      const shift = await page.evaluate(() => new Promise((resolve) => {
        let sum = 0;
        new PerformanceObserver((list) => list.getEntries().forEach(({ value }) => (sum += value))).observe({ type: "layout-shift", buffered: true });
        setTimeout(() => resolve(sum), 200);
      }));
      assert.equal(shift, 0);
      await page.setViewportSize({ width: 1000, height: 400 });
      await page.mouse.move(400, 300);
      // Over the frame the page goes on where the frame has come to its end.
      for (let turns = 0; turns < 20 && (await page.evaluate(() => scrollY)) === 0; turns++) {
        await page.mouse.wheel(0, 400);
        await page.waitForTimeout(100);
      }
      assert.ok((await page.evaluate(() => scrollY)) > 0);
    }));

  test("plays, seeks and tells where it is", () =>
    withHost("plain", async (page) => {
      await player(page);
      const heard = await page.evaluate(async () => {
        const player = document.querySelector("rollscope-player");
        const next = (type) => new Promise((resolve) => player.addEventListener(type, ({ detail }) => resolve(detail), { once: true }));
        const before = await player.getState();
        player.seek(20);
        await next("step");
        const sought = await player.getState();
        player.seek({ step: 3 });
        await next("step");
        const stepped = await player.getState();
        player.seek(34);
        await next("step");
        const ended = next("ended");
        player.play();
        await ended;
        player.set("#story=never-ready");
        await next("step");
        return { before, sought, stepped, set: await player.getState() };
      });
      assert.deepEqual([heard.before.time, heard.sought.time, heard.stepped.step], [12, 20, 3]);
      assert.match(heard.set.link, /story=never-ready/);
    }));

  test("follows theme and language of a site with a router, and leaves with its page", () =>
    withHost("docusaurus", async (page) => {
      await page.evaluate(() => route());
      const frame = await player(page);
      assert.deepEqual([await theme(frame), await frame.evaluate(() => document.documentElement.lang)], ["dark", "zh-Hans"]);
      await page.evaluate(() => (document.documentElement.dataset.theme = "light"));
      await frame.waitForFunction(() => document.documentElement.dataset.theme === "light");
      await page.evaluate(() => leave());
      assert.equal(await page.locator("iframe").count(), 0);
      await page.evaluate(() => route());
      await player(page);
    }));

  test("loads nothing before it comes into sight, and its program once however many there are", () =>
    withHost("mdbook", async (page, loaded) => {
      const frame = await player(page);
      assert.equal(await theme(frame), "dark");
      assert.ok((await page.locator("iframe").count()) < 3);
      // It has two parts.
      const programs = () => new Set(loaded.filter((name) => name.endsWith(".wasm"))).size;
      assert.equal(programs(), 2);
      await page.evaluate(() => document.querySelectorAll("rollscope-player")[9].scrollIntoView());
      await page.waitForFunction(() => document.querySelectorAll("rollscope-player")[9].shadowRoot.querySelector("iframe"));
      await player(page, "rollscope-player:last-of-type iframe");
      assert.equal(programs(), 2);
    }));

  test("waits for a press where it is told to, with its fallback in sight", () =>
    withHost("material", async (page, loaded) => {
      await page.waitForSelector("rollscope-player button");
      assert.match(await page.textContent("rollscope-player"), /One pod at a time\./);
      assert.deepEqual(loaded, ["embed.js"]);
      await page.click("rollscope-player button");
      const frame = await player(page);
      assert.equal(await theme(frame), "dark");
      // What is asked when comes through an attribute, and the frame is as high as what is in it.
      const { link } = await page.evaluate(() => document.querySelector("rollscope-player").getState());
      assert.match(link, /ops=10:image=web:v2;40:undo/);
      const spare = () => frame.evaluate(() => innerHeight - document.body.getBoundingClientRect().height);
      await frame.waitForFunction(() => Math.abs(innerHeight - document.body.getBoundingClientRect().height) < 2);
      await page.waitForTimeout(300);
      assert.ok(Math.abs(await spare()) < 2);
    }));
});

/** A page of a host with these elements in it, which is what they do until something has come of it. */
const withPlayers = (html, run, options) =>
  withHost("plain", async (page) => {
    await page.evaluate((html) => customElements.whenDefined("rollscope-player").then(() => (document.body.innerHTML = html)), html);
    await run(page);
  }, options);
const shown = (frame) => frame.evaluate(() => [document.documentElement.lang, document.documentElement.dataset.theme]);

describe("<rollscope-player> and who made it", () => {
  test("leaves its children and its own attributes alone, whatever becomes of it", () =>
    withPlayers('<rollscope-player replicas="3" load="click"><a href="#">Three pods</a></rollscope-player>', async (page) => {
      const html = await page.evaluate(() => document.body.innerHTML);
      await page.click("rollscope-player button");
      assert.equal(await page.evaluate(() => document.activeElement.shadowRoot.activeElement?.tagName), "IFRAME", "what was pressed is gone");
      await player(page);
      assert.equal(await page.evaluate(() => document.body.innerHTML), html);
      assert.equal(await page.locator("rollscope-player a").isVisible(), false);
      for (let times = 0; times < 2; times++) await page.evaluate(() => document.body.append(document.querySelector("rollscope-player")));
      assert.equal(await page.evaluate(() => document.body.innerHTML), html);
      assert.equal(await page.locator("rollscope-player a").isVisible(), true);
      await page.click("rollscope-player button");
      await player(page);
    }));

  test("does what it was asked before it was loaded, and answers then", () =>
    withPlayers(`${"<br>".repeat(200)}<rollscope-player></rollscope-player>`, async (page) => {
      const asked = page.evaluate(() => {
        const player = document.querySelector("rollscope-player");
        player.seek(20);
        return player.getState();
      });
      assert.equal(await page.locator("iframe").count(), 0);
      await page.evaluate(() => scrollTo(0, 3000));
      assert.equal((await asked).time, 20);
      const removed = page.evaluate(() => {
        const [player, other] = [document.querySelector("rollscope-player"), document.createElement("rollscope-player")];
        document.body.prepend(other);
        const plays = new Promise((done) => player.addEventListener("play", () => done("plays")));
        player.play();
        const answer = other.getState().catch(({ name }) => name);
        other.remove();
        return Promise.all([plays, answer]);
      });
      assert.deepEqual(await removed, ["plays", "AbortError"]);
    }));

  test("follows its attributes, then its link, then its site, and each when it changes", () =>
    withPlayers('<rollscope-player link="at=12&lang=zh-Hans&theme=dark"></rollscope-player><rollscope-player theme="light" link="theme=dark"></rollscope-player>', async (page) => {
      const frame = await player(page);
      assert.deepEqual(await shown(frame), ["zh-Hans", "dark"]);
      assert.deepEqual(await shown(await player(page, "rollscope-player:nth-of-type(2) iframe")), ["en", "light"]);
      const set = (name, value) => page.evaluate(([name, value]) => document.querySelector("rollscope-player").setAttribute(name, value), [name, value]);
      // What has nothing to do with it changes nothing.
      await page.evaluate(() => document.body.classList.add("navigation-with-keyboard"));
      await set("replicas", "3");
      await frame.waitForFunction(() => document.querySelectorAll(".budget-line [data-pod]").length === 4);
      assert.deepEqual(await shown(frame), ["zh-Hans", "dark"]);
      await set("lang", "en");
      await frame.waitForFunction(() => document.documentElement.lang === "en");
      await page.evaluate(() => (document.documentElement.dataset.theme = "dark"));
      await page.evaluate(() => (document.documentElement.dataset.theme = "light"));
      await frame.waitForFunction(() => document.documentElement.dataset.theme === "light");
      const after = await page.evaluate(async () => {
        const player = document.querySelector("rollscope-player");
        player.seek(20);
        await new Promise((done) => player.addEventListener("step", done, { once: true }));
        return player.getState();
      });
      assert.deepEqual(await shown(frame), ["en", "light"], "a moment sought is no other link");
      assert.match(after.link, /lang=en&theme=light/);
      await set("height", "333");
      assert.equal((await page.locator("iframe").first().boundingBox()).height, 333);
    }));

  test("says in the console which of its attributes it does not know", () =>
    withPlayers('<rollscope-player surges="1" maxSurge="1" deadline="60" class="a" data-x="1"></rollscope-player>', (page) => player(page), {
      says: [/does not know: surges\. What it knows: .*maxSurge/],
    }));
});

describe("the embedded page", () => {
  test("shows a part of the run and no more, and tells its host of every marker", () =>
    withHost("plain", async (page) => {
      await page.evaluate(() => {
        const player = document.querySelector("rollscope-player");
        player.remove();
        player.setAttribute("steps", "10-30");
        player.setAttribute("pauseonmarkers", "1");
        player.removeAttribute("at");
        window.heard = [];
        for (const type of ["marker", "pause", "ended"]) {
          player.addEventListener(type, ({ detail: { step, marker } }) => window.heard.push(`${type} ${step} ${marker ?? ""}`));
        }
        document.body.append(player);
      });
      const frame = await player(page);
      assert.match(await frame.textContent(".step"), /\b10\b/);
      await frame.locator(".scrubber").focus();
      await page.keyboard.press("End");
      assert.match(await frame.textContent(".step"), /\b30\b/);
      await page.keyboard.press("Home");
      assert.match(await frame.textContent(".step"), /\b10\b/);
      assert.notEqual(await frame.getAttribute("path.locked", "d"), "");
      const state = await page.evaluate(async () => {
        const player = document.querySelector("rollscope-player");
        window.heard.length = 0;
        player.seek({ marker: "next" });
        await new Promise((done) => player.addEventListener("marker", done, { once: true }));
        const { step } = await player.getState();
        player.seek({ marker: "previous" });
        await new Promise((done) => player.addEventListener("step", done, { once: true }));
        player.play();
        await new Promise((done) => player.addEventListener("pause", done, { once: true }));
        return { step, stopped: (await player.getState()).step, heard: window.heard };
      });
      assert.equal(state.stopped, state.step);
      assert.deepEqual(state.heard.slice(-2).sort(), [`marker ${state.step} ${state.step}`, `pause ${state.step} `]);
      const { half, end } = await page.evaluate(async () => {
        const player = document.querySelector("rollscope-player");
        const step = () => new Promise((done) => player.addEventListener("step", ({ detail }) => done(detail.step), { once: true }));
        const ended = new Promise((done) => player.addEventListener("ended", ({ detail }) => done(detail.step)));
        player.seek("50%");
        const half = await step();
        player.addEventListener("pause", () => player.play());
        player.play();
        return { half, end: await ended };
      });
      assert.deepEqual([half, end], [20, 30], "of what is shown");
    }));

  test("works in a plain iframe and in a sandbox, shows what its link asks for, and stores nothing", () =>
    withHost("iframe", async (page) => {
      const plain = await player(page, "#plain");
      assert.equal(await plain.locator(".why, .side").count(), 0);
      assert.equal(await plain.evaluate(() => localStorage.length), 0);
      const sandboxed = await player(page, "#sandboxed");
      assert.match(await sandboxed.textContent(".sentence"), /of 3/);
    }));

  test("says what the API server refuses, and lets what plays by itself be stopped", () =>
    withHost("plain", async (page) => {
      await page.evaluate((origin) => {
        const frame = document.createElement("iframe");
        frame.id = "refused";
        frame.title = "Refused";
        frame.height = 500;
        frame.src = `${origin}embed.html#maxSurge=0&maxUnavailable=0&controls=none&autoplay=1`;
        document.body.prepend(frame);
      }, site.url);
      const frame = await player(page, "#refused");
      assert.match(await frame.textContent(".problems"), /may not be 0 when `maxSurge` is 0/);
      assert.equal(await frame.locator(".transport .play").count(), 1);
    }));

  test("does what no message asks that is not its host's, or not well formed", () =>
    withHost("plain", async (page) => {
      const frame = await player(page);
      const state = () => page.evaluate(() => document.querySelector("rollscope-player").getState());
      const before = await state();
      await page.evaluate((origin) => {
        const target = document.querySelector("rollscope-player").shadowRoot.querySelector("iframe").contentWindow;
        const bad = [null, 7, "play", {}, { rollscope: 2, type: "play" }, { rollscope: 1 }, { rollscope: 1, type: "constructor" },
          { rollscope: 1, type: "seek" }, { rollscope: 1, type: "seek", at: "soon" }, { rollscope: 1, type: "seek", at: -1 },
          { rollscope: 1, type: "set", link: {} }, { rollscope: 1, type: "set", link: "x".repeat(70000) }, { rollscope: 1, type: "theme", theme: "<b>" }];
        for (const message of bad) target.postMessage(message, origin);
      }, site.url);
      // Another window of the host's origin is not the host.
      await page.evaluate((origin) => {
        const other = document.createElement("iframe");
        document.body.append(other);
        const script = "parent.document.querySelector('rollscope-player').shadowRoot.querySelector('iframe').contentWindow.postMessage({ rollscope: 1, type: 'play' }, " + JSON.stringify(origin) + ")";
        other.contentWindow.Function(script)();
        other.remove();
      }, site.url).catch(() => {});
      assert.deepEqual(await state(), before);
      assert.ok(await frame.evaluate(() => document.querySelector(".problems .note") === null));
    }));

  test("axe finds nothing in it, wide and at 320 px", () =>
    withHost("plain", async (page) => {
      const frame = await player(page);
      for (const width of [1000, 336]) {
        await page.setViewportSize({ width, height: 900 });
        await frame.evaluate(readFileSync(AXE, "utf8"));
        const { violations } = await frame.evaluate(() => window.axe.run());
        assert.deepEqual(violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(" | ")}`), []);
        assert.ok(await frame.evaluate(() => document.documentElement.scrollWidth <= innerWidth));
        const { width: shown } = await frame.locator(".chart").first().boundingBox();
        assert.ok(shown > 240, `the chart is ${shown} px wide`);
      }
    }));
});
