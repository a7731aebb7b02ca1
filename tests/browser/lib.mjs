// What journeys share: browsers of a size, signing in, steps as cases, and the look at each page.
import { mkdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { chromium } from 'playwright-core';

const require = createRequire(import.meta.url);
const axeSource = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');
const AXE_TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];

export const SIZES = [
  { name: '360', width: 360, height: 740, isMobile: true, hasTouch: true },
  { name: '1280', width: 1280, height: 900 },
];

// The people of `bon demo`, by the words on their button.
export const PEOPLE = {
  receptionist: /Lễ tân:/,
  police: /Công an xã:/,
  leader: /Lãnh đạo tỉnh:/,
  citizen: /Công dân:/,
  hats: /Một người, bốn tư cách:/,
  team: /Tổ công nghệ số cộng đồng:/,
  commune: /Cán bộ xã:/,
  department: /Sở phụ trách công dân số:/,
  administrator: /Quản trị:/,
  clerk: /Công chức một cửa:/,
  specialist: /Công chức chuyên môn xã:/,
  approver: /Lãnh đạo xã:/,
  catalogue: /Cán bộ danh mục:/,
  publisher: /Người công bố:/,
  plan_office: /Cơ quan thường trực/,
  agency: /Sở Thông tin và Truyền thông:/,
  app_owner: /Chủ ứng dụng của một sở:/,
  committee: /Văn phòng UBND tỉnh:/,
  integration: /Cán bộ kết nối:/,
};

export const CARD = "067090000123||Nguyễn Văn Demo|01021990|Nam|Thôn 3, Đắk Ru, Đắk R'lấp, Đắk Nông|15062021";

export class Tap {
  constructor() {
    Object.assign(this, { n: 0, failed: 0 });
  }

  say(good, name, why = '') {
    this.n += 1;
    if (!good) this.failed += 1;
    if (!good && why) console.log(String(why).split('\n').map((line) => `# ${line}`).join('\n'));
    console.log(`${good ? 'ok' : 'not ok'} ${this.n} - ${name}`);
  }

  end() {
    console.log(`1..${this.n}`);
    return this.failed === 0 && this.n > 0;
  }
}

export async function openBrowser(...more) {
  return chromium.launch({
    executablePath: process.env.BON_CHROMIUM || '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
      '--disable-component-update', '--disable-sync', '--disable-dev-shm-usage', ...more],
  });
}

// One person's walk at one size.
export class Walk {
  constructor(world, name, size, { script = true } = {}) {
    Object.assign(this, { world, name, size, script, contexts: [], complaints: [] });
  }

  async open() {
    const { width, height, isMobile = false, hasTouch = false } = this.size;
    const context = await this.world.browser.newContext({
      baseURL: this.world.url, viewport: { width, height }, isMobile, hasTouch, locale: 'vi-VN', timezoneId: 'Asia/Ho_Chi_Minh',
      javaScriptEnabled: this.script, reducedMotion: 'reduce',
    });
    context.setDefaultTimeout(10000);
    this.contexts.push(context);
    const page = await context.newPage();
    page.on('console', (message) => message.type() === 'error' && this.complain(`console: ${message.text()} at ${page.url()}`));
    page.on('pageerror', (error) => this.complain(`script: ${error.message} at ${page.url()}`));
    page.on('requestfailed', (request) => {
      const why = request.failure()?.errorText ?? '';
      if (why !== 'net::ERR_ABORTED') this.complain(`request: ${request.url()} ${why}`);
    });
    return page;
  }

  // A browser writes every answer of 400 and more to its console; where a step expects one, it says so.
  complain(what) {
    if (this.expected && what.includes(this.expected)) return;
    this.complaints.push(what);
  }

  async expecting(what, act) {
    this.expected = what;
    try {
      return await act();
    } finally {
      this.expected = null;
    }
  }

  async as(who) {
    const page = await this.open();
    await page.goto('/sign-in');
    await page.getByRole('button', { name: PEOPLE[who] }).click();
    await page.waitForURL((url) => url.pathname !== '/sign-in');
    return page;
  }

  async step(sentence, act) {
    if (this.broken) {
      this.world.tap.say(false, `${this.title} ${sentence}`, 'an earlier step of this journey failed');
      return;
    }
    try {
      await act();
      const complaints = this.complaints.splice(0);
      this.world.tap.say(complaints.length === 0, `${this.title} ${sentence}`, complaints.join('\n'));
    } catch (error) {
      this.broken = true;
      this.world.tap.say(false, `${this.title} ${sentence}`, [error.message, ...this.complaints.splice(0)].join('\n'));
      await this.picture(this.contexts.at(-1)?.pages()[0], 'broken');
    }
  }

  get title() {
    return `${this.name} at ${this.size.name} px${this.script ? '' : ' without JavaScript'}:`;
  }

  async picture(page, name) {
    if (!page || (this.world.onlyBroken && name !== 'broken')) return;
    mkdirSync(this.world.screens, { recursive: true });
    const file = `${this.name}-${name}-${this.size.name}${this.script ? '' : '-nojs'}.png`.replaceAll(' ', '_');
    await page.screenshot({ path: join(this.world.screens, file), fullPage: true }).catch(() => {});
  }

  // What every page must be: free of axe's complaints, no wider than the screen, in Vietnamese, with one heading. A page that is
  // not does not end the journey.
  async look(page, name) {
    if (this.broken) return;
    await page.waitForLoadState('load');
    await this.picture(page, name);
    const wrong = [...await shape(page), ...(this.script ? await axe(page) : []), ...this.complaints.splice(0)];
    this.world.tap.say(wrong.length === 0, `${this.title} the page "${name}" can be used by everyone`, wrong.join('\n'));
  }

  async close() {
    await Promise.all(this.contexts.map((context) => context.close()));
  }
}

async function shape(page) {
  const facts = await page.evaluate(() => ({
    lang: document.documentElement.lang,
    heads: document.querySelectorAll('h1').length,
    wide: document.scrollingElement.scrollWidth - document.documentElement.clientWidth,
    widest: [...document.querySelectorAll('body *')]
      .filter((el) => el.getBoundingClientRect().right > document.documentElement.clientWidth + 1)
      .slice(0, 3).map((el) => `${el.tagName}.${el.className}`),
  }));
  const wrong = [];
  if (facts.lang !== 'vi') wrong.push(`lang is ${facts.lang}`);
  if (facts.heads !== 1) wrong.push(`${facts.heads} h1`);
  if (facts.wide > 0) wrong.push(`${facts.wide} px wider than the screen: ${facts.widest.join(' ')}`);
  return wrong;
}

async function axe(page) {
  await page.evaluate(axeSource);
  const { violations } = await page.evaluate((tags) => window.axe.run(document, {
    runOnly: { type: 'tag', values: tags }, resultTypes: ['violations'],
  }), AXE_TAGS);
  return violations.flatMap((v) => v.nodes.slice(0, 4)
    .map((n) => `axe ${v.id}: ${n.target.join(' ')}: ${n.failureSummary?.split('\n')[1]?.trim()}`));
}

export async function sees(page, text) {
  await page.getByText(text).first().waitFor({ state: 'visible' });
}

// A page that asks for the focus gets it with its first picture, a moment after it has loaded.
export async function hasFocus(page, selector) {
  await page.waitForFunction((s) => document.activeElement?.matches(s), selector, { timeout: 5000 })
    .catch(() => { throw new Error(`${selector} has no focus`); });
}

export function must(condition, sentence) {
  if (!condition) throw new Error(sentence);
}
