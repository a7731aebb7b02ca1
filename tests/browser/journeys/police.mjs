// The commune police: tonight's list, live while the guest arrives; the late; one person in two places; a look with a purpose.
import { CARD, must, sees } from '../lib.mjs';

export const name = 'commune police';

// The number above the list: the list itself is cut into pages of fifty.
const guests = (page) => page.evaluate(() => Number(document.querySelector('#tonight .tile__value, #tonight .tile strong, #tonight dd')
  .textContent.replace(/\D/g, '')));

export async function run(walk) {
  let page;
  let desk;
  await walk.step('the way in leads to tonight\'s list of the own commune', async () => {
    page = await walk.as('police');
    await page.waitForURL('**/police/stays');
    await sees(page, /Đắk Ru/);
  });
  await walk.look(page, 'tonight');
  await walk.step('a guest declared at the desk arrives without a reload', async () => {
    await page.evaluate(() => { window.untouched = true; });
    const before = await guests(page);
    desk = await walk.as('receptionist');
    await desk.locator('#scan').fill(CARD);
    await desk.locator('#scan').press('Enter');
    await desk.waitForFunction(() => document.querySelectorAll('#guests .guest').length > 0);
    await desk.getByLabel('Phòng', { exact: true }).first().fill('207');
    await desk.getByRole('button', { name: 'Gửi thông báo lưu trú' }).click();
    await desk.waitForURL('**/stays/receipts/**');
    for (let i = 0; i < 60 && !(await guests(page) > before); i += 1) await page.waitForTimeout(250);
    must(await guests(page) > before, `still ${before} guests`);
    must(await page.evaluate(() => window.untouched === true), 'the page was loaded again');
    await sees(page, 'Nguyễn Văn Demo');
  });
  await walk.look(page, 'tonight with the guest');
  await walk.step('the list can be searched', async () => {
    await page.goto('/police/stays?q=Nguyen+Van+Demo');
    await sees(page, 'Nguyễn Văn Demo');
    must(!(await page.content()).includes('067090000123'), 'the whole number is on the list');
  });
  await walk.step('a guest\'s entry asks why, and the look is recorded', async () => {
    await page.getByRole('link', { name: /^Xem.*Nguyễn Văn Demo/ }).first().click();
    await page.waitForURL('**/police/guests/*');
  });
  await walk.look(page, 'why');
  await walk.step('with a purpose the whole entry opens', async () => {
    const choice = page.locator('[name=purpose]');
    if (await choice.first().evaluate((el) => el.tagName === 'SELECT')) await choice.selectOption({ index: 1 });
    else await choice.first().check();
    await page.getByRole('button', { name: 'Xem và ghi nhật ký' }).click();
    await sees(page, 'Lần xem này đã được ghi vào nhật ký');
    await sees(page, '067090000123');
  });
  await walk.look(page, 'guest');
  for (const [path, title] of [['/police/late', 'late'], ['/police/overlaps', 'overlaps'], ['/police/facilities', 'facilities'],
    ['/police/facilities/1', 'facility']]) {
    await walk.step(`${title} can be opened`, async () => {
      await page.goto(path);
    });
    await walk.look(page, title);
  }
}
