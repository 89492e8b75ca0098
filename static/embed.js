// <rollscope-player>: a rollout in somebody's page. It puts the embedded page into an iframe once it comes
// into sight, keeps the room for it, and lets it look like the page around it. No other script is needed.
//
//   <script src="rollscope/embed.js"></script>
//   <rollscope-player replicas="4" maxSurge="1" maxUnavailable="0" at="12">fallback</rollscope-player>
(() => {
  "use strict";

  if (customElements.get("rollscope-player")) return;

  // A module has no element of its own, but can be found by its name.
  const base = (document.currentScript ?? document.querySelector('script[src$="embed.js"]')).src;
  const origin = new URL(base).origin;

  // HTML makes attributes small; links want the API's words.
  const KEYS = [
    "story", "replicas", "image", "strategy", "maxSurge", "maxUnavailable", "minReadySeconds",
    "progressDeadlineSeconds", "revisionHistoryLimit", "nodes", "quota", "ops", "at", "step", "speed",
    "pod", "table", "events", "waits", "view", "edit", "controls", "autoplay", "loop", "stopafter", "pauseonmarkers", "steps",
  ];
  // What may be written for some of them.
  const SHORT = ["scenario", "surge", "unavailable", "minready", "deadline", "history"];
  const WORDS = {
    en: ["A Kubernetes rollout, pod by pod", "Run the simulation"],
    zh: ["逐个 Pod 看 Kubernetes 滚动更新", "运行模拟"],
  };
  const HEIGHT = 720;
  const ATTRIBUTES = ["link", "height", "theme", "lang", "title", ...KEYS.map((key) => key.toLowerCase()), ...SHORT];

  // What documentation sites say about their theme, in the order in which it is asked.
  function siteTheme() {
    const [root, body] = [document.documentElement, document.body];
    const said = [root.dataset.theme, root.dataset.bsTheme, body.dataset.theme, body.dataset.mdColorScheme, ...root.classList];
    for (const word of said) {
      if (/^(dark|slate|coal|navy|ayu)$/.test(word)) return "dark";
      if (/^(light|default|rust)$/.test(word)) return "light";
    }
    return matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
  }

  // Set by whoever writes the element, and no option of the page: all other plain words ought to be keys.
  const OWN = ["load", "class", "id", "style", "slot", "part", "is", "dir", "hidden", "role", "tabindex", "translate", "width"];

  class RollscopePlayer extends HTMLElement {
    static observedAttributes = ATTRIBUTES;

    // What is shown of it. Its children belong to the page around it, and show where it does not yet.
    #inside = this.attachShadow({ mode: "open" });
    #frame;
    #port;
    #stop;
    #isReady = false;
    #queue = [];
    #waiting = new Map();
    #asked = 0;
    #site = {};
    #changes = false;

    constructor() {
      super();
      // Where it is not known that sheets can be made, the element is as wide as its box all the same.
      const sheet = globalThis.CSSStyleSheet?.prototype.replaceSync && new CSSStyleSheet();
      sheet?.replaceSync(":host { display: block } :host([hidden]) { display: none }");
      if (sheet) this.#inside.adoptedStyleSheets = [sheet];
    }

    connectedCallback() {
      const ends = new AbortController();
      this.#stop = () => ends.abort();
      const { signal } = ends;
      addEventListener("message", (event) => this.#hear(event), { signal });
      matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => this.#match(), { signal });
      const site = new MutationObserver(() => this.#match());
      const attributeFilter = ["class", "lang", "data-theme", "data-bs-theme", "data-md-color-scheme"];
      for (const root of [document.documentElement, document.body]) site.observe(root, { attributeFilter });
      signal.addEventListener("abort", () => site.disconnect());
      this.#warn();
      this.#await(signal);
    }

    disconnectedCallback() {
      this.#stop();
      this.#frame = this.#port = undefined;
      this.#isReady = false;
      this.#queue = [];
      for (const { reject } of this.#waiting.values()) reject(new DOMException("<rollscope-player> was removed", "AbortError"));
      this.#waiting.clear();
      this.#inside.replaceChildren();
    }

    attributeChangedCallback(name) {
      if (name === "height") this.#reserve();
      if (!this.#frame) return;
      if (name === "title") this.#frame.title = this.title || this.#words[0];
      if (name === "theme" || name === "lang") {
        this.#site[name] = undefined;
        return this.#match();
      }
      if (name === "height" || name === "title" || this.#changes) return;
      // Who sets several of them means one link.
      this.#changes = true;
      queueMicrotask(() => {
        this.#changes = false;
        if (this.#frame) this.set(this.#link());
      });
    }

    play() {
      this.#load();
      this.#ask("play");
    }
    pause() { this.#ask("pause"); }
    /** Seconds, "50%", { step }, or { marker: "next" }. */
    seek(place) {
      if (typeof place === "string" && place.endsWith("%")) this.#ask("seek", { percent: parseFloat(place) });
      else this.#ask("seek", typeof place === "object" ? place : { at: Number(place) });
    }
    /** Shows another link. */
    set(link) { this.#ask("set", { link }); }
    /** The step, the time in seconds, whether it plays, and the link; once it is loaded. */
    getState() {
      return new Promise((resolve, reject) => {
        const id = ++this.#asked;
        this.#waiting.set(id, { resolve, reject });
        this.#ask("getState", { id });
      });
    }

    get #height() { return `${Number(this.getAttribute("height")) || HEIGHT}px`; }
    get #lang() { return this.lang || document.documentElement.lang || navigator.language; }
    get #words() { return /^zh\b/i.test(this.#lang) ? WORDS.zh : WORDS.en; }
    get #theme() {
      const theme = this.getAttribute("theme");
      return ["light", "dark"].includes(theme) ? theme : siteTheme();
    }

    // An attribute says more than the link, and the link more than the site.
    #link() {
      const link = new URLSearchParams((this.getAttribute("link") ?? "").replace(/^#/, ""));
      for (const key of [...SHORT, ...KEYS]) {
        const value = this.getAttribute(key);
        if (value !== null) link.set(key, value);
      }
      if (this.lang || !link.has("lang")) link.set("lang", /^zh\b/i.test(this.#lang) ? "zh-Hans" : "en");
      if (this.hasAttribute("theme") || !link.has("theme")) link.set("theme", this.#theme);
      if (origin !== location.origin) link.set("parent", location.origin);
      // A link has no "+" for a blank.
      return String(link).replaceAll("+", "%20");
    }

    #warn() {
      const known = new Set([...OWN, ...ATTRIBUTES]);
      const others = this.getAttributeNames().filter((name) => /^(?!on)[a-z]+$/.test(name) && !known.has(name));
      if (others.length) console.warn(`<rollscope-player> does not know: ${others.join(", ")}. What it knows: ${KEYS.join(", ")}`);
    }

    // Nothing is loaded before it can be seen, or asked for.
    #await(signal) {
      this.#show(document.createElement("slot"));
      const load = this.getAttribute("load");
      if (load === "eager") return this.#load();
      if (load === "click") {
        const button = document.createElement("button");
        button.type = "button";
        button.textContent = this.#words[1];
        button.addEventListener("click", () => {
          this.#load();
          this.#frame.focus();
        });
        return this.#inside.firstChild.prepend(button);
      }
      const sight = new IntersectionObserver((entries) => {
        if (!entries.some(({ isIntersecting }) => isIntersecting)) return;
        sight.disconnect();
        this.#load();
      }, { rootMargin: "200px" });
      sight.observe(this.#inside.firstChild);
      signal.addEventListener("abort", () => sight.disconnect());
    }

    // In a box of its own, since the element may have no style.
    #show(shown) {
      const box = document.createElement("div");
      box.append(shown);
      this.#inside.replaceChildren(box);
      this.#reserve();
    }

    #reserve() {
      const box = this.#inside.firstChild;
      if (box) box.style.minHeight = this.#height;
      if (this.#frame) this.#frame.style.height = this.#height;
    }

    #load() {
      if (this.#frame || !this.isConnected) return;
      const frame = document.createElement("iframe");
      frame.title = this.title || this.#words[0];
      frame.allow = "fullscreen; clipboard-write";
      const link = this.#link();
      frame.src = new URL(`embed.html#${link}`, base);
      this.#site = { theme: this.#theme, lang: this.#lang };
      const colorScheme = new URLSearchParams(link).get("theme");
      Object.assign(frame.style, { display: "block", width: "100%", border: "0", colorScheme });
      this.#frame = frame;
      this.#show(frame);
    }

    // Only what has changed around it: a host may have shown a link since that says something else.
    #match() {
      if (!this.#frame) return;
      const [{ theme, lang }, now] = [this.#site, { theme: this.#theme, lang: this.#lang }];
      this.#site = now;
      if (now.theme !== theme) {
        this.#frame.style.colorScheme = now.theme;
        this.#ask("theme", { theme: now.theme });
      }
      if (now.lang !== lang) this.#ask("lang", { lang: now.lang });
    }

    // What is asked before the page can hear is kept.
    #ask(type, detail) {
      const message = { rollscope: 1, type, ...detail };
      if (!this.#isReady) this.#queue.push(message);
      else if (this.#port) this.#port.postMessage(message);
      else this.#frame.contentWindow?.postMessage(message, origin);
    }

    #hear({ source, origin: from, data, ports }) {
      if (!this.#frame || source !== this.#frame.contentWindow || data?.rollscope !== 1) return;
      if (from !== origin && from !== "null") return;
      if (ports[0] && !this.#port) {
        this.#port = ports[0];
        this.#port.onmessage = ({ data }) => this.#tell(data);
      }
      this.#tell(data);
    }

    #tell({ type, id, rollscope, ...detail }) {
      const why = type === "error" && !detail.code;
      if (type === "ready" || why) {
        this.#isReady = true;
        this.#ask("hello");
        for (const message of this.#queue.splice(0)) this.#ask(message.type, message);
      }
      // Why it could not start is told to those who ask.
      if (why) return;
      if (type === "resize" && this.getAttribute("height") === "auto") {
        this.#inside.firstChild.style.minHeight = this.#frame.style.height = `${detail.height}px`;
      }
      if (type === "state") {
        this.#waiting.get(id)?.resolve(detail);
        this.#waiting.delete(id);
        return;
      }
      this.dispatchEvent(new CustomEvent(type, { detail }));
    }
  }

  customElements.define("rollscope-player", RollscopePlayer);
})();
