// The built page in a browser: what only a browser can show. Everything else
// is tested natively.

import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { fileURLToPath } from "node:url";

import { WIDE, withPage } from "./built.mjs";

const NARROW = { width: 320, height: 640 };

// The pods in the budget line by image and stage, and where the run is.
const picture = (page) =>
  page.evaluate(() => {
    const tiles = [...document.querySelectorAll(".budget-line .tile")];
    const [step, steps] = document.querySelector(".step").textContent.match(/\d+/g).map(Number);
    return {
      step,
      steps,
      seconds: Number(document.querySelector(".scrubber").dataset.millis) / 1000,
      counted: tiles.filter((tile) => !tile.matches(".terminating")).length,
      available: tiles.filter((tile) => tile.matches(".available")).length,
      images: tiles.filter((tile) => tile.matches(".available")).map((tile) => tile.textContent.slice(-2)),
    };
  });

// Everything that depends on the step alone. Attributes have no order of their own.
const shown = (page) =>
  page.evaluate(() => {
    const text = (node) => {
      if (!node.tagName) return node.textContent;
      const attributes = [...node.attributes].map(({ name, value }) => `${name}=${value}`).sort();
      return `<${node.tagName} ${attributes.join(" ")}>${[...node.childNodes].map(text).join("")}`;
    };
    return [".sentence", ".budget-line", ".sets", ".terminal", ".why", ".log", ".where"]
      .map((selector) => text(document.querySelector(selector)))
      .join("\n");
  });

async function openFolds(page) {
  const folds = page.locator(".settings details:not([open]) > summary");
  while (await folds.count()) await folds.first().click();
}

async function wholeRollout(page) {
  await page.keyboard.press("Home");
  for (;;) {
    const now = await picture(page);
    assert.ok(now.counted <= 13, `${now.counted} pods count at step ${now.step}`);
    if (5 < now.seconds) assert.ok(8 <= now.available, `${now.available} available at step ${now.step}`);
    if (now.step === now.steps) return now;
    await page.keyboard.press(".");
  }
}

