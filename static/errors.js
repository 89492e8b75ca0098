// What is said when Rollscope cannot start, or has stopped: a sentence for the reader, one for whoever
// runs the site, and what can be done. Loaded by boot.js when it is needed; browsers that know no modules
// load it by themselves, since they are too old. So it is written as browsers have always read scripts.
(function () {
  "use strict";

  // code: [[for the reader, for the site], the same in Chinese]; {0} is a detail such as an HTTP status.
  var SENTENCES = {
    "file-protocol": [
      [
        "Rollscope cannot start from a file on disk: browsers take programs only from a web server.",
        "Serve the folder with any web server, for example “python3 -m http.server”, and open the address that it prints.",
      ],
      [
        "Rollscope 无法从磁盘上的文件启动：浏览器只接受来自 Web 服务器的程序。",
        "请用任意 Web 服务器提供此文件夹，例如运行“python3 -m http.server”，再打开它显示的地址。",
      ],
    ],
    "wasm-not-found": [
      [
        "Rollscope cannot start: the server did not deliver its program (HTTP {0}).",
        "The .js and .wasm files of one build belong together; copy the whole folder to the server again.",
      ],
      [
        "Rollscope 无法启动：服务器没有提供程序文件（HTTP {0}）。",
        "同一次构建的 .js 和 .wasm 文件缺一不可；请将整个文件夹重新复制到服务器。",
      ],
    ],
    "wasm-mime-type": [
      [
        "Rollscope cannot start: the server delivered something else ({0}) in place of its program.",
        "Deliver .wasm files as they are, as application/wasm, and .js files as text/javascript; answer with 404 what is not there, not with a page.",
      ],
      [
        "Rollscope 无法启动：服务器返回的不是程序文件（{0}）。",
        "请原样提供 .wasm 文件，类型为 application/wasm，.js 文件为 text/javascript；不存在的文件应返回 404，而不是网页。",
      ],
    ],
    "wasm-cors": [
      [
        "Rollscope cannot start: it may not read its own program here.",
        "Send “Access-Control-Allow-Origin: *” with the files of Rollscope, or add allow-same-origin to the sandbox of the frame.",
      ],
      [
        "Rollscope 无法启动：它在这里不能读取自己的程序文件。",
        "请为 Rollscope 的文件发送“Access-Control-Allow-Origin: *”，或在框架的 sandbox 中加入 allow-same-origin。",
      ],
    ],
    "csp": [
      [
        "Rollscope cannot start: the security policy of this site forbids its program.",
        "The Content-Security-Policy must have script-src 'self' 'wasm-unsafe-eval' and connect-src 'self'; what stopped it is {0}.",
      ],
      [
        "Rollscope 无法启动：此网站的安全策略禁止运行它的程序。",
        "Content-Security-Policy 中须有 script-src 'self' 'wasm-unsafe-eval' 和 connect-src 'self'；此次阻止它的是 {0}。",
      ],
    ],
    "wasm-disabled": [
      [
        "Rollscope cannot start: WebAssembly is switched off in this browser, perhaps by a lockdown or enhanced security mode, which can be lifted for this site.",
        "Nothing is wrong with the site; such readers keep the picture.",
      ],
      [
        "Rollscope 无法启动：此浏览器停用了 WebAssembly，可能是因为锁定模式或增强安全模式；可以为此网站单独解除。",
        "网站没有问题；这些读者仍能看到图片。",
      ],
    ],
    "unsupported-browser": [
      [
        "Rollscope cannot start: this browser is too old for it; please update the browser.",
        "It needs what browsers have had since 2022: Chrome and Edge 97, Firefox 102, Safari 16.",
      ],
      [
        "Rollscope 无法启动：此浏览器版本过旧；请更新浏览器。",
        "它需要浏览器自 2022 年起具备的功能：Chrome 和 Edge 97、Firefox 102、Safari 16。",
      ],
    ],
    "download-interrupted": [
      [
        "Rollscope cannot start: its program could not be downloaded; check the connection and try again.",
        "If it stays like this, something before the server may break off or block .wasm files.",
      ],
      [
        "Rollscope 无法启动：程序文件下载失败；请检查网络连接后重试。",
        "如果一直如此，可能是服务器之前的某个环节中断或拦截了 .wasm 文件。",
      ],
    ],
    "panic": [
      [
        "Rollscope has stopped, by a fault of its own. What is on screen stays, and opens again when you reload.",
        "Please report these lines; they reproduce it.",
      ],
      [
        "Rollscope 因自身的错误而停止。屏幕上的内容会保留，重新加载后会再次打开。",
        "请报告以下内容，它们可以重现问题。",
      ],
    ],
  };

  var WORDS = {
    site: ["For whoever runs this site: ", "致网站管理员："],
    again: ["Try again", "重试"],
    reload: ["Reload", "重新加载"],
    copy: ["Copy report", "复制报告"],
    copied: ["Copied", "已复制"],
    whole: ["Open in a new tab", "在新标签页中打开"],
  };

  function explain(error) {
    var page = document.querySelector(".rollscope");
    var link = (page && page.getAttribute("data-link")) || location.hash.slice(1);
    var chinese = /^zh\b/i.test(language(page)) ? 1 : 0;
    var sentences = SENTENCES[error.code][chinese];
    var note = element("div", error.report === undefined ? "start-error" : "start-error crash");
    note.setAttribute("data-code", error.code);
    note.setAttribute("role", "alert");
    note.lang = chinese ? "zh-Hans" : "en";
    note.appendChild(element("p", "reader", fill(sentences[0])));
    var site = error.report === undefined ? WORDS.site[chinese] : "";
    note.appendChild(element("p", "owner", site + fill(sentences[1])));
    var actions = element("p", "ways");
    if (error.report !== undefined) report();
    if (/^(download-interrupted|wasm-not-found|panic)$/.test(error.code)) {
      button(error.report === undefined ? "again" : "reload", reload);
    }
    if (document.documentElement.hasAttribute("data-embed")) whole();
    note.appendChild(actions);
    var place = page ? document.body : document.getElementById("app") || document.body;
    place.insertBefore(note, place.firstChild);

    function fill(sentence) {
      return sentence.replace("{0}", error.detail);
    }

    function button(word, act) {
      var made = element("button", "", WORDS[word][chinese]);
      made.type = "button";
      made.onclick = act;
      actions.appendChild(made);
      return made;
    }

    // What is on screen stands in the address, but not at once.
    function reload() {
      try {
        if (page) history.replaceState(null, "", "#" + link);
      } catch (refused) {
        // A sandbox may keep its address.
      }
      location.reload();
    }

    function report() {
      var lines = [location.href.split("#")[0] + "#" + link, error.report, navigator.userAgent].join("\n");
      var shown = element("pre", "", lines);
      note.appendChild(shown);
      var copy = button("copy", function () {
        var done = function () { copy.textContent = WORDS.copied[chinese]; };
        var select = function () { getSelection().selectAllChildren(shown); };
        if (navigator.clipboard) navigator.clipboard.writeText(lines).then(done, select);
        else select();
      });
    }

    function whole() {
      var way = element("a", "", WORDS.whole[chinese]);
      way.href = "./#" + link;
      way.target = "_blank";
      way.rel = "noopener";
      actions.appendChild(way);
    }
  }

  function language(page) {
    var asked = /[#?&]lang=(?!auto\b)([\w-]+)/.exec(location.href);
    return (page && page.lang) || (asked && asked[1]) || remembered() || navigator.language || "";
  }

  function remembered() {
    try {
      return !document.documentElement.hasAttribute("data-embed") && localStorage.getItem("rollscope-lang");
    } catch (blocked) {
      return "";
    }
  }

  function element(name, classes, text) {
    var made = document.createElement(name);
    if (classes) made.className = classes;
    if (text) made.textContent = text;
    return made;
  }

  window.rollscope = window.rollscope || {};
  window.rollscope.explain = explain;
  // Only browsers that are too old run this by themselves.
  if (!("noModule" in HTMLScriptElement.prototype)) explain({ code: "unsupported-browser" });
})();
