// A department's reporting officer: what is owed, the draft's words, the signature, and a correction with its reason.
import { must, sees } from '../lib.mjs';

export const name = 'plan agency';

async function correct(page, reason) {
  await page.locator('summary').filter({ hasText: /đính chính/ }).click();
  await page.getByLabel('Lý do đính chính').fill(reason);
  await page.getByRole('button', { name: 'Lập bản đính chính' }).click();
  await page.getByRole('button', { name: 'Ghi lại' }).waitFor();
}

export async function run(walk) {
  let page;
  await walk.step('the page of the agency says what is owed', async () => {
    page = await walk.as('agency');
    await page.waitForURL('**/plan/agencies/so-tttt');
    await sees(page, 'Tháng này cần nộp gì');
  });
  await walk.look(page, 'owed');
  await walk.step('the report is open; one that is signed is corrected with a reason', async () => {
    await page.getByRole('link', { name: 'Mở báo cáo' }).click();
    await page.waitForURL('**/plan/reports/*');
    if (await page.getByRole('button', { name: 'Ghi lại' }).count() > 0) return;
    await correct(page, 'Số lớp tập huấn ghi nhầm tháng trước.');
  });
  await walk.look(page, 'draft');
  await walk.step('more than a hundred percent is refused beside the field, and no word is lost', async () => {
    await page.getByLabel('Tự đánh giá mức hoàn thành (%)').first().fill('120');
    await page.getByLabel('Đã làm').first().fill('Đã mở 4 lớp tập huấn ở Gia Nghĩa.');
    await walk.expecting('422', async () => {
      await page.getByRole('button', { name: 'Ghi lại' }).click();
      await page.locator('.govuk-error-message').first().waitFor();
    });
    must(await page.getByLabel('Đã làm').first().inputValue() === 'Đã mở 4 lớp tập huấn ở Gia Nghĩa.', 'what was typed is gone');
  });
  await walk.look(page, 'draft refused');
  await walk.step('words are saved', async () => {
    await page.getByLabel('Tự đánh giá mức hoàn thành (%)').first().fill('70');
    await page.getByRole('button', { name: 'Ghi lại' }).click();
    await page.waitForURL('**/plan/reports/*');
    must(await page.getByLabel('Đã làm').first().inputValue() === 'Đã mở 4 lớp tập huấn ở Gia Nghĩa.', 'the words are not there');
  });
  await walk.step('a signed report has its evidence and is no form any more', async () => {
    await page.getByRole('button', { name: 'Ký báo cáo' }).click();
    await sees(page, 'Văn bản đã ký (JSON)');
    must(await page.getByRole('button', { name: 'Ghi lại' }).count() === 0, 'it can still be written');
  });
  await walk.look(page, 'signed');
  await walk.step('a number changed by hand is not taken, and the page says so', async () => {
    await correct(page, 'Bổ sung lớp tập huấn ở Đắk Mil.');
    await page.locator('input[name=numbers]').first().evaluate((el) => { el.value = 'x=99/100'; });
    await page.getByRole('button', { name: 'Ghi lại' }).click();
    await sees(page, /sửa tay không được nhận/);
    await page.getByRole('button', { name: 'Ký báo cáo' }).click();
    await sees(page, 'Văn bản đã ký (JSON)');
  });
  await walk.look(page, 'versions');
  await walk.step('another agency\'s report can be read and not written', async () => {
    await page.goto('/plan/months');
    await page.locator('main table a').first().click();
    await page.locator('tr').filter({ hasText: 'Công an tỉnh' }).getByRole('link', { name: /Bản/ }).click();
    must(await page.getByRole('button', { name: /Ghi lại|Ký báo cáo/ }).count() === 0, 'another agency\'s report is a form');
  });
}
