// A passkey, with a device of the browser's own making: added, used alone, refused at a fake, removed.
import { must, PEOPLE, sees } from '../lib.mjs';

export const name = 'passkey';

// A telephone with a fingerprint reader, as Chromium plays one.
async function device(page) {
  const cdp = await page.context().newCDPSession(page);
  await cdp.send('WebAuthn.enable');
  const { authenticatorId } = await cdp.send('WebAuthn.addVirtualAuthenticator', {
    options: { protocol: 'ctap2', transport: 'internal', hasResidentKey: true, hasUserVerification: true, isUserVerified: true },
  });
  return {
    finger: (right) => cdp.send('WebAuthn.setUserVerified', { authenticatorId, isUserVerified: right }),
    keys: async () => (await cdp.send('WebAuthn.getCredentials', { authenticatorId })).credentials,
  };
}

export async function run(walk) {
  const site = walk.world.url.replace('127.0.0.1', 'localhost'); // a passkey belongs to a name
  let page, phone;
  await walk.step('at an address by number the page says where passkeys work', async () => {
    page = await walk.open();
    await page.goto('/sign-in');
    await sees(page, 'Khoá truy cập dùng được ở địa chỉ này');
  });
  await walk.step('one page says until when the password is enough for an administrator', async () => {
    phone = await device(page);
    await page.goto(`${site}/sign-in`);
    await page.getByRole('button', { name: PEOPLE.administrator }).click();
    await page.waitForURL((url) => url.pathname !== '/sign-in');
    await page.goto(`${site}/security`);
    await sees(page, 'Từ ngày 01/01/2030');
  });
  await walk.step('a passkey is asked for', async () => {
    await page.getByRole('link', { name: 'Thêm khoá truy cập' }).click();
    await sees(page, 'Không có gì để nhớ');
  });
  await walk.look(page, 'add a passkey');
  await walk.step('a wrong finger adds nothing and says so', async () => {
    await phone.finger(false);
    await page.getByRole('button', { name: 'Thêm khoá truy cập' }).click();
    await sees(page, 'Thiết bị chưa xác nhận.');
    must((await phone.keys()).length === 0, 'the device has a key');
  });
  await walk.look(page, 'device refused');
  await walk.step('the right finger adds it, and ten codes for paper are shown', async () => {
    await phone.finger(true);
    await page.getByRole('button', { name: 'Thêm khoá truy cập' }).click();
    await sees(page, 'chỉ hiện một lần');
    must((await phone.keys()).length === 1, 'the device has no key');
    await page.goto(`${site}/security`);
    await sees(page, 'chưa dùng lần nào');
  });
  await walk.look(page, 'my security with a passkey');
  await walk.step('from then on it signs in alone', async () => {
    await page.context().clearCookies();
    await page.goto(`${site}/sign-in?next=%2Fadmin%2Faccounts`);
    await page.getByRole('button', { name: 'Đăng nhập bằng khoá truy cập' }).click();
    await page.waitForURL('**/admin/accounts');
  });
  await walk.step('the password alone does not, any more', async () => {
    await page.context().clearCookies();
    await page.goto(`${site}/sign-in`);
    await page.getByRole('button', { name: PEOPLE.administrator }).click();
    await page.waitForURL('**/sign-in/code?*');
  });
  await walk.look(page, 'second step with a passkey');
  await walk.step('the second step takes the passkey too', async () => {
    await page.getByRole('button', { name: 'Đăng nhập bằng khoá truy cập' }).click();
    await page.waitForURL((url) => !url.pathname.startsWith('/sign-in'));
  });
  await walk.step('removed here, it opens nothing', async () => {
    await page.goto(`${site}/security`);
    await page.getByRole('button', { name: /^Gỡ/ }).click();
    await sees(page, 'Đã gỡ khoá truy cập.');
    await page.context().clearCookies();
    await page.goto(`${site}/sign-in`);
    await walk.expecting('status of 401', async () => {
      await page.getByRole('button', { name: 'Đăng nhập bằng khoá truy cập' }).click();
      await sees(page, 'Khoá truy cập này chưa được thêm ở đây');
    });
  });
}
