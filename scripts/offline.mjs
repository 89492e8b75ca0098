// Tells the service worker which files the build has, and what each must hash to.
import { createHash } from "node:crypto";
import { readFileSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

// What other sites load, and the worker itself.
const LEFT_OUT = new Set(["embed.js", "sw.js"]);

/** Fills in sw.js in the folder of a build. */
export function listFiles(folder) {
  const worker = join(folder, "sw.js");
  const names = readdirSync(folder).filter((name) => !LEFT_OUT.has(name)).sort();
  // The page is asked for by its folder.
  const files = Object.fromEntries(names.map((name) => [name === "index.html" ? "" : name, integrity(join(folder, name))]));
  const script = readFileSync(worker, "utf8");
  const version = createHash("sha256").update(script + JSON.stringify(files)).digest("hex").slice(0, 16);
  const filled = script.replace("const BUILD = {};", `const BUILD = ${JSON.stringify({ version, files })};`);
  if (filled === script) throw new Error("sw.js has no place for the files");
  writeFileSync(worker, filled);
}

const integrity = (path) => `sha256-${createHash("sha256").update(readFileSync(path)).digest("base64")}`;
