// Splits a program in two: what its first picture needs, and the rest, which is loaded after that and works in the
// same memory.
//
// The rest is what only functions in modules called `later` reach (src/session/later.rs says who may call them and
// when). In the first part each of them becomes a call through the table of functions, into which the rest puts them when
// it comes. Constants that only the rest names go with it. What is reached through a pointer to a function stays in the
// first part, since nothing says who calls it; but how values are written for a programmer to read goes with the rest, too:
// a panic in between has no words of its own, and is told as what it is all the same.
//
// All of it is done on the text of the module, where functions have names. It takes a module with names, and with one
// data segment per constant (`--no-merge-data-segments`).
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { SMALL, binaryen, optimise } from "./optimise.mjs";

const NAME = String.raw`\$(?:"(?:[^"\\]|\\.)*"|[^\s()"]+)`;
const IS_DOOR = /^\$"?rollscope::\w+::later::\w+::h\w+"?$|fmt::Debug>::fmt|::str::slice_error_fail|::slice::index::slice_index_fail/;
const KEEP_DOORS = ["--no-inline=rollscope::*::later::*"];
// Two pieces of data this near to each other are one: a segment of its own weighs more.
const NEAR = 8;

/** The two parts of the module in a file. */
export async function split(file) {
  const dir = mkdtempSync(join(tmpdir(), "rollscope-split-"));
  const path = (name) => join(dir, name);
  try {
    await binaryen("wasm-opt", ...KEEP_DOORS, ...SMALL, "--skip-pass=memory-packing", "-g", file, "-o", path("whole.wasm"));
    await binaryen("wasm-dis", path("whole.wasm"), "-o", path("whole.wat"));
    const parts = partsOf(new Module(readFileSync(path("whole.wat"), "utf8")));
    return await Promise.all(Object.entries(parts).map(async ([part, text]) => {
      const [written, wasm] = [path(`${part}.wat`), path(`${part}.wasm`)];
      writeFileSync(written, text);
      await binaryen("wasm-as", written, "-o", wasm);
      await optimise(wasm);
      return readFileSync(wasm);
    }));
  } finally {
    rmSync(dir, { recursive: true });
  }
}

/** A module as text, in its parts. */
class Module {
  constructor(text) {
    this.forms = text.split(/\n(?= \()/).slice(1).map((form) => form.replace(/\n\)\s*$/, ""));
    const kind = (kind) => this.forms.filter((form) => form.startsWith(` (${kind} `));
    this.types = kind("type");
    this.imports = kind("import");
    this.globals = kind("global");
    this.tables = kind("table");
    this.entries = kind("elem").flatMap(entriesOf);
    this.exports = kind("export");
    this.functions = new Map(kind("func").map((form) => [nameOf(form), form]));
    this.data = kind("data").map(segment);
    const known = [this.types, this.imports, this.globals, this.tables, this.exports, ...["elem", "func", "data", "memory"].map(kind)];
    const left = this.forms.length - known.flat().length;
    if (left !== 0 || kind("memory").length !== 1) throw new Error("the module has forms that are not known here");
    [this.memory] = kind("memory");
  }
}

const nameOf = (form) => form.match(new RegExp(`^ \\(\\w+ (${NAME})`))[1];
const namesIn = (text, form) => [...text.matchAll(new RegExp(`\\((?:${form}) (${NAME})`, "g"))].map((match) => match[1]);

/** What an element puts into the table, each at its place. */
function entriesOf(form) {
  const [, start, names] = form.match(/\(i32\.const (\d+)\) func (.*)\)$/);
  return names.match(new RegExp(NAME, "g")).map((name, index) => [Number(start) + index, name]);
}

/** Where a segment of data lies, and what is in it. */
function segment(form) {
  const [, name, start, text] = form.match(new RegExp(`^ \\(data (${NAME}) \\(i32.const (\\d+)\\) "((?:[^"\\\\]|\\\\.)*)"\\)`));
  const bytes = bytesOf(text);
  return { name, start: Number(start), end: Number(start) + bytes.length, bytes };
}

