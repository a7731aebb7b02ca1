// bon as a relying party of a provider that others wrote (npm oidc-provider), over sockets: the proof by a key of its signer's, the way
// in, the way out.
//
//   node tests/peers/upstream.test.mjs build/app/bon
import { writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { Browser, Tap, freePort, must, scratch, startBon, startProvider } from './lib.mjs';

const bon = resolve(process.argv[2] ?? 'build/app/bon');
const tap = new Tap();
const { dir, remove } = scratch();
const port = await freePort(),
  url = `http://127.0.0.1:${port}`;

const provider = await startProvider(
  await freePort(),
  [
    {
      client_id: 'bon',
      redirect_uris: [`${url}/sign-in/with/nguoi-khac/back`],
      token_endpoint_auth_method: 'private_key_jwt',
      token_endpoint_auth_signing_alg: 'ES256',
      jwks_uri: `${url}/sign-in/keys.json`,
      response_types: ['code'],
      grant_types: ['authorization_code'],
      post_logout_redirect_uris: [`${url}/sign-in`],
    },
  ],
  {
    // Its own fetch refuses to ask this machine for our keys.
    fetch: (address, options) => fetch(address, { ...options, dispatcher: undefined }),
  },
);
writeFileSync(
  join(dir, 'upstream.json'),
  JSON.stringify({
    name: 'nguoi-khac',
    from: '2026-01-01',
    label: 'Nơi khác',
    mode: 'THỬ',
    issuer: provider.issuer,
    client_id: 'bon',
    auth: 'private_key_jwt',
    scopes: 'openid profile',
    algs: ['RS256', 'ES256'],
    claim_pid: 'SoDinhDanh',
    claim_name: 'HoVaTen',
    claim_born: 'NgayThangNamSinh',
    claim_level: 'acr',
    level_2: ['2'],
  }),
);
const server = await startBon(bon, dir, port, (command) => command('broker', 'set', join(dir, 'upstream.json')));

const browser = new Browser();
await tap.case('the public keys are there, and only they', async () => {
  const { keys } = await (await fetch(`${url}/sign-in/keys.json`)).json();
  must(keys.length > 0 && keys.every((k) => k.kid && !k.d), JSON.stringify(keys));
});
await tap.case("Nguyễn Văn Demo comes in through a provider that others wrote, proven by the signer's key", async () => {
  const page = await browser.go(`${url}/sign-in/with/nguoi-khac?next=/my-links`);
  must(page.url === `${url}/my-links`, `${page.status} ${page.url} ${page.text}`);
  must(page.text.includes('VNeID mức 2: đã xác thực (L4)') && page.text.includes('067*****0123'), page.text);
});
await tap.case('who says no there is told so here', async () => {
  provider.set({ refuse: true });
  const page = await new Browser().go(`${url}/sign-in/with/nguoi-khac`);
  provider.set({ refuse: false });
  must(page.status === 403 && page.text.includes('không đồng ý'), `${page.status} ${page.text}`);
});
await tap.case("the way out leads to the provider's own page", async () => {
  const page = await browser.go(`${url}/sign-in/with/nguoi-khac/leave`);
  must(page.status === 200 && page.url.startsWith(`${provider.issuer}/session/end`), `${page.status} ${page.url}`);
});

const status = await server.stop();
provider.stop();
tap.say(status === 0, 'the server ends in order', `status ${status}`);
remove();
tap.end();
