// A desk is signed in by a telephone: two browsers, one code, one number.
import { must, sees } from '../lib.mjs';

export const name = 'scan to sign in';

async function ask(walk) {
  const desk = await walk.open();
  await desk.goto('/sign-in?next=%2Fmy-data');
  await desk.getByRole('button', { name: 'Đăng nhập bằng điện thoại' }).click();
  await desk.waitForURL('**/sign-in/scan?*');
  await desk.getByText('Không quét được?').click();
  const link = await desk.locator('#scan code').textContent();
  const number = await desk.locator('#scan .scan-number').textContent();
  return { desk, link, number };
}

export async function run(walk) {
  let desk, link, number, phone;
  await walk.step('the desk shows a code and a number', async () => {
    ({ desk, link, number } = await ask(walk));
    must(/^\d{3}$/.test(number), `no number: ${number}`);
  });
  await walk.look(desk, 'desk waits');
  await walk.step('the telephone says which device asks, and offers three numbers', async () => {
    phone = await walk.as('citizen');
    await phone.goto(link);
    await sees(phone, 'Chrome trên Linux');
    must(await phone.locator('button.scan-number').count() === 3, 'not three numbers');
  });
  await walk.look(phone, 'telephone asks');
  await walk.step('the right number signs the desk in without another press', async () => {
    await phone.getByRole('button', { name: number, exact: true }).click();
    await sees(phone, 'Đúng số.');
    await desk.waitForURL('**/my-data');
    await desk.getByRole('heading', { level: 1, name: 'Ai đã xem dữ liệu của tôi' }).waitFor();
  });
  await walk.look(phone, 'telephone has answered');
  await walk.step('refused on the telephone, the desk is told and may ask again', async () => {
    ({ desk, link } = await ask(walk));
    await phone.goto(link);
    await phone.getByRole('button', { name: 'Không phải tôi, từ chối' }).click();
    await sees(phone, 'Đã từ chối.');
    await sees(desk, 'Điện thoại đã từ chối');
  });
  await walk.look(desk, 'desk refused');
}
