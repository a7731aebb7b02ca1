// The provider tells apps that a session has ended (Back-Channel Logout 1.0), by the names of the Foundation's modules.
import { decodeJwt, decodeProtectedHeader } from 'jose';
import { equal, must } from '../lib/tap.mjs';
import { signOut } from './logout.mjs';

export const plan = 'oidcc-backchannel-rp-initiated-logout-certification-test-plan';

const EVENT = 'http://schemas.openid.net/event/backchannel-logout';

// The logout token that the app gets when a session of its person ends.
async function loggedOut(op, party) {
  const browser = await op.freshBrowserOf('congdan');
  const { tokens } = await party.signedIn(browser, {});
  const told = op.logoutListener.next();
  await signOut(op, browser, { id_token_hint: tokens.id_token });
  return (await told).form.get('logout_token');
}

async function refusedByJose(verifying) {
  const taken = await verifying.then(
    () => true,
    () => false,
  );
  must(!taken, 'jose takes it');
}

export const modules = {
  'oidcc-backchannel-logout-discovery-endpoint-verification': [
    'the metadata offers the back channel, with session ids',
    async (op) => {
      equal(op.metadata.backchannel_logout_supported, true, 'backchannel_logout_supported');
      equal(op.metadata.backchannel_logout_session_supported, true, 'backchannel_logout_session_supported');
    },
  ],

  'oidcc-backchannel-rp-initiated-logout': [
    'when the session ends, the app is told once by a logout token signed for it',
    async (op) => {
      const party = op.party('backchannel'),
        browser = await op.freshBrowserOf('congdan');
      const { tokens, idToken } = await party.signedIn(browser, {});
      const told = op.logoutListener.next();
      await signOut(op, browser, { id_token_hint: tokens.id_token });
      const { type, form } = await told;
      must(type.startsWith('application/x-www-form-urlencoded'), `content type is ${type}`);
      equal([...form.keys()].join(' '), 'logout_token', 'fields');
      const logout = await op.verified(form.get('logout_token'), { audience: party.id, typ: 'logout+jwt' });
      equal(JSON.stringify(logout.events), JSON.stringify({ [EVENT]: {} }), 'events');
      equal(logout.sub, idToken.sub, 'sub');
      must(idToken.sid, 'the ID token has no sid');
      equal(logout.sid, idToken.sid, 'sid');
      must(!('nonce' in logout), 'a logout token may not carry a nonce');
      must(logout.jti && Number.isInteger(logout.iat) && logout.exp > logout.iat, 'jti, iat or exp is missing');
      must(logout.exp - logout.iat <= 120, 'it is good for more than two minutes');
    },
  ],

  // RP: what OpenID Connect Back-Channel Logout section 2.6 asks a receiver to check, by a library that others wrote.
  'backchannel-logout-token-read-by-an-independent-receiver': [
    'jose takes the token for this app and type, and refuses it for another app, another type and after its time',
    async (op) => {
      const party = op.party('backchannel');
      const first = await loggedOut(op, party),
        second = await loggedOut(op, party);
      const header = decodeProtectedHeader(first);
      equal(header.typ, 'logout+jwt', 'typ');
      must(header.alg !== 'none' && header.kid, 'alg or kid');
      const one = await op.verified(first, { audience: party.id, typ: 'logout+jwt' }),
        other = await op.verified(second, { audience: party.id, typ: 'logout+jwt' });
      equal(one.iss, op.issuer, 'iss');
      equal(one.aud, party.id, 'aud');
      must(one.jti !== other.jti, 'two tokens have one jti');
      must(one.sid !== other.sid, 'two sessions have one sid');
      equal(one.sub, other.sub, 'sub');
      await refusedByJose(op.verified(first, { audience: 'ung-dung-khac', typ: 'logout+jwt' }));
      await refusedByJose(op.verified(first, { audience: party.id, typ: 'JWT' }));
      op.clock.pass(200);
      await refusedByJose(op.verified(first, { audience: party.id, typ: 'logout+jwt' }));
    },
  ],

  'backchannel-receiver-that-was-away': [
    'an app that did not answer is told again, of the same session',
    async (op) => {
      const party = op.party('backchannel');
      op.logoutListener.status = 503;
      const first = await loggedOut(op, party);
      op.logoutListener.status = 200;
      const again = op.logoutListener.next();
      op.clock.pass(61);
      const second = (await again).form.get('logout_token');
      equal(decodeJwt(second).sid, decodeJwt(first).sid, 'sid');
      must(decodeJwt(second).jti !== decodeJwt(first).jti, 'the token is the old one');
    },
  ],
};
