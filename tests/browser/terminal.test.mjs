// The terminal: a program of its own that is loaded when it is opened, and what passes between it and the page.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { describe, test } from "node:test";
import { fileURLToPath } from "node:url";

import { withPage } from "./built.mjs";

const AXE = fileURLToPath(import.meta.resolve("axe-core/axe.min.js"));
const FIELD = ".shell .line textarea";

async function open(page) {
  await page.click(".shell button");
  await page.waitForSelector(FIELD);
}

async function type(page, ...lines) {
  for (const line of lines) {
    await page.fill(FIELD, line);
    await page.press(FIELD, "Enter");
  }
}

const printed = (page) => page.textContent(".shell .printed");

describe("the terminal", () => {
  test("nothing of it is loaded before it is opened", () =>
    withPage({}, async (page) => {
      const loaded = () =>
        page.evaluate(() => performance.getEntriesByType("resource").filter(({ name }) => name.includes("desk")).length);
      assert.equal(await loaded(), 0);
      await open(page);
      assert.equal(await loaded(), 2);
    }));

  test("it answers at the moment on screen", () =>
    withPage({}, async (page) => {
      await open(page);
      await type(page, "kubectl get deployments");
      assert.match(await printed(page), /web {4}8\/10 {4}5 {12}8 {11}13s/);
      await page.focus(".transport .play");
      await page.keyboard.press("End");
      await type(page, "clear", "kubectl get deployments");
      assert.match(await printed(page), /web {4}10\/10 {3}10 {11}10/);
    }));

  test("a Deployment is deleted with its pods, and can be made again", () =>
    withPage({ reducedMotion: "reduce" }, async (page) => {
      const says = (pattern) =>
        page.waitForFunction((source) => new RegExp(source).test(document.querySelector(".sentence").textContent), pattern);
      await open(page);
      await type(page, "kubectl delete deployment web");
      assert.match(await printed(page), /deployment\.apps "web" deleted from default namespace/);
      await says("deleted; pods still leaving: 15");
      assert.match(await page.textContent(".terminal"), /Error from server \(NotFound\): deployments\.apps "web" not found/);
      assert.match(await page.textContent(".why"), /You delete the Deployment/);
      await type(page, "kubectl scale deployment/web --replicas=4");
      assert.match(await printed(page), /deployments\.apps "web" not found/);
      await page.keyboard.press("Escape");
      await page.focus(".transport .play");
      await page.keyboard.press("End");
      await says("pods still leaving: 0");
      await type(page, "kubectl create deployment web --image=web:v9 --replicas=2");
      await says("Starting|0/2|0 of 2");
    }));

  test("a command moves the picture, and a button prints its command", () =>
    withPage({ reducedMotion: "reduce" }, async (page) => {
      await open(page);
      await type(page, "kubectl scale deployment/web --replicas=4");
      assert.match(await printed(page), /deployment\.apps\/web scaled/);
      await page.keyboard.press("Escape");
      await page.focus(".transport .play");
      await page.keyboard.press("End");
      await page.waitForFunction(() => /4 of 4|Rolled out/.test(document.querySelector(".sentence").textContent));
      await page.getByRole("button", { name: "Roll out", exact: true }).click();
      await page.waitForFunction(() => document.querySelector(".shell .printed").textContent.includes("image updated"));
      assert.match(await printed(page), /\$ kubectl set image deployment\/web web=web:v3\ndeployment\.apps\/web image updated/);
    }));

  test("rollout status prints as time passes, and ends with the rollout", () =>
    withPage({}, async (page) => {
      await open(page);
      await type(page, "kubectl rollout status deployment/web");
      await page.waitForFunction(() => document.querySelector(".shell .printed").textContent.includes("successfully rolled out"), null, { timeout: 30_000 });
      assert.match(await printed(page), /Waiting for deployment "web" rollout to finish: 5 out of 10 new replicas/);
    }));

  test("by keyboard alone: opened, typed in, called back, interrupted, left", () =>
    withPage({}, async (page) => {
      await page.focus(".shell button");
      await page.keyboard.press("Enter");
      await page.waitForSelector(FIELD);
      const focused = () => page.evaluate(() => document.activeElement.matches(".shell .line textarea"));
      assert.ok(await focused());
      await page.keyboard.type("kubectl get pods -w");
      await page.keyboard.press("Enter");
      await page.waitForFunction(() => document.querySelector(".shell .printed").textContent.includes("NAME"));
      await page.keyboard.press("Control+c");
      assert.match(await printed(page), /\^C/);
      await page.keyboard.press("ArrowUp");
      assert.equal(await page.inputValue(FIELD), "kubectl get pods -w");
      await page.keyboard.press("Tab");
      assert.ok(!(await focused()));
    }));

  test("Tab completes, tells what is possible, and then goes on; Shift Tab goes back", () =>
    withPage({}, async (page) => {
      await open(page);
      const focused = () => page.evaluate((field) => document.activeElement.matches(field), FIELD);
      await page.keyboard.type("kubectl rollout re");
      await page.keyboard.press("Tab");
      assert.equal(await page.inputValue(FIELD), "kubectl rollout res");
      assert.match(await page.textContent(".shell .hint[role=status]"), /2 possibilities: restart {2}resume/);
      await page.keyboard.type("t");
      await page.keyboard.press("Tab");
      assert.equal(await page.inputValue(FIELD), "kubectl rollout restart ");
      // What there is to offer is offered, and then the key is the page's again.
      for (let tabs = 0; (await focused()) && tabs < 4; tabs++) await page.keyboard.press("Tab");
      assert.ok(!(await focused()));
      await page.fill(FIELD, "");
      await page.keyboard.press("Tab");
      assert.ok(!(await focused()));
      await page.fill(FIELD, "kubectl g");
      await page.keyboard.press("Shift+Tab");
      assert.ok(!(await focused()));
    }));

  test("lines that are pasted are carried out one after another, and one that is open goes on", () =>
    withPage({ reducedMotion: "reduce" }, async (page) => {
      await open(page);
      await page.focus(FIELD);
      await page.keyboard.insertText("kubectl get rs\nkubectl annotate deployment web \\\n  note=a\nkubectl version --client");
      assert.match(await printed(page), /web-77bb89678[^$]*\$ kubectl annotate deployment web \\\n {2}note=a\ndeployment.apps\/web annotated/);
      assert.equal(await page.inputValue(FIELD), "kubectl version --client");
      await page.fill(FIELD, "kubectl apply -f - <<EOF");
      await page.keyboard.press("Enter");
      assert.equal(await page.inputValue(FIELD), "kubectl apply -f - <<EOF\n");
      await page.keyboard.press("Control+c");
      assert.equal(await page.inputValue(FIELD), "");
    }));

  test("an object is edited by keyboard, in both languages without a finding of axe", () =>
    withPage({ viewport: { width: 320, height: 700 }, locale: "zh-CN", reducedMotion: "reduce" }, async (page) => {
      await open(page);
      await type(page, "kubectl edit deployment web");
      const editor = ".editor textarea";
      await page.waitForFunction((editor) => document.activeElement.matches(editor), editor);
      assert.match(await page.inputValue(editor), /^# Please edit[\s\S]*replicas: 10/);
      await page.evaluate(readFileSync(AXE, "utf8"));
      const { violations } = await page.evaluate(() => window.axe.run());
      assert.deepEqual(violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(" | ")}`), []);
      assert.ok((await page.evaluate(() => document.documentElement.scrollWidth)) <= 320);
      await page.fill(editor, (await page.inputValue(editor)).replace("replicas: 10", "replicas: 4"));
      await page.keyboard.press("Tab");
      await page.keyboard.press("Enter");
      await page.waitForFunction((field) => document.activeElement.matches(field), FIELD);
      assert.match(await printed(page), /deployment\.apps\/web edited/);
      await page.waitForFunction(() => location.hash.includes("patchReplicas=4"));
    }));

  test("it speaks the language of the page, and axe finds nothing at 320 px", () =>
    withPage({ viewport: { width: 320, height: 700 }, locale: "zh-CN", colorScheme: "dark" }, async (page) => {
      await open(page);
      assert.equal(await page.textContent(".shell h2"), "终端");
      await type(page, "kubectl get pods", "kubectl nosuch");
      await page.evaluate(readFileSync(AXE, "utf8"));
      const { violations } = await page.evaluate(() => window.axe.run());
      const found = violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(" | ")}`);
      assert.deepEqual(found, []);
      const width = await page.evaluate(() => document.documentElement.scrollWidth);
      assert.ok(width <= 320, `${width} px wide`);
      await page.getByRole("button", { name: "EN", exact: false }).first().click();
      assert.equal(await page.textContent(".shell h2"), "Terminal");
    }));

  test("where it does not come, the page says so and can be asked again", () =>
    withPage({ complains: true }, async (page) => {
      await page.route(/desk-.*\.wasm/, (route) => route.abort());
      await page.click(".shell button");
      await page.waitForSelector(".shell [role=alert]");
      await page.unroute(/desk-.*\.wasm/);
      await open(page);
      await type(page, "kubectl version");
      assert.match(await printed(page), /Server Version: v1\.36/);
    }));
});

