// The one-stop counter without a mouse: a card is scanned, the service found, the form filled, the case received; a specialist
// proposes, the leader signs, the clerk hands over.
import { gzipSync } from 'node:zlib';
import { CARD, hasFocus, must, sees } from '../lib.mjs';

export const name = 'counter';

async function press(page, button) {
  await page.getByRole('button', { name: button }).first().focus();
  await page.keyboard.press('Enter');
}

export async function run(walk) {
  let clerk;
  let number;
  await walk.step('the clerk begins where work waits', async () => {
    clerk = await walk.as('clerk');
    await clerk.goto('/counter');
    await clerk.getByRole('heading', { name: 'Việc đang chờ' }).waitFor();
  });
  await walk.look(clerk, 'queue');
  await walk.step('a scanned card and Enter: who it is, and how sure that is', async () => {
    await clerk.goto('/counter/intake');
    await hasFocus(clerk, '[name=text]');
    await clerk.keyboard.insertText(CARD);
    await clerk.keyboard.press('Enter');
    await clerk.waitForURL('**/counter/intake/*');
    await sees(clerk, 'Khớp sổ dân cư');
    await sees(clerk, /L1/);
  });
  await walk.step('the service by words without tones, Enter takes the first', async () => {
    await hasFocus(clerk, '[name=q]');
    await clerk.keyboard.type('khai tu');
    await clerk.keyboard.press('Enter');
    await sees(clerk, 'Đăng ký khai tử');
    await walk.look(clerk, 'service');
    await press(clerk, 'Đăng ký khai tử');
    await clerk.waitForURL('**/form');
    await sees(clerk, 'Lấy từ Cơ sở dữ liệu dân cư');
  });
  await walk.look(clerk, 'sheet');
  await walk.step('the sheet is light on the wire', async () => {
    const drawn = await clerk.evaluate(() => performance.getEntriesByType('resource')
      .filter((e) => !e.name.includes('.woff2')).reduce((sum, e) => sum + e.encodedBodySize, 0));
    const page = gzipSync(await clerk.content()).length; // as deploy/'s front server sends it
    const bytes = page + drawn;
    must(bytes > 1000 && bytes <= 60 * 1024, `the sheet and all it is drawn with are ${bytes} bytes on the wire`);
  });
  await walk.step('what is missing is said at the top and beside its field', async () => {
    await walk.expecting('422', async () => {
      await press(clerk, 'Tiếp tục');
      await clerk.locator('.govuk-error-summary').waitFor();
    });
  });
  await walk.step('the form is filled by keys', async () => {
    await clerk.locator('[name=requester_phone]').focus();
    await clerk.keyboard.type('0905123456');
    await fillRest(clerk);
    await press(clerk, 'Tiếp tục');
    await clerk.waitForURL('**/receive');
  });
  await walk.look(clerk, 'receive');
  await walk.step('received: number, day and code, shown once', async () => {
    await press(clerk, 'Tiếp nhận và in giấy hẹn');
    await sees(clerk, 'Mã tra cứu');
    number = (await clerk.locator('main').innerText()).match(/\d{5}\.H16-\d{6}-\d{4}/)[0];
    await walk.look(clerk, 'receipt');
  });
  await walk.step('the specialist sees it on one page and proposes', async () => {
    const specialist = await walk.as('specialist');
    await specialist.goto(`/counter?q=${number}`);
    await sees(specialist, 'Đăng ký khai tử');
    await walk.look(specialist, 'case');
    await specialist.getByRole('link', { name: 'Yêu cầu bổ sung' }).focus();
    await specialist.keyboard.press('Enter');
    await sees(specialist, 'chỉ được yêu cầu bổ sung một lần');
    await walk.look(specialist, 'form 02');
    await specialist.goBack();
    await press(specialist, 'Trình ký');
    await sees(specialist, 'Chưa đến lượt bạn');
  });
  await walk.step('the leader marks and signs', async () => {
    const leader = await walk.as('approver');
    await leader.goto('/counter');
    await leader.locator('tr').filter({ hasText: number }).locator('input[name=case]').focus();
    await leader.keyboard.press('Space');
    await press(leader, 'Ký duyệt các hồ sơ đã chọn');
    await sees(leader, 'Xong 1 hồ sơ');
    await walk.look(leader, 'signed');
    await leader.goto('/counter/workload');
    await walk.look(leader, 'workload');
  });
  await walk.step('the clerk hands the result over, and says who took it', async () => {
    await clerk.goto(`/counter?q=${number}`);
    await clerk.getByRole('link', { name: 'Trả kết quả', exact: true }).focus();
    await clerk.keyboard.press('Enter');
    await clerk.getByLabel('Chính người nộp hồ sơ').focus();
    await clerk.keyboard.press('Space');
    await press(clerk, 'Trả kết quả');
    await sees(clerk, 'Người nộp hồ sơ đã nhận kết quả');
    const [, y, m, d] = number.match(/-(\d\d)(\d\d)(\d\d)-/);
    await clerk.goto(`/counter/book?from=20${y}-${m}-${d}`); // there are older ones, more than a page
    await sees(clerk, number);
    await walk.look(clerk, 'book');
  });
}

// A name that nobody else has: each size of this journey is an application of its own.
async function fillRest(page) {
  const set = (field, text) => page.locator(`[name="${field}"]`).first().fill(text);
  const tick = (field, value) => page.locator(`[name="${field}"][value="${value}"]`).focus().then(() => page.keyboard.press('Space'));
  await tick('relation', 'child');
  await set('dead_name', `Nguyễn Văn Cụ ${page.viewportSize().width === 360 ? 'Một' : 'Hai'}`);
  await tick('dead_sex', 'male');
  await set('dead_ethnic', 'Kinh');
  await set('dead_nationality', 'Việt Nam');
  await page.locator('[name="dead_residence.unit"]').selectOption('elsewhere');
  await set('dead_residence.line', 'Thôn 3');
  await set('death_day', '01/01/2024');
  await tick('death_where', 'home');
  await page.locator('[name="death_address.unit"]').selectOption('elsewhere');
  await set('death_address.line', 'Tại nhà');
  await set('death_cause', 'Bệnh già');
  await tick('late', 'no');
}
