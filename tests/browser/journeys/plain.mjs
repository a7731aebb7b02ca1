// The main job with JavaScript switched off: slower, but nothing is missing.
import { CARD, must, sees } from '../lib.mjs';

export const name = 'main job';
export const script = false;

export async function run(walk) {
  let page;
  await walk.step('the receptionist signs in', async () => {
    page = await walk.as('receptionist');
    await page.waitForURL('**/stays');
  });
  await walk.look(page, 'desk');
  await walk.step('a pasted card is on the list', async () => {
    await page.locator('#scan').fill(CARD);
    await page.getByRole('button', { name: 'Thêm', exact: true }).click();
    await sees(page, 'Nguyễn Văn Demo');
  });
  await walk.step('a wrong card comes back with its sentence', async () => {
    await walk.expecting('422', async () => {
      await page.locator('#scan').fill(CARD.replace('067090000123', '06709000012'));
      await page.getByRole('button', { name: 'Thêm', exact: true }).click();
      await sees(page, /mới có 11 chữ số/);
    });
    must((await page.locator('#scan').inputValue()).startsWith('06709000012|'), 'what was typed is gone');
  });
  await walk.look(page, 'card refused');
  await walk.step('sending gives the receipt', async () => {
    await page.goto('/stays');
    await page.getByLabel('Phòng', { exact: true }).first().fill('110');
    await page.getByRole('button', { name: 'Gửi thông báo lưu trú' }).click();
    await page.waitForURL('**/stays/receipts/**');
    await sees(page, 'Đã ghi nhận thông báo lưu trú');
  });
  await walk.look(page, 'receipt');
  await walk.step('the police see the guest', async () => {
    const police = await walk.as('police');
    await police.goto('/police/stays?q=Demo');
    await sees(police, 'Nguyễn Văn Demo');
    await walk.look(police, 'police');
  });
  await walk.step('the guest sees who declared him', async () => {
    const citizen = await walk.as('citizen');
    await citizen.goto('/my-data');
    await sees(citizen, 'Thông báo lưu trú');
    await walk.look(citizen, 'citizen');
  });
  await walk.step('the administrator finds it in the log', async () => {
    const admin = await walk.as('administrator');
    await admin.goto('/admin/audit?action=stays.declared');
    await sees(admin, 'Lê Thị Thu Hà');
    await walk.look(admin, 'log');
  });
}
