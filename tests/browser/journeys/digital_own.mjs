// Plates on doors, from the code to the one who scans it, and a citizen who asks for a digital signature.
import { must, sees } from '../lib.mjs';

export const name = 'digital_own';

export async function run(walk) {
  let commune;
  await walk.step('the commune assigns codes to a hamlet', async () => {
    commune = await walk.as('commune');
    await commune.goto('/digital-citizens');
    await commune.getByRole('link', { name: /Thôn 3/ }).first().click();
    await commune.getByRole('link', { name: 'Biển địa chỉ số' }).click();
    const assign = commune.getByRole('button', { name: 'Cấp mã cho các hộ chưa có' });
    if (await assign.count()) await assign.click();
    await sees(commune, 'chờ gắn');
  });
  await walk.look(commune, 'plates');
  await walk.step('the sheet to print is a PDF with plates', async () => {
    const href = await commune.getByRole('link', { name: 'Tờ biển để in (PDF)' }).getAttribute('href');
    const answer = await commune.request.get(href);
    must(answer.headers()['content-type'] === 'application/pdf' && (await answer.body()).length > 5000, 'no sheet');
  });
  let code;
  await walk.step('a plate is seen on the door', async () => {
    const row = commune.locator('tr').filter({ hasText: 'chờ gắn' }).first();
    code = await row.getByRole('link').first().innerText();
    await row.getByRole('link').first().click();
    await commune.getByLabel('Gắn ở đâu, ai cùng chứng kiến').fill('Cửa chính, trưởng thôn cùng xem');
  });
  await walk.look(commune, 'plate');
  await walk.step('and recorded', async () => {
    await commune.getByRole('button', { name: 'Ghi đã gắn' }).click();
    await sees(commune, 'trưởng thôn cùng xem');
  });
  await walk.step('whoever scans it reads a place and no name', async () => {
    const stranger = await walk.open();
    await stranger.goto(`/address/${code.trim()}`);
    await sees(stranger, 'không nói ai ở đó');
    await walk.look(stranger, 'address');
  });
  await walk.step('a citizen asks for a signature, and may take it back', async () => {
    const citizen = await walk.as('citizen');
    await citizen.goto('/my-signature');
    await sees(citizen, 'trang này không bao giờ hỏi');
    const ask = citizen.getByRole('button', { name: 'Gửi yêu cầu' });
    if (await ask.count()) {
      await walk.look(citizen, 'signature asked');
      await citizen.getByLabel('VNPT-CA').check();
      await citizen.getByLabel(/Tôi đồng ý gửi họ tên/).check();
      await ask.click();
      await sees(citizen, 'chờ gửi đi');
      await walk.look(citizen, 'signature waits');
      await citizen.getByRole('button', { name: 'Rút lại yêu cầu' }).click();
      await sees(citizen, 'đã rút lại');
    }
  });
}
