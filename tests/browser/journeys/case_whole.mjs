// One case by all hands: a citizen files and pays, the desk receives, the specialist asks for more once, the citizen answers, the leader
// signs; the citizen reads the notices, takes the signed result, gives stars and complains, and the authority answers.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { next } from '../form.mjs';
import { must, sees } from '../lib.mjs';

export const name = 'case whole';

const photo = { name: 'bao-tu.jpg', mimeType: 'image/jpeg', buffer: Buffer.from('ffd8ffe000104a46494600010100000100010000ffd9', 'hex') };

async function fill(page, dead) {
  const set = (field, text) => page.locator(`[name="${field}"]`).first().fill(text);
  const tick = (field, value) => page.locator(`[name="${field}"][value="${value}"]`).check();
  await set('requester_phone', '0912000001');
  await tick('relation', 'child');
  await next(page);
  await set('dead_name', dead);
  await tick('dead_sex', 'male');
  await set('dead_ethnic', 'Kinh');
  await next(page);
  await set('dead_nationality', 'Việt Nam');
  await page.locator('[name="dead_residence.unit"]').selectOption({ label: 'Xã Quảng Tín' });
  await set('dead_residence.line', 'Thôn 3');
  await next(page);
  await set('death_day', '01/11/2026');
  await tick('death_where', 'home');
  await page.locator('[name="death_address.unit"]').selectOption({ label: 'Xã Quảng Tín' });
  await set('death_address.line', 'Tại nhà');
  await set('death_cause', 'Bệnh già');
  await next(page);
  await tick('late', 'no');
  await set('copies', '2');
  await next(page);
  await page.locator('[name=unit]').selectOption({ label: 'Xã Quảng Tín' }); // where the demo's officers sit
  await page.getByLabel('Bản điện tử').check();
  await next(page);
}

// What happens to a case is told a few seconds later.
async function untilSeen(page, path, text) {
  for (const until = Date.now() + 30000; Date.now() < until;) {
    await page.goto(path);
    if (await page.getByText(text).count()) return;
    await new Promise((later) => setTimeout(later, 300));
  }
  throw new Error(`${path} never said ${text}`);
}

// It is signed a moment after the leader's act; until then the page asks for patience.
async function signedPdf(page, href) {
  for (const until = Date.now() + 20000; Date.now() < until;) {
    const answer = await page.request.get(href);
    if (answer.ok()) return answer.body();
    must(answer.status() === 503, `the result answers ${answer.status()}`);
    await new Promise((later) => setTimeout(later, 300));
  }
  throw new Error('the result was not signed');
}

function pdfsig(pdf) {
  const dir = mkdtempSync(join(tmpdir(), 'bon-result-'));
  try {
    writeFileSync(join(dir, 'result.pdf'), pdf);
    return execFileSync('pdfsig', ['-nocert', join(dir, 'result.pdf')]).toString();
  } finally {
    rmSync(dir, { recursive: true });
  }
}

async function pay(walk, qr) {
  const answer = await fetch(`${walk.world.pay}/pay`, {
    method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ qr }),
  });
  return (await answer.json()).said[0].outcome;
}

async function openCase(walk, who, number) {
  const page = await walk.as(who);
  await page.goto(`/counter/cases/${number}`);
  await sees(page, 'Đăng ký khai tử');
  return page;
}

