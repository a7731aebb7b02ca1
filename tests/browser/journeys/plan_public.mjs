// Somebody without an account: what the province promised, what is done, and the data to take along.
import { must, sees } from '../lib.mjs';

export const name = 'plan public';

export async function run(walk) {
  let page;
  await walk.step('the front door leads to what was promised', async () => {
    page = await walk.open();
    await page.goto('/');
    await page.getByRole('link', { name: /Tỉnh đã hứa gì/ }).click();
    await page.waitForURL('**/plan/public');
    await sees(page, /Tỉnh đã hứa 42 việc/);
    await sees(page, 'chưa có số đo');
    must(await page.locator('.public tbody tr').count() === 42, 'not 42 rows');
  });
  await walk.look(page, 'promises');
  await walk.step('office words are spelled out', async () => {
    const text = await page.locator('main').innerText();
    must(/thủ tục hành chính/.test(text), 'not spelled out');
    must(!/\b(DVC|CCCD)\b/.test(text), `an abbreviation is left: ${text.match(/.*\b(DVC|CCCD)\b.*/)?.[0]}`);
  });
  await walk.step('one promise has its own page, month by month', async () => {
    await page.getByRole('link', { name: /^9\. / }).click();
    await page.waitForURL('**/plan/public/9');
    await sees(page, 'Từng tháng');
    must(await page.locator('main tbody tr').count() >= 12, 'fewer than twelve months');
  });
  await walk.look(page, 'one promise');
  await walk.step('open data comes with its licence and without invented zeros', async () => {
    const csv = await page.request.get('/plan/public.csv');
    must(csv.headers().link?.includes('creativecommons.org/licenses/by/4.0'), 'no licence header');
    const [head, ...rows] = (await csv.text()).replace(/^\uFEFF/, '').trim().split('\r\n');
    must(head.startsWith('month,model,group,name,lead,due,status,claimed_percent'), head);
    must(rows.length % 42 === 0 && rows.length >= 12 * 42, `${rows.length} rows`);
    must(rows.every((row) => row.endsWith('"CC BY 4.0"')), 'a row without licence');
    const uncounted = rows.filter((row) => row.includes('"","","","",'));
    must(uncounted.length > 0 && !rows.some((row) => row.includes('"","0","",')), 'a number that nobody counted');
    const json = await (await page.request.get('/plan/public.json')).json();
    must(json.licence === 'CC BY 4.0' && json.months.length >= 12 && json.months[0].models.length === 42, 'not the same data');
    must(json.months[0].models.filter((m) => 'counted' in m).every((m) => m.counted.measure && m.counted.on), 'a count from nowhere');
    must(!('counted' in json.months[0].models.find((m) => m.number === 4)), 'a number for what nobody counts');
  });
  await walk.step('nothing of the inside is here', async () => {
    const text = JSON.stringify(await (await page.request.get('/plan/public.json')).json());
    must(!/risk|budget|Chưa bố trí được kinh phí/.test(text), 'risks or budgets are public');
    await walk.expecting('403', async () => {
      const inside = await page.request.get('/plan/models/9', { maxRedirects: 0 });
      must([303, 403].includes(inside.status()), `the inner page answers ${inside.status()}`);
    });
  });
}
