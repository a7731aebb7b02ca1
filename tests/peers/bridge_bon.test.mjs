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
    scope: 'openid profile personal_number',
    grant_types: ['authorization_code'],
  }),
);
let secret;
const server = await startBon(bon, dir, await freePort(), (command) => {
  [, secret] = command('signon', 'client-add', '--file', join(dir, 'client.json'), '--id', 'saml', '--secret').trim().split('\n');
});
const running = await startBridge(program, dir, bridge, { issuer: server.url }, [app], {
  secret,
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
  first = { person, nameID: profile.nameID };
});
await tap.case('the second time nobody is asked, and he is the same', async () => {
  const page = await signIn(first.person, async ({ left }) => left);
  const { profile } = await app.saml().validatePostResponseAsync({ SAMLResponse: posted(page).SAMLResponse });
  must(profile.nameID === first.nameID, profile.nameID);
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
