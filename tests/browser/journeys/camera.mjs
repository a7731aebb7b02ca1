// A phone's camera instead of a scanner: a film in which one card is held before it, then another, round and round.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import qrcode from 'qrcode-generator';
import { CARD, must, openBrowser, sees } from '../lib.mjs';

const OTHER = "067188000202||H'Lan Ví Dụ|27031988|Nữ|Tổ dân phố 2, Gia Nghĩa, Đắk Nông|04052021";
const WIDTH = 640, HEIGHT = 480, A_SECOND = 10;

export const name = 'camera';

// Black on white with the quiet zone, in the middle of a grey picture: one plane of light, two without colour.
function frame(text) {
  const light = Buffer.alloc(WIDTH * HEIGHT, 150);
  if (text) {
    qrcode.stringToBytes = (letters) => [...new TextEncoder().encode(letters)];
    const code = qrcode(0, 'M');
    code.addData(text, 'Byte');
    code.make();
    const n = code.getModuleCount() + 8, side = Math.floor(400 / n) * n, left = (WIDTH - side) >> 1, top = (HEIGHT - side) >> 1;
    for (let y = 0; y < side; y += 1) {
      for (let x = 0; x < side; x += 1) {
        const row = Math.floor((y * n) / side) - 4, column = Math.floor((x * n) / side) - 4;
        const inside = row >= 0 && column >= 0 && row < n - 8 && column < n - 8;
        light[(top + y) * WIDTH + left + x] = inside && code.isDark(row, column) ? 20 : 235;
      }
    }
  }
  return Buffer.concat([Buffer.from('FRAME\n'), light, Buffer.alloc((WIDTH * HEIGHT) / 2, 128)]);
}

function film(path, ...texts) {
  const head = Buffer.from(`YUV4MPEG2 W${WIDTH} H${HEIGHT} F${A_SECOND}:1 Ip A1:1 C420jpeg\n`);
  writeFileSync(path, Buffer.concat([head, ...texts.flatMap((text) => Array(A_SECOND).fill(frame(text)))]));
}

export async function run(walk) {
  const dir = mkdtempSync(join(tmpdir(), 'bon-camera-')), path = join(dir, 'cards.y4m'), world = walk.world;
  film(path, '', CARD, CARD, '', OTHER, OTHER);
  const browser = await openBrowser('--use-fake-ui-for-media-stream', '--use-fake-device-for-media-stream',
    `--use-file-for-fake-video-capture=${path}`);
  walk.world = { ...world, browser };
  try {
    await scans(walk);
  } finally {
    walk.world = world;
    await browser.close();
    rmSync(dir, { recursive: true, force: true });
  }
}

async function scans(walk) {
  let page;
  await walk.step('the camera opens from a button', async () => {
    page = await walk.as('receptionist');
    await page.waitForURL('**/stays');
    await page.getByRole('button', { name: 'Camera' }).click();
    await page.locator('[data-camera-box] video').waitFor();
  });
  // Round again, the first card is refused: it is on the list.
  await walk.expecting('422', async () => {
    await walk.step('each card before it becomes one guest, however long it is held', async () => {
      await page.waitForFunction(() => document.querySelectorAll('#guests .guest').length === 2);
      await sees(page, 'Nguyễn Văn Demo');
      await sees(page, "H'Lan Ví Dụ");
      must(await page.getByText('QR: chưa xác thực (L1)').count() === 2, 'a picture is no more than unsigned text');
      await sees(page, 'Nguyễn Văn Demo đã có trong danh sách');
    });
    await walk.look(page, 'camera open');
    await walk.step('the same button closes it', async () => {
      await page.getByRole('button', { name: 'Camera' }).click();
      await page.locator('[data-camera-box]').waitFor({ state: 'hidden' });
      must(await page.locator('[data-camera-box] video').count() === 0, 'the camera still runs');
      must(await page.locator('#guests .guest').count() === 2, 'a card was taken twice');
    });
  });
  await walk.step('what it read is sent like any other list', async () => {
    await page.getByRole('button', { name: /Gửi thông báo lưu trú/ }).click();
    await page.waitForURL('**/stays/receipts/LT-67-*');
  });
}
