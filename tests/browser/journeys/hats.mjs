// One person with four capacities: chooses one, changes it at the head of the page, and each has rights of its own.
import { must, sees } from '../lib.mjs';

export const name = 'hats';

const bar = (page) => page.locator('.hats');

// By keyboard alone: open the list at the head, go to the button, press it.
async function changeByKeys(page, label) {
  await bar(page).locator('summary').focus();
  await page.keyboard.press('Enter');
  const button = bar(page).getByRole('button', { name: label });
  await button.waitFor({ state: 'visible' });
  for (let i = 0; i < 8 && !(await button.evaluate((el) => el === document.activeElement)); i += 1) await page.keyboard.press('Tab');
  must(await button.evaluate((el) => el === document.activeElement), 'the button is not reached by keyboard');
  await page.keyboard.press('Enter');
}

async function isOn(page, label) {
  await bar(page).locator('summary', { hasText: label }).waitFor({ state: 'visible' });
}

export async function run(walk) {
  let page;
  await walk.step('after signing in she is asked in which capacity', async () => {
    page = await walk.as('hats');
    await page.waitForURL('**/hats*');
    await sees(page, 'Bạn làm việc với tư cách nào?');
  });
  await walk.look(page, 'choose');
  await walk.step('as head of the co-operative she sees it', async () => {
    await page.locator('#main').getByRole('button', { name: /Đại diện theo pháp luật/ }).click();
    await page.waitForURL('**/organisation');
    await isOn(page, 'Đại diện theo pháp luật, Hợp tác xã Cà phê Mẫu');
    await sees(page, 'Cử người làm việc thay tổ chức');
  });
  await walk.look(page, 'organisation');
  await walk.step('the one she appoints cannot be herself, and nothing typed is lost', async () => {
    await page.locator('#field-pid').fill('067188000202');
    await page.locator('#field-name').fill('Lê Thị Ví Dụ');
    await page.locator('#field-file').check();
    await page.locator('#field-from').fill(await today(page));
    await page.locator('#field-until').fill(await today(page, 30));
    await page.locator('#field-basis').fill('GUQ 05 ngày hôm nay');
    await walk.expecting('422', async () => {
      await page.getByRole('button', { name: 'Cử người này' }).click();
      await sees(page, 'Không thể tự cử chính mình');
    });
    must((await page.locator('#field-basis').inputValue()) === 'GUQ 05 ngày hôm nay', 'what was typed is gone');
  });
  await walk.look(page, 'refused');
  await walk.step('she appoints somebody for a month, and withdraws it again', async () => {
    await page.locator('#field-pid').fill('067090000123');
    await page.locator('#field-name').fill('Nguyễn Văn Demo');
    await page.getByRole('button', { name: 'Cử người này' }).click();
    await page.waitForURL('**/organisation');
    await sees(page, 'Thu hồi');
    await page.getByRole('button', { name: /Thu hồi/ }).click();
    await sees(page, 'đã hết');
  });
  await walk.look(page, 'appointed');
  await walk.step('by keyboard she becomes a citizen: her own data, and no organisation', async () => {
    await changeByKeys(page, /^Công dân/);
    await page.waitForURL('**/ho-so');
    await isOn(page, 'Công dân');
    await walk.expecting('403', () => page.goto('/organisation'));
    await sees(page, 'Việc này thuộc một tư cách khác của bạn');
    await page.getByRole('link', { name: 'Đổi tư cách' }).waitFor({ state: 'visible' });
  });
  await walk.look(page, 'other hat');
  await walk.step('as her son’s mother she sees who has seen his data', async () => {
    await bar(page).locator('summary').click();
    await bar(page).getByRole('button', { name: /Trần Minh Thử/ }).click();
    await page.waitForURL('**/my-data');
    await sees(page, 'Dữ liệu của Trần Minh Thử');
  });
  await walk.look(page, 'ward');
  await walk.step('as a member of the digital team she goes from door to door', async () => {
    await bar(page).locator('summary').click();
    await bar(page).getByRole('button', { name: /Tổ công nghệ số cộng đồng/ }).click();
    await page.waitForURL('**/digital-citizens');
  });
  await walk.look(page, 'team');
  await walk.step('her sessions say in which capacity each works', async () => {
    await page.goto('/sessions');
    await sees(page, /Tư cách: Tổ công nghệ số cộng đồng/);
  });
  await walk.look(page, 'sessions');
  const { app } = walk.world;
  await walk.step('an app that asks in which capacity she comes: she is told so before it is', async () => {
    await page.goto(`${app.url}/start?scope=openid%20profile%20act_as&prompt=consent`);
    await page.waitForURL('**/oauth2/consent?**');
    await sees(page, 'Tổ công nghệ số cộng đồng, Xã Đắk Ru');
    await sees(page, 'Anh chị đang làm việc với tư cách nào');
  });
  await walk.look(page, 'consent');
  await walk.step('the app knows this capacity and no other', async () => {
    await page.getByRole('button', { name: 'Đồng ý', exact: true }).click();
    await sees(page, 'Xin chào Lê Thị Ví Dụ');
    const { act_as: told } = app.userinfo;
    must(told.kind === 'officer' && told.function === 'digital_citizen.visit' && told.unit === '24763', JSON.stringify(told));
  });
}

// A day in Vietnam as the date control takes it or as it is typed.
async function today(page, more = 0) {
  const at = new Date(Date.now() + more * 86400000);
  const [year, month, day] = new Intl.DateTimeFormat('en-CA', { timeZone: 'Asia/Ho_Chi_Minh' }).format(at).split('-');
  return (await page.locator('#field-from').getAttribute('type')) === 'date' ? `${year}-${month}-${day}` : `${day}/${month}/${year}`;
}
