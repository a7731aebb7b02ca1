// Signing in to an app: agreeing, not agreeing, taking it back, and signing out of everything.
import { must, PEOPLE, sees } from '../lib.mjs';

export const name = 'app';

export async function run(walk) {
  const { app } = walk.world;
  const page = await walk.open();
  await walk.step('the app leads here; after signing in the person is asked', async () => {
    await page.goto(`${app.url}/`);
    await page.getByRole('link', { name: 'Đăng nhập' }).click();
    await page.getByRole('button', { name: PEOPLE.citizen }).click();
    await page.waitForURL('**/oauth2/consent?**');
    await sees(page, 'Hộ kinh doanh trực tuyến');
    await sees(page, 'Nộp tờ khai thuế của hộ kinh doanh');
    await sees(page, 'Sở Tài chính');
    await sees(page, 'Ngày sinh');
  });
  await walk.look(page, 'consent');
  await walk.step('not agreeing leads back without anything', async () => {
    await page.getByRole('button', { name: 'Không đồng ý' }).click();
    await sees(page, 'Chưa đăng nhập: access_denied');
  });
  await walk.step('agreeing leads back with the name', async () => {
    await page.goto(`${app.url}/start`);
    await page.getByRole('button', { name: 'Đồng ý', exact: true }).click();
    await sees(page, 'Xin chào Nguyễn Văn Demo');
  });
  await walk.step('the second time nobody is asked', async () => {
    await page.getByRole('link', { name: 'Lại' }).click();
    await page.waitForURL('**/cb?**');
    await sees(page, 'Xin chào Nguyễn Văn Demo');
  });
  await walk.step('what was allowed stands on a page of mine', async () => {
    await page.goto('/my-apps');
    await sees(page, 'Hộ kinh doanh trực tuyến');
  });
  await walk.look(page, 'my apps');
  await walk.step('the log says who learnt what', async () => {
    await page.goto('/my-data');
    await sees(page, 'Ứng dụng được anh chị cho phép xem thông tin');
  });
  await walk.step('the app asks for sign-out, and it happens at once', async () => {
    const { sid } = app.id;
    await page.goto(`/oauth2/logout?id_token_hint=${app.hint}&post_logout_redirect_uri=${encodeURIComponent(`${app.url}/out`)}`);
    await sees(page, 'Đã rời ứng dụng');
    const told = await app.wasTold(sid);
    must(told.typ === 'logout+jwt' && told.sub === app.id.sub && !('nonce' in told), 'the logout token is not right');
    must('http://schemas.openid.net/event/backchannel-logout' in told.events, 'the event is missing');
  });
  await walk.step('signing out of everything is told to the app as well', async () => {
    await page.goto(`${app.url}/start`);
    await page.getByRole('button', { name: PEOPLE.citizen }).click();
    await sees(page, 'Xin chào Nguyễn Văn Demo');
    const { sid } = app.id;
    await page.goto('/sessions');
    await page.getByRole('button', { name: 'Đăng xuất khỏi mọi thiết bị' }).click();
    await app.wasTold(sid);
    const after = await fetch(`${app.issuer}/oauth2/userinfo`, { headers: { authorization: `Bearer ${app.access}` } });
    must(after.status === 401, 'the token still works');
  });
  await walk.step('without a hint the person is asked', async () => {
    await page.goto('/sign-in');
    await page.getByRole('button', { name: PEOPLE.citizen }).click();
    await page.waitForURL((url) => url.pathname !== '/sign-in');
    await page.goto('/oauth2/logout');
    await sees(page, 'Đăng xuất khỏi hệ thống và các ứng dụng?');
  });
  await walk.look(page, 'sign out');
  await walk.step('taken back, the app has to ask anew', async () => {
    await page.goto('/my-apps');
    await page.getByRole('button', { name: /Rút lại/ }).click();
    await sees(page, 'Chưa có ứng dụng nào');
    await page.goto(`${app.url}/start?prompt=none`);
    await sees(page, 'Chưa đăng nhập: consent_required');
  });
  await walk.step('a request that nobody can trust stays here', async () => {
    const there = `client_id=${app.client.client_id}&redirect_uri=https%3A%2F%2Fevil.example%2F&response_type=code`;
    await walk.expecting('400', () => page.goto(`/oauth2/authorize?${there}`));
    await sees(page, 'Ứng dụng gửi yêu cầu chưa đúng');
  });
  await walk.look(page, 'request wrong');
}