describe("the article's rollout", () => {
  test("opens in the middle, without a word on the console", () =>
    withPage({}, async (page) => {
      const { counted, available } = await picture(page);
      assert.deepEqual([counted, available], [13, 8]);
      assert.match(await page.textContent(".sentence"), /5 of 10 updated, 8 available/);
      assert.match(await page.textContent(".why"), /NewRSNewReplicas/);
    }));

  test("shows at most 13 pods and at least 8 available at every step, and ends with 10 of v2", () =>
    withPage({}, async (page) => {
      const end = await wholeRollout(page);
      assert.deepEqual(end.images, Array(10).fill("v2"));
      assert.match(await page.textContent(".sentence"), /all 10 pods run v2/);
    }));

  test("is the same in Chinese", () =>
    withPage({ locale: "zh-CN" }, async (page) => {
      assert.equal(await page.getAttribute("html", "lang"), "zh-Hans");
      const end = await wholeRollout(page);
      assert.deepEqual(end.images, Array(10).fill("v2"));
      assert.match(await page.textContent(".sentence"), /上线完成：全部 10 个 Pod 运行 v2/);
    }));

  // Names of things in a cluster stay; every other word is Chinese.
  test("speaks Chinese at every step, in every corner", () =>
    withPage({ locale: "zh-CN" }, async (page) => {
      const names = /^(Rollscope|Kubernetes|English|Deployment|ReplicaSet|Pod|kubelet|controller|replicas|strategy|\w+Replicas|max(Surge|Unavailable)|minReadySeconds|progressDeadlineSeconds|revisionHistoryLimit|RollingUpdate|Recreate|Pending|Running|Ready|pod|deletion|cost|UID|false|generation|API|ceil|floor|web|node\d|Space|Home|End|Esc|Ctrl|[\da-z]{7,10}|v\d)$/;
      const words = () =>
        page.evaluate(() => {
          const foreign = "[lang=en], [translate=no], code, script, title, option";
          const texts = [];
          const walker = document.createTreeWalker(document.querySelector(".rollscope"), NodeFilter.SHOW_TEXT);
          while (walker.nextNode()) {
            if (!walker.currentNode.parentElement.closest(foreign)) texts.push(walker.currentNode.textContent);
          }
          const labels = [...document.querySelectorAll("[aria-label], [title]")].filter((e) => !e.closest(foreign));
          for (const label of labels) texts.push(label.getAttribute("aria-label") ?? label.getAttribute("title"));
          const words = texts.map((text) => text.replace(/kubectl .*/, "")).join(" ");
          return words.match(/[A-Za-z][A-Za-z\d]+/g);
        });
      const strange = new Set();
      const look = async () => (await words()).filter((word) => !names.test(word)).forEach((word) => strange.add(word));
      await page.click(".keys summary");
      await openFolds(page);
      await page.fill("#field-nodes", "9, 9");
      await page.click(".choose");
      await page.keyboard.press("End");
      await page.click(".actions .undo");
      await page.keyboard.press("Home");
      for (const { steps } = await picture(page); (await picture(page)).step < steps; ) {
        await look();
        await page.keyboard.press(".");
      }
      await page.click(".revisions button:not(.command)");
      await page.fill("#field-replicas", "9999");
      await page.fill("#field-ready", "x");
      await look();
      assert.deepEqual([...strange], []);
    }));

  test("goes back step by step to the same pictures", () =>
    withPage({ reducedMotion: "reduce" }, async (page) => {
      await page.keyboard.press("Home");
      const pictures = [await shown(page)];
      const { steps } = await picture(page);
      for (let step = 2; step <= steps; step += 1) {
        await page.keyboard.press("ArrowRight");
        pictures.push(await shown(page));
      }
      for (let step = steps - 1; 1 <= step; step -= 1) {
        await page.keyboard.press("ArrowLeft");
        assert.ok((await shown(page)) === pictures[step - 1], `step ${step} looks different the second time`);
      }
    }));

  test("plays to its end and stops there, and asks for no frame while it stands", () =>
    withPage({}, async (page) => {
      await page.selectOption(".speed select", { index: 5 });
      await page.click(".play");
      await page.waitForFunction(() => /all 10 pods run v2/.test(document.querySelector(".sentence").textContent));
      await page.waitForSelector('.play[aria-label="Play again"]');
      const frames = await page.evaluate(async () => {
        let asked = 0;
        const ask = window.requestAnimationFrame;
        window.requestAnimationFrame = (use) => ((asked += 1), ask(use));
        await new Promise((done) => setTimeout(done, 500));
        window.requestAnimationFrame = ask;
        return asked;
      });
      assert.equal(frames, 0);
    }));
});

describe("rolling back", () => {
  test("undo brings the earlier version back as a new revision", () =>
    withPage({}, async (page) => {
      await page.keyboard.press("End");
      await page.click(".actions .undo");
      await page.keyboard.press("End");
      const { images } = await picture(page);
      assert.deepEqual(images, Array(10).fill("v1"));
      assert.match(await page.textContent(".sets"), /revision 3 · v1/);
      assert.match(await page.textContent(".events"), /kubectl rollout undo deployment\/web\s*deployment.apps\/web rolled back/);
    }));

  test("a revision can be chosen, and its command line copied", () =>
    withPage({ permissions: ["clipboard-read", "clipboard-write"] }, async (page) => {
      await page.click(".revisions-fold summary");
      await page.click(".revisions .command");
      await page.waitForSelector('.revisions .command[aria-label="Copied"]');
      const copied = await page.evaluate(() => navigator.clipboard.readText());
      assert.equal(copied, "kubectl rollout undo deployment/web --to-revision=1");
      await page.click(".revisions button:not(.command)");
      await page.keyboard.press("End");
      assert.match(await page.textContent(".sentence"), /run v1/);
    }));

  test("a change of the past can be taken back, and done again", () =>
    withPage({}, async (page) => {
      const before = await page.textContent(".where .step");
      await page.click(".actions .go");
      await page.keyboard.press("Control+z");
      assert.equal(await page.textContent(".where .step"), before);
      await page.keyboard.press("Control+Shift+Z");
      await page.keyboard.press("End");
      assert.match(await page.textContent(".sentence"), /run v3/);
    }));
});

