// Somebody without an account looks for a public service in plain words and reads what it takes.
import { must, sees } from '../lib.mjs';

export const name = 'services';

export async function run(walk) {
  let page;
  await walk.step('the front door takes a question, and leads to the catalogue', async () => {
    page = await walk.open();
    await page.goto('/');
    await page.getByLabel('Tìm dịch vụ').fill('khai sinh');
    await page.getByRole('button', { name: 'Tìm' }).click();
    await sees(page, 'Kết quả cho “khai sinh”');
    await page.getByRole('link', { name: 'Tất cả dịch vụ' }).click();
    await page.waitForURL('**/services');
    await sees(page, 'Theo việc trong đời');
  });
  await walk.look(page, 'catalogue');
  await walk.step('a question without tones and with a letter missing finds it first', async () => {
    await page.getByLabel('Tìm dịch vụ').fill('lam giay khai sih');
    await page.keyboard.press('Enter');
    await page.waitForURL('**/services?q=*');
    must((await page.locator('.services-list .pick__title').first().innerText()) === 'Đăng ký khai sinh', 'something else comes first');
    must(await page.getByLabel('Tìm dịch vụ').inputValue() === 'lam giay khai sih', 'the question is gone');
  });
  await walk.look(page, 'found');
  await walk.step('what nobody offers says how to go on', async () => {
    await page.goto('/services?q=xyzzy+plugh');
    await sees(page, 'Chưa tìm thấy dịch vụ nào');
    await page.getByRole('link', { name: 'Sinh con' }).click();
    await sees(page, 'Đăng ký khai sinh');
  });
  await walk.look(page, 'an event of life');
  await walk.step('one service says who may, what it takes and on which law', async () => {
    await page.getByRole('link', { name: /^Đăng ký khai sinh/ }).click();
    await page.waitForURL('**/services/DVC12');
    for (const words of ['Ai được nộp', 'Thời gian giải quyết', 'Lấy từ đâu', 'Căn cứ pháp lý', 'đang áp dụng']) await sees(page, words);
  });
  await walk.step('the page is light', async () => {
    const html = await (await page.request.get('/services/DVC12')).body();
    must(html.length < 60 * 1024, `${html.length} bytes`);
  });
  await walk.look(page, 'one service');
  await walk.step('in English the frame changes, the service stays as the law names it', async () => {
    await page.getByRole('link', { name: /English/ }).click();
    await sees(page, 'Who may apply');
    await sees(page, 'Đăng ký khai sinh');
  });
}
