// Starts the program whose script and wasm are named on this file's own tag, or finds out which of the
// known start-up errors happened. What the page already shows stays; errors.js, which is loaded only
// then, says what to do.
//
// A classic script, not a module: from a file: address a browser loads no module, so a module could not
// tell the reader why nothing starts.
(() => {
  "use strict";

  const { js, wasm, rest, restStyle, deskJs, deskWasm, errors, worker } = document.currentScript.dataset;
  const rollscope = (globalThis.rollscope ??= {});

  // Until the program is there the page looks as it will then, as far as that can be known.
  const root = document.documentElement;
  const link = new URLSearchParams((location.hash || location.search).slice(1));
  const ABOUT_LOOKS = /^(v|lang|theme|parent|view|controls|autoplay|loop|stopafter|pauseonmarkers|speed)$/;
  if ([...link.keys()].some((key) => !ABOUT_LOOKS.test(key))) root.dataset.linked = "";
  const isTheme = (theme) => /^(light|dark)$/.test(theme);
  const theme = isTheme(link.get("theme")) ? link.get("theme") : "embed" in root.dataset ? undefined : remembered();
  if (isTheme(theme)) root.dataset.theme = theme;

  function remembered() {
    try {
      return localStorage.getItem("rollscope-theme");
    } catch {
      // Storage may be blocked.
    }
  }

  const EMPTY_WASM = Uint8Array.of(0, 0x61, 0x73, 0x6d, 1, 0, 0, 0);

  class StartError extends Error {
    constructor(code, detail, cause) {
      super(detail === undefined ? code : `${code}: ${detail}`);
      Object.assign(this, { code, detail, cause });
    }
  }

  // What the site's policy has forbidden last.
  let forbidden;
  document.addEventListener("securitypolicyviolation", (event) => (forbidden = event.effectiveDirective));

  // Passes a promise on. What a browser cannot read has a name of its own, wherever it happens.
  const named = (promise, otherwise) =>
    promise.catch(async (cause) => {
      if (cause instanceof StartError) throw cause;
      const unreadable = cause instanceof SyntaxError || cause instanceof WebAssembly.CompileError;
      throw unreadable ? new StartError("unsupported-browser", undefined, cause) : await otherwise(cause);
    });

  const ourFault = (cause) => new StartError("panic", undefined, cause);

  // Why a file did not come.
  async function obstacle(url, cause) {
    // The policy's word comes after the failure.
    await new Promise((done) => setTimeout(done, 50));
    if (forbidden) return new StartError("csp", forbidden, cause);
    const ours = self.origin === new URL(url).origin;
    try {
      // A script that does not come says nothing of why.
      const response = await fetch(url);
      if (!response.ok) return new StartError("wasm-not-found", response.status, cause);
      const type = typeOf(response);
      if (!/javascript|wasm|css/.test(type)) return new StartError("wasm-mime-type", type, cause);
    } catch {
      // It can be reached, but not be read.
      const reached = !ours && (await fetch(url, { mode: "no-cors" }).catch(() => {}));
      if (reached) return new StartError("wasm-cors", undefined, cause);
    }
    return new StartError("download-interrupted", undefined, cause);
  }

  function requireWasm() {
    if (location.protocol === "file:") throw new StartError("file-protocol");
    if (typeof WebAssembly !== "object") throw new StartError("wasm-disabled");
    try {
      new WebAssembly.Module(EMPTY_WASM);
    } catch (cause) {
      // Nothing but a policy can be against a module with nothing in it.
      throw new StartError("csp", "script-src", cause);
    }
  }

  const typeOf = (response) => (response.headers.get("Content-Type") || "?").split(";")[0];
  const beginsLikeWasm = (bytes) => EMPTY_WASM.slice(0, 4).every((byte, i) => byte === bytes[i]);

  async function compile(url) {
    const stopped = (cause) => obstacle(url, cause);
    const response = await named(fetch(url), stopped);
    if (!response.ok) throw new StartError("wasm-not-found", response.status);
    const type = typeOf(response);
    if (type === "application/wasm" && WebAssembly.compileStreaming) {
      return named(WebAssembly.compileStreaming(response), stopped);
    }
    console.warn(`Rollscope: the server should send ${url} as application/wasm, not as ${type}.`);
    const bytes = await named(response.arrayBuffer(), stopped);
    if (!beginsLikeWasm(new Uint8Array(bytes))) throw new StartError("wasm-mime-type", type);
    return named(WebAssembly.compile(bytes), ourFault);
  }

  // The first picture is on the screen before the program takes the time of the page (its files are on their way, as
  // index.html asks for them); where nothing is painted (a tab behind others, a frame below what is on screen) it does
  // not wait for long.
  const isPainted = new Promise((done) => {
    setTimeout(done, 300);
    const look = (list) => list.getEntriesByName("first-contentful-paint")[0] && done();
    new PerformanceObserver(look).observe({ type: "paint", buffered: true });
  });

  const address = (name) => new URL(name, document.baseURI).href;

  // Adds a style.
  const dress = (url) =>
    new Promise((onload, failed) => {
      const onerror = async (cause) => failed(await obstacle(url, cause));
      document.head.append(Object.assign(document.createElement("link"), { rel: "stylesheet", href: url, onload, onerror }));
    });

  // Starts the program of a script and a wasm; its script comes back, and what its wasm exports.
  async function load(js, wasm) {
    // Both at once; where both fail, what is said about the wasm says more.
    const glue = named(import(address(js)), (cause) => obstacle(address(js), cause));
    glue.catch(() => {});
    const module = await compile(address(wasm));
    return [await glue, await named((await glue).default({ module_or_path: module }), ourFault)];
  }

  // What the page does not need for its first picture is a wasm of its own, which works in the memory of the first
  // (scripts/split.mjs), and a style. They are asked for when that picture is there.
  let isOn;
  const program = new Promise((done) => (isOn = done));
  rollscope.loadRest = (done) =>
    (async () => {
      const [module] = await Promise.all([compile(address(rest)), dress(address(restStyle))]);
      await named(WebAssembly.instantiate(module, { "": await program }), ourFault);
      done();
    })().catch(couldNotStart);

  // Where the clipboard is out of reach, nobody is told that anything was copied.
  rollscope.copy = (text, done) => navigator.clipboard?.writeText(text).then(() => done(), () => {});

  // The page asks for the desk when it is first opened.
  rollscope.openDesk = async (root, ask) => {
    const [{ Desk }] = await load(deskJs, deskWasm).catch((error) => {
      console.error("Rollscope:", error, error.cause);
      throw error;
    });
    return new Desk(root, ask);
  };

  // Last words of a program, or those of the browser about it; what comes after the first says less.
  let isOver = false;
  rollscope.stopped = (report) => {
    console.error(`Rollscope: ${report}`);
    if (!isOver) explain({ code: "panic", report });
  };
  const overheard = (error) => {
    if (/RuntimeError|call stack|recursion/.test(error)) rollscope.stopped(String(error));
  };
  addEventListener("error", ({ error }) => overheard(error));
  addEventListener("unhandledrejection", ({ reason }) => overheard(reason));

  async function explain(error) {
    isOver = true;
    delete root.dataset.linked;
    rollscope.fail?.(error.code);
    const tag = document.createElement("script");
    tag.src = errors;
    tag.onload = () => rollscope.explain(error);
    tag.onerror = () => sayInShort(error);
    document.head.append(tag);
  }

  // Where not even errors.js comes, nothing does.
  function sayInShort({ code }) {
    const note = document.createElement("p");
    note.className = "start-error";
    note.dataset.code = code;
    const again = document.createElement("button");
    again.textContent = "Try again · 重试";
    again.onclick = () => location.reload();
    note.append(`Rollscope: ${code} `, again);
    document.body.prepend(note);
  }

  // The page can be opened again without a network. Where that is not allowed, it is as without.
  function keepForOffline() {
    const isAlone = !("embed" in root.dataset) && self === top && self.origin === location.origin;
    if (worker && isAlone && isSecureContext) navigator.serviceWorker?.register(worker, { updateViaCache: "none" }).catch(() => {});
  }

  (async () => {
    requireWasm();
    // The page comes in the place of the first picture.
    new MutationObserver((_, observer) => {
      observer.disconnect();
      delete root.dataset.linked;
      // What was to be seen already does not have to come in.
      requestAnimationFrame(() => document.getAnimations().forEach((animation) => animation.finish()));
    }).observe(document.getElementById("app"), { childList: true });
    await isPainted;
    isOn((await load(js, wasm))[1]);
    keepForOffline();
  })().catch(couldNotStart);

  function couldNotStart(error) {
    if (isOver) return;
    if (!(error instanceof StartError)) error = ourFault(error);
    console.error("Rollscope:", error, error.cause);
    explain(error.code === "panic" ? { code: error.code, report: String(error.cause) } : error);
  }
})();
