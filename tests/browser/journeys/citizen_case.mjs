// From a search in plain words to a case that is paid: one page at a time, a photo, the check, the code, the fee.
import { next, ownHouse } from '../form.mjs';
import { must, sees } from '../lib.mjs';

export const name = 'citizen case';

const photo = { name: 'nha.jpg', mimeType: 'image/jpeg', buffer: Buffer.from('ffd8ffe000104a46494600010100000100010000ffd9', 'hex') };

export async function run(walk) {
  let page, number;
  await walk.step('a search leads to the service and its form', async () => {
    page = await walk.as('citizen');
    await page.goto('/services');
    await page.getByLabel('Tìm dịch vụ').fill('dang ky tam tru');
    await page.getByRole('button', { name: 'Tìm', exact: true }).click();
    await page.getByRole('link', { name: 'Đăng ký tạm trú' }).first().click();
    await page.locator('a[href="/nop/DVC04"]').first().click();
    await sees(page, 'Bạn nộp cho ai?');
  });
  await walk.look(page, 'begin');
  await walk.step('what the register knows is filled in and says so', async () => {
    await page.getByRole('button', { name: 'Bắt đầu' }).click();
    await sees(page, 'Phần 1 trong');
    await page.getByLabel('Đăng ký mới').check();
    await page.getByLabel('Chính tôi').check();
    await page.getByLabel('Số điện thoại').fill('0912000001');
    await next(page);
    await sees(page, 'Lấy từ Cơ sở dữ liệu dân cư');
  });
  await walk.look(page, 'prefilled');
  await walk.step('the rest of the form', async () => {
    await next(page);
    await ownHouse(page);
    await sees(page, 'Nơi nhận hồ sơ');
  });
  await walk.look(page, 'place');
  await walk.step('where it goes, and a photo of a paper', async () => {
    await page.getByLabel('Bản điện tử').check();
    await next(page);
    await sees(page, 'Giấy tờ của hồ sơ');
    const card = page.locator('section.card', { hasText: 'Quyền sở hữu chỗ ở' });
    await card.locator('summary').click();
    await card.locator('input[type=file]').setInputFiles(photo);
    await card.getByRole('button', { name: /Tải lên/ }).click();
    await sees(page, 'nha.jpg');
  });
  await walk.look(page, 'papers');
  await walk.step('the check, and sending', async () => {
    await page.getByRole('link', { name: 'Xem lại và gửi' }).click();
    await sees(page, 'Xem lại trước khi gửi');
  });
  await walk.look(page, 'check');
  await walk.step('the number, and the code that is shown once', async () => {
    const twice = page.locator('input[name="double"]');
    if (await twice.count()) await twice.check();
    await page.locator('input[name="agree"]').check();
    await page.getByRole('button', { name: 'Gửi hồ sơ' }).click();
    await sees(page, 'Mã theo dõi chỉ hiện một lần');
    number = (await page.locator('.note').first().innerText()).match(/[0-9.A-Z]+H16-\d{6}-\d{4}/)[0];
  });
  await walk.look(page, 'sent');
  await walk.step('the fee by VietQR, paid at the stand-in', async () => {
    await page.getByRole('link', { name: 'Trả phí' }).click();
    await page.getByRole('button', { name: 'Lấy mã VietQR' }).click();
    await sees(page, 'Mở ứng dụng ngân hàng');
    const qr = (await page.locator('details p.mono').textContent()).trim();
    const answer = await fetch(`${walk.world.pay}/pay`, {
      method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ qr }),
    });
    must((await answer.json()).said[0].outcome === 'taken', 'the payment was not taken');
  });
  await walk.look(page, 'pay');
  await walk.step('the case says that it is paid', async () => {
    await page.getByRole('link', { name: 'Tôi đã trả, xem lại' }).click();
    await sees(page, 'Đã trả phí');
    await sees(page, number);
    await page.goto(`/ho-so/${number}/tra-phi`);
    await sees(page, 'Số biên lai: BL-BON');
    await page.getByRole('link', { name: 'Về hồ sơ' }).click();
  });
  await walk.look(page, 'case');
  await walk.step('the list has it', async () => {
    await page.goto('/ho-so');
    await sees(page, number);
  });
  await walk.look(page, 'list');
}
