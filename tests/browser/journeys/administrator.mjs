// The administrator: accounts, roles, the log.
import { sees } from '../lib.mjs';

export const name = 'administrator';

export async function run(walk) {
  let page;
  const login = `thu.${walk.size.name}${walk.script ? '' : '.khong'}`;
  await walk.step('the way in leads to the accounts', async () => {
    page = await walk.as('administrator');
    await page.waitForURL('**/admin/accounts');
    await sees(page, 'letan');
  });
  await walk.look(page, 'accounts');
  await walk.step('a new account gets a one-time link', async () => {
    await page.goto('/admin/accounts/new');
  });
  await walk.look(page, 'new account');
  await walk.step('the account is made', async () => {
    await page.locator('[name=login]').fill(login);
    await page.locator('[name=name]').fill('Hồ Thị Thử');
    await page.locator('main form button[type=submit]').last().click();
    await page.waitForURL(/\/admin\/accounts\/\d+/);
    await sees(page, 'Hồ Thị Thử');
  });
  await walk.look(page, 'account');
  await walk.step('the log is searched', async () => {
    await page.goto('/admin/audit?action=accounts.created');
    await sees(page, 'Tạo tài khoản');
  });
  await walk.look(page, 'log');
  await walk.step('one record shows its proof', async () => {
    await page.locator('tbody a[href^="/admin/audit/"]').first().click();
    await page.waitForURL(/\/admin\/audit\/\d+/);
  });
  await walk.look(page, 'record');
}
