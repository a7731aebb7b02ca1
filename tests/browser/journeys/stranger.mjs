// Somebody who only looks in: the door, the sign-in page, a page that is not there.
import { must, sees } from '../lib.mjs';

export const name = 'stranger';

export async function run(walk) {
  let page;
  await walk.step('the door is open', async () => {
    page = await walk.open();
    await page.goto('/');
    await sees(page, 'Kiểm tra một biên nhận lưu trú');
    await sees(page, /MÔ PHỎNG/);
  });
  await walk.look(page, 'door');
  await walk.step('the sign-in page lists the people to try', async () => {
    await page.goto('/sign-in');
    await sees(page, 'Tài khoản dùng thử');
  });
  await walk.look(page, 'sign in');
  await walk.step('a wrong password is said beside the form', async () => {
    await walk.expecting('401', async () => {
      await page.locator('#login, [name=login]:not([type=hidden])').first().fill('letan');
      await page.locator('[name=password]:not([type=hidden])').first().fill('sai-mat-khau-nhe');
      await page.locator('main form button.btn, main form button.govuk-button').first().click();
      await sees(page, 'Tên đăng nhập hoặc mật khẩu chưa đúng.');
    });
  });
  await walk.look(page, 'sign in refused');
  await walk.step('a page that is not there says so', async () => {
    await walk.expecting('404', async () => {
      await page.goto('/khong-co');
      await sees(page, 'Không tìm thấy trang hoặc hồ sơ này.');
    });
  });
  await walk.look(page, 'not found');
  await walk.step('the receptionist\'s page is light', async () => {
    const desk = await walk.as('receptionist');
    const sizes = await desk.evaluate(() => performance.getEntriesByType('resource').concat(performance.getEntriesByType('navigation'))
      .filter((e) => !/\.woff2?$/.test(e.name)).map((e) => [e.name, e.transferSize]));
    const total = sizes.reduce((sum, [, n]) => sum + n, 0);
    must(total > 0 && total < 60 * 1024, `${total} bytes on the wire: ${JSON.stringify(sizes)}`);
  });
}