describe("settings", () => {
  for (const locale of ["en-US", "zh-CN"]) {
    test(`0 and 0 get the API server's words and change nothing (${locale})`, () =>
      withPage({ locale }, async (page) => {
        await page.fill("#field-maxSurge", "0");
        const before = await shown(page);
        await page.fill("#field-maxUnavailable", "0");
        assert.equal(
          await page.textContent("#field-maxUnavailable-error"),
          "spec.strategy.rollingUpdate.maxUnavailable: Invalid value: 0: may not be 0 when `maxSurge` is 0",
        );
        assert.equal(await page.getAttribute("#field-maxUnavailable-error p", "lang"), "en");
        assert.equal(await page.getAttribute("#field-maxUnavailable", "aria-invalid"), "true");
        assert.equal(await shown(page), before);
        await page.fill("#field-maxUnavailable", "1");
        assert.equal(await page.textContent("#field-maxUnavailable-error"), "");
      }));
  }

  test("the budget card fills in the sums as one types", () =>
    withPage({}, async (page) => {
      await page.fill("#field-replicas", "15");
      const card = await page.textContent(".budget");
      assert.match(card, /ceil\(15 × 25%\) = 4 more: at most 19 pods/);
      assert.match(card, /floor\(15 × 25%\) = 3 fewer: at least 12 available/);
      await page.click("#field-replicas >> xpath=../span[2]/button");
      assert.match(await page.textContent(".budget"), /ceil\(16 × 25%\) = 4 more: at most 20 pods/);
    }));

  test("nonsense is refused with a reason, and nothing breaks", () =>
    withPage({}, async (page) => {
      await openFolds(page);
      const nonsense = ["", "abc", "-1", "1e9", "99999999999999999999", "%", "25 %", "💥", "1.5", "<b>", "0x10"];
      for (const field of ["replicas", "maxSurge", "maxUnavailable", "minReadySeconds", "progressDeadlineSeconds", "revisionHistoryLimit", "start", "ready", "terminate", "nodes"]) {
        for (const text of nonsense) {
          await page.fill(`#field-${field}`, text);
          const invalid = await page.getAttribute(`#field-${field}`, "aria-invalid");
          const error = await page.textContent(`#field-${field}-error`);
          assert.equal(invalid === "true", error !== "", `${field}: ${text}`);
        }
        await page.fill(`#field-${field}`, "3");
      }
      await page.fill("#field-maxSurge", "2147483647");
      await page.fill("#field-image", "");
      assert.match(await page.textContent("#field-image-error"), /image: Required value/);
      await page.click(".actions .go");
      await page.keyboard.press("End");
      assert.ok(await page.textContent(".sentence"));
    }));
});

