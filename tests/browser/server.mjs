// A static file server for the tests: one folder, right types, and on demand
// the strictest Content-Security-Policy that Rollscope promises to work under.
import { createHash } from "node:crypto";
import { createServer } from "node:http";
import { readFile } from "node:fs/promises";
import { extname, join, normalize } from "node:path";
import { brotliCompressSync } from "node:zlib";

const TYPES = {
  ".css": "text/css; charset=utf-8",
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".json": "application/json",
  ".png": "image/png",
  ".svg": "image/svg+xml",
  ".txt": "text/plain; charset=utf-8",
  ".wasm": "application/wasm",
};

export const STRICT_CSP = [
  "default-src 'none'",
  "script-src 'self' 'wasm-unsafe-eval'",
  "style-src 'self'",
  "img-src 'self' data: blob:",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
].join("; ");

/**
 * Serves `dir` on a free port of 127.0.0.1: `{ url, close }`; the url ends with a slash. `csp` is true or a policy. What `breaks` says
 * breaks off half-way, until `mend` is called; `headers` are those for a path; `brotli` compresses as well as can
 * be. `served` tells what was sent: paths and bytes.
 */
export async function serve(dir, { csp = false, cors = false, breaks = /^$/, headers = () => ({}), brotli = false, change = (body) => body } = {}) {
  const served = [];
  const server = createServer(async (request, response) => {
    const { status, type, body } = await answer(dir, request.url);
    response.writeHead(status, {
      "Cache-Control": "no-store",
      "Content-Type": type,
      // What a sandbox needs: its origin is nobody's.
      ...(cors && { "Access-Control-Allow-Origin": "*" }),
      ...(csp && { "Content-Security-Policy": csp === true ? STRICT_CSP : csp }),
      ...(brotli && { "Content-Encoding": "br" }),
      ...headers(request.url),
    });
    const whole = brotli ? compressed(body) : change(body);
    served.push({ path: request.url, bytes: whole.length });
    if (breaks.test(request.url)) {
      // Once what is written has left.
      return response.write(whole.subarray(0, whole.length / 2), () => setTimeout(() => request.socket.destroy(), 50));
    }
    response.end(whole);
  });
  await new Promise((resolve, reject) => {
    server.once("error", reject).listen(0, "127.0.0.1", resolve);
  });
  return {
    url: `http://127.0.0.1:${server.address().port}/`,
    served,
    mend: () => (breaks = /^$/),
    close: () =>
      new Promise((resolve) => {
        server.close(resolve);
        server.closeAllConnections();
      }),
  };
}

const kept = new Map();
function compressed(body) {
  const sum = createHash("sha256").update(body).digest("hex");
  if (!kept.has(sum)) kept.set(sum, brotliCompressSync(body));
  return kept.get(sum);
}

async function answer(dir, url) {
  try {
    // Normalised as an absolute path, so that no ".." leads out of the folder.
    const path = normalize(decodeURIComponent(new URL(url, "http://localhost").pathname));
    const file = join(dir, path.endsWith("/") ? `${path}index.html` : path);
    const type = TYPES[extname(file)] ?? "application/octet-stream";
    return { status: 200, type, body: await readFile(file) };
  } catch {
    return { status: 404, type: TYPES[".txt"], body: "not found\n" };
  }
}
