// The standing office without a mouse: from the board to a decision by keys alone.
import { must, sees } from '../lib.mjs';

export const name = 'plan keyboard';

const focused = (page) => page.evaluate(() => ({ text: document.activeElement.textContent.trim(), tag: document.activeElement.tagName,
  name: document.activeElement.getAttribute('name') }));

// Presses Tab until the wanted element has the focus; every stop must show where it is.
async function tabTo(page, wanted, most = 120) {
  for (let i = 0; i < most; i += 1) {
    await page.keyboard.press('Tab');
    const ring = await page.evaluate(() => {
      const s = getComputedStyle(document.activeElement);
      return s.outlineStyle !== 'none' || s.boxShadow !== 'none' || s.backgroundColor !== 'rgba(0, 0, 0, 0)';
    });
    const here = await focused(page);
    must(ring, `no focus is seen on ${here.tag} ${here.text.slice(0, 40)}`);
    if (wanted(here)) return;
  }
  throw new Error('Tab never came there');
}

export async function run(walk) {
  let page;
  await walk.step('the filter of the board opens, is set and sent by keys', async () => {
    page = await walk.as('plan_office');
    await page.goto('/plan');
    await tabTo(page, (at) => at.text.startsWith('Lọc theo'));
    await page.keyboard.press('Enter');
    await tabTo(page, (at) => at.name === 'status', 5);
    await page.keyboard.type('Quá');
    await tabTo(page, (at) => at.text === 'Lọc', 3);
    await page.keyboard.press('Enter');
    await sees(page, /Đang xem \d+ trên 42 mô hình/);
  });
  await walk.step('a square of the picture leads to its model', async () => {
    await page.goto('/plan');
    await tabTo(page, (at) => at.tag === 'A' && /^9\b/.test(at.text));
    await page.keyboard.press('Enter');
    await page.waitForURL('**/plan/models/9');
  });
  await walk.step('a conflict is decided by keys', async () => {
    await page.goto('/plan/conflicts');
    await tabTo(page, (at) => /: (Cơ quan phối hợp|Lực lượng triển khai|Tên mô hình)$/.test(at.text));
    await page.keyboard.press('Enter');
    await page.waitForURL('**/plan/conflicts/*');
    await tabTo(page, (at) => at.name === 'reading');
    await page.keyboard.press('ArrowDown');
    await tabTo(page, (at) => at.name === 'reason');
    await page.keyboard.type('Theo công văn của UBND tỉnh.');
    await tabTo(page, (at) => at.text === 'Ghi quyết định', 3);
    await page.keyboard.press('Enter');
    await sees(page, 'Theo công văn của UBND tỉnh.');
  });
}
