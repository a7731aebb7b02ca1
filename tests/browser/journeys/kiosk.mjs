// An old farmer alone before the kiosk: a number, an application by card, its fee, help, and the machine forgets by itself.
import { CARD, sees } from '../lib.mjs';

export const name = 'kiosk';

async function fill(page, label, value) {
  await page.getByLabel(label).first().fill(value);
}

export async function run(walk) {
  let page;
  await walk.step('touches the first page and takes a number', async () => {
    page = await walk.open();
    await page.setViewportSize(walk.size.isMobile ? { width: 360, height: 740 } : { width: 1080, height: 1920 });
    await page.goto('/kiosk');
    await sees(page, 'Bà con cần làm gì?');
  });
  await walk.look(page, 'start');
  await walk.step('old people go first', async () => {
    await page.getByRole('link', { name: /Lấy số thứ tự/ }).click();
    await sees(page, 'Lấy số cho ai?');
    await page.getByRole('button', { name: 'Người từ 60 tuổi' }).click();
    await sees(page, 'Số của bà con');
  });
  await walk.look(page, 'ticket');
  await walk.step('puts in the card and says what it is about', async () => {
    await page.goto('/kiosk');
    await page.getByRole('link', { name: /Nộp hồ sơ/ }).click();
    await fill(page, 'Mã trên thẻ', CARD);
    await page.getByRole('button', { name: 'Tiếp tục' }).click();
    await page.waitForURL('**/kiosk/services');
    await fill(page, 'Việc cần làm', 'tam vang');
    await page.getByRole('button', { name: 'Tìm' }).click();
    await sees(page, 'Khai báo tạm vắng');
  });
  await walk.look(page, 'services');
  await walk.step('answers page by page', async () => {
    await page.getByRole('button', { name: /Khai báo tạm vắng/ }).click();
    await page.waitForURL('**/kiosk/file/case_page/0');
    await page.getByRole('radio').first().check();
    await page.getByRole('button', { name: 'Tiếp tục' }).click();
    await page.waitForURL('**/kiosk/file/leaver/0');
    await sees(page, 'thẻ vừa đọc');
  });
  await walk.look(page, 'form');
  await walk.step('calls a person, who sees nothing of it', async () => {
    await page.getByRole('button', { name: 'Gọi người giúp' }).click();
    await sees(page, 'Đã gọi, người giúp đang đến');
    if ((await page.content()).includes('Nguyễn Văn Demo')) throw new Error('the covered screen shows a name');
  });
  await walk.look(page, 'covered');
  await walk.step('goes on, and walks away: the machine counts down and forgets', async () => {
    await page.getByRole('button', { name: 'Làm tiếp phần của tôi' }).click();
    await page.waitForURL('**/kiosk');
    await page.clock.install();
    await page.goto('/kiosk/file/leaver/0');
    await page.clock.runFor(45_000);
    await sees(page, 'Bà con còn ở đây không?');
  });
  await walk.look(page, 'still');
  await walk.step('says "I am still here" once, and is gone the second time', async () => {
    await page.getByRole('button', { name: 'Tôi vẫn ở đây' }).click();
    await page.clock.runFor(30_000);
    if (!page.url().includes('/kiosk/file/')) throw new Error(`it did not stay: ${page.url()}`);
    await page.clock.runFor(31_000);
    await sees(page, 'Máy đã quên');
    if (!page.url().endsWith('/kiosk/forget?how=idle')) throw new Error(`it forgot for another reason: ${page.url()}`);
  });
  await walk.look(page, 'gone');
  await walk.step('the next person finds nothing, not even by going back', async () => {
    await walk.expecting('409', async () => {
      await page.goto('/kiosk/file/leaver/0');
      await sees(page, 'Máy đã quên phần đang làm');
    });
    const cookies = await page.context().cookies();
    if (cookies.some((c) => c.name === 'bon_kiosk')) throw new Error('the session\'s cookie is still there');
    await walk.expecting('ERR_CACHE_MISS', async () => {
      await page.goBack().catch(() => {});
      const shown = await page.locator('body').innerText().catch(() => '');
      if (shown.includes('Nguyễn Văn Demo')) throw new Error('a page of the last person came back');
    });
  });
}
