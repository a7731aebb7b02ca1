// The plan office with JavaScript switched off.
import { must, sees } from '../lib.mjs';

export const name = 'plan';
export const script = false;

export async function run(walk) {
  let page;
  await walk.step('board and filter work', async () => {
    page = await walk.as('plan_office');
    await page.goto('/plan?status=late');
    must(await page.getByRole('button', { name: 'Lọc' }).isVisible(), 'the filter that is on is folded away');
    await page.getByLabel('Cơ quan', { exact: true }).selectOption({ label: 'Sở Tư pháp' });
    await page.getByRole('button', { name: 'Lọc' }).click();
    await sees(page, /Đang xem [12] trên 42 mô hình/);
  });
  await walk.look(page, 'board');
  await walk.step('the timeline has its pictures and its table', async () => {
    await page.goto('/plan/timeline');
    must(await page.locator('.lane__marks').count() === 42, 'not 42 lanes');
    await page.getByText('Xem các ngày dạng bảng').first().click();
    await page.getByRole('columnheader', { name: 'Hạn theo phần II' }).first().waitFor();
  });
  await walk.look(page, 'timeline');
  await walk.step('a report is written and kept', async () => {
    page = await walk.as('agency');
    await page.getByRole('link', { name: 'Mở báo cáo' }).click();
    await page.waitForURL('**/plan/reports/*');
  });
  await walk.look(page, 'report');
}
