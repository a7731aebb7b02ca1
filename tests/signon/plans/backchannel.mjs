// The provider tells apps that a session has ended (Back-Channel Logout 1.0), by the names of the Foundation's modules.
import { equal, must } from '../lib/tap.mjs';
import { signOut } from './logout.mjs';

export const plan = 'oidcc-backchannel-rp-initiated-logout-certification-test-plan';

const EVENT = 'http://schemas.openid.net/event/backchannel-logout';

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
};
