// What the page shows before its program has come, and where it cannot come: taken from the page in dist/
// itself, as the program draws it, in both languages. Run as a program it is written to static/first.html,
// which the next build puts into the page; tests/browser/first.test.mjs compares it.
import { writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

import { launch } from "../tests/browser/browser.mjs";
import { serve } from "../tests/browser/server.mjs";

const at = (path) => fileURLToPath(new URL(`../${path}`, import.meta.url));
const VIEWPORT = { width: 1280, height: 840 };
const DOCUMENTATION = "docs/concepts/workloads/controllers/deployment/#rolling-update-deployment";

/** The first picture of the page at an address, as HTML. */
export async function firstPicture(browser, url) {
  const english = await seen(browser, url, "en");
  const chinese = await seen(browser, url, "zh-Hans");
  return page(english, chinese);
}

async function seen(browser, url, lang) {
  const page = await browser.newPage({ viewport: VIEWPORT, colorScheme: "light" });
  await page.goto(`${url}#lang=${lang}`);
  await page.waitForSelector(".next");
  const found = await page.evaluate(look);
  await page.close();
  return found;
}

// Runs in the page.
function look() {
  const picture = document.querySelector(".budget-line").cloneNode(true);
  const each = (selector, use) => picture.querySelectorAll(selector).forEach(use);
  // It has the width that there is, and nothing in it can be pointed at.
  for (const name of ["width", "height"]) picture.removeAttribute(name);
  picture.setAttribute("class", "first-picture");
  each("title", (title) => title.remove());
  each("[data-pod]", (tile) => tile.removeAttribute("data-pod"));
  each(".pop", (group) => group.replaceWith(...group.childNodes));
  each("pattern", (pattern) => picture.querySelector(`.terminating.${pattern.className.baseVal}`) || pattern.remove());
  each("g", (group) => group.childNodes.length || group.remove());
  const text = (selector) => document.querySelector(selector).textContent;
  return {
    picture: picture.outerHTML.replace(/><\/(rect|path)>/g, "/>"),
    logo: document.querySelector(".logo").outerHTML,
    tagline: text(".top small"),
    sentence: document.querySelector(".sentence").innerHTML,
    next: text(".next"),
    names: [...document.querySelector(".set").querySelectorAll("dt")].map((name) => name.textContent),
    sets: [...document.querySelectorAll(".set")].map((set) => ({
      name: [...set.querySelector("header").children].map((part) => part.textContent),
      counts: [...set.querySelectorAll("dd")].map((count) => count.textContent),
    })),
  };
}

const cells = (tag, texts) => texts.map((text) => `<${tag}>${text}</${tag}>`).join("");
const table = ({ names, sets }) => `<table lang="en"><thead><tr><th>ReplicaSet</th>${cells("th", names)}</tr></thead><tbody>
${sets.map(({ name: [name, revision], counts }) => `<tr><td>${name} <small>${revision}</small></td>${cells("td", counts)}</tr>`).join("\n")}
</tbody></table>`;

const page = (english, chinese) => `<div class="first">
<header class="top"><h1>${english.logo}<span>Rollscope</span><small>${english.tagline} <span lang="zh-Hans">${chinese.tagline}</span></small></h1></header>
<main><div class="middle"><section class="card">
<h2 class="sentence">${english.sentence}</h2>
${english.picture}
<p>${english.next}</p>
<p lang="zh-Hans">${chinese.sentence}。${chinese.next}</p>
${table(english)}
<p><a href="https://kubernetes.io/${DOCUMENTATION}">What a rolling update is</a> · <a lang="zh-Hans" href="https://kubernetes.io/zh-cn/${DOCUMENTATION}">什么是滚动更新</a></p>
<p class="late">It takes long to load: reload the page, or try a newer browser. <span lang="zh-Hans">加载时间过长：请重新加载页面，或换用较新的浏览器。</span></p>
<noscript><p>Rollscope simulates a Kubernetes rollout in your browser. It needs JavaScript and WebAssembly. <span lang="zh-Hans">Rollscope 在浏览器中模拟 Kubernetes 滚动更新，需要 JavaScript 和 WebAssembly。</span></p></noscript>
</section></div></main>
</div>
`;

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [browser, site] = await Promise.all([launch(), serve(at("dist"))]);
  writeFileSync(at("static/first.html"), await firstPicture(browser, site.url));
  await browser.close();
  await site.close();
}
