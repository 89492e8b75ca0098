// Runs in the page after frames.js: counts what it asks of the browser, which takes time of its own.
(() => {
  const { counted } = window;

  const around = (owner, name, note) => {
    const original = owner[name];
    owner[name] = function (...given) {
      note(...given);
      return original.apply(this, given);
    };
  };

  for (const name of ["setTimeout", "setInterval"]) around(window, name, () => (counted.timers += 1));

  const canvas = CanvasRenderingContext2D.prototype;
  around(canvas, "putImageData", (image, _x, _y, _left, _top, width = image.width, height = image.height) => {
    counted.puts += 1;
    counted.putBytes += width * height * 4;
  });
  for (const name of ["drawImage", "fillRect", "strokeRect", "clearRect", "fill", "stroke", "fillText"]) {
    around(canvas, name, () => (counted.draws += 1));
  }

  const observer = new MutationObserver((records) => (counted.mutations += records.length));
  observer.observe(document, { subtree: true, childList: true, attributes: true, characterData: true });

  // Every call from the WebAssembly to the browser. What one part of it has of the other has no name of a module.
  const crossing = (imports) =>
    Object.fromEntries(Object.entries(imports).map(([module, of]) => [module, module ? wrapped(of) : of]));
  const wrapped = (of) =>
    Object.fromEntries(
      Object.entries(of).map(([name, value]) => [
        name,
        typeof value === "function" ? (...given) => ((counted.crossings += 1), value(...given)) : value,
      ]),
    );
  for (const name of ["instantiate", "instantiateStreaming"]) {
    const original = WebAssembly[name];
    WebAssembly[name] = (source, imports) => original.call(WebAssembly, source, imports && crossing(imports));
  }
})();
