// Keeps one page and what it is drawn with, so that it opens without a network: the page in whose scope it is registered. Nothing about
// anybody passes through here: the page is an empty shell, and what it shows lies encrypted in the browser's own store (sealed-store.js).
const SHELL = new URL(self.registration.scope).pathname;
const KEPT = `shell:${SHELL}`;

self.addEventListener('install', () => self.skipWaiting());
self.addEventListener('activate', (event) => event.waitUntil(self.clients.claim()));

async function fresh(request, key) {
  try {
    const answer = await fetch(request);
    if (answer.ok && !answer.redirected) (await caches.open(KEPT)).put(key, answer.clone());
    return answer;
  } catch (error) {
    const kept = await (await caches.open(KEPT)).match(key);
    if (kept) return kept;
    throw error;
  }
}

async function kept(request) {
  const cache = await caches.open(KEPT);
  const have = await cache.match(request);
  if (have) return have;
  const answer = await fetch(request);
  if (answer.ok) cache.put(request, answer.clone());
  return answer;
}

self.addEventListener('fetch', (event) => {
  const url = new URL(event.request.url);
  if (event.request.method !== 'GET' || url.origin !== self.location.origin) return;
  if (event.request.mode === 'navigate' && url.pathname === SHELL) event.respondWith(fresh(event.request, SHELL));
  else if (url.pathname.startsWith('/static/')) event.respondWith(kept(event.request));
});
