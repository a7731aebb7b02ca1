// The department: who is left, on a map and in a table, on any day, in both geographies; why; thanks; nobody's name.
import { must, sees } from '../lib.mjs';

export const name = 'digital_province';

export async function run(walk) {
  let page;
  await walk.step('the way in leads to who is left', async () => {
    page = await walk.as('department');
    await page.waitForURL('**/digital-citizens/coverage');
    await sees(page, 'Độ phủ');
  });
  await walk.step('the map is drawn, and a table has the same numbers', async () => {
    await page.locator('.leaflet-interactive').first().waitFor();
    must(await page.locator('table tbody tr').count() > 20, 'few communes in the table');
  });
  await walk.look(page, 'who is left');
  await walk.step('one condition, on a day long past, before 2025', async () => {
    await page.goto('/digital-citizens/coverage?asset=payment&geo=2023&day=2024-02-16');
    await page.locator('.leaflet-interactive').first().waitFor();
    await sees(page, 'Xã Đắk Ru');
  });
  await walk.look(page, 'payment in 2024');
  await walk.step('nobody is named', async () => {
    must(!/Nguyễn Văn Demo|067\*{5}/.test(await page.content()), 'a person is on the page');
  });
  await walk.step('why they are left, and thanks by closed reasons', async () => {
    await page.goto('/digital-citizens/reasons');
    await sees(page, 'Ốm yếu, nằm một chỗ');
    await walk.look(page, 'why');
    await page.goto('/digital-citizens/thanks');
    await walk.look(page, 'thanks');
  });
}
