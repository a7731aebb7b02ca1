// The leader: tonight's number on a map in both geographies, thirty days, live; nobody's name anywhere.
import { CARD, must, sees } from '../lib.mjs';

export const name = 'leader';

const tonight = (page) => page.evaluate(() => Number(document.querySelector('#tonight .tile__value, #tonight .tile strong, #tonight dd')
  ?.textContent.replace(/\D/g, '')));

export async function run(walk) {
  let page;
  await walk.step('the way in leads to the province\'s night', async () => {
    page = await walk.as('leader');
    await page.waitForURL('**/leader');
    await sees(page, 'Khách trong đêm');
  });
  await walk.step('the map is drawn, with a table behind it', async () => {
    await page.locator('.leaflet-interactive').first().waitFor();
    await page.locator('#map-table summary').click();
    must(await page.locator('#map-table tbody tr').count() > 20, 'few communes in the table');
  });
  await walk.look(page, 'night');
  await walk.step('thirty days are a chart, with a table behind it', async () => {
    must(await page.locator('#series svg.chart__field').count() === 1, 'no chart');
    must(await page.locator('#series table tbody tr').count() >= 29, 'no thirty days');
  });
  await walk.step('nobody is named', async () => {
    must(!/Nguyễn Văn Demo|067\*{5}/.test(await page.content()), 'a person is on the page');
  });
  await walk.step('the communes of before 2025 are one press away', async () => {
    const other = page.getByRole('link', { name: /2023|trước|cũ/i }).first();
    await other.click();
    await page.waitForLoadState('load');
    await page.locator('.leaflet-interactive').first().waitFor();
  });
  await walk.look(page, 'night in the other geography');
  await walk.step('a declaration moves the number without a reload', async () => {
    await page.goto('/leader');
    await page.evaluate(() => { window.untouched = true; });
    const before = await tonight(page);
    must(before > 0, `tonight's number is ${before}`);
    const desk = await walk.as('receptionist');
    await desk.locator('#scan').fill(CARD);
    await desk.locator('#scan').press('Enter');
    await desk.waitForFunction(() => document.querySelectorAll('#guests .guest').length > 0);
    await desk.getByRole('button', { name: 'Gửi thông báo lưu trú' }).click();
    await desk.waitForURL('**/stays/receipts/**');
    for (let i = 0; i < 120 && !(await tonight(page) > before); i += 1) await page.waitForTimeout(250);
    must(await tonight(page) > before, `still ${before}`);
    must(await page.evaluate(() => window.untouched === true), 'the page was loaded again');
  });
}
