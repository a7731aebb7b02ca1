// Filing with JavaScript switched off: a mistake is shown beside its field with what was typed, saved pages are found again.
import { must, sees } from '../lib.mjs';

export const name = 'citizen plain';
export const script = false;

export async function run(walk) {
  let page;
  await walk.step('the form begins', async () => {
    page = await walk.as('citizen');
    await page.goto('/nop/DVC05');
    await page.getByRole('button', { name: 'Bắt đầu' }).click();
    await sees(page, 'Phần 1 trong');
  });
  await walk.step('a page that lacks an answer says so', async () => {
    await walk.expecting('422', async () => {
      await page.getByRole('button', { name: 'Tiếp tục', exact: true }).click();
      await sees(page, 'Cần sửa trước khi gửi');
    });
  });
  await walk.look(page, 'error');
  await walk.step('a saved page is found again later', async () => {
    await page.locator('input[name="case"]').first().check();
    await page.getByRole('button', { name: 'Tiếp tục', exact: true }).click();
    await page.goto('/ho-so');
    await sees(page, 'Đang điền dở');
    await page.getByRole('link', { name: /tạm vắng/ }).first().click();
    await page.waitForURL(/leaver/);
    must(await page.locator('input[name="leaver_name"]').inputValue() === 'Nguyễn Văn Demo', 'the name is not filled in');
  });
  await walk.look(page, 'again');
  await walk.step('the page of notices can be read', async () => {
    await page.goto('/tin-bao');
    await sees(page, 'Cách nhận tin');
  });
  await walk.look(page, 'notices');
}
