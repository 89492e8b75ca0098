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
      ...(await draggedRows("Node", inNode)),
      ...(await draggedRows("Chromium", inChromium.run)),
    ];
  } finally {
    native.close();
    await inChromium.close();
  }
}

async function largeRows(where, run, native, replicas) {
  const size = `${say(replicas)} replicas`;
  const wholeRun = (times) => run("run", replicas, times);
  await native.run();
  await wholeRun(2);
  const [ours, theirs] = await interleaved(PAIRS, () => wholeRun(1), native.run);
  const { median: middle, lower } = ratio(ours, theirs);
  const rollouts = [];
  for (let round = 0; round < PAIRS; round += 1) rollouts.push(await run("roll_out", replicas, 1));
  return [
    row("G15", `${size}: wasm against native, ${where}`, `${PAIRS} pairs, ABBA`, lower, {
      most: 1.55,
      aim: 1.2,
      unit: "×",
      shown: `${say(middle)}× (95 %: ≥ ${say(lower)}×)`,
    }),
    timed(`${size}: rollout, ${where}, warm`, "G15", rollouts, { most: 60, aim: 25 }),
    timed(`${size}: creation and rollout, ${where}, warm`, "G15", ours, {}),
  ];
}

async function draggedRows(where, run) {
  const size = `${say(DRAGGED)} replicas`;
  const rows = [];
  for (const [what, how] of [["run_in_lock_step", "all pods alike"], ["run", "each pod with times of its own"]]) {
    await run(what, DRAGGED, 200);
    const times = [];
    for (let round = 0; round < 50; round += 1) times.push(await run(what, DRAGGED, 1));
    rows.push(timed(`${size} simulated again, ${how}, ${where}, warm`, "G16", times, { most: 1, aim: 0.5 }));
  }
  return rows;
}

function timed(metric, goal, times, gates) {
  const best = Math.min(...times);
  const shown = `${say(best)} ms (median ${say(median(times))})`;
  return row(goal, metric, `best of ${times.length}`, best, { ...gates, unit: "ms", shown });
}

/** A function that does something with so many replicas so many times, and says how many milliseconds it took. */
async function instance(wasm) {
  const { exports } = await WebAssembly.instantiate(await WebAssembly.compile(wasm), stubs(wasm));
  return (what, replicas, times) => {
    if (what === "roll_out") exports.settle(replicas);
    const from = performance.now();
    for (let round = 0; round < times; round += 1) exports[what](replicas);
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
    run: (...how) => page.evaluate((how) => window.run(...how), how),
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
