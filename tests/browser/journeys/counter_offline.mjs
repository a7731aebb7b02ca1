// The counter of a commune whose line is cut: numbers are taken along, an application is written into the machine and only waits,
// the line is back and the case is received; then the machine forgets.
import { CARD, must, sees } from '../lib.mjs';

export const name = 'counter_offline';

const photo = { name: 'bao-tu.jpg', mimeType: 'image/jpeg', buffer: Buffer.from('ffd8ffe000104a46494600010100000100010000ffd9', 'hex') };
const answers = {
  requester_name: 'Nguyễn Văn Demo', requester_pid: '067090000123', requester_residence: 'Thôn 3', requester_phone: '0905123456',
  dead_name: 'Nguyễn Thị Xa', dead_ethnic: 'Kinh', dead_nationality: 'Việt Nam', dead_residence: 'Thôn 3', death_day: '01/01/2024',
  death_address: 'Tại nhà', death_cause: 'Bệnh già',
};
const choices = { relation: 'child', dead_sex: 'female', death_where: 'home', late: 'no' };

export async function run(walk) {
  let page, number;
  await walk.step('while there is a network, numbers and forms are taken along', async () => {
    page = await walk.as('clerk');
    await page.goto('/counter/offline');
    await sees(page, 'Máy này chưa có số tạm');
    await page.getByRole('button', { name: 'Lấy số tạm' }).click();
    await sees(page, /còn 50 số tạm/);
    await page.evaluate(() => navigator.serviceWorker.ready);
    await page.waitForFunction(async () => (await (await caches.open('shell:/counter/offline')).match('/counter/offline')) !== undefined);
  });
  await walk.look(page, 'taken along');
  await walk.step('the line goes; the page opens all the same', async () => {
    await page.context().setOffline(true);
    await page.reload();
    await sees(page, /còn 50 số tạm/);
  });
  await walk.step('a card is scanned, a form filled; what is missing is named', async () => {
    await page.getByLabel('Quét thẻ căn cước').fill(CARD);
    await page.getByLabel('Quét thẻ căn cước').press('Enter');
    await page.locator('#off-service').selectOption('DVC13');
    await page.getByRole('button', { name: 'Ghi vào máy' }).click();
    await sees(page, /Còn thiếu:/);
    for (const [field, value] of Object.entries(choices)) await page.locator(`#off-${field}`).selectOption(value);
    const who = page.viewportSize().width === 360 ? ' Một' : ' Hai';
    for (const [field, value] of Object.entries(answers)) {
      await page.locator(`#off-${field}`).fill(field === 'dead_name' ? value + who : value);
      await page.locator(`#off-${field}`).press('Tab');
    }
  });
  await walk.step('a photo of a paper is laid into the machine too', async () => {
    await page.getByLabel('Bản chụp: Giấy tờ khác').setInputFiles(photo);
  });
  await walk.look(page, 'form');
  await walk.step('written, it waits under a provisional number, and nobody says that it is received', async () => {
    await page.getByRole('button', { name: 'Ghi vào máy' }).click();
    await sees(page, 'chờ gửi, hệ thống chưa có');
    await sees(page, 'Hệ thống CHƯA có các hồ sơ này');
    const text = await page.locator('main').innerText();
    must(!/đã tiếp nhận|thành công/i.test(text), 'a waiting case is called received');
    must(/TM-\d{5}-\d{6}/.test(text), 'no provisional number');
  });
  await walk.step('what lies in the machine cannot be read there', async () => {
    const kept = await page.evaluate(() => new Promise((resolve) => {
      const open = indexedDB.open('bon-counter', 1);
      open.onsuccess = () => {
        const ask = open.result.transaction('kept').objectStore('kept').get('counter');
        ask.onsuccess = () => resolve(new TextDecoder('latin1').decode(ask.result.bytes));
      };
    }));
    must(kept.length > 100 && !kept.includes('answers') && !kept.includes('JFIF'), 'the cases lie there in clear');
  });
  await walk.step('closed and opened again it still waits; sending without a line says that it did not arrive', async () => {
    await page.reload();
    await sees(page, 'Chờ gửi: 1 hồ sơ');
    await sees(page, 'Còn 1 bản chụp chưa gửi');
    await walk.expecting('ERR_INTERNET_DISCONNECTED', async () => {
      await page.getByRole('button', { name: 'Gửi các hồ sơ' }).click();
      await sees(page, 'Chưa gửi được: mất mạng');
    });
  });
  await walk.step('the line is back: the case is received, with its number and its code', async () => {
    await page.context().setOffline(false);
    await page.getByRole('button', { name: 'Gửi các hồ sơ' }).click();
    await sees(page, 'hệ thống đã tiếp nhận');
    await sees(page, /\d{5}\.H16-\d{6}-\d{4}/);
    await sees(page, /mã tra cứu/);
    await page.getByText('bản chụp chưa gửi').waitFor({ state: 'hidden' });
    number = (await page.locator('[data-list]').innerText()).match(/\d{5}\.H16-\d{6}-\d{4}/)[0];
  });
  await walk.look(page, 'arrived');
  await walk.step('opened again the machine has forgotten it; nothing waits for a look', async () => {
    await page.reload();
    await sees(page, /còn 49 số tạm/);
    must((await page.locator('[data-item]').count()) === 0, 'the machine still holds it');
    await page.goto('/counter/offline/looks');
    await sees(page, 'Không có hồ sơ nào cần xem lại');
  });
  await walk.step('the photo lies with its case', async () => {
    await page.goto(`/counter/cases/${number}`);
    await sees(page, 'Giấy tờ khác');
  });
}
