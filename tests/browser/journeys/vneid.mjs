// A citizen signs in with VNeID's stand-in, sees on what evidence, signs out on both sides, comes back, ends the link, and proves the
// account once more.
import { must, sees } from '../lib.mjs';

export const name = 'vneid';

async function choose(page, person) {
  await page.waitForURL('**/authorize?*');
  await sees(page, 'Đây không phải VNeID');
  await page.getByRole('link', { name: person }).first().click();
}

export async function run(walk) {
  let page;
  await walk.step('the sign-in page offers VNeID', async () => {
    page = await walk.open();
    await page.goto('/sign-in?next=/my-links');
    await sees(page, 'Đăng nhập bằng VNeID');
  });
  await walk.look(page, 'ways in');
  await walk.step('the stand-in lists people who do not exist', async () => {
    await page.getByRole('link', { name: 'Đăng nhập bằng VNeID' }).click();
    await page.waitForURL('**/authorize?*');
    await sees(page, 'Nguyễn Văn Demo');
    await sees(page, 'MÔ PHỎNG');
  });
  await walk.look(page, 'stand-in');
  await walk.step('whoever says no is told how to go on', async () => {
    await walk.expecting('/back?', async () => {
      await page.getByRole('link', { name: 'Tôi không đồng ý' }).click();
      await sees(page, 'Bạn đã chọn không đồng ý');
    });
  });
  await walk.look(page, 'said no');
  await walk.step('Nguyễn Văn Demo comes in, on the evidence of level 2', async () => {
    await page.goto('/sign-in?next=/my-links');
    await page.getByRole('link', { name: 'Đăng nhập bằng VNeID' }).click();
    await choose(page, /Nguyễn Văn Demo/);
    await page.waitForURL('**/my-links');
    await linked(page);
  });
  await walk.look(page, 'linked');
  await walk.step('signing out says that VNeID still has a session', async () => {
    await page.goto('/my-data');
    await page.locator('form[action="/sign-out"] button').first().evaluate((b) => b.form.requestSubmit(b));
    await page.waitForURL('**/left');
    await sees(page, 'Phiên của bạn ở VNeID vẫn còn');
  });
  await walk.look(page, 'left');
  await walk.step('another person under the same identity is refused', async () => {
    await fetch(`${walk.world.vneid}/sim/faults?set=other-person`);
    await walk.expecting('/back?', async () => {
      await page.goto('/sign-in');
      await page.getByRole('link', { name: 'Đăng nhập bằng VNeID' }).click();
      await choose(page, /Nguyễn Văn Demo/);
      await sees(page, 'mang số định danh của người khác');
    });
    await fetch(`${walk.world.vneid}/sim/faults?set=`);
  });
  await walk.look(page, 'other person');
  await walk.step('ending the link ends the session that it opened', async () => {
    await page.goto('/sign-in?next=/my-links');
    await page.getByRole('link', { name: 'Đăng nhập bằng VNeID' }).click();
    await choose(page, /Nguyễn Văn Demo/);
    await page.waitForURL('**/my-links');
    await page.getByRole('button', { name: 'Gỡ liên kết' }).click();
    await page.waitForURL('**/sign-in');
    await page.goto('/my-links');
    must(new URL(page.url()).pathname === '/sign-in', 'the session lives on');
  });
  await walk.step('the next arrival waits for a proof', async () => {
    await page.goto('/sign-in');
    await page.getByRole('link', { name: 'Đăng nhập bằng VNeID' }).click();
    await choose(page, /Nguyễn Văn Demo/);
    await page.waitForURL('**/my-links/waiting');
    await sees(page, 'xin đăng nhập vào đó một lần');
  });
  await walk.look(page, 'waiting');
  await walk.step('signing in to the account once is the proof', async () => {
    await page.goto('/sign-in');
    await page.getByRole('button', { name: /Công dân:/ }).click();
    await page.goto('/my-links/waiting');
    await page.getByRole('button', { name: 'Liên kết với tài khoản này' }).click();
    await page.waitForURL('**/my-links?done=linked');
    await sees(page, 'Bạn đã đăng nhập vào tài khoản này để xác nhận');
  });
  await walk.look(page, 'linked again');
  await walk.step('the administrator sees which configuration holds', async () => {
    page = await walk.as('administrator');
    await page.goto('/admin/upstreams');
    await sees(page, 'đang có hiệu lực');
    await page.getByText('Thêm một phiên bản').click();
  });
  await walk.look(page, 'upstreams');
  await walk.step('and can ask for an emergency path, which another one confirms', async () => {
    await page.goto('/admin/emergency');
    await page.getByText('Xin mở một đường khẩn cấp').click();
    await page.locator('[name=upstream]').selectOption('vneid');
    await page.locator('[name=reason]').fill('VNeID không trả lời từ sáng, khách đang chờ ở quầy.');
    await page.locator('[name=hours]').fill('2');
    await page.locator('[value="stay.notify"]').check();
  });
  await walk.look(page, 'asking for an emergency path');
  await walk.step('the request waits', async () => {
    await page.getByRole('button', { name: 'Xin mở', exact: true }).click();
    await sees(page, 'chờ người thứ hai');
  });
  await walk.look(page, 'emergency path waits');
}

async function linked(page) {
  await sees(page, 'VNeID mức 2: đã xác thực (L4)');
  await sees(page, 'MÔ PHỎNG');
  await sees(page, '067*****0123');
}
