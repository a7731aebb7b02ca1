// What a browser gets when the receptionist opens her desk for the first time: bytes on the wire, and whether it paints alone.
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';

// The browser tests' own package; make bench installs it.
const { chromium } = createRequire(join(resolve('tests/browser'), 'package.json'))('playwright-core');

async function visit(browser, url, token, script) {
  const context = await browser.newContext({ javaScriptEnabled: script, viewport: { width: 360, height: 740 }, locale: 'vi-VN' });
  await context.addCookies([{ name: 'bon_session', value: token, url }]);
  const page = await context.newPage();
  const wire = await context.newCDPSession(page);
  const kinds = new Map();
  const bytes = {};
  await wire.send('Network.enable');
  wire.on('Network.responseReceived', ({ requestId, type }) => kinds.set(requestId, type));
  wire.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
    const kind = kinds.get(requestId);
    bytes[kind] = (bytes[kind] ?? 0) + encodedDataLength;
  });
  await page.goto(`${url}/stays`, { waitUntil: 'load' });
  await page.waitForTimeout(1000);
  const painted = await page.evaluate(() => performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? null);
  const field = await page.locator('form textarea, form input:not([type=hidden])').first().isVisible();
  await context.close();
  return { bytes, painted: field ? painted : null };
}

// Kilobytes (1,000) with headers, style sheet, scripts and pictures, without fonts; milliseconds to the first paint without
// JavaScript, null when nothing to type into was painted.
export async function deskPage(url, token) {
  const browser = await chromium.launch({
    executablePath: process.env.BON_CHROMIUM || '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-background-networking', '--disable-dev-shm-usage'],
  });
  try {
    const { bytes } = await visit(browser, url, token, true);
    const { painted } = await visit(browser, url, token, false);
    const sum = Object.entries(bytes).reduce((all, [kind, n]) => (kind === 'Font' || kind === 'EventSource' ? all : all + n), 0);
    return { kilobytes: sum / 1000, painted, bytes };
  } finally {
    await browser.close();
  }
}
