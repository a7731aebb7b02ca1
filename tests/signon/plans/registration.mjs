// Apps that register themselves (RFC 7591, 7592): with a token of the desk, and of no use before somebody has looked at them.
import { randomBytes } from 'node:crypto';
import { CITIZEN, wayRefused } from '../lib/fapi2.mjs';
import { Party, random } from '../lib/party.mjs';
import { equal, must } from '../lib/tap.mjs';

export const plan = 'dynamic-registration';

const APP = () => ({
  client_name: 'Sổ tay thử',
  redirect_uris: [`https://moi-${randomBytes(4).toString('hex')}.example/cb`],
  grant_types: ['authorization_code'],
  response_types: ['code'],
  token_endpoint_auth_method: 'client_secret_basic',
  scope: 'openid profile',
});

async function sent(url, method, body, bearer) {
  const headers = { ...(body ? { 'content-type': 'application/json' } : {}), ...(bearer ? { authorization: `Bearer ${bearer}` } : {}) };
  const response = await fetch(url, { method, headers, body: body && JSON.stringify(body) });
  const text = await response.text();
  return { status: response.status, headers: response.headers, text, json: text ? JSON.parse(text) : null };
}

const register = (op, app, bearer = op.registrationToken()) => sent(op.metadata.registration_endpoint, 'POST', app, bearer);

async function registered(op, app = APP()) {
  const { status, json, text } = await register(op, app);
  equal(status, 201, `status (${text.slice(0, 300)})`);
  return json;
}

async function refusedAs(op, change, error) {
  const { status, json } = await register(op, { ...APP(), ...change });
  equal(status, 400, 'status');
  equal(json.error, error, 'error');
}

export const modules = {
  'registration-gives-an-app-that-waits': [
    'a registered app has its id, secret and management address, and may not sign anybody in yet',
    async (op) => {
      const app = APP(),
        json = await registered(op, app);
      equal(json.redirect_uris.join(), app.redirect_uris.join(), 'redirect_uris');
      must(json.client_secret?.length >= 40 && Number.isInteger(json.client_secret_expires_at), 'the secret');
      must(json.registration_client_uri.startsWith(op.metadata.registration_endpoint), 'registration_client_uri');
      must(json.registration_access_token.length >= 40, 'registration_access_token');
      const party = new Party(op, json);
      wayRefused(await party.authorize(await op.browserOf(CITIZEN), party.request()), 'unauthorized_client');
      const reply = await party.post('token_endpoint', { grant_type: 'client_credentials' });
      equal(reply.status, 401, 'status of the token endpoint');
    },
  ],

  'registration-needs-a-token': [
    'without a token of the desk, or with one that was used, nothing is registered',
    async (op) => {
      for (const bearer of [null, 'sai', random(32)]) equal((await register(op, APP(), bearer)).status, 401, 'status');
      const token = op.registrationToken();
      equal((await register(op, APP(), token)).status, 201, 'status of the first use');
      equal((await register(op, APP(), token)).status, 401, 'status of the second use');
    },
  ],

  'registration-is-read-changed-and-ended-by-its-own-token': [
    'the app reads itself, changes itself while it waits, and takes itself back',
    async (op) => {
      const app = APP(),
        { registration_client_uri: url, registration_access_token: key, client_id: id } = await registered(op, app);
      equal((await sent(url, 'GET', null, key)).json.client_id, id, 'client_id');
      const changed = await sent(url, 'PUT', { ...app, client_id: id, client_name: 'Sổ tay mới' }, key);
      equal(changed.json.client_name, 'Sổ tay mới', 'client_name');
      equal((await sent(url, 'DELETE', null, key)).status, 204, 'status of DELETE');
      equal((await sent(url, 'GET', null, key)).status, 401, 'status after DELETE');
    },
  ],

  'registration-token-of-another-app': [
    "one app's token does not open another app",
    async (op) => {
      const one = await registered(op),
        other = await registered(op);
      equal((await sent(one.registration_client_uri, 'GET', null, other.registration_access_token)).status, 401, 'status of GET');
      equal((await sent(one.registration_client_uri, 'DELETE', null, other.registration_access_token)).status, 401, 'status of DELETE');
      equal((await sent(one.registration_client_uri, 'GET', null, null)).status, 401, 'status without a token');
    },
  ],

  'registration-bad-redirect': [
    'redirect addresses with a fragment, without https, or of a script are refused',
    async (op) => {
      for (const uri of ['https://a.example/cb#x', 'http://a.example/cb', 'javascript:alert(1)', 'https://a.example\\cb', 'a', '']) {
        await refusedAs(op, { redirect_uris: [uri] }, 'invalid_redirect_uri');
      }
    },
  ],

  'registration-bad-metadata': [
    'what the provider does not do is refused by name',
    async (op) => {
      await refusedAs(op, { grant_types: ['implicit'], response_types: ['token'] }, 'invalid_client_metadata');
      await refusedAs(op, { grant_types: ['password'] }, 'invalid_client_metadata');
      await refusedAs(op, { token_endpoint_auth_method: 'tls_client_auth' }, 'invalid_client_metadata');
      await refusedAs(op, { token_endpoint_auth_method: 'private_key_jwt' }, 'invalid_client_metadata');
      await refusedAs(op, { id_token_signed_response_alg: 'none' }, 'invalid_client_metadata');
      await refusedAs(op, { scope: 'openid khong-co' }, 'invalid_client_metadata');
    },
  ],

  'registration-ignores-software-statements': [
    'a software statement is neither believed nor given back',
    async (op) => {
      const json = await registered(op, { ...APP(), software_statement: 'eyJhbGciOiJub25lIn0.eyJzY29wZSI6ImFsbCJ9.' });
      equal(json.scope, 'openid profile', 'scope');
      must(!('software_statement' in json), 'it came back');
    },
  ],
};
