// The apps of a run: what each registered, and how it gets into the province before somebody serves it.
import { randomBytes } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { exportJWK, generateKeyPair } from 'jose';
import './webcrypto.mjs';
import { Key } from './party.mjs';

const SCOPES = 'openid profile email address phone offline_access';
const DEVICE = 'urn:ietf:params:oauth:grant-type:device_code';
const CIBA = 'urn:openid:params:grant-type:ciba';
const CALLBACKS = ['https://so-tay.example/cb', 'https://so-tay.example/cb/hai'];

async function signingKey(alg) {
  const { privateKey } = await generateKeyPair(alg, { extractable: true });
  return Key.of({ ...(await exportJWK(privateKey)), alg, use: 'sig', kid: `${alg}-${randomBytes(4).toString('hex')}` });
}

const withSecret = (method, more) => ({
  token_endpoint_auth_method: method,
  redirect_uris: CALLBACKS,
  post_logout_redirect_uris: ['https://so-tay.example/ra'],
  grant_types: ['authorization_code', 'refresh_token'],
  scope: SCOPES,
  ...more,
});

async function withKeys(more) {
  const key = await signingKey('ES256'),
    rsaKey = await signingKey('RS256');
  return {
    token_endpoint_auth_method: 'private_key_jwt',
    key,
    rsaKey,
    jwks: {
      keys: [
        { ...key.jwk, alg: 'ES256' },
        { ...rsaKey.jwk, alg: 'RS256' },
      ],
    },
    redirect_uris: CALLBACKS,
    post_logout_redirect_uris: ['https://so-tay.example/ra'],
    grant_types: ['authorization_code', 'refresh_token'],
    scope: SCOPES,
    profile: 'fapi2',
    dpop_bound_access_tokens: true,
    ...more,
  };
}

// Proves itself by keys that stand at an address of its own.
const withKeysAt = (address) => ({
  token_endpoint_auth_method: 'private_key_jwt',
  jwks_uri: address,
  redirect_uris: [],
  post_logout_redirect_uris: [],
  grant_types: ['client_credentials'],
  scope: 'stays.read',
});

export async function clients({ logoutAt, keysAt }) {
  const all = {
    basic: withSecret('client_secret_basic'),
    post: withSecret('client_secret_post'),
    rs256: withSecret('client_secret_basic', { id_token_signed_response_alg: 'RS256' }),
    pairwise: withSecret('client_secret_basic', { subject_type: 'pairwise', redirect_uris: ['https://rieng.example/cb'] }),
    backchannel: withSecret('client_secret_basic', { backchannel_logout_uri: logoutAt, backchannel_logout_session_required: true }),
    open: withSecret('none'),
    machine: withSecret('client_secret_basic', {
      redirect_uris: [],
      post_logout_redirect_uris: [],
      grant_types: ['client_credentials'],
      scope: 'stays.read',
    }),
    device: withSecret('none', { redirect_uris: [], post_logout_redirect_uris: [], grant_types: [DEVICE] }),
    device2: withSecret('none', { redirect_uris: [], post_logout_redirect_uris: [], grant_types: [DEVICE] }),
    counter: withSecret('client_secret_basic', { redirect_uris: [], post_logout_redirect_uris: [], grant_types: [CIBA] }),
    fapi: await withKeys({}),
    fapi2: await withKeys({}),
    fapiDenied: await withKeys({}),
    keyed: await withKeys({ profile: 'plain', dpop_bound_access_tokens: false }),
    ...Object.fromEntries(
      ['published', 'keysRedirect', 'keysLong', 'keysBroken', 'keysSilent'].map((name) => [name, withKeysAt(`${keysAt}/${name}`)]),
    ),
    keysInner: withKeysAt(`${keysAt.replace('127.0.0.1', 'localhost')}/keysInner`),
  };
  for (const [name, client] of Object.entries(all)) client.client_id = `thu-${name.toLowerCase()}`;
  return all;
}

// `bon signon client-add`; the client then knows its secret. `command` runs bon with words and gives what it printed.
export async function addClient(command, dir, client) {
  const { key, rsaKey, client_id: id, ...metadata } = client,
    path = join(dir, `${id}.json`);
  const words = {
    client_name: `Ứng dụng ${id}`,
    purpose: 'Thử đăng nhập',
    owner: 'Sở Thử nghiệm',
    legal_basis: 'Chạy thử',
    valid_until: '2099-12-31',
  };
  const secret = client.token_endpoint_auth_method.startsWith('client_secret') ? ['--secret'] : [];
  writeFileSync(path, JSON.stringify({ ...words, ...metadata }));
  client.client_secret = JSON.parse(await command('signon', 'client-add', '--json', '--file', path, '--id', id, ...secret)).client_secret;
}
