// The hamlet team where there is no network: a page of doors is taken along, the network goes, a visit is typed and only waits; the
// network comes back and the visit arrives. Then the phone forgets.
import { must, sees } from '../lib.mjs';

export const name = 'digital_offline';

const door = (page) => page.locator('[data-door]').first();

export async function run(walk) {
  let page;
  await walk.step('a hamlet is taken along', async () => {
    page = await walk.as('team');
    await page.getByRole('link', { name: /Còn \d+ trong/ }).first().click();
    await page.waitForURL('**/digital-citizens/hamlets/*');
    await page.getByRole('link', { name: 'Mang theo khi mất sóng' }).click();
    await sees(page, /hộ, mang theo lúc/);
    await page.evaluate(() => navigator.serviceWorker.ready);
    await page.waitForFunction(async () => {
      const cache = await caches.open('shell:/digital-citizens/offline');
      return (await cache.match('/digital-citizens/offline')) !== undefined;
    });
  });
  await walk.look(page, 'taken along');
  await walk.step('what lies in the phone cannot be read there', async () => {
    const kept = await page.evaluate(() => new Promise((resolve) => {
      const open = indexedDB.open('bon-visits', 1);
      open.onsuccess = () => {
        const ask = open.result.transaction('kept').objectStore('kept').get('visits');
        ask.onsuccess = () => resolve(new TextDecoder('latin1').decode(ask.result.bytes));
      };
    }));
    must(kept.length > 100 && !kept.includes('household'), 'the list lies there in clear');
  });
  await walk.step('the network goes; the page opens all the same', async () => {
    await page.context().setOffline(true);
    await page.reload();
    await sees(page, /hộ, mang theo lúc/);
  });
  let label;
  await walk.step('nothing written is told at once', async () => {
    label = await door(page).locator('summary').innerText();
    await door(page).locator('summary').click();
    await door(page).getByRole('button', { name: 'Ghi vào máy' }).click();
    await sees(page, 'Chưa có gì để ghi');
  });
  await walk.step('a visit is typed: it waits, and nobody says that it is done', async () => {
    await door(page).locator('select').first().selectOption('no_network');
    await door(page).getByLabel('Ghi chú').fill('Hẹn ở nhà văn hoá thôn');
    await door(page).getByRole('button', { name: 'Ghi vào máy' }).click();
    await sees(page, 'Hệ thống CHƯA có các lần này');
    await sees(page, 'chờ gửi, hệ thống chưa có');
    must(!(await page.locator('main').innerText()).includes('hệ thống đã ghi'), 'a waiting visit is called recorded');
  });
  await walk.look(page, 'waits');
  await walk.step('closed and opened again without a network, it still waits', async () => {
    await page.reload();
    await sees(page, 'Chờ gửi: 1 lần đến');
  });
  await walk.step('sending without a network says that it did not arrive', async () => {
    await walk.expecting('ERR_INTERNET_DISCONNECTED', async () => {
      await page.getByRole('button', { name: 'Gửi các lần đến' }).click();
      await sees(page, 'Chưa gửi được: mất mạng');
    });
    await sees(page, 'Chờ gửi: 1 lần đến');
  });
  await walk.step('the network is back: the visit arrives, and the phone forgets that household', async () => {
    await page.context().setOffline(false);
    await page.getByRole('button', { name: 'Gửi các lần đến' }).click();
    await sees(page, /hệ thống đã ghi|ghi trùng, chờ cấp xã xem lại/);
    await sees(page, 'Không còn lần đến nào chờ gửi');
  });
  await walk.look(page, 'arrived');
  await walk.step('the household has the visit, marked as written without a network', async () => {
    const team = await walk.as('team');
    await team.getByRole('link', { name: /Còn \d+ trong/ }).first().click();
    await team.getByRole('link', { name: new RegExp(label.trim().replace(/[.*+?^${}()|[\]\\]/g, '\\$&')) }).first().click();
    await sees(team, 'Hẹn ở nhà văn hoá thôn');
    await sees(team, 'ghi khi mất sóng');
    await team.goBack();
    await team.getByRole('link', { name: 'In phiếu giấy' }).click();
    await sees(team, 'Mã lý do');
    await walk.look(team, 'sheet');
  });
  await walk.step('wiped by hand, the phone holds nothing', async () => {
    await page.getByRole('button', { name: 'Xoá khỏi máy này' }).click();
    await sees(page, 'Máy không còn giữ gì');
    await page.reload();
    await sees(page, 'Máy này chưa mang theo hộ nào');
  });
}
