// An administrator passes an agency's duties to another one: looks first, confirms, reads the act, takes it back.
import { must, sees } from '../lib.mjs';

export const name = 'reorganise';

export async function run(walk) {
  let page;
  await walk.step('what law has decided stands above the form', async () => {
    page = await walk.as('administrator');
    await page.goto('/admin/agencies');
    await sees(page, 'Có thay đổi chưa ghi nhận');
  });
  await walk.look(page, 'agencies');
  await walk.step('an agency cannot take over from itself; what was typed stays', async () => {
    await page.getByLabel('Cơ quan chuyển giao').selectOption('so-gtvt');
    await page.getByLabel('Cơ quan tiếp nhận').selectOption('so-gtvt');
    await page.getByLabel('Từ ngày').fill('2025-03-01');
    await page.getByLabel('Số và ngày quyết định').fill('NQ 12/NQ-HĐND');
    await walk.expecting('422', async () => {
      await page.getByRole('button', { name: 'Xem trước những gì sẽ chuyển' }).click();
      await sees(page, 'Một cơ quan không thể tiếp nhận chính mình');
    });
    must(await page.getByLabel('Số và ngày quyết định').inputValue() === 'NQ 12/NQ-HĐND', 'the decree is gone');
  });
  await walk.step('a preview counts by duty and has written nothing', async () => {
    await page.getByLabel('Cơ quan tiếp nhận').selectOption('so-xd');
    await page.getByRole('button', { name: 'Xem trước những gì sẽ chuyển' }).click();
    await sees(page, 'Chưa có gì được ghi');
    await sees(page, 'Phân công trong kế hoạch');
  });
  await walk.look(page, 'preview');
  await walk.step('confirmed, the act can be read', async () => {
    await page.getByRole('button', { name: 'Xác nhận chuyển giao' }).click();
    await page.waitForURL('**/admin/agencies/acts/*');
    await sees(page, 'Đang có hiệu lực');
  });
  await walk.look(page, 'act');
  await walk.step('and taken back', async () => {
    await page.getByRole('button', { name: 'Hoàn tác lần chuyển giao này' }).click();
    await sees(page, 'Đã hoàn tác');
  });
}
