// FAPI 2.0 security profile: the flow itself, its client authentication and its requests, by the names of the Foundation's modules.
import { CITIZEN, code, goWith, push, pushedWell, refused, tokens, wayRefused } from '../lib/fapi2.mjs';
import { Key, random, s256 } from '../lib/party.mjs';
import { equal, must } from '../lib/tap.mjs';

export const plan = 'fapi2-security-profile-final-test-plan';

const name = (rest) => `fapi2-security-profile-final-${rest}`;
const without = (field) => ({ params: { request: { [field]: undefined } } });

// A token request with an assertion that is not right.
async function assertionRefused(op, how) {
  const flow = await code(op);
  refused(
    await flow.party.exchange(flow.code, { verifier: flow.verifier, dpop: await Key.make(), ...how }),
    ['invalid_client', 'invalid_grant', 'invalid_request'],
    'the token endpoint',
  );
}

async function pushRefused(op, options, errors = ['invalid_request', 'invalid_client']) {
  refused((await push(op, options)).pushed, errors, 'the pushed request');
}

async function parAudienceRefused(op, aud) {
  await pushRefused(op, { how: { assertion: { aud } } }, 'invalid_client');
}

export const modules = {
  [name('discovery-end-point-verification')]: [
    'the metadata offers what the profile needs: PAR, DPoP, S256, private_key_jwt, iss',
    async (op) => {
      const { metadata: m } = op;
      must(m.pushed_authorization_request_endpoint?.startsWith(op.issuer), 'no PAR endpoint');
      equal(m.code_challenge_methods_supported.join(' '), 'S256', 'challenge methods');
      must(m.token_endpoint_auth_methods_supported.includes('private_key_jwt'), 'private_key_jwt is not offered');
      equal(m.authorization_response_iss_parameter_supported, true, 'authorization_response_iss_parameter_supported');
      for (const alg of ['ES256', 'PS256']) {
        must(m.token_endpoint_auth_signing_alg_values_supported.includes(alg), `assertions: ${alg} is not offered`);
        must(m.dpop_signing_alg_values_supported.includes(alg), `DPoP: ${alg} is not offered`);
      }
      for (const grant of ['authorization_code', 'refresh_token']) must(m.grant_types_supported.includes(grant), `${grant} is not offered`);
      must(!m.grant_types_supported.includes('implicit') && !m.grant_types_supported.includes('password'), 'an unsafe grant is offered');
    },
  ],

  [name('happy-flow')]: [
    'the whole flow gives tokens bound to the key, which userinfo then asks for',
    async (op) => {
      const flow = await tokens(op, { params: { request: { scope: 'openid profile' } } });
      equal(flow.idToken.nonce, flow.request.nonce, 'nonce');
      must(['ES256', 'PS256', 'EdDSA'].includes(flow.idToken.header.alg), `the ID token is signed with ${flow.idToken.header.alg}`);
      const { status, json } = await flow.party.userinfo(flow.tokens.access_token, { dpop: flow.dpop });
      equal(status, 200, 'status of userinfo');
      equal(json.sub, flow.idToken.sub, 'sub');
      const told = await flow.party.introspect(flow.tokens.access_token);
      equal(told.json.cnf?.jkt, flow.dpop.thumbprint, 'key that the token is bound to');
    },
  ],

  [name('user-rejects-authentication')]: [
    'when the person says no, the app hears access_denied with its state and the issuer',
    async (op) => {
      const flow = await pushedWell(op, { as: 'fapiDenied' });
      const { answer, steps } = await goWith(op, flow, { agree: false });
      must(steps.includes('consent'), 'nobody was asked');
      equal(answer?.error, 'access_denied', 'error');
      equal(answer.state, flow.request.state, 'state');
      equal(answer.iss, op.issuer, 'iss');
    },
  ],

  [name('ensure-authorization-request-without-state-success')]: [
    'without a state none comes back',
    async (op) => {
      const { answer } = await code(op, without('state'));
      must(!('state' in answer), 'a state that nobody sent');
    },
  ],
  [name('ensure-authorization-request-without-nonce-success')]: [
    'without a nonce the ID token has none',
    async (op) => {
      must(!('nonce' in (await tokens(op, without('nonce'))).idToken), 'a nonce that nobody sent');
    },
  ],
  [name('ensure-authorization-request-with-64-char-nonce-success')]: [
    'a nonce of 64 characters comes back whole',
    async (op) => {
      const nonce = random(48);
      equal((await tokens(op, { params: { request: { nonce } } })).idToken.nonce, nonce, 'nonce');
    },
  ],
  [name('ensure-authorization-request-with-long-nonce')]: [
    'a nonce of 384 characters comes back whole or is refused, never cut',
    async (op) => {
      const nonce = random(288);
      const flow = await push(op, { params: { request: { nonce } } });
      if (flow.pushed.status === 201) equal((await tokens(op, { params: { request: { nonce } } })).idToken.nonce, nonce, 'nonce');
      else refused(flow.pushed, 'invalid_request', 'the pushed request');
    },
  ],
  [name('ensure-authorization-request-with-long-state')]: [
    'a state of 384 characters comes back whole or is refused, never cut',
    async (op) => {
      const state = random(288);
      const { pushed } = await push(op, { params: { request: { state } } });
      if (pushed.status === 201) equal((await code(op, { params: { request: { state } } })).answer.state, state, 'state');
      else refused(pushed, 'invalid_request', 'the pushed request');
    },
  ],
  [name('ensure-other-scope-order-succeeds')]: [
    'scopes may come in any order',
    async (op) => {
      await tokens(op, { params: { request: { scope: 'profile openid' } } });
    },
  ],

  [name('ensure-unsigned-authorization-request-without-using-par-fails')]: [
    'a request that was not pushed is refused',
    async (op) => {
      const party = op.party('fapi');
      const request = party.request({ code_challenge: s256(random()), code_challenge_method: 'S256' });
      wayRefused(await party.authorize(await op.browserOf(CITIZEN), request), ['invalid_request', 'invalid_request_object']);
    },
  ],
  [name('ensure-redirect-uri-in-authorization-request')]: [
    'a pushed request without redirect_uri is refused',
    (op) => pushRefused(op, without('redirect_uri')),
  ],
  [name('ensure-response-type-code-idtoken-fails')]: [
    'response_type "code id_token" is refused',
    (op) =>
      pushRefused(op, { params: { request: { response_type: 'code id_token' } } }, [
        'invalid_request',
        'unsupported_response_type',
        'unauthorized_client',
      ]),
  ],
  [name('ensure-response-type-token-fails')]: [
    'response_type "token" is refused',
    (op) =>
      pushRefused(op, { params: { request: { response_type: 'token' } } }, [
        'invalid_request',
        'unsupported_response_type',
        'unauthorized_client',
      ]),
  ],

  [name('ensure-client-id-in-token-endpoint')]: [
    "a client_id that is not the assertion's is refused",
    async (op) => {
      const flow = await code(op);
      refused(
        await flow.party.exchange(flow.code, {
          verifier: flow.verifier,
          dpop: await Key.make(),
          fields: { client_id: op.party('fapi2').id },
        }),
        ['invalid_client', 'invalid_request', 'invalid_grant'],
        'the token endpoint',
      );
    },
  ],
  [name('ensure-holder-of-key-required')]: [
    'without a DPoP proof there is no token',
    async (op) => {
      const flow = await code(op);
      refused(
        await flow.party.exchange(flow.code, { verifier: flow.verifier }),
        ['invalid_dpop_proof', 'invalid_request', 'invalid_grant'],
        'the token endpoint',
      );
    },
  ],
  [name('ensure-authorization-code-is-bound-to-client')]: [
    'a code of one client is no use to another',
    async (op) => {
      const flow = await code(op);
      const other = op.party('fapi2');
      refused(await other.exchange(flow.code, { verifier: flow.verifier, dpop: await Key.make() }), 'invalid_grant', 'the token endpoint');
    },
  ],
  [name('attempt-reuse-authorization-code-after-one-second')]: [
    'a code works once; the second time ends what the first one gave',
    async (op) => {
      const flow = await tokens(op);
      op.clock.pass(1);
      refused(await flow.party.exchange(flow.code, { verifier: flow.verifier, dpop: flow.dpop }), 'invalid_grant', 'the token endpoint');
      equal(
        (await flow.party.userinfo(flow.tokens.access_token, { dpop: flow.dpop })).status,
        401,
        'status of userinfo with the first token',
      );
    },
  ],
  [name('ensure-token-endpoint-fails-with-expired-auth-code')]: [
    'a code is good for at most a minute',
    async (op) => {
      const flow = await code(op);
      op.clock.pass(61);
      refused(
        await flow.party.exchange(flow.code, { verifier: flow.verifier, dpop: await Key.make() }),
        'invalid_grant',
        'the token endpoint',
      );
    },
  ],

  [name('ensure-signed-client-assertion-with-RS256-fails')]: [
    'an assertion signed with RS256 is refused',
    async (op) => {
      await assertionRefused(op, { assertionKey: op.party('fapi').client.rsaKey });
    },
  ],
  [name('ensure-client-assertion-in-token-endpoint')]: [
    'without an assertion the client is nobody',
    async (op) => {
      await assertionRefused(op, { fields: { client_assertion: undefined, client_assertion_type: undefined } });
    },
  ],
  [name('ensure-client-assertion-with-exp-is-5-minutes-in-past-fails')]: [
    'an assertion that ended five minutes ago is refused',
    async (op) => {
      const now = op.clock.seconds;
      await assertionRefused(op, { assertion: { iat: now - 360, exp: now - 300 } });
    },
  ],
  [name('ensure-client-assertion-with-wrong-aud-fails')]: [
    'an assertion for another audience is refused',
    (op) => assertionRefused(op, { assertion: { aud: 'https://la.example' } }),
  ],
  [name('ensure-client-assertion-with-no-sub-fails')]: [
    'an assertion without sub is refused',
    (op) => assertionRefused(op, { assertion: { sub: undefined } }),
  ],

  [name('refresh-token')]: [
    'a refresh token renews the tokens of its client, with the same key, and of nobody else',
    async (op) => {
      const flow = await tokens(op, { params: { request: { scope: 'openid offline_access', prompt: 'consent' } } });
      const old = flow.tokens.refresh_token;
      must(old, 'no refresh token');
      const reply = await flow.party.refresh(old, { dpop: flow.dpop });
      equal(reply.status, 200, `status (${reply.text.slice(0, 200)})`);
      equal((await flow.party.userinfo(reply.json.access_token, { dpop: flow.dpop })).status, 200, 'status of userinfo');
      const next = reply.json.refresh_token ?? old;
      refused(await op.party('fapi2').refresh(next, { dpop: flow.dpop }), 'invalid_grant', 'the token endpoint for another client');
    },
  ],

  [name('par-ensure-reused-request-uri-prior-to-auth-completion-succeeds')]: [
    'a reference may be opened again before the person has answered',
    async (op) => {
      const flow = await pushedWell(op);
      const { page } = await op.browser().go(flow.party.address({ client_id: flow.party.id, request_uri: flow.pushed.json.request_uri }));
      must(page, 'the browser was sent away before anybody signed in');
      must((await goWith(op, flow)).answer?.code, 'no code at the second time');
    },
  ],
  [name('par-attempt-reuse-request_uri')]: [
    'once answered, a reference is used up',
    async (op) => {
      const flow = await code(op);
      wayRefused(await goWith(op, flow), ['invalid_request_uri', 'invalid_request', 'access_denied']);
    },
  ],
  [name('par-attempt-to-use-expired-request_uri')]: [
    'a reference ends when it said it would',
    async (op) => {
      const flow = await pushedWell(op);
      op.clock.pass(flow.pushed.json.expires_in + 1);
      wayRefused(await goWith(op, flow), ['invalid_request_uri', 'invalid_request']);
    },
  ],
  [name('par-attempt-to-use-request_uri-for-different-client')]: [
    'a reference of one client is no use to another',
    async (op) => {
      const flow = await pushedWell(op);
      wayRefused(await goWith(op, flow, { more: { client_id: op.party('fapi2').id } }), ['invalid_request_uri', 'invalid_request']);
    },
  ],
  [name('par-authorization-request-containing-request_uri-form-param')]: [
    'a reference inside a pushed request is refused',
    (op) =>
      pushRefused(op, { params: { more: { request_uri: `urn:ietf:params:oauth:request_uri:${random()}` } } }, [
        'invalid_request',
        'request_uri_not_supported',
      ]),
  ],
  [name('par-attempt-invalid-http-method')]: [
    'PAR takes POST and nothing else',
    async (op) => {
      const url = op.metadata.pushed_authorization_request_endpoint;
      for (const method of ['GET', 'PUT']) {
        const { status } = await fetch(url, { method });
        must(status === 404 || status === 405, `${method} answers ${status}`);
      }
    },
  ],
  [name('par-ensure-jwt-client-assertions-nbf-8-seconds-in-the-future-is-accepted')]: [
    "a client's clock may be eight seconds ahead",
    async (op) => {
      const now = op.clock.seconds;
      await pushedWell(op, { how: { assertion: { nbf: now + 8, iat: now + 8, exp: now + 68 } } });
    },
  ],
  [name('par-ensure-jwt-client-assertions-nbf-over-60-seconds-in-the-future-fails')]: [
    'and not more than a minute',
    async (op) => {
      const now = op.clock.seconds;
      await pushRefused(op, { how: { assertion: { nbf: now + 65, iat: now + 65, exp: now + 125 } } }, 'invalid_client');
    },
  ],

  [name('par-ensure-pkce-required')]: [
    'a pushed request without a challenge is refused',
    (op) => pushRefused(op, { params: { more: { code_challenge: undefined, code_challenge_method: undefined } } }),
  ],
  [name('ensure-pkce-code-verifier-required')]: [
    'a code is not redeemed without its verifier',
    async (op) => {
      const flow = await code(op);
      refused(await flow.party.exchange(flow.code, { dpop: await Key.make() }), ['invalid_grant', 'invalid_request'], 'the token endpoint');
    },
  ],
  [name('incorrect-pkce-code-verifier-rejected')]: [
    'a code is not redeemed with another verifier',
    async (op) => {
      const flow = await code(op);
      refused(
        await flow.party.exchange(flow.code, { verifier: random(32), dpop: await Key.make() }),
        'invalid_grant',
        'the token endpoint',
      );
    },
  ],
  [name('par-plain-pkce-rejected')]: [
    'the plain challenge is refused',
    (op) => pushRefused(op, { params: { more: { code_challenge: random(32), code_challenge_method: 'plain' } } }),
  ],
  [name('par-without-duplicate-parameters')]: [
    'parameters that were pushed need not come again',
    async (op) => {
      const flow = await code(op);
      must(flow.code, 'no code');
    },
  ],
  [name('par-test-array-as-audience-fails')]: [
    'an assertion with the issuer inside a list of audiences is refused',
    (op) => parAudienceRefused(op, [op.issuer]),
  ],
  [name('par-test-par-endpoint-url-as-audience-fails')]: [
    "an assertion for the PAR endpoint's address is refused",
    (op) => parAudienceRefused(op, op.metadata.pushed_authorization_request_endpoint),
  ],
  [name('par-test-token-endpoint-url-as-audience-fails')]: [
    "an assertion for the token endpoint's address is refused",
    (op) => parAudienceRefused(op, op.metadata.token_endpoint),
  ],
};
