// Keeps the files of this build, so that the page opens again without a network. Registered by the page
// alone (boot.js), never by an embed.
//
// A build is kept whole or not at all: each file must be the one that was built, or the next visit tries
// again. Pages open from what is kept; a newer build is fetched meanwhile, and the next page is of that.
"use strict";

// Filled in by scripts/offline.mjs: { version, files: { name: what it must hash to } }.
const BUILD = {};

const { version, files } = BUILD;
const { scope } = self.registration;
// All caches of an origin lie together, and it may have more than one copy of the page.
const OURS = `rollscope ${scope} `;
const CURRENT = OURS + version;

self.addEventListener("install", (event) => event.waitUntil(keep()));
self.addEventListener("activate", (event) => event.waitUntil(takeOver()));
self.addEventListener("fetch", (event) => {
  const name = nameOf(event.request);
  if (name !== undefined) event.respondWith(answer(event.request, scope + name));
});

async function keep() {
  const cache = await caches.open(CURRENT);
  try {
    await Promise.all(Object.entries(files).map(([name, integrity]) => fetchInto(cache, scope + name, integrity)));
  } catch (error) {
    await caches.delete(CURRENT);
    throw error;
  }
  await self.skipWaiting();
}

async function fetchInto(cache, url, integrity) {
  const response = await fetch(url, { integrity, cache: "no-cache" });
  if (!response.ok) throw new Error(`${url}: HTTP ${response.status}`);
  // No page may be opened with an answer that came from elsewhere, although the file is the same.
  await cache.put(url, response.redirected ? new Response(response.body, response) : response);
}

// The build before stays for pages that are still open and may load the rest of it.
async function takeOver() {
  const others = (await caches.keys()).filter((name) => name.startsWith(OURS) && name !== CURRENT);
  await Promise.all(others.slice(0, -1).map((name) => caches.delete(name)));
  await self.clients.claim();
}

// The name of a file of this build, or of one before; what else lies here is nothing to us.
function nameOf({ method, url }) {
  const [address] = url.split(/[?#]/);
  if (method !== "GET" || !address.startsWith(scope)) return undefined;
  const name = address.slice(scope.length).replace(/^index\.html$/, "");
  return name in files || /-[0-9a-f]{8,16}(_bg|_rest)?\.\w+$/.test(name) ? name : undefined;
}

async function answer(request, url) {
  const cache = await caches.open(CURRENT);
  return (await cache.match(url)) ?? (await caches.match(url)) ?? fetch(request);
}
