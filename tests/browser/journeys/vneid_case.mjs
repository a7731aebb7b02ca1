// A service begun in VNeID: the app announces its citizen, the form is filled in with its source, the case comes back into the app; next
// morning the integration officer finds what both sides do not agree on, and ends it.
import { next, ownHouse } from '../form.mjs';
import { must, sees } from '../lib.mjs';

export const name = 'vneid case';

// VNeID has the case.
async function arrived(walk, number) {
  for (let i = 0; i < 60; i += 1) {
    const list = await (await fetch(`${walk.world.vneidServices}/v1/cases?case=${number}`)).json();
    if (list.cases.length > 0) return;
    await new Promise((next) => setTimeout(next, 500));
  }
  throw new Error(`${number} did not come to VNeID`);
}

// The row of the table of facts: "VNeID đã nhận" 3
async function fact(page, label) {
  const row = page.locator('.facts__row', { hasText: label });
  return Number((await row.locator('dd').innerText()).replaceAll('.', '').trim());
}

export async function run(walk) {
  let page, officer, number;
  await walk.step('the app lists its services', async () => {
    page = await walk.open();
    await page.goto(walk.world.vneidServices);
    await sees(page, 'Đây không phải VNeID');
  });
  await walk.look(page, 'app');
  await walk.step('a tap leads through VNeID into the service', async () => {
    await page.getByRole('link', { name: /Đăng ký tạm trú\s*Nguyễn Văn Demo/ }).click();
    await page.waitForURL('**/authorize?*');
    await page.getByRole('link', { name: /Nguyễn Văn Demo.*mức 2/ }).first().click();
    await page.waitForURL('**/vneid/mo');
    await sees(page, 'VNeID gửi kèm');
    await sees(page, 'MÔ PHỎNG');
  });
  await walk.look(page, 'came');
  await walk.step('the form is filled in and says by whom', async () => {
    await page.getByRole('button', { name: 'Bắt đầu hồ sơ' }).click();
    await sees(page, 'Phần 1 trong');
    await page.getByLabel('Đăng ký mới').check();
    await page.getByLabel('Chính tôi').check();
    await sees(page, 'Lấy từ VNeID ngày');
    must(await page.getByLabel('Số điện thoại').inputValue() === '0912000001', 'the telephone number is not the one VNeID gave');
    await next(page);
    await sees(page, 'Lấy từ VNeID ngày');
  });
  await walk.look(page, 'prefilled');
  await walk.step('the rest of the form, and sending', async () => {
    await next(page);
    await ownHouse(page);
    await sees(page, 'Nơi nhận hồ sơ');
    await page.getByLabel('Bản điện tử').check();
    await next(page);
    const card = page.locator('section.card', { hasText: 'Quyền sở hữu chỗ ở' });
    await card.locator('summary').click();
    await card.locator('input[type=file]').setInputFiles({
      name: 'nha.jpg', mimeType: 'image/jpeg', buffer: Buffer.from('ffd8ffe000104a46494600010100000100010000ffd9', 'hex'),
    });
    await card.getByRole('button', { name: /Tải lên/ }).click();
    await sees(page, 'nha.jpg');
    await page.getByRole('link', { name: 'Xem lại và gửi' }).click();
    await sees(page, 'Xem lại trước khi gửi');
    const twice = page.locator('input[name="double"]');
    if (await twice.count()) await twice.check();
    await page.locator('input[name="agree"]').check();
    await page.getByRole('button', { name: 'Gửi hồ sơ' }).click();
    await sees(page, 'Mã theo dõi chỉ hiện một lần');
    number = (await page.locator('.note').first().innerText()).match(/[0-9.A-Z]+H16-\d{6}-\d{4}/)[0];
  });
  await walk.step('whoever is signed in opens nobody else\'s service', async () => {
    await walk.expecting('/vneid/mo', async () => {
      await page.goto(walk.world.vneidServices);
      await page.getByRole('link', { name: /Đăng ký tạm trú\s*Trần Văn Mẫu/ }).click();
      await page.waitForURL('**/vneid/mo');
      await sees(page, 'không phải người đang đăng nhập ở đây');
    });
  });
  await walk.look(page, 'other person');
  await walk.step('what the channel offers is public', async () => {
    await page.goto('/vneid');
    await sees(page, 'Mỗi kênh làm được gì');
  });
  await walk.look(page, 'offered');
  await walk.step('the officer sees that VNeID has taken it and that it was read', async () => {
    officer = await walk.as('integration');
    await officer.waitForURL('**/admin/vneid');
    await arrived(walk, number);
    for (let i = 0; i < 40 && await fact(officer, 'Người dân đã mở xem') === 0; i += 1) {
      await officer.waitForTimeout(500);
      await officer.reload();
    }
    await officer.reload();
    must(await fact(officer, 'VNeID đã nhận') > 0, 'VNeID has taken nothing');
    must(await fact(officer, 'Người dân đã mở xem') > 0, 'nothing was read there');
  });
  await walk.step('a mistake over there is a duty of the officer\'s', async () => {
    await fetch(`${walk.world.vneidServices}/sim/case?case=${number}&state=DA_TRA_KET_QUA`);
    await officer.getByRole('button', { name: 'So ngay' }).click();
    await sees(officer, 'Đã so hai danh sách.');
    await sees(officer, 'Trạng thái khác nhau');
    await officer.locator('.tag', { hasText: 'Của tôi' }).first().waitFor();
  });
  await walk.look(officer, 'duties');
  await walk.step('it ends with what was done and why', async () => {
    await officer.getByRole('link', { name: number }).click();
    await sees(officer, 'Bên VNeID');
    await walk.expecting('/admin/vneid/viec/', async () => {
      await officer.getByRole('button', { name: 'Ghi và đóng việc này' }).click();
      await sees(officer, 'Cần sửa trước khi gửi');
    });
  });
  await walk.look(officer, 'one duty');
  await walk.step('the whole case goes out again', async () => {
    await officer.getByLabel('Gửi lại toàn bộ hồ sơ cho VNeID').check();
    await officer.getByLabel('Vì sao khác nhau, và đã xử lý thế nào').fill('VNeID ghi nhầm trạng thái, đã gọi điện.');
    await officer.getByRole('button', { name: 'Ghi và đóng việc này' }).click();
    await sees(officer, 'Đã ghi cách xử lý.');
    await sees(officer, 'VNeID ghi nhầm trạng thái, đã gọi điện.');
  });
  await walk.look(officer, 'settled');
}
