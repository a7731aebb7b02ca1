// The same way without JavaScript.
import { sees } from '../lib.mjs';

export const name = 'vneid';
export const script = false;

export async function run(walk) {
  let page;
  await walk.step('Trần Văn Mẫu comes in with VNeID', async () => {
    page = await walk.open();
    await page.goto('/sign-in?next=/my-links');
    await page.getByRole('link', { name: 'Đăng nhập bằng VNeID' }).click();
    await page.waitForURL('**/authorize?*');
    await page.getByRole('link', { name: /Trần Văn Mẫu/ }).first().click();
    await page.waitForURL('**/my-links');
    await sees(page, 'VNeID mức 2: đã xác thực (L4)');
    await sees(page, 'Tài khoản này được tạo từ liên kết');
  });
  await walk.look(page, 'linked');
  await walk.step('ending the link signs out', async () => {
    await page.getByRole('button', { name: 'Gỡ liên kết' }).click();
    await page.waitForURL('**/sign-in');
  });
}
