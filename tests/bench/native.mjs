// The engine as a native program: G14, G18, G19, and what G16 is against.
import { execFileSync } from "node:child_process";

import { row, say, unmeasured } from "./rows.mjs";
import { median, quantile, ratio } from "./statistics.mjs";

const PAIRS = 15;
const SEEKS = 10_000;
const FRAMED = [1_000, 150_000];
const FRAMES = 180;
// Created, bound, started, ready; deleted, gone.
const EVENTS_OF_ROLLOUT = 6;

/** Runs the engine and reads what it prints. */
const ask = (engine, ...words) =>
  JSON.parse(execFileSync(engine, words.map(String), { maxBuffer: 1 << 28 }).toString());

export function nativeRows(engine, replicas) {
  const size = `${say(replicas)} replicas`;
  const count = ask(engine, "count", replicas);
  const times = ask(engine, "loop", replicas, PAIRS);
  return [
    row("G14", `${size}: pod events`, "counted", count.podEvents, {
      shown: `${say(count.podEvents)} in ${say(count.steps)} steps, ${say(count.replicaSetSyncs)} syncs of ReplicaSets, ${say(count.deploymentSyncs)} of the Deployment`,
    }),
    ...timeRows(replicas, size, times, count),
    instructionsRow(engine, size, replicas, count),
    loopRow(size, times),
    row("G14", `${size}: allocations in the run`, "counting allocator", count.allocations, {
      most: 64,
      aim: 64,
      shown: `${say(count.allocations)} (${say(count.allocations / count.podEvents)} per event)`,
    }),
    ...memoryRows(size, count),
    ...seekRows(engine, size, replicas, count),
    ...leafRows(engine, size, replicas),
    ...FRAMED.map((pods) => frameRow(engine, pods)),
  ];
}

function timeRows(replicas, size, { run, rollout }, { podEvents }) {
  const timed = (what, times, events, goal) => {
    const best = Math.min(...times) / 1e6;
    const shown = `${say(best)} ms (median ${say(median(times) / 1e6)}), ${say(events / best / 1e3)} M events/s`;
    return row("G14", `${size}: ${what}, native`, `best of ${times.length}`, best, { ...goal, unit: "ms", shown });
  };
  return [
    timed("rollout", rollout, EVENTS_OF_ROLLOUT * replicas, { most: 40, aim: 20 }),
    timed("creation and rollout", run, podEvents, {}),
  ];
}

function instructionsRow(engine, size, replicas, { podEvents }) {
  const metric = `${size}: instructions per event`;
  let told;
  try {
    const flags = ["--tool=callgrind", "--callgrind-out-file=/dev/null", "--toggle-collect=engine_run"];
    told = execFileSync("sh", ["-c", 'valgrind "$@" 2>&1', "sh", ...flags, engine, "once", String(replicas)]).toString();
  } catch {
    return unmeasured("G14", metric, "not counted: valgrind is not here");
  }
  const instructions = Number(told.match(/Collected : (\d+)/)[1]);
  return row("G14", metric, "callgrind", instructions / podEvents, { most: 120, aim: 60, unit: "Ir" });
}

function loopRow(size, { run, reference }) {
  const { median: middle, lower } = ratio(run, reference);
  return row("G14", `${size}: time against a \`BinaryHeap\` hold loop of as many events`, `${run.length} pairs, ABBA`, lower, {
    most: 0.6,
    aim: 0.35,
    unit: "×",
    shown: `${say(middle)}× (95 %: ≥ ${say(lower)}×)`,
  });
}

function memoryRows(size, { footprint, kept, peak, steps, podEvents }) {
  const mebibytes = (bytes) => bytes / (1 << 20);
  return [
    // A step of ours is all that happens to pods in the same way at the same moment; the goal's is one
    // thing that happens to one pod.
    row("G18", `${size}: kept of the run, per pod event`, "counted by `Timeline::footprint`", footprint / podEvents, {
      most: 10,
      aim: 5,
      unit: "B",
      shown: `${say(footprint / podEvents)} B (${say(footprint)} B; ${say(footprint / steps)} B per step)`,
    }),
    row("G18", `${size}: all memory in use, the simulator's included`, "counting allocator", mebibytes(peak), {
      most: 32,
      aim: 32,
      unit: "MiB",
      shown: `${say(mebibytes(peak))} MiB at most, ${say(mebibytes(kept))} MiB after the run`,
    }),
  ];
}

function seekRows(engine, size, replicas, { blockSteps, blockBytes }) {
  const { seek, replay, allocations, bytes } = ask(engine, "seek", replicas, SEEKS);
  const micros = (q) => quantile(seek, q) / 1e3;
  const mean = seek.reduce((sum, nanos) => sum + nanos, 0) / seek.length;
  const against = mean / (replay[0] / 2);
  return [
    row("G19", `${size}: seek to a random step, p99`, `${say(SEEKS)} seeded seeks`, micros(0.99) / 1e3, {
      most: 0.5,
      aim: 0.15,
      unit: "ms",
      shown: `${say(micros(0.99) / 1e3)} ms (p50 ${say(micros(0.5) / 1e3)}, most ${say(micros(1) / 1e3)})`,
    }),
    row("G19", `${size}: seek against simulating up to that step`, "means, in one process", against, {
      most: 0.1,
      aim: 0.1,
      unit: "×",
    }),
    row("G19", `${size}: read to get to a step, at most`, "counted by `Timeline::longest_seek`", blockBytes, {
      most: 300_000,
      aim: 300_000,
      unit: "B",
      shown: `${say(blockSteps)} steps, ${say(blockBytes)} B of the journal`,
    }),
    row("G19", `${size}: asked of the allocator per seek`, "counting allocator", bytes[0], {
      most: 300_000,
      aim: 300_000,
      unit: "B",
      shown: `${say(bytes[0])} B in ${say(allocations[0])} allocations`,
    }),
  ];
}

/** A run of far more steps, nearly all of them syncs: with a surge of 1/375 and jitter of 100 %. */
function leafRows(engine, size, replicas) {
  const { seek, steps, footprint } = ask(engine, "leaf", replicas, SEEKS);
  const millis = (q) => quantile(seek, q) / 1e6;
  const what = `${size}, small steps`;
  return [
    row("G19", `${what}: seek to a random step, p99`, `${say(SEEKS)} seeded seeks, ${say(steps[0])} steps`, millis(0.99), {
      most: 0.5,
      aim: 0.15,
      unit: "ms",
      shown: `${say(millis(0.99))} ms (p50 ${say(millis(0.5))}, most ${say(millis(1))})`,
    }),
    row("G18", `${what}: kept of the run, per step`, "counted by `Timeline::footprint`", footprint[0] / steps[0], {
      most: 10,
      aim: 5,
      unit: "B",
    }),
  ];
}

function frameRow(engine, pods) {
  const metric = `${say(pods)} replicas: allocations per frame, p95`;
  const { allocations, bytes, refused } = ask(engine, "frames", pods, FRAMES);
  if (refused) return unmeasured("G12", metric, "the page refuses so many", true);
  return row("G12", metric, `counting allocator, ${FRAMES} frames`, quantile(allocations, 0.95), {
    most: 0,
    aim: 0,
    shown: `${say(quantile(allocations, 0.95))} of ${say(quantile(bytes, 0.95))} B (median ${say(quantile(allocations, 0.5))})`,
  });
}
