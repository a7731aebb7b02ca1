// A source dies while somebody files: the choice, the wait, its return, and what officers, inspectors and everyone see of it.
import { next, ownHouse } from '../form.mjs';
import { must, sees } from '../lib.mjs';

export const name = 'paperless';

async function upToPapers(page) {
  await page.goto('/nop/DVC04');
  await page.getByRole('button', { name: 'Bắt đầu' }).click();
  await page.getByLabel('Đăng ký mới').check();
  await page.getByLabel('Chính tôi').check();
  await page.getByLabel('Số điện thoại').fill('0912000001');
  await next(page);
  await sees(page, 'Lấy từ Cơ sở dữ liệu dân cư');
  await next(page);
  await ownHouse(page);
  await page.getByLabel('Bản điện tử').check();
}

const land = (page) => page.locator('section.card', { hasText: 'Quyền sở hữu chỗ ở' });

async function choose(page, words) {
  await land(page).getByLabel(words).check();
  await land(page).getByRole('button', { name: /Chọn cách này/ }).click();
}

async function send(page) {
  await page.getByRole('link', { name: 'Xem lại và gửi' }).click();
  await sees(page, 'Xem lại trước khi gửi');
  const twice = page.locator('input[name="double"]');
  if (await twice.count()) await twice.check();
  await page.locator('input[name="agree"]').check();
  await page.getByRole('button', { name: 'Gửi hồ sơ' }).click();
  await sees(page, 'Mã theo dõi chỉ hiện một lần');
}

export async function run(walk) {
  const { sources } = walk.world;
  let page;
  await walk.step('the source dies before the papers are asked for: a choice, and no sheet is wanted', async () => {
    page = await walk.as('citizen');
    await upToPapers(page);
    await sources.stop();
    await next(page);
    await sees(page, 'Cơ sở dữ liệu đất đai đang gián đoạn');
    must(await land(page).getByText('Cần tải lên').count() === 0, 'a sheet is asked for');
  });
  await walk.look(page, 'choice');
  await walk.step('nothing is sent before the choice', async () => {
    await page.getByRole('link', { name: 'Xem lại và gửi' }).click();
    await sees(page, 'Xem lại trước khi gửi');
    await page.locator('input[name="agree"]').check();
    const twice = page.locator('input[name="double"]');
    if (await twice.count()) await twice.check();
    await walk.expecting('409', async () => {
      await page.getByRole('button', { name: 'Gửi hồ sơ' }).click();
      await sees(page, 'chưa cho dữ liệu về: Quyền sở hữu chỗ ở');
    });
    await page.goBack();
    await page.goBack();
  });
  await walk.step('waiting keeps the draft', async () => {
    await choose(page, /Chờ nguồn hoạt động lại/);
    await sees(page, 'Đang chờ nguồn dữ liệu');
  });
  await walk.look(page, 'waits');
  await walk.step('the source is back; asked again, it answers with its mark', async () => {
    await sources.start();
    await choose(page, 'Hỏi lại nguồn ngay');
    await land(page).getByText('Đã lấy từ nguồn, không phải nộp').waitFor();
    await land(page).getByText('MÔ PHỎNG').waitFor();
  });
  await walk.look(page, 'fetched');
  await walk.step('the case has it', async () => {
    await send(page);
  });
  await walk.step('a source that knows nothing: declared, to be checked afterwards', async () => {
    await sources.stop();
    await sources.start('nothing:100');
    page = await walk.as('citizen');
    await upToPapers(page);
    await next(page);
    await choose(page, /cam đoan|khai/i);
    await sees(page, 'Bạn cam đoan, kiểm tra sau');
    await send(page);
    await sources.stop();
    await sources.start();
  });
  await walk.step('a clerk who asks for what data replaces is refused', async () => {
    page = await walk.as('clerk');
    await page.goto('/counter');
    await page.locator('a[href^="/counter/cases/"]').first().click();
    await page.waitForURL('**/counter/cases/*');
    await page.locator('textarea[name="body"]').fill('Bác nộp thêm bản sao sổ hộ khẩu nhé');
    await walk.expecting('422', async () => {
      await page.locator('form:has(textarea[name="body"]) button[type="submit"]').click();
      await sees(page, /sổ hộ khẩu/);
    });
  });
  await walk.step('everyone can read how many papers a service takes', async () => {
    page = await walk.open();
    await page.goto('/giay-to');
    await sees(page, 'Giấy trên 100 hồ sơ');
  });
  await walk.look(page, 'public');
  await walk.step('the catalogue marks what takes none', async () => {
    await page.goto('/services/DVC04');
    await sees(page, 'Không giấy');
  });
  await walk.step('whoever plans services sees where each paper comes from, and announces an outage', async () => {
    page = await walk.as('catalogue');
    await page.goto('/admin/papers');
    await sees(page, 'Nguồn dữ liệu đã báo tạm ngừng');
    await page.locator('summary', { hasText: 'Báo một nguồn tạm ngừng' }).click();
    await page.getByLabel('Mã nguồn dữ liệu').fill('toaan');
    await page.getByLabel('Lý do, dự kiến đến khi nào').fill('Bảo trì đến 6 giờ sáng mai');
    await page.getByRole('button', { name: 'Báo tạm ngừng' }).click();
    await page.getByRole('button', { name: /Đã hoạt động lại/ }).waitFor();
  });
  await walk.look(page, 'budget');
  await walk.step('its end', async () => {
    await page.getByRole('button', { name: /Đã hoạt động lại/ }).click();
    await sees(page, 'Không có nguồn nào.');
    await page.goto('/admin/papers/tries');
    await page.getByRole('heading', { name: 'Định hỏi giấy thừa' }).waitFor();
    await sees(page, 'Bác nộp thêm bản sao sổ hộ khẩu nhé');
  });
  await walk.look(page, 'tries');
  await walk.step('the desk that decides such cases has the declaration to check, a few seconds later', async () => {
    page = await walk.as('police');
    for (const until = Date.now() + 40000; Date.now() < until && !await page.getByText('nguồn không có dữ liệu').count();) {
      await page.goto('/post-checks');
      await page.waitForTimeout(500);
    }
    await sees(page, 'Quyền sở hữu chỗ ở');
  });
  await walk.look(page, 'checks');
  await walk.step('one of them says why it was drawn', async () => {
    await page.locator('a[href^="/post-checks/"]').first().click();
    await sees(page, 'Khả năng được chọn');
  });
  await walk.look(page, 'check');
}