const ESCAPES = { t: 9, n: 10, r: 13, '"': 34, "'": 39, "\\": 92 };
function bytesOf(text) {
  const pieces = text.match(/\\[0-9a-f]{2}|\\.|[^\\]/gs) ?? [];
  return Buffer.from(pieces.map((piece) => {
    if (piece.length === 1) return piece.charCodeAt(0);
    return ESCAPES[piece[1]] !== undefined && piece.length === 2 ? ESCAPES[piece[1]] : parseInt(piece.slice(1), 16);
  }));
}

function partsOf(module) {
  const { functions } = module;
  const doors = new Set([...functions.keys()].filter((name) => IS_DOOR.test(name)));
  const entered = [...namesIn(module.exports.join("\n"), "func"), ...module.entries.map(([, name]) => name)];
  const first = reached(functions, entered.filter((name) => functions.has(name) && !doors.has(name)), doors);
  const rest = [...functions.keys()].filter((name) => !first.has(name));
  const opened = rest.filter((name) => doors.has(name) && [...first].some((caller) => callsOf(functions.get(caller)).includes(name)));
  if (opened.length === 0) throw new Error("the module has no functions in modules called `later`");
  const { kept, moved } = shareData(module, [...first], rest);
  const border = new Border(module, rest, opened);
  return [firstPart(module, first, border, kept), restOf(module, rest, border, moved)];
}

const callsOf = (body) => namesIn(body, "call|return_call|ref.func");

function reached(functions, from, closed) {
  const seen = new Set();
  const ahead = [...from];
  while (ahead.length > 0) {
    const name = ahead.pop();
    if (seen.has(name) || closed.has(name) || !functions.has(name)) continue;
    seen.add(name);
    ahead.push(...callsOf(functions.get(name)));
  }
  return seen;
}

/** What the rest uses of the first part, and by which name that is handed over. */
class Border {
  constructor(module, rest, opened) {
    const bodies = rest.map((name) => module.functions.get(name)).join("\n");
    const inRest = new Set(rest);
    const { tables: [table] } = module;
    this.slots = Number(table.match(/ (\d+) \d+ funcref/)[1]);
    this.size = this.slots + opened.length;
    this.opened = opened.map((name, index) => [this.slots + index, name]);
    const used = (names) => [...new Set(names)].filter((name) => !inRest.has(name));
    this.used = [
      ...used(callsOf(bodies)).map((name) => ["func", name, functionType(module, name)]),
      ...used(namesIn(bodies, "global.get|global.set")).map((name) => ["global", name, globalType(module, name)]),
      ...used(namesIn(bodies, "table\\.\\w+")).map((name) => ["table", name, tableType(module, name)]),
      ["table", nameOf(table), `${this.size} funcref`],
    ];
    this.name = (index) => index.toString(36);
  }

  exports() {
    return this.used.map(([kind, name], index) => ` (export "${this.name(index)}" (${kind} ${name}))`);
  }

  imports() {
    return this.used.map(([kind, name, type], index) => ` (import "" "${this.name(index)}" (${kind} ${name} ${type}))`);
  }
}