export async function run(walk) {
  const dead = `Trần Văn ${walk.size.width === 360 ? 'Hưởng' : 'Thọ'}`;
  let citizen, clerk, specialist, leader, number;
  await walk.step('the citizen files', async () => {
    citizen = await walk.as('citizen');
    await citizen.goto('/nop/DVC13');
    await citizen.getByRole('button', { name: 'Bắt đầu' }).click();
    await sees(citizen, 'Phần 1 trong');
    await fill(citizen, dead);
    await citizen.getByRole('link', { name: 'Xem lại và gửi' }).click();
    const twice = citizen.locator('input[name="double"]');
    if (await twice.count()) await twice.check();
    await citizen.locator('input[name="agree"]').check();
    await citizen.getByRole('button', { name: 'Gửi hồ sơ' }).click();
    await sees(citizen, 'Mã theo dõi chỉ hiện một lần');
    number = (await citizen.locator('.note').first().innerText()).match(/[0-9.A-Z]+H16-\d{6}-\d{4}/)[0];
  });
  await walk.step('and pays from a bank\'s app', async () => {
    await citizen.getByRole('link', { name: 'Trả phí' }).click();
    await citizen.getByRole('button', { name: 'Lấy mã VietQR' }).click();
    await sees(citizen, 'Mở ứng dụng ngân hàng');
    const qr = (await citizen.locator('details p.mono').textContent()).trim();
    must(await pay(walk, qr) === 'taken', 'the payment was not taken');
    must(await pay(walk, qr) === 'twice', 'a second payment was not told apart');
    await citizen.getByRole('link', { name: 'Tôi đã trả, xem lại' }).click();
    await sees(citizen, 'Đã trả phí');
  });
  await walk.step('the desk receives it', async () => {
    clerk = await openCase(walk, 'clerk', number);
    await clerk.getByRole('button', { name: 'Tiếp nhận', exact: true }).click();
    await sees(clerk, 'Được tiếp nhận');
  });
  await walk.look(clerk, 'received');
  await walk.step('what was paid twice waits at the desk, and is given back', async () => {
    await clerk.goto('/counter/payments');
    await sees(clerk, 'Hồ sơ đã được trả phí trước đó');
    await walk.look(clerk, 'stray payments');
    await clerk.locator('tbody a').first().click();
    await clerk.getByLabel('Đã hoàn lại tiền cho người chuyển').check();
    await clerk.getByLabel('Số giao dịch hoàn tiền').fill('FT26333001122');
    await walk.look(clerk, 'stray payment');
    await clerk.getByRole('button', { name: 'Ghi đã giải quyết' }).click();
    await sees(clerk, 'Không có khoản nào chờ giải quyết');
  });
  await walk.step('the specialist asks for more, once', async () => {
    specialist = await openCase(walk, 'specialist', number);
    await specialist.getByRole('link', { name: 'Yêu cầu bổ sung', exact: true }).click();
    await specialist.locator('[name=reason]').fill('Ảnh chụp giấy báo tử của trạm y tế, hoặc xác nhận của hai người làm chứng');
    const shown = specialist.context().waitForEvent('response', (r) => r.url().endsWith('/preview'));
    await specialist.getByRole('button', { name: 'Xem trước phiếu (PDF)' }).click();
    must((await shown).headers()['content-type'] === 'application/pdf', 'no preview of the letter');
    await specialist.getByRole('button', { name: 'Yêu cầu bổ sung', exact: true }).click();
    await sees(specialist, 'Đồng hồ dừng: chờ người nộp');
  });
  await walk.look(specialist, 'asked');
  await walk.step('the citizen is told, and supplements with a photo', async () => {
    await untilSeen(citizen, '/tin-bao', 'Chờ bổ sung hồ sơ');
    await citizen.goto(`/ho-so/${number}`);
    await sees(citizen, 'xác nhận của hai người làm chứng');
    await citizen.locator('[name=slot]').selectOption('more');
    await citizen.locator('input[type=file]').first().setInputFiles(photo);
    await citizen.getByRole('button', { name: 'Tải lên' }).click();
    await sees(citizen, 'Đã thêm giấy tờ vào hồ sơ');
  });
  await walk.look(citizen, 'supplement');
  await walk.step('the answer goes back, the time runs again', async () => {
    await citizen.getByRole('button', { name: 'Bổ sung xong' }).click();
    await sees(citizen, 'Cơ quan giải quyết đã được báo');
  });
  await walk.step('a second request for more is refused', async () => {
    await specialist.goto(`/counter/cases/${number}/moves/ask_more`);
    await specialist.locator('[name=reason]').fill('Thêm một bản nữa cho chắc');
    await walk.expecting('409', async () => {
      await specialist.getByRole('button', { name: 'Yêu cầu bổ sung', exact: true }).click();
      await sees(specialist, 'chỉ làm được một lần cho mỗi hồ sơ');
    });
  });
  await walk.look(specialist, 'refused');
  await walk.step('in doubt the specialist asks the head, who answers in the case', async () => {
    await specialist.goto(`/counter/cases/${number}`);
    await specialist.getByText('Báo lên lãnh đạo', { exact: true }).first().click();
    await specialist.getByLabel('Vì sao cần lãnh đạo cho ý kiến').fill('Hai người làm chứng là người nhà');
    await specialist.getByRole('button', { name: 'Báo lên lãnh đạo' }).click();
    await sees(specialist, 'Chờ lãnh đạo trả lời');
    leader = await walk.as('approver');
    await leader.goto('/counter/workload');
    await walk.look(leader, 'raised');
    await leader.getByRole('link', { name: 'Đăng ký khai tử' }).first().click();
    await leader.getByLabel('Ý kiến của lãnh đạo').fill('Nhận được, vì có xác nhận của trưởng thôn');
    await leader.getByRole('button', { name: 'Trả lời' }).click();
    await sees(leader, 'vì có xác nhận của trưởng thôn');
  });
  await walk.look(leader, 'answered');
  await walk.step('so it is proposed, and the leader signs', async () => {
    await specialist.goto(`/counter/cases/${number}`);
    await sees(specialist, 'vì có xác nhận của trưởng thôn');
    await specialist.getByRole('button', { name: 'Trình ký' }).click();
    await sees(specialist, 'Chờ ký');
    await leader.goto(`/counter/cases/${number}`);
    await leader.getByRole('button', { name: 'Ký duyệt' }).click();
    await sees(leader, 'Đã xử lý xong');
  });
  await walk.step('the citizen sees the bell and reads the news', async () => {
    await untilSeen(citizen, '/tin-bao', 'Đã xử lý xong');
    await citizen.goto('/services');
    must(Number(await citizen.locator('.bell__n').innerText()) >= 5, 'the bell does not count');
    await citizen.getByRole('link', { name: /Tin báo chưa đọc/ }).click();
    await citizen.getByRole('button', { name: 'Đánh dấu đã đọc hết' }).click();
    await citizen.waitForFunction(() => !document.querySelector('.bell__n'));
  });
  await walk.look(citizen, 'notices');
  let result, link;
  await walk.step('the result is a PDF with the leader\'s act and a signature that another reader finds good', async () => {
    await citizen.goto(`/ho-so/${number}`);
    const href = await citizen.getByRole('link', { name: /Kết quả.*PDF/ }).getAttribute('href');
    result = await signedPdf(citizen, href);
    const text = execFileSync('pdftotext', ['-layout', '-', '-'], { input: result }).toString();
    must(text.includes(dead), `the result does not name who it is about: ${text.slice(0, 600)}`);
    must(/Ký duyệt: Điểu Thị Ký, Lãnh đạo UBND cấp xã/.test(text), `the act is not on the paper: ${text}`);
    [, link] = text.match(/(\/kq\/[0-9a-z]{16})/);
    const said = pdfsig(result);
    must(said.includes('Signature is Valid.') && said.includes('Total document signed'), said);
  });
  await walk.look(citizen, 'done');
  await walk.step('whoever holds the paper asks whether it is real, and compares the file', async () => {
    const stranger = await walk.open();
    await stranger.goto(link);
    await sees(stranger, number);
    await sees(stranger, 'Điểu Thị Ký');
    const choose = async (buffer) => {
      await stranger.locator('input[type=file]').setInputFiles({ name: 'kq.pdf', mimeType: 'application/pdf', buffer });
      await stranger.getByRole('button', { name: 'So tệp' }).click();
    };
    await choose(Buffer.concat([result, Buffer.from(' ')]));
    await sees(stranger, 'Không phải tệp đã ký');
    await choose(result);
    await sees(stranger, 'Đúng tệp đã ký');
    await walk.look(stranger, 'check');
  });
  await walk.step('stars, and a complaint', async () => {
    await citizen.getByText('Đánh giá việc giải quyết', { exact: true }).click();
    await citizen.locator('[name=stars][value="4"]').check();
    await citizen.getByRole('button', { name: 'Gửi đánh giá' }).click();
    await sees(citizen, 'Cảm ơn bạn đã đánh giá');
    await citizen.getByText('Phản ánh về hồ sơ này', { exact: true }).click();
    await citizen.getByLabel('Điều bạn chưa đồng ý').fill('Tên thôn trong trích lục ghi chưa đúng.');
    await citizen.getByRole('button', { name: 'Gửi phản ánh' }).click();
    await sees(citizen, 'Đã gửi phản ánh tới cơ quan giải quyết');
    await sees(citizen, 'Trả lời chậm nhất ngày');
  });
  await walk.look(citizen, 'complaint');
  await walk.step('the authority answers, and the citizen is told', async () => {
    await clerk.goto(`/counter/cases/${number}`);
    await clerk.getByLabel('Trả lời người phản ánh').fill('Xin lỗi ông. Chúng tôi đã sửa tên thôn.');
    await clerk.getByRole('button', { name: 'Gửi trả lời' }).click();
    await sees(clerk, 'Chúng tôi đã sửa tên thôn');
    await untilSeen(citizen, '/tin-bao', 'Phản ánh của bạn đã được trả lời');
    await citizen.goto(`/ho-so/${number}`);
    await sees(citizen, 'Chúng tôi đã sửa tên thôn');
  });
}
