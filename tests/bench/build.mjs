// Builds what is measured outside of the page: the engine natively, and as WebAssembly.
import { execFileSync } from "node:child_process";
import { copyFileSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

import { optimise } from "../../scripts/optimise.mjs";

export const ROOT = fileURLToPath(new URL("../../", import.meta.url));

/** The engine as a program: quick, or with the page's own profile. */
export const nativeEngine = (profile = "bench-native") => example("engine", ["--profile", profile]).executable;

/** The engine as the page has it: built and optimised in the same way. */
export async function wasmEngine() {
  const built = example("engine_wasm", ["--release", "--target", "wasm32-unknown-unknown"]);
  const wasm = built.filenames.find((name) => name.endsWith(".wasm"));
  const optimised = join(temporary(), "engine.wasm");
  await optimise(wasm, optimised);
  return readFileSync(optimised);
}

/** A folder with a page of Yew's that counts, built and optimised as the page is. */
export async function counterPage() {
  const { executable } = example("counter", ["--release", "--target", "wasm32-unknown-unknown"]);
  const folder = temporary();
  execFileSync("wasm-bindgen", ["--target=web", "--no-typescript", "--out-name=counter", `--out-dir=${folder}`, executable]);
  const wasm = join(folder, "counter_bg.wasm");
  await optimise(wasm);
  copyFileSync(join(ROOT, "tests/bench/counter.html"), join(folder, "index.html"));
  writeFileSync(join(folder, "start.js"), 'import start from "./counter.js";\nstart();\n');
  return folder;
}

const temporary = () => mkdtempSync(join(tmpdir(), "rollscope-"));

function example(name, flags) {
  const how = ["build", "--quiet", "--message-format=json", "--example", name, ...flags];
  const said = execFileSync("cargo", how, { cwd: ROOT, maxBuffer: 1 << 28, stdio: ["ignore", "pipe", "inherit"] });
  const messages = said.toString().trim().split("\n").map((line) => JSON.parse(line));
  return messages.find((message) => message.reason === "compiler-artifact" && message.target.name === name);
}
