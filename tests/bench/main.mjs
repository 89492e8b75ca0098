// Measures, prints one table and keeps it. Fails if a gate is missed.
//
// BENCH_PARTS chooses among load, native, wasm and page: their rows are kept, beside those of the others. BENCH_REPLICAS is the
// size of the largest run; another one than usual is not kept.
import { nativeEngine, wasmEngine } from "./build.mjs";
import { loadRows } from "./load.mjs";
import { nativeRows } from "./native.mjs";
import { pageRows } from "./page.mjs";
import { keep, print } from "./table.mjs";
import { wasmRows } from "./wasm.mjs";

const ALL = ["load", "native", "wasm", "page"];
const LARGEST = 150_000;

const parts = process.env.BENCH_PARTS?.split(",") ?? ALL;
const replicas = Number(process.env.BENCH_REPLICAS ?? LARGEST);

const measure = {
  load: () => loadRows(),
  native: () => nativeRows(nativeEngine(), replicas),
  wasm: () => wasmEngine().then((engine) => wasmRows(nativeEngine(), engine, replicas)),
  page: () => pageRows(),
};

const rows = [];
for (const part of parts) {
  console.error(`==> Measure: ${part} ...`);
  rows.push(...(await measure[part]()));
}
const number = ({ goal }) => Number(goal.slice(1));
rows.sort((a, b) => number(a) - number(b));
print(rows);
if (replicas === LARGEST) keep(rows, "make bench", parts.length === ALL.length);

const missed = rows.filter((row) => row.met === "no").length;
if (0 < missed) console.error(`error: ${missed} of ${rows.length} rows miss their gate.`);
process.exitCode = 0 < missed ? 1 : 0;
