// The standing office: board, late list, a decision where the plan disagrees with itself, and the month closed.
import { must, sees } from '../lib.mjs';

export const name = 'plan office';

const withinFirstScreen = (page, selector) => page.locator(selector).evaluate((el) => el.getBoundingClientRect().top < window.innerHeight);

export async function run(walk) {
  let page;
  await walk.step('the morning begins on the board', async () => {
    page = await walk.as('plan_office');
    await page.waitForURL('**/plan');
    await sees(page, /^42 mô hình:/);
    must(await page.locator('.tessera').count() === 42, 'not 42 squares');
    must(await page.locator('.cell').count() === 42, 'not 42 cells');
    must(await withinFirstScreen(page, '.board__say'), 'the sentence is below the first screen');
  });
  await walk.look(page, 'board');
  await walk.step('what is late is one filter away, and the filter can be taken off', async () => {
    await page.getByText('Lọc theo cơ quan, địa phương, tình trạng').click();
    await page.getByLabel('Tình trạng', { exact: true }).selectOption({ label: 'Quá hạn' });
    await page.getByRole('button', { name: 'Lọc' }).click();
    await sees(page, /Đang xem \d+ trên 42 mô hình/);
    must(await page.locator('.cell').count() === await page.locator('.cell--late').count(), 'a row that is not late is shown');
    must(await page.locator('.tessera').count() === 42, 'the picture of the whole plan is gone');
  });
  await walk.look(page, 'board, late ones');
  await walk.step('on paper it is two sheets of A4 across', async () => {
    await page.getByRole('link', { name: 'Bỏ lọc' }).click();
    await page.locator('.cell').nth(41).waitFor();
    const paper = (await page.pdf({ preferCSSPageSize: true })).toString('latin1');
    const sheets = [...paper.matchAll(/\/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]/g)].map(([, w, h]) => [Math.round(w), Math.round(h)]);
    must(sheets.length === 2 && sheets.every(([w, h]) => w === 842 && h === 595), `sheets: ${JSON.stringify(sheets)}`);
  });
  await walk.step('a month of the past has its own board', async () => {
    await page.locator('.month').filter({ hasText: '10/2023' }).click();
    await sees(page, 'Tháng 10/2023, số đo đến hết ngày 09/10/2023');
    must(await page.locator('.month[aria-current]').count() === 1, 'the month is not marked');
  });
  await walk.look(page, 'board of a month');
  await walk.step('the late list stands in the month', async () => {
    await page.goto('/plan/months');
    await page.locator('main table a').first().click();
    await sees(page, 'Quá hạn, chưa ký');
  });
  await walk.look(page, 'month');
  await walk.step('a conflict of deadlines is decided with its reason', async () => {
    await page.goto('/plan/conflicts');
    const open = page.locator('tr').filter({ hasText: 'Thời hạn' }).filter({ hasText: 'Chưa quyết' }).first();
    await open.getByRole('link').first().click();
    await page.getByLabel('Theo phụ lục').check();
    await page.getByLabel('Lý do, căn cứ').fill('Công văn số 901/UBND-NC ngày 20/11/2026');
  });
  await walk.look(page, 'conflict');
  await walk.step('the decision stands with who and why', async () => {
    await page.getByRole('button', { name: 'Ghi quyết định' }).click();
    await sees(page, /Công văn số 901\/UBND-NC/);
  });
  await walk.step('a plan as a file is looked at row by row; one that is there is not written over', async () => {
    await page.goto('/plan/import');
    await page.getByLabel('Tệp kế hoạch (XLSX hoặc CSV)').setInputFiles('packs/dak_nong/models.csv');
    await page.getByRole('button', { name: 'Xem trước' }).click();
    await sees(page, 'giống kế hoạch đang có');
    await sees(page, 'không nhập đè');
  });
  await walk.look(page, 'import');
  await walk.step('the timeline shows the chosen day alone', async () => {
    await page.goto('/plan/timeline');
    must(await page.locator('[aria-label*="hạn đã quyết định"]').count() > 0, 'no decided deadline');
    must(await page.locator('[aria-label*="hạn theo phụ lục"]').count() > 0, 'no open one left');
  });
  await walk.look(page, 'timeline');
  await walk.step('one model, one agency', async () => {
    await page.goto('/plan/models/9');
    await walk.look(page, 'model');
    await page.goto('/plan/agencies/so-tttt');
  });
  await walk.look(page, 'agency');
  await walk.step('the month is closed once and stays closed', async () => {
    await page.goto('/plan/months');
    await page.locator('main table a').first().click();
    const shut = page.getByRole('button', { name: 'Khoá sổ' });
    if (await shut.count() > 0) await shut.click();
    await sees(page, 'Sổ đã khoá: không sửa được nữa');
    must(await shut.count() === 0, 'it can be closed again');
  });
  await walk.look(page, 'month closed');
}
