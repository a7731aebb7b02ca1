// Saying yes on a phone: to a screen that shows a code, and to a clerk at a counter.
import { must, sees } from '../lib.mjs';

export const name = 'elsewhere';

const button = (page, label) => page.locator('main').getByRole('button', { name: label, exact: true });

export async function run(walk) {
  const { elsewhere } = walk.world;
  let page;
  await walk.step('a screen shows a code, which its owner types on a phone', async () => {
    page = await walk.as('citizen');
    const { user_code: code } = await elsewhere.showCode();
    await page.goto('/device');
    await page.getByLabel('Mã trên thiết bị').fill(code.toLowerCase().replace('-', ' '));
  });
  await walk.look(page, 'type the code');
  await walk.step('the phone says whose screen it is and what it will know', async () => {
    await button(page, 'Tiếp tục').click();
    await sees(page, 'Màn hình nhà văn hoá');
    await sees(page, 'UBND xã Đắk Ru');
    await sees(page, elsewhere.shown.user_code);
  });
  await walk.look(page, 'allow the device');
  await walk.step('after the yes the screen has its tokens', async () => {
    await button(page, 'Đồng ý').click();
    await sees(page, 'Anh chị đã đồng ý');
    must((await elsewhere.screenPolls()).access_token, 'the screen got no token');
  });
  await walk.look(page, 'answered');
  await walk.step('a wrong code is refused with a sentence, and stays in the field', async () => {
    await page.goto('/device');
    await page.getByLabel('Mã trên thiết bị').fill('BBBB-BBBB');
    await walk.expecting('422', async () => {
      await button(page, 'Tiếp tục').click();
      await sees(page, 'Không có thiết bị nào đang chờ với mã này');
    });
    must((await page.getByLabel('Mã trên thiết bị').inputValue()) === 'BBBB-BBBB', 'what was typed is gone');
  });
  await walk.look(page, 'wrong code');
  await walk.step('nothing waits on the page of confirmations', async () => {
    await page.goto('/confirmations');
    await sees(page, 'Không có việc nào chờ');
  });
  await walk.look(page, 'nothing waits');
  await walk.step(`a clerk asks, and the question appears${walk.script ? ' by itself' : ''}`, async () => {
    await elsewhere.askVisitor('congdan', 'Quầy 3: nhận kết quả số 17');
    if (!walk.script) await page.reload();
    await sees(page, 'Quầy 3: nhận kết quả số 17');
    await sees(page, 'Quầy một cửa xã Đắk Ru');
  });
  await walk.look(page, 'a question waits');
  await walk.step('not agreeing is as easy', async () => {
    await button(page, 'Không đồng ý').click();
    await sees(page, 'Anh chị đã không đồng ý');
  });
}
