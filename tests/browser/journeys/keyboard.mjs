// The receptionist without a mouse: every step by keys alone.
import { CARD, must, sees } from '../lib.mjs';

export const name = 'keyboard only';

export async function run(walk) {
  let page;
  await walk.step('the first stop of Tab leads past the menu', async () => {
    page = await walk.as('receptionist');
    await page.goto('/sessions');
    await page.keyboard.press('Tab');
    const first = await page.evaluate(() => document.activeElement.getAttribute('href'));
    must(first?.startsWith('#'), `the first stop is ${first}`);
    await page.keyboard.press('Enter');
    must(await page.evaluate(() => location.hash.length > 1), 'it leads nowhere');
  });
  await walk.step('every stop shows where it is', async () => {
    await page.goto('/stays/book');
    for (let i = 0; i < 6; i += 1) {
      await page.keyboard.press('Tab');
      const ring = await page.evaluate(() => {
        const s = getComputedStyle(document.activeElement);
        return s.outlineStyle !== 'none' || s.boxShadow !== 'none' || s.backgroundColor !== 'rgba(0, 0, 0, 0)';
      });
      must(ring, `stop ${i + 1} cannot be seen`);
    }
  });
  await walk.step('F2 leads to the scan field, Enter takes the card', async () => {
    await page.goto('/stays');
    await page.keyboard.press('F2');
    must(await page.evaluate(() => document.activeElement.id === 'scan'), 'the focus is elsewhere');
    await page.keyboard.insertText(CARD);
    await page.keyboard.press('Enter');
    await page.waitForFunction(() => document.querySelectorAll('#guests .guest').length === 1);
    must(await page.evaluate(() => document.activeElement.id === 'scan'), 'the focus did not come back');
  });
  await walk.step('Tab reaches the room; F9 sends from anywhere', async () => {
    for (let i = 0; i < 30; i += 1) {
      await page.keyboard.press('Tab');
      if (await page.evaluate(() => document.activeElement.name === 'room')) break;
    }
    must(await page.evaluate(() => document.activeElement.name === 'room'), 'no Tab reaches the room');
    await page.keyboard.type('305');
    await page.keyboard.press('F9');
    await page.waitForURL('**/stays/receipts/**');
    await sees(page, '305');
  });
}
