// The modules of the OpenID Foundation's basic plan (code flow), by their names.
import { equal, must } from '../lib/tap.mjs';
import { random, s256 } from '../lib/party.mjs';

export const plan = 'oidcc-basic-certification-test-plan';

const CITIZEN = 'congdan';
const SHAPES = {
  // OpenID Connect Core 5.1
  name: 'string',
  family_name: 'string',
  given_name: 'string',
  middle_name: 'string',
  nickname: 'string',
  preferred_username: 'string',
  profile: 'string',
  picture: 'string',
  website: 'string',
  gender: 'string',
  birthdate: 'string',
  zoneinfo: 'string',
  locale: 'string',
  updated_at: 'number',
  email: 'string',
  email_verified: 'boolean',
  phone_number: 'string',
  phone_number_verified: 'boolean',
  address: 'object',
};
const OF_SCOPE = {
  profile: [
    'name',
    'family_name',
    'given_name',
    'middle_name',
    'nickname',
    'preferred_username',
    'profile',
    'picture',
    'website',
    'gender',
    'birthdate',
    'zoneinfo',
    'locale',
    'updated_at',
  ],
  email: ['email', 'email_verified'],
  address: ['address'],
  phone: ['phone_number', 'phone_number_verified'],
};

// A scope of the standard for what the province does not hold: announced nowhere, granted never, and no failure.
async function notHeld(op, scope, claim) {
  equal(Object.keys(await claimsFor(op, [scope])).join(), 'sub', 'claims of userinfo');
  must(!op.metadata.scopes_supported.includes(scope), `${scope} is announced as a scope`);
  must(!op.metadata.claims_supported.includes(claim), `${claim} is announced as a claim`);
  const { tokens } = await op.party('basic').signedIn(await op.browserOf(CITIZEN), { scope: `openid ${scope}` });
  equal(tokens.scope, 'openid', 'scope that was granted');
}

// Signs the citizen in with these scopes; gives what userinfo says beside `sub`, after looking at every claim's shape.
async function claimsFor(op, scopes) {
  const party = op.party('basic');
  const { tokens, idToken } = await party.signedIn(await op.browserOf(CITIZEN), { scope: ['openid', ...scopes].join(' ') });
  const { status, json } = await party.userinfo(tokens.access_token);
  equal(status, 200, 'status of userinfo');
  equal(json.sub, idToken.sub, 'sub of userinfo');
  const allowed = new Set(scopes.flatMap((scope) => OF_SCOPE[scope]));
  for (const [name, value] of Object.entries(json)) {
    if (name === 'sub') continue;
    must(allowed.has(name), `userinfo tells ${name}, which no scope asked for`);
    equal(typeof value, SHAPES[name], `type of ${name}`);
  }
  for (const name of Object.keys(SHAPES)) must(!(name in idToken), `the ID token tells ${name} although userinfo is there to ask`);
  return json;
}

async function refusedWithoutRedirect(op, request, how) {
  const { page, answer } = await op.party('basic').authorize(await op.browserOf(CITIZEN), request, how);
  must(page, `the provider sent the browser away with ${JSON.stringify(answer)}`);
  must(page.status >= 400, `the page that refuses has status ${page.status}`);
  return page;
}

const succeedsWith = (more, how) => async (op) => {
  await op.party('basic').signedIn(await op.browserOf(CITIZEN), more, how);
};

async function reused(op, wait) {
  const party = op.party('basic');
  const { answer, tokens } = await party.signedIn(await op.browserOf(CITIZEN), {});
  op.clock.pass(wait);
  const again = await party.exchange(answer.code);
  equal(again.status, 400, 'status of the second exchange');
  equal(again.json.error, 'invalid_grant', 'error of the second exchange');
  equal((await party.userinfo(tokens.access_token)).status, 401, 'status of userinfo with the first token afterwards');
}

