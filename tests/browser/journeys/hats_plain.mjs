// The same choice without JavaScript, on the cheapest phone.
import { sees } from '../lib.mjs';

export const name = 'hats_plain';
export const script = false;

export async function run(walk) {
  let page;
  await walk.step('the choice comes after signing in', async () => {
    page = await walk.as('hats');
    await page.waitForURL('**/hats*');
    await page.locator('#main').getByRole('button', { name: /^Công dân/ }).click();
    await page.waitForURL('**/ho-so');
  });
  await walk.step('one press at the head changes it', async () => {
    await page.locator('.hats summary').click();
    await page.locator('.hats').getByRole('button', { name: /Đại diện theo pháp luật/ }).click();
    await page.waitForURL('**/organisation');
    await sees(page, 'Hợp tác xã Cà phê Mẫu');
  });
  await page.locator('.hats summary').click();
  await walk.look(page, 'open');
}
