// The border between an embedded page and the page around it. Messages are objects
// `{ rollscope: 1, id, type, ... }`. What comes in is taken from the parent window alone, and
// only if it is of this page's own origin or of one that the link names as `parent`; anything
// malformed is ignored. What goes out goes to the origin that has asked first, except that the
// page is ready or could not start, and how high it is, which anyone may know.
(() => {
  "use strict";

  const host = window.parent;
  const parameters = new URLSearchParams(location.hash.slice(1) || location.search.slice(1));
  const allowed = new Set([location.origin, ...parameters.getAll("parent")]);
  // An own origin of "null" is that of every sandbox.
  allowed.delete("null");
  // What runs in a sandbox has no origin that could be named, so its host is handed a port.
  const channel = self.origin === "null" ? new MessageChannel() : undefined;
  let reply, ask, moment, error, isOver, asked = [];

  const tell = (message) => reply?.({ rollscope: 1, ...message });
  const tellAnyone = (message, ports = []) => {
    if (host !== window) host.postMessage({ rollscope: 1, ...message }, "*", ports);
  };

  const isText = (value) => typeof value === "string" && value.length < 65536;
  // What is shown, apart from the moment, and from language and theme, which the host may change by themselves.
  const run = ({ link } = { link: "" }) => link.split("&").filter((part) => !/^(at|step|lang|theme)=/.test(part));
  const at = (place) => [...run(moment), place].join("&");

  // type: what it asks of the page, as a verb and a value, or nothing where it makes no sense.
  const VERBS = {
    hello: () => undefined,
    play: () => ["play", ""],
    pause: () => ["pause", ""],
    seek({ at: seconds, step, percent, marker }) {
      if (Number.isFinite(seconds) && seconds >= 0) return ["open", at(`at=${seconds.toFixed(3)}`)];
      if (Number.isInteger(step) && step > 0) return ["open", at(`step=${step}`)];
      if (["next", "previous"].includes(marker)) return ["marker", marker];
      if (Number.isFinite(percent)) {
        const { first, last } = moment ?? { first: 1, last: 1 };
        return ["open", at(`step=${Math.max(1, Math.round(first + (last - first) * percent / 100))}`)];
      }
    },
    set: ({ link }) => (isText(link) ? ["open", link.replace(/^#/, "")] : undefined),
    theme: ({ theme }) => (["light", "dark"].includes(theme) ? ["theme", theme] : undefined),
    lang: ({ lang }) => (isText(lang) ? ["lang", lang] : undefined),
    getState: ({ id }) => tell({ id, type: "state", ...moment }),
    destroy: () => ["pause", ""],
  };

  function hear(message, answer) {
    if (message?.rollscope !== 1 || !Object.hasOwn(VERBS, message.type)) return;
    const first = reply === undefined;
    reply = answer;
    if (first && moment) tell({ type: "step", ...moment });
    if (first && error) tell({ type: "error", code: error });
    const wish = VERBS[message.type](message);
    if (!wish || isOver) return;
    if (!ask) return asked.push(wish);
    ask(...wish);
    // A link that changes nothing may still be wrong.
    setTimeout(tellOfLink);
  }

  // What the page says about the link it shows.
  function tellOfLink() {
    const code = document.querySelector(".problems [data-code]")?.dataset.code;
    if (code && code !== error) tell({ type: "error", code });
    error = code;
  }

  addEventListener("message", (event) => {
    if (event.source !== host || host === window || !allowed.has(event.origin)) return;
    hear(event.data, (message) => host.postMessage(message, event.origin));
  });
  if (channel) channel.port1.onmessage = ({ data }) => hear(data, (message) => channel.port1.postMessage(message));

  globalThis.rollscope = {
    // The page is there.
    listen(take) {
      ask = take;
      tellAnyone({ type: "ready" }, channel ? [channel.port2] : []);
      new ResizeObserver(() => {
        const height = Math.ceil(document.documentElement.getBoundingClientRect().height);
        tellAnyone({ type: "resize", height });
        if (host !== window) host.postMessage({ context: "iframe.resize", height, src: location.href }, "*");
      }).observe(document.body);
      asked.splice(0).forEach((wish) => ask(...wish));
    },
    // Something else is on screen: another moment, as a rule. Of all steps, only some may be shown.
    tell(step, steps, first, last, millis, playing, marker, link) {
      tellOfLink();
      const was = moment;
      moment = { step, steps, first, last, time: millis / 1000, playing, link };
      const place = (moment) => [moment.step, moment.time, moment.playing, ...run(moment)].join("&");
      if (!was || place(was) !== place(moment)) tell({ type: "step", ...moment });
      if (marker) tell({ type: "marker", marker, ...moment });
      if (was && was.playing !== playing) {
        const ended = !playing && step === last;
        tell({ type: playing ? "play" : ended ? "ended" : "pause", ...moment });
      }
    },
    // It could not start, or has stopped. Why, only a host hears that may ask.
    fail(code) {
      [error, isOver] = [code, true];
      if (reply) tell({ type: "error", code });
      else tellAnyone({ type: "error" }, channel && !ask ? [channel.port2] : []);
    },
  };
})();
