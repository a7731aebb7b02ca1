// With JavaScript switched off: the source knows nothing about the applicant; declared here, checked afterwards.
import { next } from '../form.mjs';
import { must, sees } from '../lib.mjs';

export const name = 'paperless plain';
export const script = false;

export async function run(walk) {
  const { sources } = walk.world;
  let page;
  await walk.step('up to the papers of a change of electricity contract, while its source is gone', async () => {
    await sources.stop();
    page = await walk.as('citizen');
    await page.goto('/nop/DVC40');
    await page.getByRole('button', { name: 'Bắt đầu' }).click();
    await page.locator('[name="customer_code"]').fill('PC00112233');
    await page.locator('[name="request"]').selectOption('extend');
    await page.locator('[name="address.unit"]').selectOption({ label: 'Xã Quảng Tín' });
    await page.locator('[name="address.line"]').fill('Thôn 3');
    await next(page);
    await page.locator('[name="buyer_phone"]').fill('0912000001');
    await next(page);
    await page.locator('[name="visit_day"]').fill('2026-12-15');
    await page.locator('[name="visit_part"][value="morning"]').check();
    await next(page);
    await page.getByLabel('Bản điện tử').check();
    await next(page);
    await sees(page, 'đang gián đoạn. Bạn không phải nộp giấy thay');
    must(await page.getByText('Cần tải lên').count() === 0, 'a sheet is asked for');
  });
  await walk.look(page, 'down');
  await walk.step('a choice that was not made is asked for again', async () => {
    await walk.expecting('422', async () => {
      await page.getByRole('button', { name: /Chọn cách này/ }).first().click();
      await sees(page, 'Xin chọn một trong những cách ghi ở đây');
    });
  });
  await walk.step('the source is back and knows nothing: declaring is offered', async () => {
    await sources.start('nothing:100');
    await page.locator('input[name="choice"][value="again"]').first().check();
    await page.getByRole('button', { name: /Chọn cách này/ }).first().click();
    await sees(page, 'Nguồn trả lời: không có dữ liệu này');
    await page.locator('input[name="choice"][value="declare"]').first().check();
    await page.getByRole('button', { name: /Chọn cách này/ }).first().click();
    await sees(page, 'Bạn cam đoan, kiểm tra sau');
  });
  await walk.look(page, 'declared');
  await walk.step('sent', async () => {
    await page.getByRole('link', { name: 'Xem lại và gửi' }).click();
    await page.locator('input[name="agree"]').check();
    await page.getByRole('button', { name: 'Gửi hồ sơ' }).click();
    await sees(page, 'Mã theo dõi chỉ hiện một lần');
  });
  await sources.stop();
  await sources.start();
}