// A request object is refused by name, or its parameters are followed to the letter; never half.
async function rejectedAsUnsupported(op, parameter, value, error, metadata) {
  equal(op.metadata[metadata], false, `${metadata} in the metadata`);
  const party = op.party('basic');
  const request = party.request({ [parameter]: value });
  const { answer, page } = await party.authorize(await op.browserOf(CITIZEN), request);
  must(answer, `no answer to the app: ${page?.text.slice(0, 200)}`);
  equal(answer.error, error, 'error');
  equal(answer.state, request.state, 'state');
  must(!answer.code, 'a code came with the refusal');
}

const unsigned = (claims) =>
  `${[{ alg: 'none' }, claims].map((part) => Buffer.from(JSON.stringify(part)).toString('base64url')).join('.')}.`;

export const modules = {
  'oidcc-server': [
    'a code flow ends with a signed ID token that names issuer, audience, subject, nonce and times',
    async (op) => {
      const party = op.party('basic');
      const { request, tokens, idToken } = await party.signedIn(await op.browserOf(CITIZEN), {});
      equal(tokens.token_type.toLowerCase(), 'bearer', 'token_type');
      must(tokens.expires_in > 0, 'expires_in is missing');
      equal(idToken.nonce, request.nonce, 'nonce');
      equal([idToken.aud].flat().join(' '), party.id, 'aud');
      must(idToken.sub.length > 0 && idToken.sub.length <= 255, 'sub is empty or longer than 255');
      must(Math.abs(idToken.iat - op.clock.seconds) < 10, 'iat is not now');
      must(idToken.exp > idToken.iat, 'exp is not after iat');
      if (idToken.at_hash)
        equal(idToken.at_hash, Buffer.from(s256(tokens.access_token), 'base64url').subarray(0, 16).toString('base64url'), 'at_hash');
    },
  ],

  'oidcc-response-type-missing': [
    'a request without response_type is refused by name',
    async (op) => {
      const party = op.party('basic');
      const request = party.request({ response_type: undefined });
      const { answer, page } = await party.authorize(await op.browserOf(CITIZEN), request);
      if (page) return must(page.status >= 400, `the page has status ${page.status}`);
      must(['invalid_request', 'unsupported_response_type'].includes(answer.error), `error is ${answer.error}`);
      return equal(answer.state, request.state, 'state');
    },
  ],

  'oidcc-idtoken-signature': [
    'the ID token is signed by a key that the provider publishes under its kid',
    async (op) => {
      const { idToken } = await op.party('rs256').signedIn(await op.browserOf(CITIZEN), {});
      equal(idToken.header.alg, 'RS256', 'alg of a client that registered RS256');
      const { json } = await op.get(op.metadata.jwks_uri);
      const keys = json.keys.filter((key) => key.kid === idToken.header.kid);
      equal(keys.length, 1, 'published keys of that kid');
      for (const key of json.keys) must(!('d' in key) && !('p' in key), 'a private part is published');
    },
  ],

  'oidcc-idtoken-unsigned': [
    'ID tokens without a signature are neither offered nor given',
    async (op) => {
      must(!op.metadata.id_token_signing_alg_values_supported.includes('none'), 'none is offered');
      const { idToken } = await op.party('basic').signedIn(await op.browserOf(CITIZEN), {});
      must(idToken.header.alg !== 'none', 'an ID token came with alg none');
    },
  ],

  'oidcc-userinfo-get': [
    'userinfo answers GET with the token in the Authorization header',
    async (op) => {
      const party = op.party('basic');
      const { tokens, idToken } = await party.signedIn(await op.browserOf(CITIZEN), {});
      const { status, json, type } = await party.userinfo(tokens.access_token);
      equal(status, 200, 'status');
      must(type.startsWith('application/json'), `type is ${type}`);
      equal(json.sub, idToken.sub, 'sub');
    },
  ],

  'oidcc-userinfo-post-header': [
    'userinfo answers POST with the token in the Authorization header',
    async (op) => {
      const { tokens, idToken } = await op.party('basic').signedIn(await op.browserOf(CITIZEN), {});
      const { status, json } = await op.post(op.metadata.userinfo_endpoint, {}, { authorization: `Bearer ${tokens.access_token}` });
      equal(status, 200, 'status');
      equal(json.sub, idToken.sub, 'sub');
    },
  ],

  'oidcc-userinfo-post-body': [
    'userinfo answers POST with the token as a field of the form',
    async (op) => {
      const { tokens, idToken } = await op.party('basic').signedIn(await op.browserOf(CITIZEN), {});
      const { status, json } = await op.post(op.metadata.userinfo_endpoint, { access_token: tokens.access_token });
      equal(status, 200, 'status');
      equal(json.sub, idToken.sub, 'sub');
    },
  ],

  'oidcc-ensure-request-without-nonce-succeeds-for-code-flow': [
    'without a nonce the flow works and the ID token has none',
    async (op) => {
      const { idToken } = await op.party('basic').signedIn(await op.browserOf(CITIZEN), { nonce: undefined });
      must(!('nonce' in idToken), 'a nonce that nobody sent');
    },
  ],

  'oidcc-scope-profile': [
    'scope profile opens the name and nothing of the other scopes',
    async (op) => {
      equal((await claimsFor(op, ['profile'])).name, 'Nguyễn Văn Demo', 'name');
    },
  ],
  'oidcc-scope-email': [
    'scope email does not disturb; no mailbox is held, so none is announced or granted',
    (op) => notHeld(op, 'email', 'email'),
  ],
  'oidcc-scope-address': ['scope address opens at most the address', (op) => claimsFor(op, ['address'])],
  'oidcc-scope-phone': [
    'scope phone does not disturb; no telephone is held, so none is announced or granted',
    (op) => notHeld(op, 'phone', 'phone_number'),
  ],
  'oidcc-scope-all': [
    'all scopes together open what each of them opens',
    async (op) => {
      equal((await claimsFor(op, ['profile', 'email', 'address', 'phone'])).name, 'Nguyễn Văn Demo', 'name');
    },
  ],

  'oidcc-alternate-happy-flow': [
    'the second registered redirect address works as the first does',
    async (op) => {
      const party = op.party('basic');
      const second = party.client.redirect_uris[1];
      const request = party.request({ redirect_uri: second });
      const { left, answer } = await party.authorize(await op.browserOf(CITIZEN), request);
      equal(left.origin + left.pathname, second, 'where the browser was sent');
      const { status } = await party.exchange(answer.code, { fields: { redirect_uri: second } });
      equal(status, 200, 'status of the token endpoint');
    },
  ],

  'oidcc-display-page': ['display=page changes nothing', succeedsWith({ display: 'page' })],
  'oidcc-display-popup': [
    'display=popup succeeds, and the page that signs in has no menu that leads out of the window',
    async (op) => {
      await succeedsWith({ display: 'popup' })(op);
      const party = op.party('basic'),
        plain = await op.browser().go(party.address(party.request())),
        popup = await op.browser().go(party.address(party.request({ display: 'popup' })));
      must(/Về đầu trang/.test(plain.page.text), 'the whole frame is missing on a page');
      must(!/Về đầu trang/.test(popup.page.text), 'the popup has the whole frame');
    },
  ],

  'oidcc-prompt-login': [
    'prompt=login asks a signed-in person again, and auth_time moves',
    async (op) => {
      const party = op.party('basic'),
        browser = await op.freshBrowserOf(CITIZEN);
      const first = await party.signedIn(browser, { max_age: '10000' });
      op.clock.pass(3);
      const second = await party.signedIn(browser, { prompt: 'login' });
      must(second.steps.includes('sign-in'), 'nobody was asked to sign in');
      must(second.idToken.auth_time > first.idToken.auth_time, 'auth_time did not move');
      equal(second.idToken.sub, first.idToken.sub, 'sub');
    },
  ],

  'oidcc-prompt-none-not-logged-in': [
    'prompt=none without a session comes back with login_required and shows nothing',
    async (op) => {
      const party = op.party('basic'),
        request = party.request({ prompt: 'none' });
      const { answer, steps, page } = await party.authorize(op.browser(), request);
      must(answer, `a page was shown: ${page?.text.slice(0, 200)}`);
      equal(steps.length, 0, 'pages shown');
      equal(answer.error, 'login_required', 'error');
      equal(answer.state, request.state, 'state');
    },
  ],

  'oidcc-prompt-none-logged-in': [
    'prompt=none with a session and consent answers at once',
    async (op) => {
      const party = op.party('basic'),
        browser = await op.browserOf(CITIZEN);
      const first = await party.signedIn(browser, {});
      const second = await party.signedIn(browser, { prompt: 'none' });
      equal(second.steps.length, 0, 'pages shown');
      equal(second.idToken.sub, first.idToken.sub, 'sub');
    },
  ],

  'oidcc-max-age-1': [
    'max_age=1 asks again once a second has passed; the ID token tells when',
    async (op) => {
      const party = op.party('basic'),
        browser = await op.freshBrowserOf(CITIZEN);
      const first = await party.signedIn(browser, { max_age: '10000' });
      op.clock.pass(3);
      const second = await party.signedIn(browser, { max_age: '1' });
      must(second.steps.includes('sign-in'), 'nobody was asked to sign in');
      must(op.clock.seconds - second.idToken.auth_time < 5, 'auth_time is not the new sign-in');
      must(second.idToken.auth_time > first.idToken.auth_time, 'auth_time did not move');
    },
  ],

  'oidcc-max-age-10000': [
    'max_age=10000 keeps the session; auth_time stays and is told',
    async (op) => {
      const party = op.party('basic'),
        browser = await op.freshBrowserOf(CITIZEN);
      const first = await party.signedIn(browser, { max_age: '10000' });
      op.clock.pass(3);
      const second = await party.signedIn(browser, { max_age: '10000' });
      must(!second.steps.includes('sign-in'), 'somebody was asked to sign in');
      must(Number.isInteger(first.idToken.auth_time), 'auth_time is missing');
      equal(second.idToken.auth_time, first.idToken.auth_time, 'auth_time');
    },
  ],

  'oidcc-ensure-request-with-unknown-parameter-succeeds': ['an unknown parameter is ignored', succeedsWith({ extra: 'foobar' })],

  'oidcc-id-token-hint': [
    'prompt=none with an ID token of the signed-in person as a hint answers for that person',
    async (op) => {
      const party = op.party('basic'),
        browser = await op.browserOf(CITIZEN);
      const first = await party.signedIn(browser, {});
      const second = await party.signedIn(browser, { prompt: 'none', id_token_hint: first.tokens.id_token });
      equal(second.idToken.sub, first.idToken.sub, 'sub');
    },
  ],

  'oidcc-login-hint': [
    'login_hint is typed in for the person, known here or not',
    async (op) => {
      await succeedsWith({ login_hint: 'congdan' })(op);
      const party = op.party('basic');
      for (const hint of ['congdan', 'khong-ai-ca']) {
        const { page } = await op.browser().go(party.address(party.request({ login_hint: hint })));
        must(page.forms.some((form) => form.fields.get('login') === hint), `${hint} is not typed in`);
      }
    },
  ],
  'oidcc-ui-locales': [
    'ui_locales chooses the language of the page that signs in',
    async (op) => {
      await succeedsWith({ ui_locales: 'se vi en' })(op);
      const party = op.party('basic'),
        { page } = await op.browser().go(party.address(party.request({ ui_locales: 'se en vi' })));
      must(/Sign in/.test(page.text), page.text.slice(0, 200));
    },
  ],
  'oidcc-claims-locales': ['claims_locales does not disturb', succeedsWith({ claims_locales: 'se' })],
  'oidcc-ensure-request-with-acr-values-succeeds': [
    'acr_values is a wish: the flow succeeds and acr, when told, is a text',
    async (op) => {
      const { idToken } = await op.party('basic').signedIn(await op.browserOf(CITIZEN), { acr_values: '1 2' });
      if ('acr' in idToken) equal(typeof idToken.acr, 'string', 'type of acr');
    },
  ],

  'oidcc-codereuse': ['a code works once; the second time ends what the first one gave', (op) => reused(op, 0)],
  'oidcc-codereuse-30seconds': ['and so it is half a minute later', (op) => reused(op, 30)],

  'oidcc-ensure-registered-redirect-uri': [
    'a redirect address that is not registered gets a page, and no redirect',
    async (op) => {
      const request = op.party('basic').request({ redirect_uri: 'https://so-tay.example/khac' });
      await refusedWithoutRedirect(op, request);
    },
  ],

  'oidcc-ensure-post-request-succeeds': ['the authorization endpoint takes POST', succeedsWith({}, { post: true })],

  'oidcc-server-client-secret-post': [
    'a client that registered client_secret_post proves itself in the form',
    async (op) => {
      await op.party('post').signedIn(await op.browserOf(CITIZEN), {});
    },
  ],

  'oidcc-request-uri-unsigned-supported-correctly-or-rejected-as-unsupported': [
    'request_uri of elsewhere is refused by name',
    (op) =>
      rejectedAsUnsupported(
        op,
        'request_uri',
        'https://so-tay.example/request.jwt',
        'request_uri_not_supported',
        'request_uri_parameter_supported',
      ),
  ],

  'oidcc-unsigned-request-object-supported-correctly-or-rejected-as-unsupported': [
    'a request object is refused by name',
    (op) =>
      rejectedAsUnsupported(
        op,
        'request',
        unsigned({ client_id: op.party('basic').id, scope: 'openid' }),
        'request_not_supported',
        'request_parameter_supported',
      ),
  ],

  'oidcc-claims-essential': [
    'name as an essential claim of userinfo is there',
    async (op) => {
      const party = op.party('basic');
      const { tokens } = await party.signedIn(await op.browserOf(CITIZEN), {
        claims: JSON.stringify({ userinfo: { name: { essential: true } } }),
      });
      equal((await party.userinfo(tokens.access_token)).json.name, 'Nguyễn Văn Demo', 'name');
    },
  ],

  'oidcc-ensure-request-object-with-redirect-uri': [
    'a redirect address inside a request object is not followed',
    async (op) => {
      const party = op.party('basic'),
        elsewhere = 'https://so-tay.example/khac';
      const request = party.request({ request: unsigned({ client_id: party.id, redirect_uri: elsewhere }) });
      const { left, page } = await party.authorize(await op.browserOf(CITIZEN), request);
      if (page) return must(page.status >= 400, `status ${page.status}`);
      equal(left.origin + left.pathname, party.redirect, 'where the browser was sent');
      return equal(left.searchParams.get('error'), 'request_not_supported', 'error');
    },
  ],

  'oidcc-refresh-token': [
    'a refresh token gives a new access token and an ID token of the same person',
    async (op) => {
      const party = op.party('basic'),
        browser = await op.browserOf(CITIZEN);
      const { tokens, idToken } = await party.signedIn(browser, { scope: 'openid offline_access', prompt: 'consent' });
      must(tokens.refresh_token, 'no refresh token');
      const { status, json } = await party.refresh(tokens.refresh_token);
      equal(status, 200, 'status');
      must(json.access_token !== tokens.access_token, 'the access token is the old one');
      if (json.id_token) {
        const renewed = await op.verified(json.id_token, { audience: party.id });
        equal(renewed.sub, idToken.sub, 'sub');
        equal(renewed.auth_time, idToken.auth_time, 'auth_time');
      }
      equal((await party.userinfo(json.access_token)).status, 200, 'status of userinfo with the new token');
      const other = await op.party('post').refresh(json.refresh_token ?? tokens.refresh_token);
      equal(other.json.error, 'invalid_grant', 'error for another client');
    },
  ],

  'oidcc-ensure-request-with-valid-pkce-succeeds': [
    'a code with an S256 challenge is redeemed by its verifier',
    async (op) => {
      const verifier = random(32);
      await op
        .party('basic')
        .signedIn(await op.browserOf(CITIZEN), { code_challenge: s256(verifier), code_challenge_method: 'S256' }, { verifier });
    },
  ],
};
