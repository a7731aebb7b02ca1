// What attackers and careless programs send. Each is refused by name, and nothing is given away.
import { SignJWT } from 'jose';
import { createSecretKey } from 'node:crypto';
import { CITIZEN, code, pushedWell, refused, tokens, wayRefused, push, goWith } from '../lib/fapi2.mjs';
import { Key, random, s256 } from '../lib/party.mjs';
import { equal, must } from '../lib/tap.mjs';

export const plan = 'bad-inputs';

const base64 = (value) => Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)).toString('base64url');
const deep = (levels) => '['.repeat(levels) + ']'.repeat(levels);
const B = 'bad-inputs-';
const REGISTERED = 'https://so-tay.example/cb';

async function assertionRefused(op, jwt) {
  const party = op.party('keyed');
  const fields = { client_assertion: jwt, client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer' };
  const reply = await op.post(op.metadata.introspection_endpoint, { token: 'x', client_id: party.id, ...fields });
  refused(reply, ['invalid_client', 'invalid_request'], 'introspection', [400, 401, 413]);
}

const claimsOf = (op, party) => ({
  iss: party.id,
  sub: party.id,
  aud: op.issuer,
  jti: random(),
  iat: op.clock.seconds,
  exp: op.clock.seconds + 60,
});

async function skewed(op, seconds) {
  const party = op.party('keyed'),
    at = op.clock.seconds + seconds;
  const fields = await party.assertion({ iat: at, nbf: at, exp: at + 60 });
  return op.post(op.metadata.introspection_endpoint, { token: 'x', ...fields });
}

// The public key as a PEM text, used as if it were a shared secret.
async function signedWithThePublicKey(op, party) {
  const pem = await crypto.subtle.exportKey('spki', (await keyOf(party)).publicKey);
  const text = `-----BEGIN PUBLIC KEY-----\n${Buffer.from(pem)
    .toString('base64')
    .replace(/(.{64})/g, '$1\n')}\n-----END PUBLIC KEY-----\n`;
  return new SignJWT(claimsOf(op, party))
    .setProtectedHeader({ alg: 'HS256', kid: party.client.key.jwk.kid })
    .sign(createSecretKey(Buffer.from(text)));
}

async function keyOf({ client }) {
  return { publicKey: await crypto.subtle.importKey('jwk', client.key.jwk, { name: 'ECDSA', namedCurve: 'P-256' }, true, ['verify']) };
}

// One field twice, in a form or an address.
const twice = (fields, name, value) => `${new URLSearchParams(fields)}&${new URLSearchParams({ [name]: value })}`;

export const modules = {
  [`${B}code-replay-kills-the-family`]: [
    'a code used twice ends access and refresh token of the first use',
    async (op) => {
      const party = op.party('basic');
      const { answer, tokens: first } = await party.signedIn(await op.browserOf(CITIZEN), {
        scope: 'openid offline_access',
        prompt: 'consent',
      });
      refused(await party.exchange(answer.code), 'invalid_grant', 'the token endpoint');
      equal((await party.userinfo(first.access_token)).status, 401, 'status of userinfo');
      refused(await party.refresh(first.refresh_token), 'invalid_grant', 'the refresh token');
      equal((await party.introspect(first.access_token)).json.active, false, 'active');
    },
  ],

  [`${B}refresh-token-replay-kills-the-family`]: [
    'a refresh token used twice ends all that came from it',
    async (op) => {
      const party = op.party('basic');
      const { tokens: first } = await party.signedIn(await op.browserOf(CITIZEN), { scope: 'openid offline_access', prompt: 'consent' });
      const second = (await party.refresh(first.refresh_token)).json;
      must(second.refresh_token && second.refresh_token !== first.refresh_token, 'the refresh token did not change');
      op.clock.pass(120);
      refused(await party.refresh(first.refresh_token), 'invalid_grant', 'the old refresh token');
      refused(await party.refresh(second.refresh_token), 'invalid_grant', 'the new refresh token');
      equal((await party.userinfo(second.access_token)).status, 401, 'status of userinfo');
    },
  ],

  [`${B}wrong-verifier`]: [
    'a wrong verifier is refused, and the code is then of no use',
    async (op) => {
      const party = op.party('open'),
        verifier = random(32);
      const request = party.request({ code_challenge: s256(verifier), code_challenge_method: 'S256' });
      const { answer } = await party.authorize(await op.browserOf(CITIZEN), request);
      refused(await party.exchange(answer.code, { verifier: random(32) }), 'invalid_grant', 'another verifier');
    },
  ],
  [`${B}verifier-of-a-request-without-challenge`]: [
    'a verifier where no challenge was sent is refused',
    async (op) => {
      const party = op.party('basic');
      const { answer } = await party.authorize(await op.browserOf(CITIZEN), party.request());
      refused(await party.exchange(answer.code, { verifier: random(32) }), ['invalid_grant', 'invalid_request'], 'the token endpoint');
    },
  ],
  [`${B}public-client-without-challenge`]: [
    'a public client must send a challenge',
    async (op) => {
      const party = op.party('open');
      wayRefused(await party.authorize(await op.browserOf(CITIZEN), party.request()), 'invalid_request');
    },
  ],
  [`${B}plain-challenge`]: [
    'the plain challenge is refused',
    async (op) => {
      const party = op.party('open');
      const request = party.request({ code_challenge: random(32), code_challenge_method: 'plain' });
      wayRefused(await party.authorize(await op.browserOf(CITIZEN), request), 'invalid_request');
    },
  ],

  [`${B}mix-up`]: [
    'every answer to an app names the issuer, errors as well, so that an app cannot be led to another provider',
    async (op) => {
      const party = op.party('basic'),
        browser = await op.browserOf(CITIZEN);
      equal((await party.authorize(browser, party.request())).answer.iss, op.issuer, 'iss beside a code');
      equal((await party.authorize(op.browser(), party.request({ prompt: 'none' }))).answer.iss, op.issuer, 'iss beside login_required');
      equal((await party.authorize(browser, party.request({ scope: 'khong-co' }))).answer.iss, op.issuer, 'iss beside invalid_scope');
    },
  ],

  [`${B}open-redirect-after-sign-in`]: [
    'nobody is sent to another site by the sign-in page',
    async (op) => {
      for (const next of ['//la.example/', '/\\la.example/', 'https://la.example/', '/\t/la.example/', '/%0a/la.example']) {
        const browser = op.browser();
        const { page } = await browser.go(`${op.issuer}/sign-in?next=${encodeURIComponent(next)}`);
        const { left } = await op.signIn(browser, page, CITIZEN);
        must(!left, `${JSON.stringify(next)} led to ${left}`);
      }
    },
  ],

  [`${B}alg-none`]: [
    'an assertion with alg none is refused, however it is written',
    async (op) => {
      const claims = claimsOf(op, op.party('keyed'));
      for (const alg of ['none', 'None', 'NONE', 'nOnE', '']) await assertionRefused(op, `${base64({ alg })}.${base64(claims)}.`);
    },
  ],
  [`${B}key-confusion`]: [
    'a public key is never taken as a shared secret',
    async (op) => {
      await assertionRefused(op, await signedWithThePublicKey(op, op.party('keyed')));
    },
  ],
  [`${B}key-inside-the-assertion`]: [
    'a key that the assertion brings along is not believed',
    async (op) => {
      const party = op.party('keyed'),
        stranger = await Key.make();
      const { client_assertion: jwt } = await party.assertion({}, { jwk: stranger.jwk, kid: undefined }, stranger);
      await assertionRefused(op, jwt);
    },
  ],
  [`${B}critical-header`]: [
    'a critical header that is not understood is refused',
    async (op) => {
      const party = op.party('keyed');
      const good = (await party.assertion()).client_assertion.split('.');
      const head = { ...JSON.parse(Buffer.from(good[0], 'base64url')), crit: ['x'], x: 1 };
      const input = `${base64(head)}.${good[1]}`;
      const signature = await crypto.subtle.sign({ name: 'ECDSA', hash: 'SHA-256' }, party.client.key.secret, Buffer.from(input));
      await assertionRefused(op, `${input}.${Buffer.from(signature).toString('base64url')}`);
    },
  ],
  [`${B}assertion-replay`]: [
    'an assertion that opened something is of no use again',
    async (op) => {
      const party = op.party('keyed'),
        fields = { ...party.request(), ...(await party.assertion()) };
      const par = op.metadata.pushed_authorization_request_endpoint;
      equal((await op.post(par, fields)).status, 201, 'status of the first use');
      refused(await op.post(par, fields), 'invalid_client', 'the second use');
    },
  ],

  [`${B}jwt-of-1-mb`]: [
    'a JWT of a megabyte is refused without being read through',
    async (op) => {
      await assertionRefused(op, `${base64({ alg: 'ES256', kid: op.party('keyed').client.key.jwk.kid })}.${'A'.repeat(1 << 20)}.AAAA`);
    },
  ],
  [`${B}json-10000-deep`]: [
    'JSON ten thousand levels deep is refused in an assertion, a proof and the claims parameter',
    async (op) => {
      const party = op.party('basic'),
        pit = deep(10000);
      await assertionRefused(op, `${base64({ alg: 'ES256' })}.${base64(pit)}.AAAA`);
      const dpop = `${base64(pit)}.${base64({})}.AAAA`;
      const reply = await party.post('token_endpoint', { grant_type: 'client_credentials' }, { headers: { dpop } });
      must([400, 401, 413, 431].includes(reply.status), `a deep proof answers ${reply.status}`);
      const way = await party.authorize(await op.browserOf(CITIZEN), party.request({ claims: deep(2000) }), { post: true });
      wayRefused(way, 'invalid_request');
      equal((await op.get(op.metadata.jwks_uri)).status, 200, 'status of the key set afterwards');
    },
  ],
  [`${B}duplicated-members`]: [
    'a JSON object that names something twice is refused',
    async (op) => {
      const party = op.party('keyed');
      const head = base64({ alg: 'ES256', kid: party.client.key.jwk.kid });
      const text = JSON.stringify(claimsOf(op, party));
      const input = `${head}.${base64(`${text.slice(0, -1)},"sub":"thu-basic"}`)}`;
      const signature = await crypto.subtle.sign({ name: 'ECDSA', hash: 'SHA-256' }, party.client.key.secret, Buffer.from(input));
      await assertionRefused(op, `${input}.${Buffer.from(signature).toString('base64url')}`);
    },
  ],

  [`${B}clock-10-seconds-behind`]: [
    "a client's clock may be ten seconds behind",
    async (op) => equal((await skewed(op, -10)).status, 200, 'status'),
  ],
  [`${B}clock-10-seconds-ahead`]: [
    "a client's clock may be ten seconds ahead",
    async (op) => equal((await skewed(op, 10)).status, 200, 'status'),
  ],
  [`${B}clock-10-minutes-behind`]: [
    'ten minutes behind is too much',
    async (op) => refused(await skewed(op, -600), 'invalid_client', 'introspection'),
  ],
  [`${B}clock-10-minutes-ahead`]: [
    'ten minutes ahead is too much',
    async (op) => refused(await skewed(op, 600), 'invalid_client', 'introspection'),
  ],
  [`${B}proof-10-minutes-old`]: [
    'a DPoP proof of ten minutes ago, or from ten minutes ahead, is refused',
    async (op) => {
      for (const seconds of [-600, 600]) {
        const flow = await code(op),
          dpopHow = { claims: { iat: op.clock.seconds + seconds } };
        refused(
          await flow.party.exchange(flow.code, { verifier: flow.verifier, dpop: await Key.make(), dpopHow }),
          'invalid_dpop_proof',
          `${seconds} s`,
        );
      }
    },
  ],

  [`${B}duplicated-parameters-at-authorize`]: [
    'a parameter that comes twice is refused',
    async (op) => {
      const party = op.party('basic'),
        browser = await op.browserOf(CITIZEN);
      for (const [name, value] of [
        ['redirect_uri', REGISTERED],
        ['state', 'b'],
        ['scope', 'openid'],
        ['client_id', party.id],
      ]) {
        const { page, left } = await browser.go(`${op.metadata.authorization_endpoint}?${twice(party.request(), name, value)}`);
        must(page?.status >= 400 || left?.searchParams.get('error') === 'invalid_request', `${name} twice led to ${left ?? page.status}`);
      }
    },
  ],
  [`${B}duplicated-parameters-at-token`]: [
    'and so it is at the token endpoint, PAR, introspection and revocation',
    async (op) => {
      const party = op.party('post');
      const { fields } = await party.proof();
      for (const [endpoint, name] of [
        ['token_endpoint', 'grant_type'],
        ['introspection_endpoint', 'token'],
        ['revocation_endpoint', 'token'],
        ['pushed_authorization_request_endpoint', 'scope'],
      ]) {
        const body = twice({ ...fields, [name]: 'x' }, name, 'y');
        refused(await op.post(op.metadata[endpoint], body), 'invalid_request', endpoint);
      }
    },
  ],
  [`${B}two-proofs-of-the-client`]: [
    'a client that proves itself in two ways at once is refused',
    async (op) => {
      const party = op.party('basic');
      refused(
        await party.introspect('x', { fields: { client_id: party.id, client_secret: party.client.client_secret } }),
        ['invalid_request', 'invalid_client'],
        'introspection',
      );
    },
  ],
  [`${B}wrong-secret`]: [
    'a wrong secret is refused, with a challenge where the header was used',
    async (op) => {
      const party = op.party('basic');
      const authorization = `Basic ${Buffer.from(`${party.id}:sai`).toString('base64')}`;
      const reply = await op.post(op.metadata.token_endpoint, { grant_type: 'authorization_code', code: 'x' }, { authorization });
      equal(reply.status, 401, 'status');
      equal(reply.json.error, 'invalid_client', 'error');
      must(/^Basic\b/i.test(reply.headers.get('www-authenticate') ?? ''), 'no challenge');
    },
  ],
  [`${B}method-that-was-not-registered`]: [
    'a secret is refused for a client that registered a key, and for one that registered nothing',
    async (op) => {
      for (const { id } of [op.party('keyed'), op.party('open')]) {
        const fields = { grant_type: 'authorization_code', code: 'x', client_id: id, client_secret: 'x'.repeat(43) };
        refused(await op.post(op.metadata.token_endpoint, fields), 'invalid_client', id);
      }
    },
  ],

  [`${B}token-of-another-client`]: [
    'a client learns nothing about, and cannot end, a token of another',
    async (op) => {
      const party = op.party('basic'),
        other = op.party('post');
      const { tokens: mine } = await party.signedIn(await op.browserOf(CITIZEN), {});
      must([200, 400].includes((await other.revoke(mine.access_token)).status), 'revocation');
      equal((await party.userinfo(mine.access_token)).status, 200, 'status of userinfo afterwards');
    },
  ],
  [`${B}code-of-another-client`]: [
    'a code of one client is no use to another',
    async (op) => {
      const party = op.party('basic');
      const { answer } = await party.authorize(await op.browserOf(CITIZEN), party.request());
      refused(await op.party('post').exchange(answer.code), 'invalid_grant', 'the token endpoint');
    },
  ],
  [`${B}other-redirect-at-token`]: [
    'a code wants the redirect address of its request',
    async (op) => {
      const party = op.party('basic');
      const { answer } = await party.authorize(await op.browserOf(CITIZEN), party.request());
      refused(
        await party.exchange(answer.code, { fields: { redirect_uri: party.client.redirect_uris[1] } }),
        'invalid_grant',
        'the token endpoint',
      );
    },
  ],
  [`${B}dpop-proof-replay`]: [
    'a proof that came before is refused at the token endpoint',
    async (op) => {
      const dpop = await Key.make(),
        first = await code(op),
        second = await code(op);
      const dpopHow = { claims: { jti: random(), iat: op.clock.seconds } };
      equal((await first.party.exchange(first.code, { verifier: first.verifier, dpop, dpopHow })).status, 200, 'status of the first use');
      refused(
        await second.party.exchange(second.code, { verifier: second.verifier, dpop, dpopHow }),
        'invalid_dpop_proof',
        'the second use',
      );
    },
  ],
  [`${B}par-reuse`]: [
    'a pushed request gives one code',
    async (op) => {
      const flow = await pushedWell(op);
      must((await goWith(op, flow)).answer?.code, 'no code');
      wayRefused(await goWith(op, flow), ['invalid_request_uri', 'invalid_request']);
    },
  ],
  [`${B}par-guessed`]: [
    'a reference that was never given is refused',
    async (op) => {
      const { party } = await push(op);
      const request = { client_id: party.id, request_uri: `urn:ietf:params:oauth:request_uri:${random()}` };
      wayRefused(await party.authorize(await op.browserOf(CITIZEN), request), ['invalid_request_uri', 'invalid_request']);
    },
  ],
  [`${B}bearer-in-the-address`]: [
    'a token in the address of userinfo is not looked at',
    async (op) => {
      const { tokens: mine } = await op.party('basic').signedIn(await op.browserOf(CITIZEN), {});
      const { status } = await op.get(`${op.metadata.userinfo_endpoint}?access_token=${mine.access_token}`);
      must(status === 400 || status === 401, `status ${status}`);
    },
  ],
  [`${B}bound-token-as-bearer`]: [
    'a token bound to a key is refused as a bearer token',
    async (op) => {
      const flow = await tokens(op);
      equal((await flow.party.userinfo(flow.tokens.access_token)).status, 401, 'status');
    },
  ],
  [`${B}scope-that-was-not-registered`]: [
    'a scope that the client may not ask for is refused',
    async (op) => {
      const party = op.party('machine');
      refused(
        await party.post('token_endpoint', { grant_type: 'client_credentials', scope: 'openid stays.read khong-co' }),
        'invalid_scope',
        'the token endpoint',
      );
    },
  ],
  [`${B}grant-that-was-not-registered`]: [
    'a grant that the client may not use is refused',
    async (op) => {
      refused(
        await op.party('basic').post('token_endpoint', { grant_type: 'client_credentials' }),
        'unauthorized_client',
        'the token endpoint',
      );
      refused(
        await op.party('basic').post('token_endpoint', { grant_type: 'password', username: 'a', password: 'b' }),
        'unsupported_grant_type',
        'the token endpoint',
      );
    },
  ],
};
