// Two officers of the catalogue: one brings a service, mends it, tries it and proposes it; the other looks and publishes.
import { must, sees } from '../lib.mjs';

export const name = 'services editor';

const service = (code) => ({
  code, name: `Cấp thẻ thư viện ${code}`, sector: 'van_hoa', sector_name: 'Văn hoá',
  life_events: ['school'], keywords: [`mượn sách ${code}`],
  versions: [{
    version: 1, valid_from: '2026-01-01', level: 'full', function: 'library.card', unit_level: 'province', who: 'Ai cũng được.',
    flow: 'province_days', time: { days: 3, confirmed: true },
    fee: [{ id: 'card', label: 'Tiền làm thẻ', amount: 20000, when: { field: 'kind', is: 'plastic' }, confirmed: true }],
    papers: [{ id: 'photo', name: 'Ảnh 3x4', required: true, source: { kind: 'paper' } }],
    form: { pages: [
      { id: 'who', title: 'Người đọc', fields: [
        { id: 'reader', type: 'text', label: 'Họ tên', required: true, max: 60 },
        { id: 'born', type: 'day', label: 'Ngày sinh', required: true, check: 'past_day' },
        { id: 'home', type: 'address', label: 'Nơi ở', required: true },
        { id: 'kind', type: 'choice', label: 'Loại thẻ', required: true,
          choices: [{ value: 'paper', label: 'Thẻ giấy' }, { value: 'plastic', label: 'Thẻ nhựa' }] },
        { id: 'colour', type: 'text', label: 'Màu thẻ', required: true, when: { field: 'kind', is: 'plastic' } },
        { id: 'topics', type: 'checks', label: 'Thích đọc',
          choices: [{ value: 'law', label: 'Luật' }, { value: 'farm', label: 'Trồng trọt' }] }] },
      { id: 'guardian', title: 'Người bảo lãnh', when: { field: 'born', age_under: 16 }, fields: [
        { id: 'parent', type: 'person', label: 'Cha hoặc mẹ', required: true }] },
      { id: 'siblings', title: 'Anh chị em', repeat: { max: 2, item: 'Người' }, fields: [
        { id: 'sibling', type: 'text', label: 'Tên', required: true }] }] },
    result: { name: 'Thẻ thư viện', delivery: ['counter'], paper: [{ p: 'Cấp cho: {reader}, {home}' }] },
  }],
});

const upload = (text) => ({ name: 'dich-vu.json', mimeType: 'application/json', buffer: Buffer.from(text) });

