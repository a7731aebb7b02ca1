// The same without JavaScript: the desk looks again when its button is pressed.
import { sees } from '../lib.mjs';

export const name = 'scan to sign in';
export const script = false;

export async function run(walk) {
  let desk;
  await walk.step('the desk asks, the telephone answers', async () => {
    desk = await walk.open();
    await desk.goto('/sign-in?next=%2Fmy-data');
    await desk.getByRole('button', { name: 'Đăng nhập bằng điện thoại' }).click();
    await desk.getByText('Không quét được?').click();
    const link = await desk.locator('#scan code').textContent();
    const number = await desk.locator('#scan .scan-number').textContent();
    const phone = await walk.as('citizen');
    await phone.goto(link);
    await phone.getByRole('button', { name: number, exact: true }).click();
    await sees(phone, 'Đúng số.');
  });
  await walk.look(desk, 'desk waits');
  await walk.step('the desk looks again and enters', async () => {
    await desk.getByRole('button', { name: 'Tôi đã chọn số trên điện thoại' }).click();
    await sees(desk, 'Điện thoại đã xác nhận.');
    await desk.getByRole('button', { name: 'Vào' }).click();
    await desk.waitForURL('**/my-data');
  });
}
