// The administrator takes in a personnel list: looks first, confirms, and lets a personnel system connect.
import { must, sees } from '../lib.mjs';

export const name = 'staff';

const HEAD = 'Mã cán bộ,Họ tên,Tên đăng nhập,Cơ quan,Chức danh,Thư điện tử,Vai trò\n';
const list = (rows) => ({ name: 'nhan-su.csv', mimeType: 'text/csv', buffer: Buffer.from(HEAD + rows.join('\n')) });

export async function run(walk) {
  const mark = walk.size.name;
  const one = `CB-${mark}-1,Nguyễn Thị Một,nguyen.mot.${mark},Sở Y tế,Chuyên viên,,leader`;
  const two = `CB-${mark}-2,Trần Văn Hai,tran.hai.${mark},so-khcn,,,commune_police@24763`;
  let page;
  await walk.step('the list is sent and looked at', async () => {
    page = await walk.as('administrator');
    await page.goto('/admin/staff/import');
    await page.locator('input[type=file]').setInputFiles(list([one, two]));
    await page.getByRole('button', { name: 'Xem trước' }).click();
    await sees(page, 'Sẽ làm những việc này');
    await sees(page, 'Nguyễn Thị Một');
  });
  await walk.look(page, 'preview');
  await walk.step('confirmed, it is done', async () => {
    await page.getByRole('button', { name: 'Xác nhận và làm' }).click();
    await sees(page, 'Đã làm xong');
    await page.goto('/admin/staff');
    await sees(page, 'Trần Văn Hai');
  });
  await walk.look(page, 'officers');
  await walk.step('a list with wrong rows is told row by row', async () => {
    await page.goto('/admin/staff/import');
    await page.locator('input[type=file]').setInputFiles(list([one, 'CB-9,Sai Vai,sai.vai,,,,administrator']));
    await page.getByRole('button', { name: 'Xem trước' }).click();
    await sees(page, 'chỉ được giao bằng tay');
    must(await page.getByRole('button', { name: 'Xác nhận và làm' }).count() === 0, 'it may be confirmed');
  });
  await walk.look(page, 'wrong rows');
  await walk.step('a personnel system gets its token once', async () => {
    await page.goto('/admin/staff/clients');
    await page.getByLabel('Tên đăng nhập của phần mềm').fill(`pm.nhansu.${mark}`);
    await page.getByLabel('Tên phần mềm', { exact: true }).fill('Phần mềm cán bộ');
    await page.getByRole('button', { name: 'Tạo mã kết nối' }).click();
    await sees(page, 'Mã kết nối, chỉ hiện một lần');
  });
  await walk.look(page, 'token');
  await walk.step('the list without them lets them go, once the number is right', async () => {
    await page.goto('/admin/staff/import');
    await page.locator('input[type=file]').setInputFiles(list([one]));
    await page.getByRole('button', { name: 'Xem trước' }).click();
    await page.getByRole('button', { name: 'Xác nhận và làm' }).click();
    await sees(page, 'Đã làm xong');
    await page.goto('/admin/staff/held');
  });
  await walk.look(page, 'held');
}
