// FAPI 2.0 security profile: tokens bound to a key (DPoP, RFC 9449), by the names of the Foundation's modules.
import { randomUUID } from 'node:crypto';
import { code, push, pushedWell, goWith, refused, tokens } from '../lib/fapi2.mjs';
import { Key, dpopProof } from '../lib/party.mjs';
import { equal, must } from '../lib/tap.mjs';

export const plan = 'fapi2-security-profile-final-test-plan';

const name = (rest) => `fapi2-security-profile-final-${rest}`;

async function proofsWithIat(op, seconds) {
  const dpopHow = () => ({ claims: { iat: op.clock.seconds + seconds } });
  const dpop = await Key.make();
  const flow = await code(op, { how: { dpop, dpopHow: dpopHow() } });
  const reply = await flow.party.exchange(flow.code, { verifier: flow.verifier, dpop, dpopHow: dpopHow() });
  equal(reply.status, 200, `status of the token endpoint (${reply.text.slice(0, 200)})`);
  equal((await flow.party.userinfo(reply.json.access_token, { dpop, dpopHow: dpopHow() })).status, 200, 'status of userinfo');
}

// Proofs that userinfo must not take: what is wrong, and how it is made so.
const WRONG = [
  ['for another method', { claims: { htm: 'POST' } }],
  ['for another address', { claims: { htu: 'https://la.example/userinfo' } }],
  ['without the method', { claims: { htm: undefined } }],
  ['without the address', { claims: { htu: undefined } }],
  ['without jti', { claims: { jti: undefined } }],
  ['without iat', { claims: { iat: undefined } }],
  ['without the hash of the token', { claims: { ath: undefined } }],
  ['with the hash of another token', { claims: { ath: 'w'.repeat(43) } }],
  ['of another type', { header: { typ: 'JWT' } }],
  ['without its key', { header: { jwk: undefined } }],
];

async function tokenRefused(op, flow, dpop, what) {
  const reply = await flow.party.userinfo(flow.tokens.access_token, dpop);
  equal(reply.status, 401, `status with a proof ${what}`);
  must(/^DPoP\b/i.test(reply.headers.get('www-authenticate') ?? ''), `with a proof ${what} no challenge says DPoP`);
}

export const modules = {
  [name('access-token-type-header-case-sensitivity')]: [
    'the scheme may be written dpop, DPoP or DPOP',
    async (op) => {
      const flow = await tokens(op);
      for (const scheme of ['dpop', 'DPoP', 'DPOP']) {
        equal((await flow.party.userinfo(flow.tokens.access_token, { dpop: flow.dpop, scheme })).status, 200, `status with ${scheme}`);
      }
    },
  ],

  [name('check-dpop-proof-nbf-exp')]: [
    'a proof may carry nbf and exp; one that has ended is refused',
    async (op) => {
      const dpop = await Key.make(),
        now = op.clock.seconds;
      const good = { claims: { nbf: now - 5, exp: now + 60 } };
      const flow = await tokens(op, { dpop, dpopHow: good });
      equal(
        (await flow.party.userinfo(flow.tokens.access_token, { dpop, dpopHow: { claims: { nbf: now - 5, exp: now + 60 } } })).status,
        200,
        'status',
      );
      await tokenRefused(op, flow, { dpop, dpopHow: { claims: { exp: now - 300 } } }, 'that ended five minutes ago');
      await tokenRefused(op, flow, { dpop, dpopHow: { claims: { nbf: now + 300 } } }, 'that begins in five minutes');
    },
  ],

  [name('ensure-dpopproof-with-iat-10seconds-before-succeeds')]: ['proofs made ten seconds ago are taken', (op) => proofsWithIat(op, -10)],
  [name('ensure-dpopproof-with-iat-10seconds-after-succeeds')]: [
    'proofs made ten seconds from now are taken',
    (op) => proofsWithIat(op, 10),
  ],

  [name('ensure-mismatched-dpop-jkt-fails')]: [
    "a pushed request whose dpop_jkt is not its proof's key is refused",
    async (op) => {
      const dpop = await Key.make(),
        other = await Key.make();
      const { pushed } = await push(op, { params: { more: { dpop_jkt: other.thumbprint } }, how: { dpop } });
      refused(pushed, ['invalid_dpop_proof', 'invalid_request'], 'the pushed request');
    },
  ],
  [name('ensure-token-endpoint-fails-with-mismatched-dpop-proof-jkt')]: [
    "a code bound by the pushed request's proof wants that key",
    async (op) => {
      const flow = await code(op, { how: { dpop: await Key.make() } });
      refused(
        await flow.party.exchange(flow.code, { verifier: flow.verifier, dpop: await Key.make() }),
        ['invalid_grant', 'invalid_dpop_proof'],
        'the token endpoint',
      );
    },
  ],
  [name('ensure-token-endpoint-fails-with-mismatched-dpop-jkt')]: [
    'a code bound by dpop_jkt wants that key',
    async (op) => {
      const flow = await code(op, { params: { more: { dpop_jkt: (await Key.make()).thumbprint } } });
      refused(
        await flow.party.exchange(flow.code, { verifier: flow.verifier, dpop: await Key.make() }),
        ['invalid_grant', 'invalid_dpop_proof'],
        'the token endpoint',
      );
    },
  ],
  [name('ensure-dpopproof-at-par-endpoint-binding-success')]: [
    "the key of the pushed request's proof redeems the code",
    async (op) => {
      const dpop = await Key.make();
      const flow = await pushedWell(op, { how: { dpop } });
      const { answer } = await goWith(op, flow);
      equal((await flow.party.exchange(answer.code, { verifier: flow.verifier, dpop })).status, 200, 'status');
    },
  ],
  [name('ensure-dpop-auth-code-binding-success')]: [
    'the key named by dpop_jkt redeems the code',
    async (op) => {
      const dpop = await Key.make();
      await tokens(op, { dpop, params: { more: { dpop_jkt: dpop.thumbprint } } });
    },
  ],

  [name('dpop-negative-tests')]: [
    'a token with no proof, with a wrong one, or with the same one again is refused',
    async (op) => {
      const flow = await tokens(op),
        { dpop } = flow;
      equal((await flow.party.userinfo(flow.tokens.access_token)).status, 401, 'status as a bearer token');
      await tokenRefused(op, flow, { scheme: 'DPoP' }, 'that is missing');
      for (const [what, dpopHow] of WRONG) await tokenRefused(op, flow, { dpop, dpopHow }, what);
      await tokenRefused(op, flow, { dpop: await Key.make() }, 'of another key');
      await tokenRefused(op, flow, { dpop, dpopHow: { signWith: await Key.make() } }, 'signed by another key than it carries');
      const claims = { jti: randomUUID(), iat: op.clock.seconds };
      equal(
        (await flow.party.userinfo(flow.tokens.access_token, { dpop, dpopHow: { claims } })).status,
        200,
        'status of the first use',
      );
      await tokenRefused(op, flow, { dpop, dpopHow: { claims } }, 'that came before');
      const url = op.metadata.userinfo_endpoint;
      const proof = await dpopProof(dpop, { op, method: 'GET', url, token: flow.tokens.access_token });
      const twice = await fetch(url, {
        headers: [
          ['authorization', `DPoP ${flow.tokens.access_token}`],
          ['dpop', proof],
          ['dpop', proof],
        ],
      });
      must(twice.status >= 400, `two proofs at once answer ${twice.status}`);
    },
  ],
};
