// The hamlet team with a phone: to a door, why somebody is left, a piece of evidence; two phones at one door, and the commune decides.
import { must, sees } from '../lib.mjs';

export const name = 'digital_team';

async function toTheDoor(page) {
  await page.getByRole('link', { name: /Còn \d+ trong/ }).first().click();
  await page.waitForURL('**/digital-citizens/hamlets/*');
  await page.getByRole('link', { name: /Còn \d+ trong/ }).first().click();
  await page.waitForURL('**/digital-citizens/households/*');
}

async function recordVisit(page, reason, note) {
  await page.locator('select').first().selectOption(reason);
  await page.getByLabel('Ghi chú').fill(note);
  await page.getByRole('button', { name: 'Ghi lần đến này' }).click();
  await page.waitForLoadState('load');
}

export async function run(walk) {
  let page;
  await walk.step('the way in leads to the hamlets of the commune', async () => {
    page = await walk.as('team');
    await page.waitForURL('**/digital-citizens');
    await sees(page, 'Thôn 3');
  });
  await walk.look(page, 'hamlets');
  let door;
  await walk.step('a hamlet, then a door', async () => {
    await toTheDoor(page);
    door = page.url();
    await sees(page, 'Lần đến này');
  });
  await walk.look(page, 'door');
  let other;
  await walk.step('somebody else opens the same door on another phone', async () => {
    other = await walk.as('team');
    await other.goto(door);
  });
  await walk.step('a note with a code in it is refused and what was chosen stays', async () => {
    await walk.expecting('422', () => recordVisit(page, 'away', 'OTP của bà là 482913'));
    await sees(page, 'tổ không bao giờ giữ mã của bà con');
    must(await page.locator('select').first().inputValue() === 'away', 'the reason is gone');
  });
  await walk.look(page, 'secret refused');
  await walk.step('the visit is recorded with its reason', async () => {
    await recordVisit(page, 'no_phone', 'Hẹn tối thứ bảy');
    await sees(page, 'Hẹn tối thứ bảy');
  });
  await walk.step('the other phone, which had not seen it, records too: nothing is lost', async () => {
    await recordVisit(other, 'refuses', 'Gặp con gái ông');
    await sees(other, 'ghi trùng, chờ xem lại');
  });
  await walk.look(other, 'recorded twice');
  await walk.step('the commune settles the pair', async () => {
    const commune = await walk.as('commune');
    await commune.goto('/digital-citizens/doubles');
    await commune.getByRole('link', { name: /Hộ/ }).first().click();
    await sees(commune, 'Lần ghi thứ hai');
    await walk.look(commune, 'pair');
    await commune.getByLabel('Lần ghi thứ nhất đúng, bỏ lần thứ hai').check();
    await commune.getByRole('button', { name: 'Ghi quyết định' }).click();
    await commune.waitForURL('**/digital-citizens/doubles');
    await commune.goto('/digital-citizens/import');
    await walk.look(commune, 'list');
  });
  await walk.step('evidence with a source is recorded', async () => {
    await page.goto('/digital-citizens');
    await page.getByRole('link', { name: 'Thôn 3' }).first().click();
    await page.getByRole('link', { name: /Mọi hộ/ }).click();
    await page.getByRole('link', { name: /Nguyễn Văn Demo/ }).click();
    await page.getByRole('link', { name: /Bằng chứng của Nguyễn Văn Demo/ }).click();
    await page.waitForURL('**/digital-citizens/people/*');
    await page.getByLabel('Chữ ký số').check();
    await page.getByLabel('Bằng chứng từ đâu').selectOption('certificate');
    await page.getByLabel('Số tham chiếu').fill('VNPT-CA, sê-ri 54041AFF22B9');
    await walk.expecting('422', async () => { // at the second size it is there already
      await page.getByRole('button', { name: 'Ghi bằng chứng' }).click();
      await page.waitForLoadState('load');
    });
    must(/đang tính|đã có người ghi/.test(await page.content()), 'neither recorded nor said to be there');
  });
  await walk.look(page, 'evidence');
  await walk.step('the citizen sees it, with who recorded it', async () => {
    const citizen = await walk.as('citizen');
    await citizen.goto('/my-conditions');
    await sees(citizen, 'Chữ ký số');
    await sees(citizen, "H'Lan Êban");
    await walk.look(citizen, 'my conditions');
  });
}
