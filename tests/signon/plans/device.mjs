// Signing in on a device without a keyboard (RFC 8628): the device shows a code, its owner answers on a phone.
import { CITIZEN, refused } from '../lib/fapi2.mjs';
import { equal, must } from '../lib/tap.mjs';

export const plan = 'device-grant';

const GRANT = 'urn:ietf:params:oauth:grant-type:device_code';

async function begun(op, scope = 'openid profile') {
  const party = op.party('device');
  const { status, json, text, headers } = await party.post('device_authorization_endpoint', { scope });
  equal(status, 200, `status (${text.slice(0, 200)})`);
  must(headers.get('cache-control')?.includes('no-store'), 'the answer may be kept by a proxy');
  return { party, asked: json };
}

const poll = ({ party, asked }) => party.post('token_endpoint', { grant_type: GRANT, device_code: asked.device_code });

// The owner opens the address on the phone, types the code and answers.
async function answered(op, code, say, browser) {
  const phone = browser ?? (await op.browserOf(CITIZEN));
  const { page } = await phone.go(`${op.issuer}/device`);
  const typed = await phone.submit(formTo(page, '/device'), { user_code: code });
  if (!typed.page.forms.some((form) => form.action.endsWith('/device/answer'))) return typed.page;
  const form = formTo(typed.page, '/device/answer');
  const button = form.buttons.find((one) => one.value === say);
  return (await phone.submit(form, {}, button)).page;
}

function formTo(page, path) {
  const form = page.forms.find((one) => new URL(one.action).pathname === path);
  must(form, `no form to ${path}: ${page.text.slice(0, 300)}`);
  return form;
}

export const modules = {
  'device-answer-has-what-rfc-8628-wants': [
    'the device gets a code for itself, a short one for its owner, an address, and times',
    async (op) => {
      must(op.metadata.device_authorization_endpoint?.startsWith(op.issuer), 'the metadata does not name the endpoint');
      must(op.metadata.grant_types_supported.includes(GRANT), 'the metadata does not offer the grant');
      const { asked } = await begun(op);
      must(/^[BCDFGHJKLMNPQRSTVWXZ]{4}-[BCDFGHJKLMNPQRSTVWXZ]{4}$/.test(asked.user_code), `user_code is ${asked.user_code}`);
      must(asked.device_code.length >= 40, 'device_code is short');
      equal(asked.verification_uri, `${op.issuer}/device`, 'verification_uri');
      must(asked.verification_uri_complete.startsWith(`${op.issuer}/device?user_code=`), 'verification_uri_complete');
      must(asked.expires_in >= 300 && asked.expires_in <= 1800 && asked.interval >= 5, 'times');
    },
  ],

  'device-agreed-gives-tokens-once': [
    'after the yes the device gets tokens of that person, once',
    async (op) => {
      const device = await begun(op);
      equal((await poll(device)).json.error, 'authorization_pending', 'error before the answer');
      await answered(op, device.asked.user_code.toLowerCase(), 'yes');
      op.clock.pass(6);
      const { status, json } = await poll(device);
      equal(status, 200, 'status');
      equal((await device.party.userinfo(json.access_token)).json.name, 'Nguyễn Văn Demo', 'name');
      must((await op.verified(json.id_token, { audience: device.party.id })).sub, 'sub');
      op.clock.pass(6);
      refused(await poll(device), 'invalid_grant', 'the second time');
    },
  ],

  'device-denied': [
    'after the no the device hears access_denied',
    async (op) => {
      const device = await begun(op);
      await answered(op, device.asked.user_code, 'no');
      refused(await poll(device), 'access_denied', 'the token endpoint');
    },
  ],

  'device-slow-down': [
    'who polls too often is slowed, and the wait grows each time',
    async (op) => {
      const device = await begun(op);
      refused(await poll(device), 'authorization_pending', 'the first poll');
      refused(await poll(device), 'slow_down', 'the second at once');
      op.clock.pass(6);
      refused(await poll(device), 'slow_down', 'the third after six seconds');
      op.clock.pass(16);
      refused(await poll(device), 'authorization_pending', 'the fourth after sixteen');
    },
  ],

  'device-expired': [
    'a code ends when it said it would, for the device and for its owner',
    async (op) => {
      const device = await begun(op);
      op.clock.pass(device.asked.expires_in + 1);
      refused(await poll(device), 'expired_token', 'the token endpoint');
      const page = await answered(op, device.asked.user_code, 'yes');
      must(page.status >= 400, `the page has status ${page.status}`);
    },
  ],

  'device-code-of-another-client': [
    'a device code of one client is no use to another',
    async (op) => {
      const { asked } = await begun(op);
      const other = op.party('device2');
      refused(
        await other.post('token_endpoint', { grant_type: GRANT, device_code: asked.device_code }),
        'invalid_grant',
        'the token endpoint',
      );
    },
  ],

  'device-guessing-is-limited': [
    'after five wrong codes a person must wait, even with the right one',
    async (op) => {
      const device = await begun(op),
        phone = await op.freshBrowserOf('letan');
      for (const wrong of ['BBBB-BBBB', 'CCCC-CCCC', 'DDDD-DDDD', 'FFFF-FFFF', 'GGGG-GGGG']) await answered(op, wrong, 'yes', phone);
      const page = await answered(op, device.asked.user_code, 'yes', phone);
      equal(page.status, 429, 'status of the page');
      refused(await poll(device), 'authorization_pending', 'the token endpoint');
    },
  ],

  'device-client-without-the-grant': [
    'a client that did not register the grant may not begin',
    async (op) => {
      refused(await op.party('basic').post('device_authorization_endpoint', { scope: 'openid' }), 'unauthorized_client', 'the endpoint');
    },
  ],

  'device-questions-are-counted-by-source': [
    'a program without a secret asks twenty times in ten minutes from one place, whatever app it says it is, and then is told to wait',
    async (op) => {
      const ask = (name) => op.party(name).post('device_authorization_endpoint', { scope: 'openid' });
      op.clock.pass(601);
      for (let i = 0; i < 20; i++) equal((await ask('device')).status, 200, `status of question ${i + 1}`);
      for (const name of ['device', 'device2']) {
        const { status, json, headers } = await ask(name);
        equal(status, 429, `status (${name})`);
        equal(json.error, 'temporarily_unavailable', 'error');
        must(headers.get('retry-after'), 'it does not say when to come again');
      }
      op.clock.pass(601);
      equal((await ask('device')).status, 200, 'status ten minutes later');
    },
  ],
};