describe("a manifest", () => {
  const SHOP = readFileSync(new URL("../manifests/shop.yaml", import.meta.url), "utf8");

  test("that is pasted becomes the run, with notes in their places, and is written again", () =>
    withPage({ reducedMotion: "reduce" }, async (page) => {
      await open(page);
      await page.fill(".manifests textarea", SHOP);
      assert.match(await page.textContent(".said"), /Line 11, column \d+: .*ports counts for the name/);
      await page.click(".said .show");
      await page.waitForFunction(() => document.querySelector(".sets").textContent.includes("shop-"));
      assert.equal(await page.inputValue("#field-replicas"), "3");
      await page.keyboard.press("Escape");
      await page.focus(".transport .play");
      await page.keyboard.press("End");
      await page.waitForFunction(() => document.querySelector(".manifests pre").textContent.includes("image: shop:1.3"));
      assert.match(await page.textContent(".manifests pre"), /containerPort: 80/);
      await page.getByRole("button", { name: "KYAML" }).click();
      assert.match(await page.textContent(".manifests pre"), /kind: "Deployment",/);
      await type(page, "kubectl rollout undo deployment/shop");
      assert.match(await printed(page), /deployment\.apps\/shop rolled back/);
      // The address leads to it without the desk.
      await page.waitForFunction(() => location.hash.includes("name=shop"));
      await page.reload();
      await page.waitForFunction(() => document.querySelector(".sets")?.textContent.includes("shop-"));
    }));

  test("that is dropped as a file is read, and the terminal knows it by its name", () =>
    withPage({ reducedMotion: "reduce" }, async (page) => {
      await open(page);
      const data = await page.evaluateHandle((text) => {
        const data = new DataTransfer();
        data.items.add(new File([text], "shop.yaml"));
        return data;
      }, SHOP);
      await page.dispatchEvent(".manifests textarea", "dragover", { dataTransfer: data });
      await page.dispatchEvent(".manifests textarea", "drop", { dataTransfer: data });
      await page.waitForFunction(() => document.querySelector(".manifests textarea").value.includes("name: shop"));
      await type(page, "kubectl apply -f shop.yaml");
      assert.match(await printed(page), /deployment\.apps\/shop created/);
      await page.focus(".transport .play");
      await page.keyboard.press("End");
      await page.waitForFunction(() => document.querySelector(".sets").textContent.includes("shop-"));
    }));

  test("that is none is refused in kubectl's words, with line and column", () =>
    withPage({ viewport: { width: 320, height: 700 }, locale: "zh-CN" }, async (page) => {
      await open(page);
      await page.fill(".manifests textarea", SHOP.replace("replicas: 3", "replicas: many"));
      assert.match(await page.textContent(".said .bad"), /第 5 行第 \d+ 列：.*BadRequest/);
      assert.equal(await page.locator(".said .show").count(), 0);
      await page.evaluate(readFileSync(AXE, "utf8"));
      const { violations } = await page.evaluate(() => window.axe.run());
      assert.deepEqual(violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(" | ")}`), []);
      assert.ok((await page.evaluate(() => document.documentElement.scrollWidth)) <= 320);
    }));
});
