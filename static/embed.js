// <rollscope-player>: a rollout in somebody's page. It puts the embedded page into an iframe once it comes
// into sight, keeps the room for it, and lets it look like the page around it. No other script is needed.
//
//   <script src="rollscope/embed.js"></script>
//   <rollscope-player replicas="4" maxSurge="1" maxUnavailable="0" at="12">fallback</rollscope-player>
(() => {
  "use strict";

  if (customElements.get("rollscope-player")) return;

  const base = document.currentScript.src;
  const origin = new URL(base).origin;

  // HTML makes attributes small; links want the API's words.
  const KEYS = [
    "story", "replicas", "image", "strategy", "maxSurge", "maxUnavailable", "minReadySeconds",
    "progressDeadlineSeconds", "revisionHistoryLimit", "nodes", "quota", "ops", "at", "step", "speed",
    "pod", "table", "events", "waits", "view", "controls", "autoplay", "loop", "stopafter", "pauseonmarkers", "steps",
  ];
  const WORDS = {
    en: ["A Kubernetes rollout, pod by pod", "Run the simulation"],
    zh: ["逐个 Pod 看 Kubernetes 滚动更新", "运行模拟"],
  };
  const HEIGHT = 720;

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

  class RollscopePlayer extends HTMLElement {
    #frame;
    #port;
    #stop;
    #waiting = new Map();
    #asked = 0;

    connectedCallback() {
      this.style.display = "block";
      this.style.minHeight = `${this.#height}px`;
      const ends = new AbortController();
      this.#stop = () => ends.abort();
      const { signal } = ends;
      addEventListener("message", (event) => this.#hear(event), { signal });
      matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => this.#match(), { signal });
      const site = new MutationObserver(() => this.#match());
      const attributeFilter = ["class", "lang", "data-theme", "data-bs-theme", "data-md-color-scheme"];
      for (const root of [document.documentElement, document.body]) site.observe(root, { attributeFilter });
      signal.addEventListener("abort", () => site.disconnect());
      this.#await(signal);
    }

    disconnectedCallback() {
      this.#stop();
      this.#frame?.remove();
      this.#frame = this.#port = undefined;
    }

    play() { this.#ask("play"); }
    pause() { this.#ask("pause"); }
    /** Seconds, "50%", { step }, or { marker: "next" }. */
    seek(place) {
      if (typeof place === "string" && place.endsWith("%")) this.#ask("seek", { percent: parseFloat(place) });
      else this.#ask("seek", typeof place === "object" ? place : { at: Number(place) });
    }
    /** Shows another link. */
    set(link) { this.#ask("set", { link }); }
    /** The step, the time in seconds, whether it plays, and the link. */
    getState() {
      return new Promise((resolve) => {
        const id = ++this.#asked;
        this.#waiting.set(id, resolve);
        this.#ask("getState", { id });
      });
    }

    get #height() { return Number(this.getAttribute("height")) || HEIGHT; }
    get #lang() { return this.lang || document.documentElement.lang || navigator.language; }
    get #words() { return /^zh\b/i.test(this.#lang) ? WORDS.zh : WORDS.en; }
    get #theme() {
      const theme = this.getAttribute("theme");
      return ["light", "dark"].includes(theme) ? theme : siteTheme();
    }

    // Nothing is loaded before it can be seen, or asked for.
    #await(signal) {
      const load = this.getAttribute("load");
      if (load === "eager") return this.#load();
      if (load === "click") {
        const button = document.createElement("button");
        button.type = "button";
        button.textContent = this.#words[1];
        button.addEventListener("click", () => { button.remove(); this.#load(); }, { signal });
        return this.prepend(button);
      }
      const sight = new IntersectionObserver((entries) => {
        if (!entries.some(({ isIntersecting }) => isIntersecting)) return;
        sight.disconnect();
        this.#load();
      }, { rootMargin: "200px" });
      sight.observe(this);
      signal.addEventListener("abort", () => sight.disconnect());
    }

    #load() {
      const link = new URLSearchParams((this.getAttribute("link") ?? "").replace(/^#/, ""));
      for (const key of KEYS) {
        const value = this.getAttribute(key);
        if (value !== null) link.set(key, value);
      }
      link.set("lang", /^zh\b/i.test(this.#lang) ? "zh-Hans" : "en");
      link.set("theme", this.#theme);
      if (origin !== location.origin) link.set("parent", location.origin);
      const frame = document.createElement("iframe");
      frame.title = this.title || this.#words[0];
      frame.allow = "fullscreen; clipboard-write";
      // A link has no "+" for a blank.
      frame.src = new URL(`embed.html#${String(link).replaceAll("+", "%20")}`, base);
      Object.assign(frame.style, { display: "block", width: "100%", height: `${this.#height}px`, border: "0", colorScheme: this.#theme });
      this.#frame = frame;
      this.replaceChildren(frame);
    }

    #match() {
      if (!this.#frame) return;
      this.#frame.style.colorScheme = this.#theme;
      this.#ask("theme", { theme: this.#theme });
      this.#ask("lang", { lang: this.#lang });
    }

    #ask(type, detail) {
      const message = { rollscope: 1, type, ...detail };
      if (this.#port) this.#port.postMessage(message);
      else this.#frame?.contentWindow?.postMessage(message, origin);
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
      if (type === "ready") this.#ask("hello");
      // Why it could not start is told to those who ask.
      if (type === "error" && !detail.code) return this.#ask("hello");
      if (type === "resize" && this.getAttribute("height") === "auto") {
        this.style.minHeight = this.#frame.style.height = `${detail.height}px`;
      }
      if (type === "state") {
        this.#waiting.get(id)?.(detail);
        this.#waiting.delete(id);
        return;
      }
      this.dispatchEvent(new CustomEvent(type, { detail }));
    }
  }

  customElements.define("rollscope-player", RollscopePlayer);
})();
