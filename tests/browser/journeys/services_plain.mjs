// The catalogue and a form of many kinds of questions with JavaScript switched off.
import { must, sees } from '../lib.mjs';

export const name = 'services plain';
export const script = false;

export async function run(walk) {
  let page;
  await walk.step('the search works', async () => {
    page = await walk.open();
    await page.goto('/services');
    await page.getByLabel('Tìm dịch vụ').fill('mat can cuoc');
    await page.getByRole('button', { name: 'Tìm' }).click();
    await sees(page, 'Kết quả cho');
    must(await page.locator('.services-list li').count() > 0, 'nothing found');
  });
  await walk.step('a form that is tried shows its errors beside the fields and keeps what was typed', async () => {
    page = await walk.as('catalogue');
    await page.goto('/admin/services');
    await page.getByRole('button', { name: 'Lập bản thảo DVC04' }).click();
    await page.getByRole('link', { name: 'Chạy thử biểu mẫu' }).click();
    const first = page.locator('form.stack input[type=text]').first();
    await first.fill('Trần Văn Thử');
    await walk.expecting('422', async () => {
      await page.locator('form.stack button[type=submit]').first().click();
      await sees(page, 'Cần sửa trước khi gửi');
    });
    must(await page.locator('form.stack input[type=text]').first().inputValue() === 'Trần Văn Thử', 'what was typed is gone');
  });
  await walk.look(page, 'errors');
}
