// A page that opens without a network: its shell and what it is drawn with are kept by offline-worker.js. shell: the page's own path.
const cacheOf = (shell) => `shell:${shell}`;

export async function keepShell(worker, shell) {
  if (!('serviceWorker' in navigator) || !navigator.onLine) return;
  try {
    await navigator.serviceWorker.register(worker, { scope: shell });
    const parts = [...document.querySelectorAll('link[rel=stylesheet], script[src]')].map((e) => e.href || e.src);
    const cache = await caches.open(cacheOf(shell));
    await cache.addAll(parts);
    const page = await fetch(shell);
    if (page.ok && !page.redirected) await cache.put(shell, page);
  } catch {
    // without it what was written is still in the machine; the page then opens only with a network
  }
}

export async function forgetShell(shell) {
  await caches.delete(cacheOf(shell));
}
