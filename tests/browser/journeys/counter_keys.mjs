// The clerk's intake without a mouse: Tab, letters, Space and Enter only, each key counted. A person of the register must be through in
// less than a minute at three keys a second.
import { CARD, hasFocus, must, sees } from '../lib.mjs';

export const name = 'counter keys';

const KEYS_A_SECOND = 3;
const TABS_MOST = 60;

class Keys {
  constructor(page) {
    Object.assign(this, { page, pressed: 0 });
  }

  async press(key) {
    this.pressed += 1;
    await this.page.keyboard.press(key);
  }

  async type(text) {
    this.pressed += [...text].length;
    await this.page.keyboard.type(text);
  }

  is(selector) {
    return this.page.evaluate((s) => document.activeElement?.matches(s), selector);
  }

  // Onwards with Tab until the focus is there.
  async to(selector) {
    for (let i = 0; i < TABS_MOST; i += 1) {
      if (await this.is(selector)) return;
      await this.press('Tab');
    }
    throw new Error(`Tab never reaches ${selector} from ${await this.page.evaluate(() => document.activeElement?.outerHTML)}`);
  }

  async set(field, text) {
    await this.to(`[name="${field}"]`);
    await this.type(text);
  }

  // Radios: Tab reaches the group, the arrow goes on to the one that is wanted.
  async choose(field, value) {
    await this.to(`[name="${field}"]`);
    for (let i = 0; i < 20; i += 1) {
      if (await this.page.evaluate(([f, v]) => document.querySelector(`[name="${f}"]:checked`)?.value === v, [field, value])) return;
      await this.press(i === 0 ? 'Space' : 'ArrowDown');
    }
    throw new Error(`no key chooses ${field} = ${value}`);
  }
}

export async function run(walk) {
  let page, keys;
  await walk.step('a scanned card: the focus waits for it, the scanner presses Enter itself', async () => {
    page = await walk.as('clerk');
    await page.goto('/counter/intake');
    keys = new Keys(page);
    await hasFocus(page, '[name=text]');
    await page.keyboard.insertText(CARD);
    await page.keyboard.press('Enter');
    await page.waitForURL('**/counter/intake/*');
  });
  await walk.step('the service by a few letters, Enter, and the first hit by Tab', async () => {
    await hasFocus(page, '[name=q]');
    await keys.type('tam vang');
    await keys.press('Enter');
    await sees(page, 'Khai báo tạm vắng');
    await keys.to('button[type=submit][name=code], button[type=submit][value^=DVC]');
    await keys.press('Enter');
    await page.waitForURL('**/form');
  });
  await walk.step('the sheet: what the register knows is passed over, the rest is typed', async () => {
    await keys.choose('case', 'year');
    await keys.set('leaver_phone', '0905123456');
    await keys.set('leave_day', '01122026');
    await keys.set('back_day', '01062028');
    await keys.set('reason', 'đi làm xa');
    await keys.press('Enter');
    await page.waitForURL('**/receive');
  });
  await walk.look(page, 'receive');
  await walk.step('received: in less than a minute', async () => {
    if (await page.locator('[name=double]').count()) { // somebody who has an open case of this kind already
      await keys.to('[name=double]');
      await keys.press('Space');
    }
    await keys.to('button[type=submit].btn:not(.btn--second)');
    await keys.press('Enter');
    await sees(page, 'Mã tra cứu');
    const seconds = Math.round(keys.pressed / KEYS_A_SECOND);
    console.log(`# ${walk.title} ${keys.pressed} keys, ${seconds} s at ${KEYS_A_SECOND} keys a second`);
    must(keys.pressed > 20 && seconds < 60, `intake of a known person takes ${keys.pressed} keys, ${seconds} s`);
  });
  await walk.look(page, 'receipt');
}
