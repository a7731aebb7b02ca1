// An old app (node-saml) through the bridge to bon itself: the person signs in at bon, agrees, and the app believes what comes back.
//
//   node tests/peers/bridge_bon.test.mjs build/app/bon build/bridges/saml/bon-saml
import { writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { Browser as Person } from '../signon/lib/browser.mjs';
import { Tap, freePort, keyPair, makeApp, must, posted, scratch, startBon, startBridge } from './lib.mjs';

const [bon, program] = [resolve(process.argv[2] ?? 'build/app/bon'), resolve(process.argv[3] ?? 'build/bridges/saml/bon-saml')];
const tap = new Tap();
const { dir, remove } = scratch();
const bridge = { port: await freePort(), entity: 'https://saml.example.vn/metadata', keys: keyPair(dir, 'bridge') };
bridge.url = `http://127.0.0.1:${bridge.port}`;
const app = {
  ...makeApp(dir, 'app1', bridge, keyPair(dir, 'app1')),
  attributes: { name: 'displayName', personal_number: 'pid' },
};

writeFileSync(
  join(dir, 'client.json'),
  JSON.stringify({
    client_name: 'Cầu nối ứng dụng cũ',
    purpose: 'Đăng nhập vào các ứng dụng cũ của tỉnh',
    owner: 'Sở Khoa học và Công nghệ',
    legal_basis: 'Kế hoạch 511/KH-UBND',
    valid_until: '2099-01-01',
    redirect_uris: [`${bridge.url}/sign-in/with/bon/back`],
    post_logout_redirect_uris: [`${bridge.url}/saml/left`],
    backchannel_logout_uri: `${bridge.url}/sign-in/with/bon/logout-token`,
    scope: 'openid profile personal_number',
    grant_types: ['authorization_code'],
  }),
);
let secret;
const server = await startBon(bon, dir, await freePort(), (command) => {
  [, secret] = command('signon', 'client-add', '--file', join(dir, 'client.json'), '--id', 'saml', '--secret').trim().split('\n');
}, { BON_INNER_HOSTS: `127.0.0.1:${bridge.port}` });
const running = await startBridge(program, dir, bridge, { issuer: server.url }, [app], {
  secret,
  signOut: true,
  bon: { scopes: 'openid profile personal_number', claim_pid: 'personal_number' },
});

// At the bridge the browser has a cookie of its own; at bon it is a person with forms.
async function signIn(person, act) {
  const out = await fetch(await app.saml().getAuthorizeUrlAsync('r', undefined, {}), { redirect: 'manual' });
  const cookie = out.headers.getSetCookie()[0].split(';')[0];
  const back = await act(await person.go(out.headers.get('location')), person);
  const reply = await fetch(back, { redirect: 'manual', headers: { cookie } });
  return { status: reply.status, text: await reply.text() };
}

// The listed people lead to their own home; whoever is on the way types a name and password above them.
const enter = (page, person, who) => {
  const listed = page.forms.find((form) => form.fields.get('password') && who.test(form.buttons[0]?.label ?? ''));
  const door = page.forms.find((form) => form.fields.get('login') === '' && form.fields.has('next'));
  return person.submit(door, { login: listed.fields.get('login'), password: listed.fields.get('password') });
};
const press = async ({ page }, person, label) => {
  const form = page.forms.find((one) => one.buttons.some((button) => button.label === label));
  must(form, `no button "${label}": ${page.status} ${page.text.slice(0, 400)}`);
  const { left } = await person.submit(form, {}, form.buttons[0]);
  must(left, 'nobody leads back to the bridge');
  return left;
};

let first;
await tap.case('a citizen signs in at bon, agrees, and the old app believes it', async () => {
  const person = new Person(server.url);
  const page = await signIn(person, async ({ page: door }) => press(await enter(door, person, /Công dân:/), person, 'Đồng ý'));
  const { profile } = await app.saml().validatePostResponseAsync({ SAMLResponse: posted(page).SAMLResponse });
  must(profile.displayName === 'Nguyễn Văn Demo' && profile.pid === '067090000123', JSON.stringify(profile));
  first = { person, nameID: profile.nameID, profile };
});
await tap.case('the second time nobody is asked, and he is the same', async () => {
  const page = await signIn(first.person, async ({ left }) => left);
  const { profile } = await app.saml().validatePostResponseAsync({ SAMLResponse: posted(page).SAMLResponse });
  must(profile.nameID === first.nameID, profile.nameID);
  first.profile = profile;
});

const signedIn = async (person) => {
  const { page } = await person.go(`${server.url}/home`);
  return !page.forms.some((form) => form.fields.get('login') === '');
};
// The browser with the app's request to sign out, to wherever it is led; a redirect to an app's own address is not followed.
const signOut = async (person, profile) => {
  const out = await fetch(await app.saml().getLogoutUrlAsync(profile, 'r2', {}), { redirect: 'manual' });
  return { status: out.status, at: out.headers.get('location'), page: await out.text() };
};

// bon has told the bridge so many times that a session has ended.
const told = async (times) => {
  for (const until = Date.now() + 30000; running.log().split('"saml.signed_out_there"').length <= times;) {
    must(Date.now() < until, `bon has not told the bridge:\n${running.log().slice(-400)}`);
    await new Promise((next) => setTimeout(next, 100));
  }
};

await tap.case('the old app signs him out; the province does too, and the app has its answer', async () => {
  must(await signedIn(first.person), 'nobody is signed in before');
  const there = await signOut(first.person, first.profile);
  must(there.at?.startsWith(`${server.url}/oauth2/logout?`), `the browser is led to ${there.at}`);
  const { left } = await first.person.go(there.at);
  must(left?.href.startsWith(`${bridge.url}/saml/left?state=`), `bon leads to ${left?.href}`);
  const back = await fetch(left, { redirect: 'manual' });
  const answer = new URL(back.headers.get('location'));
  must(answer.href.startsWith(app.slo) && answer.searchParams.get('SAMLResponse'), `the app is told ${answer}`);
  const { loggedOut } = await app.saml().validateRedirectAsync(Object.fromEntries(answer.searchParams), answer.search.slice(1));
  must(loggedOut, 'node-saml does not take the answer');
  must(!(await signedIn(first.person)), 'the session at bon lives on');
  must((await fetch(left, { redirect: 'manual' })).status === 400, 'the answer can be had twice');
  await told(1);
});

await tap.case('signing out at the province ends the session at the bridge', async () => {
  const person = new Person(server.url);
  const page = await signIn(person, async ({ page: door }) => (await enter(door, person, /Công dân:/)).left);
  const { profile } = await app.saml().validatePostResponseAsync({ SAMLResponse: posted(page).SAMLResponse });
  const { page: home } = await person.go(`${server.url}/home`);
  await person.submit(home.forms.find((form) => new URL(form.action).pathname === '/sign-out'), {});
  await told(2);
  // The bridge knows the session no more: nobody is led to bon, the app is answered at once.
  const { at } = await signOut(person, profile);
  must(at?.startsWith(app.slo), `the browser is led to ${at}`);
});

await tap.case('a logout token that bon did not sign ends nothing', async () => {
  const body = new URLSearchParams({ logout_token: 'eyJhbGciOiJub25lIn0.eyJpc3MiOiJ4In0.' });
  const reply = await fetch(`${bridge.url}/sign-in/with/bon/logout-token`, { method: 'POST', body });
  must(reply.status === 400 && (await reply.json()).error_description === 'alg', `${reply.status}`);
});
await tap.case('who does not agree comes back without an assertion', async () => {
  const person = new Person(server.url);
  const page = await signIn(person, async ({ page: door }) => {
    return press(await enter(door, person, /Công an xã:/), person, 'Không đồng ý');
  });
  must(!Buffer.from(posted(page).SAMLResponse, 'base64').toString().includes('<saml:Assertion'), 'an assertion');
});

const bridgeStatus = await running.stop();
const status = await server.stop();
tap.say(bridgeStatus === 0 && status === 0, 'both end in order', `bridge ${bridgeStatus}, bon ${status}\n${running.log()}`);
remove();
tap.end();