export async function run(walk) {
  const code = `TV${walk.size.name}`;
  const today = new Date().toLocaleDateString('vi-VN', { timeZone: 'Asia/Ho_Chi_Minh', day: '2-digit', month: '2-digit', year: 'numeric' });
  let page, other, draft;
  await walk.step('the officer sees what is in force', async () => {
    page = await walk.as('catalogue');
    await page.waitForURL('**/admin/services');
    await sees(page, 'Đang áp dụng');
  });
  await walk.look(page, 'desk');
  await walk.step('a file with a fault is refused by the place of the fault', async () => {
    await page.goto('/admin/services/import');
    const wrong = service(code);
    wrong.versions[0].form.pages[0].fields[0].colour = 'red';
    await page.locator('input[type=file]').setInputFiles(upload(JSON.stringify(wrong)));
    await walk.expecting('422', async () => {
      await page.getByRole('button', { name: 'Đọc tệp và lập bản thảo' }).click();
      await sees(page, 'versions[0].form.pages[0].fields[0].colour');
    });
  });
  await walk.look(page, 'refused file');
  await walk.step('the right file becomes a draft', async () => {
    await page.goto('/admin/services/import');
    await page.locator('input[type=file]').setInputFiles(upload(JSON.stringify(service(code))));
    await page.getByRole('button', { name: 'Đọc tệp và lập bản thảo' }).click();
    await page.waitForURL('**/admin/services');
    await page.getByRole('link', { name: new RegExp(`^${code} `) }).first().click();
    await sees(page, 'Trình để công bố');
    draft = new URL(page.url()).pathname;
  });
  await walk.look(page, 'draft');
  await walk.step('a question gets other words', async () => {
    await page.getByRole('link', { name: 'Họ tên', exact: true }).click();
    await page.getByLabel('Lời hỏi').fill('Họ và tên người đọc');
    await walk.look(page, 'a question');
    await page.getByRole('button', { name: 'Lưu' }).click();
    await page.waitForURL(`**${draft}`);
    await sees(page, 'Họ và tên người đọc');
  });
  await walk.step('two people at once: the second is told, and nothing typed is lost', async () => {
    const second = await walk.as('publisher');
    await page.goto(`${draft}/fee?id=card`);
    await second.goto(`${draft}/fee?id=card`);
    await page.getByLabel('Mức, bằng đồng').fill('25.000');
    await page.getByRole('button', { name: 'Lưu' }).click();
    await page.waitForURL(`**${draft}`);
    await second.getByLabel('Khoản thu').fill('Tiền thẻ');
    await walk.expecting('409', async () => {
      await second.getByRole('button', { name: 'Lưu' }).click();
      await sees(second, 'Hai người cùng sửa');
    });
    must(await second.getByLabel('Khoản thu').inputValue() === 'Tiền thẻ', 'what was typed is gone');
    await walk.look(second, 'conflict');
  });
  await walk.step('a trial asks page by page, and leads a child to a guardian', async () => {
    await page.goto(`${draft}/test`);
    await page.getByLabel('Họ và tên người đọc').fill('Đặng Thị Đọc');
    await page.getByLabel('Ngày sinh').fill('16/02/2015');
    await page.getByLabel('Xã, phường').selectOption({ index: 1 });
    await page.getByLabel('Số nhà, đường, thôn, bon, tổ dân phố').fill('Bon Pi Nao');
    must(!await page.getByLabel('Màu thẻ').isVisible(), 'a question is asked before its turn');
    await page.getByLabel('Thẻ nhựa').check();
    await page.getByLabel('Màu thẻ').fill('xanh');
    await page.getByLabel('Trồng trọt').check();
    await walk.look(page, 'trial');
    await page.getByRole('button', { name: 'Tiếp tục' }).click();
    await sees(page, 'Cha hoặc mẹ');
    await walk.expecting('422', async () => {
      await page.getByLabel('Số định danh cá nhân (12 số)').fill('06719500012');
      await page.getByRole('button', { name: 'Tiếp tục' }).click();
      await sees(page, /mới có 11/);
    });
    await walk.look(page, 'trial errors');
    await page.getByLabel('Số định danh cá nhân (12 số)').fill('067195000123');
    await page.getByLabel('Họ, chữ đệm và tên').fill('Trần Thị Chi');
    await page.getByLabel('Ngày, tháng, năm sinh').fill('01/05/1995');
    await page.getByRole('button', { name: 'Tiếp tục' }).click();
    await sees(page, 'Người thứ 1');
    await page.getByLabel('Tên').fill('Đặng Văn Một');
    await page.getByRole('button', { name: 'Thêm Người nữa' }).click();
    await sees(page, 'Người thứ 2');
    await page.getByLabel('Tên').fill('Đặng Văn Hai');
    await page.getByRole('button', { name: 'Tiếp tục' }).click();
    await sees(page, 'Kết quả chạy thử');
    await sees(page, '25.000 đ');
    await sees(page, /Cấp cho: Đặng Thị Đọc, Bon Pi Nao, /);
  });
  await walk.look(page, 'trial summary');
  await walk.step('at the kiosk the same page has larger controls', async () => {
    await page.goto(`${draft}/test?face=kiosk`);
    const box = await page.getByLabel('Họ và tên người đọc').boundingBox();
    must(box.height >= 60, `the control is ${box.height} px high`);
  });
  await walk.look(page, 'kiosk');
  await walk.step('proposed; its writer cannot publish it', async () => {
    await page.goto(draft);
    await page.getByLabel('Có hiệu lực từ ngày').fill(today);
    await page.getByRole('button', { name: 'Trình' }).click();
    await sees(page, 'Người soạn không tự công bố được');
  });
  await walk.step('somebody else reads it and publishes', async () => {
    other = await walk.as('publisher');
    await other.goto(draft);
    await sees(other, 'chờ công bố');
    await walk.look(other, 'to be published');
    await other.getByRole('button', { name: 'Công bố' }).click();
    await other.waitForURL(`**/services/${code}`);
    await sees(other, 'đang áp dụng');
  });
  await walk.step('a new draft says in words what it changes', async () => {
    await page.goto('/admin/services');
    await page.getByRole('button', { name: `Lập bản thảo ${code}`, exact: true }).click();
    await page.getByRole('link', { name: 'Ảnh 3x4' }).click();
    await page.getByLabel('Bạn cam đoan, không phải nộp giấy').check();
    await page.getByRole('button', { name: 'Lưu' }).click();
    await page.getByRole('link', { name: 'Trang so sánh' }).click();
    await sees(page, 'Giấy tờ “Ảnh 3x4”: lấy từ đâu');
  });
  await walk.look(page, 'compared');
  await walk.step('everyone finds the new service', async () => {
    const citizen = await walk.open();
    await citizen.goto(`/services?q=muon+sach+${code}`);
    await sees(citizen, `Cấp thẻ thư viện ${code}`);
  });
}
