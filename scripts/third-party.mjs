// Whose work is in the release, and under which terms: every crate that the programs are linked with, as
// cargo resolves them, and what is named in scripts/notices.txt.
import { execFileSync } from "node:child_process";
import { readFileSync, readdirSync } from "node:fs";
import { dirname, join } from "node:path";

const TARGET = "wasm32-unknown-unknown";
const TERMS = /^(licen[cs]e|copying|notice|unlicense)/i;

/** One text, with each licence once. */
export function thirdParty(root) {
  const metadata = JSON.parse(execFileSync("cargo", ["metadata", "--format-version=1", "--locked", "--offline", `--filter-platform=${TARGET}`], { cwd: root, maxBuffer: 1 << 28 }));
  const byTerms = new Map();
  for (const crate of linked(metadata)) {
    const terms = termsOf(dirname(crate.manifest_path)) || crate.license;
    byTerms.set(terms, [...(byTerms.get(terms) ?? []), `${crate.name} ${crate.version} (${crate.license})`]);
  }
  const parts = [...byTerms].map(([terms, crates]) => `${crates.sort().join("\n")}\n\n${terms.trim()}\n`);
  const notices = readFileSync(join(root, "scripts/notices.txt"), "utf8");
  return [notices, ...parts.sort()].join(`\n${"-".repeat(80)}\n\n`);
}

/** What the root needs at run time, and what that needs; macros leave nothing of themselves. */
function linked({ packages, resolve }) {
  const nodes = new Map(resolve.nodes.map((node) => [node.id, node]));
  const found = new Set([resolve.root]);
  for (const id of found) {
    for (const { pkg, dep_kinds } of nodes.get(id).deps) {
      if (dep_kinds.some(({ kind }) => kind === null)) found.add(pkg);
    }
  }
  found.delete(resolve.root);
  const isMacro = ({ targets }) => targets.every(({ kind }) => kind.includes("proc-macro") || kind.includes("custom-build"));
  return packages.filter((crate) => found.has(crate.id) && !isMacro(crate));
}

// Where there is a choice it is MIT.
function termsOf(folder) {
  const names = readdirSync(folder).filter((name) => TERMS.test(name)).sort();
  const mit = names.filter((name) => /mit/i.test(name));
  return (mit.length ? mit : names).map((name) => readFileSync(join(folder, name), "utf8").trim()).join("\n\n");
}
