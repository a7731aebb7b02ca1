// Keys that an app publishes at an address of its own: found, changed without asking anybody, and not a way to make this server ask
// whatever one likes.
import { equal, must } from '../lib/tap.mjs';
import { configured } from './openid_client.mjs';

export const plan = 'oidcc-dynamic-certification-test-plan';

const ask = (party, key) => party.post('token_endpoint', { grant_type: 'client_credentials' }, { assertionKey: key });

async function works(party, key) {
  const { status, text } = await ask(party, key);
  equal(status, 200, `status (${text.slice(0, 200)})`);
}

async function isRefused(party, key) {
  const { status, json } = await ask(party, key);
  equal(status, 401, 'status');
  equal(json.error, 'invalid_client', 'error');
}

async function refusedWhatever(op, name, send) {
  const party = op.party(name);
  const key = await op.keyHost.publish(name, 'k');
  if (send) op.keyHost.behave(name, send);
  op.clock.pass(61);
  await isRefused(party, key);
}

export const modules = {
  'oidcc-registration-jwks-uri': [
    'an app whose keys stand at its own address proves itself by them',
    async (op) => {
      const key = await op.keyHost.publish('published', 'a');
      op.clock.pass(61);
      await works(op.party('published'), key);
    },
  ],

  'oidcc-refresh-token-rp-key-rotation': [
    'with a new key the app is believed at once, with the old one no longer',
    async (op) => {
      const party = op.party('published'),
        old = await op.keyHost.publish('published', 'b');
      op.clock.pass(61);
      await works(party, old);
      const fresh = await op.keyHost.publish('published', 'c');
      op.clock.pass(61);
      await works(party, fresh);
      await isRefused(party, old);
    },
  ],

  'jwks-uri-is-asked-once-a-minute': [
    'however many assertions name an unknown key, the address is asked once a minute',
    async (op) => {
      const party = op.party('published'),
        known = await op.keyHost.publish('published', 'd');
      op.clock.pass(61);
      await works(party, known);
      const before = op.keyHost.count('published'),
        stranger = await op.keyHost.publish('published', 'e');
      for (let i = 0; i < 5; i++) await isRefused(party, stranger);
      equal(op.keyHost.count('published') - before, 0, 'questions within a minute of the last');
      op.clock.pass(61);
      await Promise.all(Array.from({ length: 5 }, () => works(party, stranger)));
      equal(op.keyHost.count('published') - before, 1, 'questions of the next minute');
    },
  ],

  'jwks-uri-answers-that-are-not-taken': [
    'no redirect, nothing long, nothing but keys; and nobody is kept waiting for ever',
    async (op) => {
      await refusedWhatever(op, 'keysRedirect', (r) => r.writeHead(302, { location: `${op.keyHost.url}/published` }).end());
      await refusedWhatever(op, 'keysLong', (r) => r.writeHead(200).end(`{"keys":[${' '.repeat(70000)}]}`));
      await refusedWhatever(op, 'keysBroken', (r) => r.writeHead(200).end('<html>'));
      await refusedWhatever(op, 'keysSilent', () => {});
    },
  ],

  'jwks-uri-of-an-inner-address': [
    'an address of the inner network that the province has not named is never asked',
    async (op) => {
      await refusedWhatever(op, 'keysInner');
      equal(op.keyHost.count('keysInner'), 0, 'questions');
    },
  ],

  'openid-client-jwks-uri': [
    'openid-client proves itself by a key that is only published',
    async (op) => {
      const oidc = await import('openid-client');
      const key = await op.keyHost.publish('published', 'f');
      op.clock.pass(61);
      const config = await configured(oidc, op, { client: { ...op.party('published').client, key } });
      const tokens = await oidc.clientCredentialsGrant(config, { scope: 'stays.read' });
      must(tokens.access_token, 'no token');
    },
  ],
};
