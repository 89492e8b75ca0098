// The engine as WebAssembly, in Node and in Chromium: G15 and G16.
import { spawn } from "node:child_process";
import { createInterface } from "node:readline";

import { launch } from "../browser/browser.mjs";
import { row, say } from "./rows.mjs";
import { interleaved, median, ratio } from "./statistics.mjs";

const PAIRS = 15;
const DRAGGED = 3_000;

export async function wasmRows(engine, wasm, replicas) {
  const inNode = await instance(wasm);
  const inChromium = await chromium(wasm);
  const native = server(engine, replicas);
  try {
    return [
      ...(await largeRows("Node", inNode, native, replicas)),
      ...(await largeRows("Chromium", inChromium.run, native, replicas)),
      await draggedRow("Node", inNode),
      await draggedRow("Chromium", inChromium.run),
    ];
  } finally {
    native.close();
    await inChromium.close();
  }
}

async function largeRows(where, run, native, replicas) {
  const size = `${say(replicas)} replicas`;
  await native.run();
  await run(replicas, 2);
  const [ours, theirs] = await interleaved(PAIRS, () => run(replicas, 1), native.run);
  const { median: middle, lower } = ratio(ours, theirs);
  const best = Math.min(...ours);
  return [
    row("G15", `${size}: wasm against native, ${where}`, `${PAIRS} pairs, ABBA`, lower, {
      most: 1.55,
      aim: 1.2,
      unit: "×",
      shown: `${say(middle)}× (95 %: ≥ ${say(lower)}×)`,
    }),
    row("G15", `${size}: whole run, ${where}, warm`, `best of ${PAIRS}`, best, {
      most: 60,
      aim: 25,
      unit: "ms",
      shown: `${say(best)} ms (median ${say(median(ours))})`,
    }),
  ];
}

async function draggedRow(where, run) {
  await run(DRAGGED, 200);
  const times = [];
  for (let round = 0; round < 50; round += 1) times.push(await run(DRAGGED, 1));
  const best = Math.min(...times);
  return row("G16", `${say(DRAGGED)} replicas simulated again, ${where}, warm`, `best of ${times.length}`, best, {
    most: 1,
    aim: 0.5,
    unit: "ms",
    shown: `${say(best)} ms (median ${say(median(times))})`,
  });
}

/** A function that simulates so many replicas so many times, and says how many milliseconds it took. */
async function instance(wasm) {
  const { exports } = await WebAssembly.instantiate(await WebAssembly.compile(wasm), stubs(wasm));
  return (replicas, times) => {
    const from = performance.now();
    for (let round = 0; round < times; round += 1) exports.run(replicas);
    return performance.now() - from;
  };
}

// The crate knows of a browser; the engine never calls for it.
function stubs(wasm) {
  const imports = {};
  for (const { module, name } of WebAssembly.Module.imports(new WebAssembly.Module(wasm))) {
    (imports[module] ??= {})[name] = () => {
      throw new Error(`the engine called ${name}`);
    };
  }
  return imports;
}

async function chromium(wasm) {
  const browser = await launch();
  const page = await browser.newPage();
  const bytes = `Uint8Array.from(atob("${wasm.toString("base64")}"), (c) => c.charCodeAt(0))`;
  await page.evaluate(`(async () => { ${stubs} window.run = await (${instance})(${bytes}); })()`);
  return {
    run: (replicas, times) => page.evaluate(([replicas, times]) => window.run(replicas, times), [replicas, times]),
    close: () => browser.close(),
  };
}

/** The native engine, which simulates once per line it is sent. */
function server(engine, replicas) {
  const child = spawn(engine, ["serve", String(replicas)], { stdio: ["pipe", "pipe", "inherit"] });
  const answers = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  return {
    run: async () => {
      child.stdin.write("\n");
      return Number((await answers.next()).value) / 1e6;
    },
    close: () => child.stdin.end(),
  };
}
