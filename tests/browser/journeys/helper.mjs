// A helper of the community's digital team beside an old neighbour: types for her, she confirms by the code on her own phone; another
// one, who has no phone, signs the printed sheet.
import { execFileSync } from 'node:child_process';
import { next } from '../form.mjs';
import { must, sees } from '../lib.mjs';

export const name = 'helper';

const photo = { name: 'ban-ky.jpg', mimeType: 'image/jpeg', buffer: Buffer.from('ffd8ffe000104a46494600010100000100010000ffd9', 'hex') };

// Who has none: the field stays empty.
async function begin(page, { name: who, pid, phone }) {
  await page.goto('/nop/DVC05');
  await sees(page, 'Bạn điền giúp');
  await page.locator('[name=name]').fill(who);
  await page.locator('[name=pid]').fill(pid);
  if (phone) await page.locator('[name=phone]').fill(phone);
  await page.getByRole('button', { name: 'Bắt đầu' }).click();
}

async function fill(page, { name: who, pid, born, sex }) {
  await page.locator('[name="case"][value="year"]').check();
  await next(page);
  await page.locator('[name=leaver_name]').fill(who);
  await page.locator('[name=leaver_pid]').fill(pid);
  await page.locator('[name=leaver_birth]').fill(born);
  await page.locator(`[name=leaver_sex][value=${sex}]`).check();
  await page.locator('[name="leaver_residence.unit"]').selectOption({ label: 'Xã Quảng Tín' });
  await page.locator('[name="leaver_residence.line"]').fill('Thôn 3');
  await page.locator('[name=leaver_phone]').fill('0912345678');
  await next(page);
  await page.locator('[name=leave_day]').fill('2026-12-01');
  await page.locator('[name=back_day]').fill('2028-06-01');
  await page.locator('[name=reason]').fill('thăm con ở xa');
  await next(page);
  await page.locator('[name=unit]').selectOption({ label: 'Xã Quảng Tín' });
  await page.getByLabel('Bản điện tử').check();
  await next(page);
  await page.getByRole('link', { name: 'Xem lại và gửi' }).click();
  await sees(page, 'Người dân xác nhận');
}

async function send(page) {
  const twice = page.locator('input[name="double"]');
  if (await twice.count()) await twice.check();
  await page.locator('input[name="agree"]').check();
  await page.getByRole('button', { name: 'Gửi hồ sơ' }).click();
  await sees(page, 'Mã theo dõi chỉ hiện một lần');
}

// What the neighbour's phone shows; the program sends every few seconds.
async function codeOn(walk, phone, not) {
  for (const until = Date.now() + 20000; Date.now() < until;) {
    const answer = await fetch(`${walk.world.sms}/phones/${phone}`);
    const code = answer.ok ? (await answer.json()).text.match(/\d{6}/)?.[0] : undefined;
    if (code && code !== not) return code;
    await new Promise((later) => setTimeout(later, 200));
  }
  throw new Error(`no code came to ${phone}`);
}

export async function run(walk) {
  const tail = walk.size.width === 360 ? '1' : '2';
  const neighbour = { name: 'Thị Bông', pid: `06715000012${tail}`, phone: `091234567${tail}`, born: '1950-02-01', sex: 'female' };
  const alone = { name: 'Điểu Gơ', pid: `06704900013${tail}`, born: '1949-03-02', sex: 'male' };
  let page;
  await walk.step('the helper finds what can be filled in for others', async () => {
    page = await walk.as('team');
    await page.goto('/ho-so');
    await sees(page, 'Nộp hồ sơ mới');
  });
  await walk.step('for whom, and the form', async () => {
    await begin(page, neighbour);
    await fill(page, neighbour);
  });
  await walk.look(page, 'check');
  await walk.step('nothing is sent before the neighbour has confirmed', async () => {
    await walk.expecting('409', async () => {
      await page.locator('input[name="agree"]').check();
      await page.getByRole('button', { name: 'Gửi hồ sơ' }).click();
      await sees(page, 'Người dân chưa xác nhận');
    });
  });
  await walk.step('a code goes to her own phone, she reads it out', async () => {
    await page.getByRole('button', { name: 'Gửi mã tới điện thoại của người dân' }).click();
    await page.getByLabel('Mã sáu chữ số').waitFor();
    await page.getByLabel('Mã sáu chữ số').fill(await codeOn(walk, neighbour.phone));
  });
  await walk.look(page, 'code');
  await walk.step('confirmed and sent', async () => {
    await page.getByRole('button', { name: 'Xác nhận bằng mã' }).click();
    await sees(page, 'Người dân xác nhận bằng mã gửi tới điện thoại');
    await send(page);
  });
  await walk.step('another neighbour has no phone: the sheet to print has the answers and its own letters', async () => {
    await begin(page, alone);
    await fill(page, alone);
    await page.getByText('Ký trên giấy', { exact: true }).click();
    const href = await page.getByRole('link', { name: 'Mở bản xác nhận để in' }).getAttribute('href');
    const pdf = await (await page.request.get(href)).body();
    const text = execFileSync('pdftotext', ['-layout', '-', '-'], { input: pdf }).toString();
    must(text.includes('thăm con ở xa'), `the sheet has no answers: ${text.slice(0, 400)}`);
    await page.getByLabel('Mã bản in').fill(text.match(/Mã bản in: ([0-9A-F]{8})/)[1]);
    await page.locator('input[name=scan]').setInputFiles(photo);
  });
  await walk.look(page, 'paper');
  await walk.step('the signed sheet is taken, and the case is sent', async () => {
    await page.getByRole('button', { name: 'Gửi ảnh bản đã ký' }).click();
    await sees(page, 'Người dân ký trên giấy');
    await send(page);
  });
  await walk.look(page, 'sent');
}