function header(module, name) {
  const form = module.functions.get(name) ?? module.imports.find((form) => form.includes(` (func ${name} `));
  const from = form.slice(form.indexOf(`(func ${name}`) + 6 + name.length);
  return from.match(/^(?: \(type \$?\w+\))?(?: \(param (?:\$\w+ )?[^()]*\))*(?: \(result [^()]*\))?/)[0];
}
const functionType = (module, name) => header(module, name).replace(/\(param \$\w+ /g, "(param ").trim();
const tableType = (module, name) => `0 ${module.tables.find((form) => nameOf(form) === name).match(/ (\w+ref)\)/)[1]}`;
const globalType = (module, name) => module.globals.find((form) => nameOf(form) === name).match(/\$\S+ (\(mut \w+\)|\w+)/)[1];

function firstPart(module, first, border, data) {
  const passes = border.opened.map(([slot, name]) => pass(module, name, slot));
  const entries = module.entries.filter(([, name]) => first.has(name) || !module.functions.has(name));
  const [table, ...tables] = module.tables;
  const larger = table.replace(/ \d+ \d+ funcref/, ` ${border.size} ${border.size} funcref`);
  const bodies = [...first].map((name) => module.functions.get(name));
  return text(module.types, module.imports, module.globals, module.memory, data, larger, tables, elements(table, entries), module.exports, border.exports(), bodies, passes);
}

/** What stands in the first part for a function of the rest. */
function pass(module, name, slot) {
  const type = header(module, name);
  const values = [...type.matchAll(/\(param (\$\w+) /g)].map(([, value]) => `(local.get ${value})`);
  return ` (func ${name}${type} (call_indirect ${nameOf(module.tables[0])} ${functionType(module, name)} ${values.join(" ")} (i32.const ${slot})))`;
}

function restOf(module, rest, border, data) {
  const memory = ` (import "" "memory" (memory ${nameOf(module.memory)} 0))`;
  const inRest = new Set(rest);
  const entries = [...module.entries.filter(([, name]) => inRest.has(name)), ...border.opened];
  return text(module.types, border.imports(), memory, data, elements(module.tables[0], entries), rest.map((name) => module.functions.get(name)));
}

/** What puts functions into the table, each at its place. */
function elements(table, entries) {
  const runs = [];
  for (const [slot, name] of entries.toSorted(([a], [b]) => a - b)) {
    const last = runs.at(-1);
    if (last && last.start + last.names.length === slot) last.names.push(name);
    else runs.push({ start: slot, names: [name] });
  }
  return runs.map(({ start, names }) => ` (elem (table ${nameOf(table)}) (i32.const ${start}) func ${names.join(" ")})`);
}

const text = (...forms) => `(module\n${forms.flat().join("\n")}\n)\n`;

/**
 * The data of the first part, and that of the rest. Whatever number in the first part lies within a constant is taken for
 * its address; a constant goes with the rest only if that names where it begins.
 */
function shareData(module, first, rest) {
  const bodies = (names) => names.map((name) => module.functions.get(name)).join("\n");
  const { data } = module;
  const byFirst = named(data, [bodies(first), ...module.globals].join("\n"), liesIn);
  const byRest = named(data, bodies(rest), ({ start }, address) => start === address);
  const goes = (segment) => segment.name.startsWith("$.rodata") && byRest.has(segment) && !byFirst.has(segment);
  const stays = (segment) => !goes(segment);
  return { kept: forms(data, data.filter(stays)), moved: forms(data, data.filter(goes)) };
}

// The number of all characters there could be stands in many a place, and is no address within a constant.
const CHARACTERS = 0x110000;
const liesIn = ({ start, end }, address) => start === address || (start < address && address < end && address !== CHARACTERS);

/** The segments that a text names, and those that these name. */
function named(data, text, is) {
  const seen = new Set();
  let addresses = addressesIn(text);
  while (addresses.length > 0) {
    const found = data.filter((segment) => !seen.has(segment) && addresses.some((address) => is(segment, address)));
    for (const segment of found) seen.add(segment);
    addresses = found.flatMap(wordsIn);
  }
  return seen;
}

/** The numbers in a text that may be addresses: constants, offsets, and their sums. */
function addressesIn(text) {
  const found = new Set();
  for (const [, constant] of text.matchAll(/i32\.const (\d{6,})/g)) found.add(Number(constant));
  for (const [, offset, constant] of text.matchAll(/ offset=(\d+)[^\n]*(?:\n\s*\(i32\.const (\d+)\))?/g)) {
    found.add(Number(offset)).add(Number(offset) + Number(constant ?? 0));
  }
  return [...found];
}

const wordsIn = ({ bytes }) => Array.from({ length: bytes.length >> 2 }, (_, index) => bytes.readUInt32LE(index << 2));

/** Some of the data, with as few segments as there can be: between two that are near each other lies what is there anyway. */
function forms(data, some) {
  const runs = [];
  for (const { start, end, name } of some.toSorted((a, b) => a.start - b.start)) {
    const last = runs.at(-1);
    if (last && start - last.end <= NEAR && name.startsWith("$.rodata") === last.isFixed) last.end = end;
    else runs.push({ start, end, isFixed: name.startsWith("$.rodata") });
  }
  return runs.map(({ start, end }) => {
    const bytes = Buffer.alloc(end - start);
    for (const segment of data) {
      if (start <= segment.start && segment.end <= end) segment.bytes.copy(bytes, segment.start - start);
    }
    return ` (data (i32.const ${start}) "${bytes.toString("hex").replace(/../g, "\\$&")}")`;
  });
}
