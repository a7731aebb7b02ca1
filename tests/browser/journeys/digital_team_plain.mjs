// The same door on the cheapest phone: no script at all.
import { sees } from '../lib.mjs';

export const name = 'digital_team_plain';
export const script = false;

export async function run(walk) {
  let page;
  await walk.step('from the sign-in page to a door', async () => {
    page = await walk.as('team');
    await page.locator('a[href^="/digital-citizens/hamlets/"]').first().click();
    await page.locator('a[href^="/digital-citizens/households/"]').first().click();
    await sees(page, 'Lần đến này');
  });
  await walk.look(page, 'door');
  await walk.step('a visit is recorded', async () => {
    await page.locator('select').first().selectOption('bedridden');
    await page.getByRole('button', { name: 'Ghi lần đến này' }).click();
    await page.locator('.timeline').getByText('Ốm yếu, nằm một chỗ').first().waitFor();
  });
}
