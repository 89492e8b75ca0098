// A static file server for the tests: one folder, right types, and on demand
// the strictest Content-Security-Policy that Rollscope promises to work under.
import { createServer } from "node:http";
import { readFile } from "node:fs/promises";
import { extname, join, normalize } from "node:path";

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

/** Serves `dir` on a free port of 127.0.0.1: `{ url, close }`; the url ends with a slash. `csp` is true or a policy. */
export async function serve(dir, { csp = false, cors = false, change = (body) => body } = {}) {
  const server = createServer(async (request, response) => {
    const { status, type, body } = await answer(dir, request.url);
    response.writeHead(status, {
      "Cache-Control": "no-store",
      "Content-Type": type,
      // What a sandbox needs: its origin is nobody's.
      ...(cors && { "Access-Control-Allow-Origin": "*" }),
      ...(csp && { "Content-Security-Policy": csp === true ? STRICT_CSP : csp }),
    });
    response.end(change(body));
  });
  await new Promise((resolve, reject) => {
    server.once("error", reject).listen(0, "127.0.0.1", resolve);
  });
  return {
    url: `http://127.0.0.1:${server.address().port}/`,
    close: () =>
      new Promise((resolve) => {
        server.close(resolve);
        server.closeAllConnections();
      }),
  };
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
