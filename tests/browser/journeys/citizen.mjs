// The citizen: who has seen my data.
import { sees } from '../lib.mjs';

export const name = 'citizen';

export async function run(walk) {
  let page;
  await walk.step('the way in leads to what I have asked for', async () => {
    page = await walk.as('citizen');
    await page.waitForURL('**/ho-so');
    await sees(page, 'Nộp hồ sơ mới');
  });
  await walk.step('who has seen my data is told, too', async () => {
    await page.goto('/my-data');
    await sees(page, 'Thông báo lưu trú');
  });
  await walk.look(page, 'my data');
  await walk.step('own sessions are listed', async () => {
    await page.goto('/sessions');
    await sees(page, /Phiên đăng nhập/);
  });
  await walk.look(page, 'sessions');
  await walk.step('English is one press away, and back', async () => {
    await page.goto('/my-data');
    await page.getByRole('link', { name: /English/ }).first().click();
    await page.waitForFunction(() => document.documentElement.lang === 'en');
    await page.locator('a[href^="/language/vi"]').first().click();
    await page.waitForFunction(() => document.documentElement.lang === 'vi');
  });
}
