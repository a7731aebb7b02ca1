// The app desk: an agency registers an app, somebody else reads it, a secret is shown once and changed over, and the app is stopped.
import { must, sees } from '../lib.mjs';

export const name = 'app desk';

const DAY = 86400000;
const inDays = (n) => new Intl.DateTimeFormat('vi-VN', { day: '2-digit', month: '2-digit', year: 'numeric', timeZone: 'Asia/Ho_Chi_Minh' })
  .format(new Date(Date.now() + n * DAY));

async function fill(page, title, uri) {
  await page.getByLabel('Tên ứng dụng').fill(title);
  await page.getByLabel('Dùng để làm gì', { exact: true }).fill('Đặt lịch khám tại các cơ sở y tế của tỉnh');
  await page.getByLabel('Căn cứ pháp lý').fill('QĐ 12/QĐ-UBND ngày 01/02/2026, Điều 3');
  await page.getByLabel('Người chịu trách nhiệm').fill('Nguyễn Văn Kỹ, 0261 000 111');
  await page.getByLabel('Dùng đến hết ngày').fill(inDays(200));
  await page.getByLabel('Họ tên, ngày sinh, giới tính').check();
  await page.getByLabel('Địa chỉ nhận kết quả đăng nhập').fill(uri);
  await page.getByLabel('Có máy chủ, giữ được một bí mật').check();
}

// By keys alone: from where the focus is to the next control of that name, and the key that works it.
async function byKeys(page, control, key) {
  for (let i = 0; i < 80; i++) {
    if (await control.evaluate((el) => el === document.activeElement)) return page.keyboard.press(key);
    await page.keyboard.press('Tab');
  }
  throw new Error('the keyboard does not reach it');
}

export async function run(walk) {
  const title = `Đặt lịch khám ${walk.size.name}${walk.script ? '' : ' không kịch bản'}`;
  let owner, reviewer, address, first;
  await walk.step('the owner of an agency finds the desk', async () => {
    owner = await walk.as('app_owner');
    await owner.goto('/apps');
    await owner.getByRole('link', { name: 'Đăng ký ứng dụng' }).click();
    await sees(owner, 'Sở Thông tin và Truyền thông');
  });
  await walk.look(owner, 'new app');
  await walk.step('an address that is not safe is refused beside it, and nothing typed is lost', async () => {
    await fill(owner, title, 'http://kham.daknong.vn/cb');
    await walk.expecting('422', async () => {
      await owner.getByRole('button', { name: 'Gửi để duyệt' }).click();
      await sees(owner, 'phải đầy đủ, bắt đầu bằng https://');
    });
    must((await owner.getByLabel('Tên ứng dụng').inputValue()) === title, 'the name is lost');
    must(await owner.getByLabel('Họ tên, ngày sinh, giới tính').isChecked(), 'what it asks for is lost');
  });
  await walk.look(owner, 'refused app');
  await walk.step('mended, it waits for its review', async () => {
    await owner.getByLabel('Địa chỉ nhận kết quả đăng nhập').fill('https://kham.daknong.vn/cb');
    await owner.getByLabel('Địa chỉ nhận kết quả đăng nhập').focus();
    await byKeys(owner, owner.getByRole('button', { name: 'Gửi để duyệt' }), 'Enter');
    await sees(owner, 'chờ duyệt');
    address = new URL(owner.url()).pathname;
  });
  await walk.step('somebody else reads who, why, what, on which basis and where to, and gives it back', async () => {
    reviewer = await walk.as('administrator');
    await reviewer.goto('/apps');
    await reviewer.getByRole('link', { name: title, exact: true }).click();
    const all = ['Sở Thông tin và Truyền thông', 'Đặt lịch khám tại', 'QĐ 12/QĐ-UBND', 'openid, profile', 'https://kham.daknong.vn/cb'];
    for (const said of all)
      await sees(reviewer, said);
    await reviewer.getByLabel('Trả lại để sửa').check();
    await reviewer.getByLabel('Lý do hoặc dặn dò').fill('Xin thêm điều khoản của căn cứ');
    await reviewer.getByRole('button', { name: 'Ghi quyết định' }).click();
    await sees(reviewer, 'trả lại để sửa');
  });
  await walk.look(reviewer, 'app given back');
  await walk.step('the owner sees why, and sends it again', async () => {
    await owner.goto(address);
    await sees(owner, 'Xin thêm điều khoản của căn cứ');
    await owner.getByRole('link', { name: 'Sửa', exact: true }).click();
    await owner.getByLabel('Căn cứ pháp lý').fill('QĐ 12/QĐ-UBND ngày 01/02/2026, Điều 3 khoản 2');
    await owner.getByRole('button', { name: 'Gửi để duyệt' }).click();
    await sees(owner, 'chờ duyệt');
  });
  await walk.step('approved, it is in use', async () => {
    await reviewer.goto(address);
    await reviewer.getByLabel(/^Duyệt: tôi đã đọc/).check();
    await reviewer.getByRole('button', { name: 'Ghi quyết định' }).click();
    await sees(reviewer, 'đang dùng');
  });
  await walk.step('a secret is shown once', async () => {
    await owner.goto(address);
    await owner.getByRole('button', { name: 'Tạo bí mật mới' }).click();
    await sees(owner, 'Bí mật mới, chỉ hiện một lần');
    first = await owner.locator('.note code').textContent();
  });
  await walk.look(owner, 'secret');
  await walk.step('a second one lives beside it while the app changes over; then the first is dropped', async () => {
    await owner.goto(address);
    must(!(await owner.content()).includes(first), 'the secret is shown again');
    await owner.getByRole('button', { name: 'Tạo bí mật mới' }).click();
    await sees(owner, 'Bí mật cũ còn dùng được');
    await owner.goto(address);
    must((await owner.getByRole('button', { name: 'Bỏ bí mật này' }).count()) === 2, 'not two secrets');
    await owner.getByRole('button', { name: 'Bỏ bí mật này' }).last().click();
    await owner.goto(address);
    must((await owner.getByRole('button', { name: 'Bỏ bí mật này' }).count()) === 1, 'not one secret');
  });
  await walk.step('the desk says whether signing in works at all', async () => {
    for (let i = 0; i < 40; i++) {
      await reviewer.goto('/apps');
      if (await reviewer.getByText('đăng nhập chạy tốt').count()) return;
      await new Promise((next) => setTimeout(next, 500));
    }
    throw new Error('no sign-in was tried');
  });
  await walk.look(reviewer, 'apps');
  await walk.step('stopped with a reason, it is stopped', async () => {
    await reviewer.goto(address);
    await reviewer.getByText('Dừng, mở lại, thôi dùng').click();
    await reviewer.getByLabel('Tạm dừng: mọi phiên').check();
    await reviewer.getByLabel('Vì sao').fill('Có dấu hiệu lộ bí mật');
    await reviewer.getByRole('button', { name: 'Làm việc này' }).click();
    await sees(reviewer, 'tạm dừng');
    await sees(reviewer, 'Có dấu hiệu lộ bí mật');
  });
  await walk.look(reviewer, 'stopped app');
}