describe("the rarer settings", () => {
  const commandsGiven = (page) =>
    page.$$eval(".events code:first-child", (lines) => lines.map((line) => line.textContent.replace(/^\$ kubectl /, "")));

  test("from now on, a changed field is a command, and typing on is the same one", () =>
    withPage({}, async (page) => {
      await page.check(".since input >> nth=1", { force: true });
      await page.focus("#field-replicas");
      await page.keyboard.press("Control+a");
      await page.keyboard.type("15");
      await page.fill("#field-maxSurge", "1");
      assert.deepEqual(await commandsGiven(page), [
        "set image deployment/web web=web:v2",
        "scale deployment/web --replicas=15",
        `patch deployment web -p '{"spec":{"strategy":{"rollingUpdate":{"maxSurge":1}}}}'`,
      ]);
      await page.fill("#field-maxUnavailable", "200%");
      assert.match(await page.textContent("#field-maxUnavailable-error"), /must not be greater than 100%/);
      await page.locator("#field-image").focus();
      await page.locator(".scrubber").focus();
      await page.keyboard.press("Control+z");
      await page.keyboard.press("Control+z");
      assert.equal((await commandsGiven(page)).length, 1);
      await page.keyboard.press("Home");
      assert.equal(await page.inputValue("#field-replicas"), "10");
    }));

  test("Recreate has no budget, and lets nothing new come before the last old pod has gone", () =>
    withPage({}, async (page) => {
      await openFolds(page);
      await page.selectOption("#field-strategy", "Recreate");
      assert.equal(await page.locator("#field-maxSurge").count(), 0);
      assert.match(await page.textContent(".budget"), /First all old pods go/);
      await page.keyboard.press("Home");
      const { steps } = await picture(page);
      for (let step = 1; step < steps; step += 1) {
        await page.keyboard.press(".");
        const names = await page.$$eval(".tile title", (titles) => new Set(titles.map((t) => t.textContent.split("-")[1])).size);
        assert.ok(names <= 1, `pods of ${names} ReplicaSets at step ${step}`);
      }
      await page.selectOption("#field-strategy", "RollingUpdate");
      assert.equal(await page.inputValue("#field-maxSurge"), "25%");
    }));

  test("a rollout is paused, resumed and restarted, and the conditions say so", () =>
    withPage({ reducedMotion: "reduce" }, async (page) => {
      await page.click(".commands-fold summary");
      const press = (name) => page.click(`.commands-fold button:text-is("${name}")`);
      const reason = () => page.textContent("dl.conditions");
      await press("Pause rollout");
      await page.keyboard.press("End");
      assert.match(await reason(), /Progressing Unknown\s*DeploymentPaused Deployment is paused/);
      assert.match(await page.textContent(".sentence"), /^Paused/);
      await press("Restart rollout");
      assert.match(await page.textContent(".notice"), /can't restart paused deployment/);
      await press("Resume rollout");
      await page.keyboard.press("End");
      assert.match(await reason(), /Progressing True\s*NewReplicaSetAvailable/);
      await press("Restart rollout");
      await page.keyboard.press("End");
      assert.match(await page.textContent(".sets"), /revision 3 · v2/);
    }));

  test("a version that crashes is seen to, and the deadline only reports", () =>
    withPage({}, async (page) => {
      await openFolds(page);
      await page.selectOption("#field-fault", "crashes");
      await page.fill("#field-ready", "");
      await page.fill("#field-progressDeadlineSeconds", "60");
      await page.focus(".scrubber");
      await page.keyboard.press("End");
      assert.ok(0 < (await page.locator(".tile.failing").count()));
      assert.match(await page.textContent("dl.conditions"), /Progressing False\s*ProgressDeadlineExceeded/);
      assert.match(await page.textContent(".why"), /It goes on like this for ever/);
    }));

  test("nodes have room for so many pods, and can be cordoned", () =>
    withPage({}, async (page) => {
      await openFolds(page);
      await page.fill("#field-nodes", "5, 6");
      await page.click(".nodes-fold .rows button >> nth=0");
      await page.waitForSelector('.node.cordoned:has-text("node1")');
      await page.click('.nodes-fold button:text-is("Uncordon node1")');
      await page.waitForFunction(() => !document.querySelector(".node.cordoned"));
      await page.fill("#field-nodes", "5");
      await page.focus(".scrubber");
      await page.keyboard.press("End");
      assert.match(await page.textContent(".sentence"), /find no node with room|deadline/);
    }));

  for (const how of ["a click", "the keyboard"]) {
    test(`a pod is chosen and deleted by ${how}`, () =>
      withPage({}, async (page) => {
        if (how === "a click") {
          await page.click(".tile >> nth=2");
        } else {
          await page.focus(".choose");
          await page.keyboard.press("Enter");
        }
        const name = await page.textContent(".pod code");
        const button = page.locator(".pod .delete button >> nth=0");
        if (how === "a click") await button.click();
        else {
          await button.focus();
          await page.keyboard.press("Enter");
        }
        const answer = `pod "${name}" deleted from default namespace`;
        await page.waitForFunction((said) => document.querySelector(".events").textContent.includes(said), answer);
        await page.waitForSelector(".tile.terminating");
      }));
  }
});

describe("stories", () => {
  test("the list shows which one is chosen, until its run is another one", () =>
    withPage({}, async (page) => {
      const chosen = () => page.inputValue(".stories");
      assert.equal(await chosen(), "");
      await page.selectOption(".stories", "never-ready");
      assert.equal(await chosen(), "never-ready");
      await page.keyboard.press("ArrowRight");
      assert.equal(await chosen(), "never-ready");
      await page.fill("#field-replicas", "4");
      assert.equal(await chosen(), "");
      await page.selectOption(".stories", "never-ready");
      assert.equal(await page.inputValue("#field-replicas"), "10");
    }));

  test("every story opens, plays to its end and says what to watch", () =>
    withPage({ reducedMotion: "reduce" }, async (page) => {
      const names = await page.$$eval(".stories option", (options) => options.map(({ value }) => value).filter(Boolean));
      assert.ok(70 < names.length);
      for (const name of names) {
        await page.selectOption(".stories", name);
        assert.notEqual(await page.textContent(".story"), "", name);
        await page.keyboard.press("End");
        assert.ok(await page.textContent(".sentence"), name);
      }
    }));

  test("what the API server refuses is said in its words, and the run stays", () =>
    withPage({}, async (page) => {
      const before = await page.textContent(".where");
      await page.selectOption(".stories", "deadline-not-above-minready");
      assert.match(await page.textContent("#field-progressDeadlineSeconds-error"), /must be greater than minReadySeconds/);
      assert.ok(await page.isVisible("#field-progressDeadlineSeconds-error"));
      assert.equal(await page.textContent(".where"), before);
    }));

  test("a story can be taken back, and is told in both languages", () =>
    withPage({ locale: "zh-CN" }, async (page) => {
      const before = await page.textContent(".where");
      await page.selectOption(".stories", "never-ready");
      assert.match(await page.textContent(".story"), /[\u4e00-\u9fff]/);
      await page.keyboard.press("Control+z");
      assert.equal(await page.textContent(".where"), before);
      assert.equal(await page.textContent(".story"), "");
    }));
});

// What has the focus: its element and its words.
const focused = (page) =>
  page.evaluate(() => {
    const { tagName, ariaLabel, textContent } = document.activeElement;
    return tagName === "BODY" ? "nothing" : `${tagName.toLowerCase()} ${ariaLabel ?? textContent}`;
  });

// Presses something with the keyboard; then what has the focus.
const press = async (page, control, key = "Space") => {
  await control.focus();
  await page.keyboard.press(key);
  return focused(page);
};

describe("the focus", () => {
  test("stays on what opens and closes, so that a second press does not play", () =>
    withPage({}, async (page) => {
      const clock = await page.textContent(".clock");
      assert.equal(await press(page, page.getByRole("button", { name: "As a table" })), "button As a table");
      assert.equal(await page.locator(".samples").count(), 1);
      await page.keyboard.press("Space");
      assert.equal(await page.locator(".samples").count(), 0);
      assert.equal(await page.textContent(".clock"), clock);
    }));

  test("goes to the pod that is chosen and back, by Escape too", () =>
    withPage({}, async (page) => {
      const choose = page.getByRole("button", { name: "Choose a pod" });
      assert.equal(await press(page, choose), "button Previous pod");
      assert.equal(await press(page, page.locator(".pod").getByRole("button", { name: "Close" })), "button Choose a pod");
      await page.keyboard.press("Space");
      await page.keyboard.press("Escape");
      assert.equal(await focused(page), "button Choose a pod");
      assert.equal(await page.locator(".pod").count(), 0);
    }));

  test("leaves the pod that is chosen where one types", () =>
    withPage({}, async (page) => {
      await page.click(".tile >> nth=2");
      assert.equal(await press(page, page.locator("#field-replicas"), "Escape"), "input ");
      assert.equal(await page.locator(".pod").count(), 1);
    }));

  test("stays beside a future that is dismissed", () =>
    withPage({}, async (page) => {
      await page.fill("#field-maxSurge", "1");
      assert.equal(await press(page, page.getByRole("button", { name: "Dismiss" })), "input ");
      assert.ok(await page.evaluate(() => document.activeElement.closest(".beneath")));
    }));

  test("goes to the list of revisions when one is asked for", () =>
    withPage({}, async (page) => {
      await page.keyboard.press("End");
      await page.click(".revisions-fold > summary");
      assert.equal(await press(page, page.getByRole("button", { name: "Undo to 1" })), "summary Revisions");
    }));

  for (const edit of ["Undo", "Roll out a fixed v3", "Raise maxSurge by 1"]) {
    test(`goes from “${edit}” to what the rollout waits for then`, () =>
      withPage({ link: "#story=bad-image&at=90" }, async (page) => {
        const button = page.locator(".edits").getByRole("button", { name: edit, exact: true });
        assert.match(await press(page, button), /^button What (it waits for|holds it up)/);
      }));
  }

  test("is given to nothing where nothing on the page had it", () =>
    withPage({}, async (page) => {
      await page.$eval(".below .choose", (button) => button.click());
      assert.equal(await page.locator(".pod").count(), 1);
      assert.equal(await focused(page), "nothing");
    }));
});

describe("getting about", () => {
  test("the chart is a slider for the pointer", () =>
    withPage({}, async (page) => {
      const box = await page.locator(".scrubber").boundingBox();
      await page.mouse.click(box.x + box.width / 2, box.y + 40);
      assert.equal(Math.round((await picture(page)).seconds), 15);
      await page.mouse.down();
      await page.mouse.move(box.x + 1, box.y + 40, { steps: 5 });
      await page.mouse.up();
      assert.ok((await picture(page)).seconds < 1);
    }));

  test("a rollout is started, stepped through and undone by keyboard alone", () =>
    withPage({}, async (page) => {
      const reach = async (selector) => {
        for (let i = 0; i < 60; i += 1) {
          if (await page.evaluate((wanted) => document.activeElement.matches(wanted), selector)) return;
          await page.keyboard.press("Tab");
        }
        assert.fail(`Tab does not reach ${selector}`);
      };
      await reach("#field-image");
      await page.keyboard.press("Control+a");
      await page.keyboard.type("web:v9");
      await reach(".actions .go");
      await page.keyboard.press("Enter");
      await reach(".scrubber");
      await page.keyboard.press("k");
      await page.keyboard.press("End");
      assert.match(await page.textContent(".sentence"), /run v9/);
      await page.keyboard.press("PageUp");
      const text = await page.getAttribute(".scrubber", "aria-valuetext");
      assert.match(text, /^Second \d+\. Rolling out revision 3/);
      assert.notEqual(await page.textContent('.rollscope > p[role="status"]'), "");
    }));

  for (const [width, order] of [
    [1280, [".top", ".settings", ".middle", ".side", "footer"]],
    [1000, [".top", ".settings", ".middle", ".side", "footer"]],
    [320, [".top", ".middle", ".side", ".settings", "footer"]],
  ]) {
    test(`${width} px: the focus goes as the eye does`, () =>
      withPage({ viewport: { width, height: 800 } }, async (page) => {
        const visited = [];
        for (let tabs = 0; tabs < 150; tabs += 1) {
          await page.keyboard.press("Tab");
          const at = await page.evaluate((places) => {
            const now = document.activeElement;
            const { top, left } = now.getBoundingClientRect();
            return { place: places.find((place) => now.closest(place)), top: top + scrollY, left };
          }, order);
          if (at.place) visited.push(at);
          if (!at.place && visited.length) break;
        }
        const places = visited.map(({ place }) => place);
        assert.deepEqual(places.filter((place, i) => place !== places[i - 1]), order);
        // Within the head a line at a time.
        const head = visited.filter(({ place }) => place === ".top");
        head.slice(1).forEach(({ top, left }, i) => assert.ok(top > head[i].top + 20 || left > head[i].left, `${left}, ${top}`));
      }));
  }

  test("? unfolds the list of keys and goes there, and folds it again", () =>
    withPage({}, async (page) => {
      await page.keyboard.press("?");
      await page.locator(".keys kbd").first().waitFor();
      const atHeading = () => page.evaluate(() => document.activeElement.matches(".keys summary"));
      assert.equal(await atHeading(), true);
      await page.keyboard.press("Tab");
      assert.equal(await atHeading(), false);
      await page.keyboard.press("?");
      assert.equal(await atHeading(), true);
      assert.equal(await page.locator(".keys kbd").first().isVisible(), false);
    }));

  test("a key that undoes what it does counts once while it is held", () =>
    withPage({}, async (page) => {
      for (let times = 0; times < 4; times += 1) await page.keyboard.down("?");
      await page.locator(".keys kbd").first().waitFor();
      await page.keyboard.up("?");
      // What moves on moves as long as it is held.
      const step = async () => (await picture(page)).step;
      const before = await step();
      for (let times = 0; times < 4; times += 1) await page.keyboard.down("ArrowRight");
      assert.equal(await step(), before + 4);
    }));

  test("F fills the screen, and gives it back", () =>
    withPage({}, async (page) => {
      const full = (wanted) => page.waitForFunction((wanted) => !!document.fullscreenElement === wanted, wanted);
      await page.keyboard.press("f");
      await full(true);
      await page.keyboard.press("f");
      await full(false);
    }));

  test("single keys can be switched off, and fields keep theirs", () =>
    withPage({}, async (page) => {
      const before = await page.textContent(".where .step");
      await page.focus("#field-image");
      await page.keyboard.type("..k.");
      assert.equal(await page.textContent(".where .step"), before);
      await page.click(".keys summary");
      await page.uncheck(".keys input");
      await page.keyboard.press(".");
      assert.equal(await page.textContent(".where .step"), before);
    }));

  test("every panel and switch can be toggled again and again", () =>
    withPage({}, async (page) => {
      for (let i = 0; i < 3; i += 1) {
        const folds = ["more", "version", "commands", "nodes", "revisions"].map((name) => `.${name}-fold summary`);
        for (const selector of [...folds, ".keys summary", ".events input", ".top button >> nth=2", ".top button >> nth=3"]) {
          await page.click(selector);
          await page.keyboard.press("]");
        }
      }
      assert.equal(await page.getAttribute("html", "lang"), "zh-Hans");
      assert.equal(await page.getAttribute("html", "data-theme"), "dark");
      await page.reload();
      await page.waitForSelector(".budget-line");
      assert.equal(await page.getAttribute("html", "lang"), "zh-Hans");
    }));

  test("with reduced motion playing is a series of stills", () =>
    withPage({ reducedMotion: "reduce" }, async (page) => {
      const before = await picture(page);
      await page.click(".play");
      await page.waitForFunction((step) => step < document.querySelector(".step").textContent.match(/\d+/)[0], before.step);
      const moving = await page.evaluate(() => document.getAnimations().length);
      assert.equal(moving, 0);
      assert.equal((await picture(page)).step, before.step + 1);
    }));
});

describe("every width, language and theme", () => {
  const axe = fileURLToPath(import.meta.resolve("axe-core/axe.min.js"));
  const states = {
    opening: async () => {},
    errors: async (page) => {
      await page.fill("#field-maxSurge", "0");
      await page.fill("#field-maxUnavailable", "0");
      await page.fill("#field-replicas", "ten");
    },
    everything: async (page) => {
      await openFolds(page);
      await page.click(".keys summary");
      await page.check(".events input");
      await page.selectOption("#field-fault", "crashes");
      await page.fill("#field-nodes", "4, 4");
      await page.click(".tile >> nth=0");
      await page.click(".actions .undo");
      await page.keyboard.press("End");
      await page.click(".actions .undo");
      await page.fill("#field-replicas", "120");
    },
  };
  for (const width of [420, 768, 830]) {
    test(`${width} px: the logo, the keys of the lines and the speed keep their size and place`, () =>
      withPage({ viewport: { width, height: 800 } }, async (page) => {
        const box = (selector) => page.locator(selector).first().boundingBox();
        assert.equal((await box(".logo")).width, 28);
        for (const stroke of await page.locator(".reading .stroke").all()) assert.equal((await stroke.boundingBox()).width, 18);
        const [clock, speed] = [await box(".where"), await box(".speed select")];
        assert.ok(speed.y < clock.y + clock.height && clock.y < speed.y + speed.height, "they are in one row");
        assert.ok((await box(".top")).height < 100);
      }));
  }

  test("320 px with 150,000 pods: the floor's label is inside, and Play not far below", () =>
    withPage({ viewport: NARROW, link: "#replicas=150000&at=15" }, async (page) => {
      const [card, label] = [page.locator(".card").first(), page.locator(".post.floor text")];
      assert.ok((await card.boundingBox()).x <= (await label.boundingBox()).x);
      assert.ok((await page.locator(".cells").boundingBox()).height <= 400);
    }));

  test("text that is set wider runs into nothing, and both halves of a switch stay equally high", () =>
    withPage({ viewport: WIDE, link: "#v=1&at=13" }, async (page) => {
      await page.evaluate(() => {
        const wide = new CSSStyleSheet();
        wide.replaceSync("* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important; }");
        document.adoptedStyleSheets = [wide];
      });
      const boxes = async (selector) => Promise.all((await page.locator(selector).all()).map((it) => it.boundingBox()));
      const words = await boxes(".leaving-label");
      const pods = await boxes(".budget-line .tile.terminating");
      assert.ok(pods.length && words.every(({ x, width }) => pods.every((pod) => x + width <= pod.x)));
      const [one, other] = await boxes(".since span");
      assert.equal(one.height, other.height);
    }));

  test("where colours are forced, the event on screen stands out", () =>
    withPage({ forcedColors: "active" }, async (page) => {
      const borders = await page.$$eval(".events li button", (buttons) => buttons.map((it) => getComputedStyle(it).borderTopWidth));
      assert.deepEqual([...new Set(borders)].sort(), ["0px", "2px"]);
    }));

  for (const viewport of [WIDE, NARROW]) {
    for (const locale of ["en-US", "zh-CN"]) {
      for (const colorScheme of ["light", "dark"]) {
        for (const [state, reach] of Object.entries(states)) {
          test(`${viewport.width} px, ${locale}, ${colorScheme}, ${state}: no scroll, nothing for axe to find`, () =>
            withPage({ viewport, locale, colorScheme, reducedMotion: "reduce" }, async (page) => {
              await reach(page);
              const width = await page.evaluate(() => document.documentElement.scrollWidth);
              assert.ok(width <= viewport.width, `${width} px wide`);
              const { readFile } = await import("node:fs/promises");
              await page.evaluate(await readFile(axe, "utf8"));
              const { violations } = await page.evaluate(() => window.axe.run());
              const found = violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(" | ")}`);
              assert.deepEqual(found, []);
            }));
        }
      }
    }
  }

  test("every control is large enough to hit", () =>
    withPage({ viewport: NARROW }, async (page) => {
      const small = await page.evaluate(() =>
        [...document.querySelectorAll("button, select, summary, input:not([type=checkbox])")]
          .filter((control) => control.offsetParent)
          .map((control) => [control.outerHTML.slice(0, 80), control.getBoundingClientRect()])
          .filter(([, box]) => box.width < 24 || box.height < 24)
          .map(([html]) => html),
      );
      assert.deepEqual(small, []);
    }));
});
