// A second step after the password: turned on, used, used from paper, turned off.
import { must, sees } from '../lib.mjs';
import { nextCodeOf } from '../totp.mjs';

export const name = 'second factor';

const used = new Set();

export async function run(walk) {
  let page, key, paper;
  await walk.step('one page says what one signs in with', async () => {
    page = await walk.as('leader');
    await page.goto('/security');
    await sees(page, 'Bảo mật của tôi');
  });
  await walk.look(page, 'my security');
  await walk.step('the app is told a key by QR code or by hand', async () => {
    await page.getByRole('link', { name: 'Bật ứng dụng tạo mã' }).click();
    await sees(page, 'Không quét được?');
    await page.getByText('Không quét được?').click();
    key = await page.locator('code').first().textContent();
    must(/^[A-Z2-7]{32}$/.test(key), `no key: ${key}`);
  });
  await walk.look(page, 'authenticator app');
  await walk.step('its code turns the second step on, and ten codes for paper are shown', async () => {
    await page.getByLabel('Mã sáu số').fill(nextCodeOf(key, used));
    await page.getByRole('button', { name: 'Bật ứng dụng tạo mã' }).click();
    await sees(page, 'chỉ hiện một lần');
    must(await page.locator('.codes li').count() === 10, 'not ten codes');
    paper = await page.locator('.codes code').first().textContent();
  });
  await walk.look(page, 'backup codes');
  await walk.step('the password alone is no longer enough', async () => {
    page = await walk.open();
    await page.goto('/sign-in?next=%2Fleader');
    await page.getByRole('button', { name: /Lãnh đạo tỉnh:/ }).click();
    await page.waitForURL('**/sign-in/code?*');
    await sees(page, 'Bước hai');
  });
  await walk.look(page, 'second step');
  await walk.step('a wrong code is refused with a sentence', async () => {
    await walk.expecting('status of 401', async () => {
      await page.getByLabel('Mã xác nhận').fill('000000');
      await page.getByRole('button', { name: 'Xác nhận' }).click();
      await sees(page, 'Mã chưa đúng');
    });
  });
  await walk.look(page, 'wrong code');
  await walk.step('a code on paper opens, once', async () => {
    await page.getByLabel('Mã xác nhận').fill(paper.toUpperCase());
    await page.getByRole('button', { name: 'Xác nhận' }).click();
    await page.waitForURL((url) => !url.pathname.startsWith('/sign-in'));
    await page.goto('/security');
    await sees(page, 'Còn 9 mã chưa dùng.');
  });
  await walk.look(page, 'my security with an app');
  await walk.step('it is turned off again', async () => {
    await page.getByRole('button', { name: 'Tắt ứng dụng tạo mã' }).click();
    await sees(page, 'Đã tắt ứng dụng tạo mã.');
  });
}
