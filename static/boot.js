// Starts the program whose script and wasm are named on this file's own tag,
// or says in one sentence which of the known start-up errors happened. What
// the page already shows stays.
//
// A classic script, not a module: from a file: address a browser loads no
// module, so a module could not tell the reader why nothing starts.
(() => {
  "use strict";

  // code: [English, Chinese]; {0} is a detail such as an HTTP status.
  const SENTENCES = {
    "file-protocol": [
      "Rollscope cannot start from a file on disk; open it through a web server, for example with “make serve”.",
      "Rollscope 无法从磁盘上的文件启动；请通过 Web 服务器打开，例如运行“make serve”。",
    ],
    "wasm-disabled": [
      "Rollscope cannot start because WebAssembly is switched off in this browser, perhaps by a lockdown or enhanced security mode.",
      "Rollscope 无法启动：此浏览器停用了 WebAssembly，可能是因为锁定模式或增强安全模式。",
    ],
    "csp": [
      "Rollscope cannot start because this site’s Content-Security-Policy forbids WebAssembly; its owner must add 'wasm-unsafe-eval' to script-src.",
      "Rollscope 无法启动：此网站的 Content-Security-Policy 禁止 WebAssembly；网站管理员需在 script-src 中加入 'wasm-unsafe-eval'。",
    ],
    "download-failed": [
      "Rollscope cannot start because its program could not be downloaded; check the connection and reload the page.",
      "Rollscope 无法启动：程序文件下载失败；请检查网络连接并重新加载页面。",
    ],
    "wasm-not-found": [
      "Rollscope cannot start because the server did not deliver its program (HTTP {0}).",
      "Rollscope 无法启动：服务器没有提供程序文件（HTTP {0}）。",
    ],
    "wasm-mime-type": [
      "Rollscope cannot start because the server delivered something else ({0}) in place of its program.",
      "Rollscope 无法启动：服务器返回的不是程序文件（{0}）。",
    ],
    "unsupported-browser": [
      "Rollscope cannot start because this browser is too old for it; please update the browser.",
      "Rollscope 无法启动：此浏览器版本过旧；请更新浏览器。",
    ],
    "crashed": [
      "Rollscope stopped while starting; reload the page, and report what the browser’s console says if it happens again.",
      "Rollscope 在启动时中止；请重新加载页面，若再次发生，请报告浏览器控制台中的信息。",
    ],
  };

  const EMPTY_WASM = Uint8Array.of(0, 0x61, 0x73, 0x6d, 1, 0, 0, 0);

  class StartError extends Error {
    constructor(code, detail, cause) {
      super(detail === undefined ? code : `${code}: ${detail}`);
      Object.assign(this, { code, detail, cause });
    }
  }

  // Passes a promise on, with its failure under the given name. What a browser
  // cannot read has a name of its own, wherever it happens.
  const named = (code, promise) =>
    promise.catch((cause) => {
      if (cause instanceof StartError) throw cause;
      const unreadable = cause instanceof SyntaxError || cause instanceof WebAssembly.CompileError;
      throw new StartError(unreadable ? "unsupported-browser" : code, undefined, cause);
    });

  function requireWasm() {
    if (location.protocol === "file:") throw new StartError("file-protocol");
    if (typeof WebAssembly !== "object") throw new StartError("wasm-disabled");
    try {
      new WebAssembly.Module(EMPTY_WASM);
    } catch (cause) {
      // Nothing but a policy can be against a module with nothing in it.
      throw new StartError("csp", undefined, cause);
    }
  }

  const beginsLikeWasm = (bytes) => EMPTY_WASM.slice(0, 4).every((byte, i) => byte === bytes[i]);

  async function compile(url) {
    const response = await named("download-failed", fetch(url));
    if (!response.ok) throw new StartError("wasm-not-found", response.status);
    const type = (response.headers.get("Content-Type") || "?").split(";")[0];
    if (type === "application/wasm" && WebAssembly.compileStreaming) {
      return named("download-failed", WebAssembly.compileStreaming(response));
    }
    console.warn(`Rollscope: the server should send ${url} as application/wasm, not as ${type}.`);
    const bytes = await named("download-failed", response.arrayBuffer());
    if (!beginsLikeWasm(new Uint8Array(bytes))) throw new StartError("wasm-mime-type", type);
    return named("crashed", WebAssembly.compile(bytes));
  }

  // Starts the program of a script and a wasm; what it exports comes back.
  async function load(js, wasm) {
    const address = (name) => new URL(name, document.baseURI).href;
    // Both at once; where both fail, what is said about the wasm says more.
    const glue = named("download-failed", import(address(js)));
    glue.catch(() => {});
    const module = await compile(address(wasm));
    await named("crashed", (await glue).default({ module_or_path: module }));
    return glue;
  }

  const { js, wasm, deskJs, deskWasm } = document.currentScript.dataset;

  async function start() {
    requireWasm();
    await load(js, wasm);
  }

  // The page asks for the desk when it is first opened.
  globalThis.rollscope = {
    ...globalThis.rollscope,
    async openDesk(root, ask) {
      const { Desk } = await load(deskJs, deskWasm).catch((error) => {
        console.error("Rollscope:", error, error.cause);
        throw error;
      });
      return new Desk(root, ask);
    },
  };

  function show({ code, detail }) {
    const chinese = /^zh\b/i.test(navigator.language);
    const note = document.createElement("p");
    note.className = "start-error";
    note.dataset.code = code;
    note.lang = chinese ? "zh-Hans" : "en";
    note.setAttribute("role", "alert");
    note.textContent = SENTENCES[code][chinese ? 1 : 0].replace("{0}", detail);
    (document.getElementById("app") || document.body).prepend(note);
  }

  named("crashed", start()).catch((error) => {
    console.error("Rollscope:", error, error.cause);
    show(error);
    globalThis.rollscope.fail?.(error.code);
  });
})();
