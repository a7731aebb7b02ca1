// Signing out at an app's wish (RP-Initiated Logout 1.0), by the names of the Foundation's modules.
import { equal, must } from '../lib/tap.mjs';
import { random } from '../lib/party.mjs';

export const plan = 'oidcc-rp-initiated-logout-certification-test-plan';

// Somebody signed in through the app, and the addresses of both.
async function begin(op) {
  const party = op.party('basic'),
    browser = await op.freshBrowserOf('congdan');
  const { tokens } = await party.signedIn(browser, {});
  return { party, browser, hint: tokens.id_token, back: party.client.post_logout_redirect_uris[0] };
}

// Opens the end of the session; presses its button when the provider asks first. Gives { left } or { page }.
export async function signOut(op, browser, params) {
  const at = await browser.go(`${op.metadata.end_session_endpoint}?${new URLSearchParams(params)}`);
  const form = at.page?.forms.find((one) => one.action.startsWith(`${op.issuer}/oauth2/`));
  if (!form || at.page.status !== 200) return { ...at, asked: false };
  const button = form.buttons.find((one) => /đăng xuất/i.test(one.label)) ?? form.buttons[0];
  return { ...(await browser.submit(form, {}, button)), asked: true };
}

// Whether the browser still has a session: asked by prompt=none.
export async function stillSignedIn(op, browser) {
  const { answer } = await op.party('basic').authorize(browser, op.party('basic').request({ prompt: 'none' }));
  return !answer?.error;
}

async function endsOnAPage(op, browser, at) {
  must(!at.left, `the browser was sent to ${at.left}`);
  equal(at.page.status, 200, 'status of the page');
  must(!(await stillSignedIn(op, browser)), 'the session lives on');
}

// A hint or an address that is not right: the browser stays on a page of ours, and nothing goes to the app.
async function staysWithUs(at) {
  must(!at.left, `the browser was sent to ${at.left}`);
  must(at.page.status >= 400, `status of the page is ${at.page.status}`);
}

async function goesBack(op, browser, at, address, state) {
  must(at.left, `the browser stayed: ${at.page?.text.slice(0, 200)}`);
  equal(at.left.origin + at.left.pathname, address, 'where the browser was sent');
  equal(at.left.searchParams.get('state'), state, 'state');
  must(!(await stillSignedIn(op, browser)), 'the session lives on');
}

const name = (rest) => `oidcc-rp-initiated-logout${rest}`;

export const modules = {
  [name('-discovery-endpoint-verification')]: [
    'the metadata names the end of the session',
    async (op) => {
      must(op.metadata.end_session_endpoint?.startsWith(`${op.issuer}/`), `it is ${op.metadata.end_session_endpoint}`);
    },
  ],

  [name('')]: [
    'with a hint, a registered address and a state the browser comes back with that state, signed out',
    async (op) => {
      const { browser, hint, back } = await begin(op),
        state = random();
      await goesBack(op, browser, await signOut(op, browser, { id_token_hint: hint, post_logout_redirect_uri: back, state }), back, state);
    },
  ],

  [name('-bad-post-logout-redirect-uri')]: [
    'an address that is not registered is not followed',
    async (op) => {
      const { browser, hint } = await begin(op);
      await staysWithUs(
        await signOut(op, browser, { id_token_hint: hint, post_logout_redirect_uri: 'https://la.example/ra', state: random() }),
      );
    },
  ],

  [name('-modified-id-token-hint')]: [
    'a hint whose signature is broken is refused',
    async (op) => {
      const { browser, hint, back } = await begin(op);
      const [head, , sig] = hint.split('.');
      const payload = JSON.parse(Buffer.from(hint.split('.')[1], 'base64url'));
      const other = Buffer.from(JSON.stringify({ ...payload, sub: 'khac' })).toString('base64url');
      await staysWithUs(
        await signOut(op, browser, { id_token_hint: [head, other, sig].join('.'), post_logout_redirect_uri: back, state: random() }),
      );
    },
  ],

  [name('-bad-id-token-hint')]: [
    'a hint that is no ID token of ours is refused',
    async (op) => {
      const { browser, back, party } = await begin(op);
      const stranger = await op.strangersIdToken({ iss: op.issuer, aud: party.id, sub: 'ai-do' });
      await staysWithUs(await signOut(op, browser, { id_token_hint: stranger, post_logout_redirect_uri: back, state: random() }));
    },
  ],

  [name('-no-id-token-hint')]: [
    'without a hint the person is asked, and stays with us unless the app names itself',
    async (op) => {
      const { browser, back } = await begin(op);
      const at = await signOut(op, browser, { post_logout_redirect_uri: back, state: random() });
      must(at.asked || at.page?.status >= 400, 'nobody was asked');
      must(!at.left, `the browser was sent to ${at.left} for an app that did not name itself`);
    },
  ],

  [name('-no-params')]: [
    'without any parameter the person is asked and then signed out',
    async (op) => {
      const { browser } = await begin(op);
      const at = await signOut(op, browser, {});
      must(at.asked, 'nobody was asked');
      await endsOnAPage(op, browser, at);
    },
  ],

  [name('-no-post-logout-redirect-uri')]: [
    'with a hint alone the session ends on a page of ours',
    async (op) => {
      const { browser, hint } = await begin(op);
      await endsOnAPage(op, browser, await signOut(op, browser, { id_token_hint: hint, state: random() }));
    },
  ],

  [name('-no-state')]: [
    'without a state none comes back',
    async (op) => {
      const { browser, hint, back } = await begin(op);
      await goesBack(op, browser, await signOut(op, browser, { id_token_hint: hint, post_logout_redirect_uri: back }), back, null);
    },
  ],

  [name('-only-state')]: [
    'with a state alone the person is asked and then signed out',
    async (op) => {
      const { browser } = await begin(op);
      const at = await signOut(op, browser, { state: random() });
      must(at.asked, 'nobody was asked');
      await endsOnAPage(op, browser, at);
    },
  ],

  [name('-query-added-to-post-logout-redirect-uri')]: [
    'a registered address with a query added is another address',
    async (op) => {
      const { browser, hint, back } = await begin(op);
      await staysWithUs(await signOut(op, browser, { id_token_hint: hint, post_logout_redirect_uri: `${back}?foo=bar`, state: random() }));
    },
  ],
};
