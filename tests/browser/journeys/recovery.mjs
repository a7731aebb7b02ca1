// Getting an account back: two officers at a desk, and a person who lost everything, without JavaScript at their side.
import { must, sees } from '../lib.mjs';

export const name = 'recovery';

async function officer(walk, words) {
  const page = await walk.open();
  await page.goto('/sign-in');
  await page.getByRole('button', { name: words }).click();
  await page.waitForURL('**/recoveries');
  return page;
}

export async function run(walk) {
  let person, first, second, code, link;
  await walk.step('who cannot get in says so from outside', async () => {
    person = await walk.open();
    await person.goto('/sign-in');
    await person.getByRole('link', { name: 'Không vào được tài khoản?' }).click();
    await person.getByLabel('Họ và tên').fill('Lê Thị Thu Hà');
    await person.getByLabel('Liên hệ với tôi bằng').fill('Nhà nghỉ Hoa Cà Phê');
    await person.getByLabel('Chuyện gì đã xảy ra').fill('Điện thoại rơi xuống suối, quên cả mật khẩu.');
  });
  await walk.look(person, 'report');
  await walk.step('the report arrives', async () => {
    await person.getByRole('button', { name: 'Gửi' }).click();
    await sees(person, 'Đã nhận.');
    first = await officer(walk, /cán bộ thứ nhất/);
    await sees(first, 'Điện thoại rơi xuống suối');
  });
  await walk.look(first, 'desk');
  await walk.step('the first officer begins and gets half of what is needed', async () => {
    await first.getByRole('link', { name: 'Bắt đầu cho một người' }).click();
    await first.getByLabel('Tên đăng nhập của tài khoản').fill('letan');
    await first.getByLabel('Vì sao không vào được').fill('Mất điện thoại; chủ cơ sở đi cùng làm chứng.');
    await walk.look(first, 'begin');
    await first.getByRole('button', { name: 'Bắt đầu' }).click();
    await sees(first, 'Chép mã này ra giấy');
    code = await first.locator('code').first().textContent();
    must(/^\d{8}$/.test(code), `no code: ${code}`);
  });
  await walk.look(first, 'first half');
  await walk.step('the second officer confirms and gets the other half', async () => {
    second = await officer(walk, /cán bộ thứ hai/);
    await second.getByRole('link', { name: 'Lê Thị Thu Hà' }).click();
    await walk.look(second, 'second officer');
    await second.getByLabel('Tôi đã tự gặp người này').check();
    await second.getByRole('button', { name: 'Xác nhận, đưa liên kết' }).click();
    await sees(second, 'Đưa liên kết này cho người ấy');
    link = await second.locator('code').first().textContent();
  });
  await walk.look(second, 'second half');
  await walk.step('with both the person sets a password and is in', async () => {
    await person.goto(link);
    await person.getByLabel('Mã tám số trên giấy').fill(code);
    await person.getByLabel('Mật khẩu mới').fill('suối chảy qua bon tôi');
    await person.getByLabel('Gõ lại mật khẩu').fill('suối chảy qua bon tôi');
    await walk.look(person, 'new password');
    await person.getByRole('button', { name: 'Đặt mật khẩu' }).click();
    await person.waitForURL('**/sign-in');
    await person.getByLabel('Tên đăng nhập').fill('letan');
    await person.getByLabel('Mật khẩu', { exact: true }).fill('suối chảy qua bon tôi');
    await person.getByRole('button', { name: 'Đăng nhập', exact: true }).click();
    await person.waitForURL('**/stays');
    await person.goto('/security');
    await sees(person, 'Tài khoản này đã được lấy lại tại quầy.');
  });
  await walk.look(person, 'told on my security');
}
