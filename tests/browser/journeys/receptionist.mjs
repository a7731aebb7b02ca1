// The receptionist's evening: scans from a wedge, a paste, typing, a group from a file, sending, the receipt on paper.
import { CARD, must, sees } from '../lib.mjs';

const COUPLE = ['067085000201||Trần Văn Mẫu|12091985|Nam|Tổ dân phố 2, Gia Nghĩa, Đắk Nông|04052021',
  '067188000202||Lê Thị Ví Dụ|27031988|Nữ|Tổ dân phố 2, Gia Nghĩa, Đắk Nông|04052021'];
const PASSPORT = ['P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<', 'L898902C36UTO7408122F1204159ZE184226B<<<<<10'];

export const name = 'receptionist';

// A keyboard-wedge scanner: keys faster than any hand, then Enter, wherever the focus is.
export async function wedge(page, text) {
  await page.evaluate((t) => {
    const at = document.activeElement ?? document.body;
    for (const key of [...t, 'Enter']) {
      const event = new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true });
      const goes = at.dispatchEvent(event);
      if (goes && key.length === 1 && 'value' in at) at.value += key;
    }
  }, text);
}

async function guests(page, n) {
  await page.waitForFunction((want) => document.querySelectorAll('#guests .guest').length === want, n);
}

export async function run(walk) {
  let page;
  await walk.step('the way in leads to the desk', async () => {
    page = await walk.as('receptionist');
    await page.waitForURL('**/stays');
    await sees(page, 'Chưa có khách');
  });
  await walk.look(page, 'empty desk');

  await walk.step('a pasted card is on the list at once, unverified', async () => {
    await page.locator('#scan').fill(CARD);
    await page.locator('#scan').press('Enter');
    await guests(page, 1);
    await sees(page, 'QR: chưa xác thực (L1)');
    must(!(await page.content()).includes('067090000123'), 'the whole number is on the page');
  });
  await walk.step('two scans of a wedge in a row are both taken, wherever the focus is', async () => {
    await page.evaluate(() => document.activeElement.blur());
    for (const scan of COUPLE) await wedge(page, scan);
    await guests(page, 3);
  });
  await walk.step('a passport\'s two lines are one guest', async () => {
    for (const line of PASSPORT) {
      await page.evaluate(() => document.activeElement.blur());
      await wedge(page, line);
    }
    await guests(page, 4);
    await sees(page, 'Dòng mã hộ chiếu: chưa xác thực (L1)');
  });
  await walk.step('that it has expired is said beside that guest alone, and stops nothing', async () => {
    await sees(page, 'Xin xem lại giấy tờ; vẫn gửi thông báo được. Giấy tờ đã hết hạn.');
    must(await page.locator('.guest__why').count() === 1, 'others are warned about too');
    must(await page.locator('.guest', { hasText: 'ERIKSSON' }).locator('.guest__why').count() === 1, 'beside somebody else');
  });
  await walk.step('a card with eleven digits is refused with a sentence and stays in the field', async () => {
    await walk.expecting('422', async () => {
      await page.locator('#scan').fill(CARD.replace('067090000123', '06709000012'));
      await page.locator('#scan').press('Enter');
      await sees(page, /mới có 11 chữ số/);
    });
    must((await page.locator('#scan').inputValue()).startsWith('06709000012|'), 'what was scanned is gone');
    await guests(page, 4);
    await page.locator('#scan').fill('');
  });
  await walk.look(page, 'desk with guests');

  await walk.step('a guest without a card is typed', async () => {
    await page.goto('/stays/typed');
    await page.getByLabel('Họ và tên').fill('Y Krông Niê');
    await page.getByLabel('Số định danh hoặc số hộ chiếu').fill('067091000555');
    await page.getByLabel('Ngày sinh').fill('05/06/1991');
    await page.getByLabel('Nam', { exact: true }).check().catch(() => page.getByLabel('Giới tính').selectOption('nam'));
  });
  await walk.look(page, 'typed guest');
  await walk.step('and joins the list', async () => {
    await page.getByRole('button', { name: 'Thêm vào danh sách' }).click();
    await page.waitForURL('**/stays');
    await guests(page, 5);
  });
  await walk.step('a group comes from a file; a bad row keeps all out and is named', async () => {
    await page.goto('/stays/import');
    const head = 'Họ tên,Ngày sinh,Giới tính,Số giấy tờ\r\n';
    await walk.expecting('422', async () => {
      await page.locator('input[type=file]').setInputFiles({
        name: 'doan.csv', mimeType: 'text/csv',
        buffer: Buffer.from(`${head}K'Tem,01/02/1990,Nam,067090000777\r\nH'Nhi,01/02/1990,Nữ,0671900\r\n`),
      });
      await page.getByRole('button', { name: 'Kiểm tra và thêm vào danh sách' }).click();
      await sees(page, 'Các dòng cần sửa');
    });
  });
  await walk.look(page, 'group refused');
  await walk.step('the mended file is taken', async () => {
    await page.goto('/stays/import');
    await page.locator('input[type=file]').setInputFiles({
      name: 'doan.csv', mimeType: 'text/csv',
      buffer: Buffer.from('Họ tên,Ngày sinh,Giới tính,Số giấy tờ\r\n' +
        'K\'Tem,01/02/1990,Nam,067090000777\r\nH\'Nhi,01/02/1990,Nữ,067190000778\r\n'),
    });
    await page.getByRole('button', { name: 'Kiểm tra và thêm vào danh sách' }).click();
    await page.waitForURL('**/stays');
    await guests(page, 7);
  });
  await walk.step('rooms are filled in, one guest is taken off', async () => {
    const rooms = page.getByLabel('Phòng', { exact: true });
    for (let i = 0; i < await rooms.count(); i += 1) await rooms.nth(i).fill(`10${i + 1}`);
    await page.getByRole('button', { name: /^Bỏ ERIKSSON/ }).click();
    await page.waitForLoadState('load');
    await guests(page, 6);
    must(await rooms.first().inputValue() === '101', 'the rooms are gone');
  });
  await walk.step('F9 sends, and the receipt protects her', async () => {
    await page.keyboard.press('F9');
    await page.waitForURL('**/stays/receipts/LT-67-*');
    await sees(page, 'Đã ghi nhận thông báo lưu trú');
    await sees(page, 'Đúng hạn');
  });
  await walk.step('a second later the receipt carries its seal as a QR', async () => {
    for (let i = 0; i < 40 && await page.locator('.paper__seal svg').count() === 0; i += 1) {
      await page.waitForTimeout(250);
      await page.reload();
    }
    await page.locator('.paper__seal svg').first().waitFor();
  });
  await walk.look(page, 'receipt');
  await walk.step('on paper there is the receipt and nothing else', async () => {
    await page.emulateMedia({ media: 'print' });
    must(!await page.locator('.actions.no-print').isVisible(), 'buttons are printed');
    must(await page.locator('article.paper').isVisible(), 'no paper');
    await walk.picture(page, 'receipt on paper');
    await page.emulateMedia({ media: 'screen' });
  });
  await walk.step('anyone who has the receipt can check it without an account', async () => {
    const text = await page.locator('a[href$="/evidence"]').getAttribute('href');
    const evidence = await page.evaluate(async (href) => (await fetch(href)).text(), text);
    const stranger = await walk.open();
    await stranger.goto('/check');
    await walk.look(stranger, 'check a receipt');
    await stranger.getByRole('textbox').first().fill(evidence);
    await stranger.getByRole('button', { name: 'Kiểm tra' }).click();
    await sees(stranger, /Biên nhận là thật/);
    await walk.look(stranger, 'receipt checked');
  });
  await walk.step('the book has the guests', async () => {
    await page.goto('/stays/book');
    await sees(page, "K'Tem");
  });
  await walk.look(page, 'book');
}
