// Runs in a page before anything of its own: notes when what it is made for has answered for the first time.
(() => {
  globalThis.long = [];
  globalThis.shifts = [];
  globalThis.painted = {};
  const each = (type, use) => new PerformanceObserver((list) => list.getEntries().forEach(use)).observe({ type, buffered: true });
  each("longtask", ({ startTime, duration }) => globalThis.long.push([startTime, duration]));
  each("layout-shift", ({ startTime, value }) => globalThis.shifts.push([startTime, value]));
  each("paint", ({ name, startTime }) => (globalThis.painted[name] = startTime));
  each("largest-contentful-paint", ({ startTime }) => (globalThis.painted.largest = startTime));

  // The slider moves the state; the button counts.
  const tries = {
    ".scrubber": [(slider) => ((slider.value = slider.max), slider.dispatchEvent(new Event("input", { bubbles: true }))), ".where"],
    "main > button": [(button) => button.click(), "output"],
  };
  let before;
  const look = () => {
    for (const [control, [use, answer]] of Object.entries(tries)) {
      const [given, shown] = [document.querySelector(control), document.querySelector(answer)];
      if (!given || !shown) continue;
      if (before === undefined) {
        before = shown.textContent;
        globalThis.used = performance.now();
        use(given);
      }
      if (shown.textContent === before) continue;
      globalThis.interactive = performance.now();
      observer.disconnect();
    }
  };
  const observer = new MutationObserver(look);
  // What it shows when it is used may be larger than what it shows at first: paints are those of a page left alone.
  if (globalThis.isUsed) observer.observe(document, { subtree: true, childList: true, characterData: true });
})();
