// Prints the table, and keeps it in docs/performance.md.
import { execFileSync } from "node:child_process";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { cpus, totalmem } from "node:os";
import { join } from "node:path";

import { ROOT } from "./build.mjs";

const BEGIN = "<!-- written by make bench -->";
const END = "<!-- end of what make bench writes -->";
const COLUMNS = { goal: "goal", metric: "metric", measure: "measure", gate: "gate", stretch: "stretch", measured: "measured", met: "met?" };

export function print(rows) {
  for (const line of markdown(rows)) console.log(line);
}

/** Puts the rows into the document's table, in the place of those from last time: of all, or of the same ones. */
export function keep(rows, command, areAll) {
  const path = join(ROOT, "docs/performance.md");
  const before = existsSync(path) ? readFileSync(path, "utf8") : `# Performance\n\n${BEGIN}\n${END}\n`;
  const [head, rest] = before.split(BEGIN);
  const [table, tail] = rest.split(END);
  const name = ({ goal, metric }) => `${goal} ${metric}`;
  const measured = new Set(rows.map(name));
  const others = areAll ? [] : rowsOf(table).filter((row) => !measured.has(name(row)));
  const all = [...others, ...rows].sort((a, b) => number(a) - number(b));
  const text = [BEGIN, "", `\`${command}\` on ${machine()}:`, "", ...markdown(all), "", END].join("\n");
  writeFileSync(path, head + text + tail);
}

const number = ({ goal }) => Number(goal.slice(1));

/** Reads the rows of a table that `markdown` has made. */
function rowsOf(table) {
  const lines = table.split("\n").filter((line) => /^\| G\d/.test(line));
  const keys = Object.keys(COLUMNS);
  return lines.map((line) => {
    const cells = line.slice(1, -1).split(" | ").map((cell) => cell.trim());
    return Object.fromEntries(keys.map((key, column) => [key, cells[column]]));
  });
}

function markdown(rows) {
  const keys = Object.keys(COLUMNS);
  const cells = [COLUMNS, ...rows].map((row) => keys.map((key) => row[key]));
  const widths = keys.map((_, column) => Math.max(...cells.map((line) => line[column].length)));
  const line = (texts) => `| ${texts.map((text, column) => text.padEnd(widths[column])).join(" | ")} |`;
  const [head, ...body] = cells.map(line);
  return [head, `|${widths.map((width) => "-".repeat(width + 2)).join("|")}|`, ...body];
}

function machine() {
  const [{ model }] = cpus();
  const rustc = execFileSync("rustc", ["-V"]).toString().split(" ")[1];
  const gibibytes = Math.round(totalmem() / 2 ** 30);
  return `${cpus().length} × ${model.trim()}, ${gibibytes} GiB, rustc ${rustc}, Node ${process.version}, ${chromiumVersion()}`;
}

function chromiumVersion() {
  try {
    return execFileSync(process.env.CHROMIUM || "/usr/bin/chromium", ["--version"], { stdio: ["ignore", "pipe", "ignore"] }).toString().trim().split(" built")[0];
  } catch {
    return "no Chromium";
  }
}
