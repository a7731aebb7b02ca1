// A client library that others wrote (npm openid-client) drives the whole of it, as an app of the province would.
import '../lib/webcrypto.mjs';
import { Key } from '../lib/party.mjs';
import { equal, must } from '../lib/tap.mjs';
import { signOut, stillSignedIn } from './logout.mjs';

export const plan = 'openid-client';

export async function configured(oidc, op, { client }) {
  const keys = { key: client.key.secret, kid: client.key.jwk.kid };
  const metadata = { [oidc.clockSkew]: op.clock.ahead, [oidc.clockTolerance]: 5 };
  return oidc.discovery(new URL(op.issuer), client.client_id, metadata, oidc.PrivateKeyJwt(keys), {
    execute: [oidc.allowInsecureRequests],
  });
}

async function openAndSignIn(oidc, op, config, party, dpop) {
  const verifier = oidc.randomPKCECodeVerifier(),
    state = oidc.randomState(),
    nonce = oidc.randomNonce();
  const address = await oidc.buildAuthorizationUrlWithPAR(
    config,
    {
      redirect_uri: party.redirect,
      scope: 'openid profile offline_access',
      state,
      nonce,
      prompt: 'consent',
      code_challenge: await oidc.calculatePKCECodeChallenge(verifier),
      code_challenge_method: 'S256',
    },
    { DPoP: dpop },
  );
  const browser = await op.freshBrowserOf('congdan');
  const { left, page } = await party.authorize(browser, Object.fromEntries(address.searchParams));
  must(left, `no answer to the app: ${page?.text.slice(0, 200)}`);
  const checks = { pkceCodeVerifier: verifier, expectedState: state, expectedNonce: nonce, idTokenExpected: true };
  return { browser, tokens: await oidc.authorizationCodeGrant(config, left, checks, undefined, { DPoP: dpop }) };
}

export const modules = {
  'openid-client-par-pkce-dpop-private-key-jwt': [
    'openid-client signs in, asks userinfo, refreshes, introspects, revokes and signs out',
    async (op) => {
      const oidc = await import('openid-client');
      const party = op.party('fapi'),
        key = await Key.make();
      const config = await configured(oidc, op, party);
      const publicKey = await crypto.subtle.importKey('jwk', key.jwk, { name: 'ECDSA', namedCurve: 'P-256' }, true, ['verify']);
      const dpop = oidc.getDPoPHandle(config, { privateKey: key.secret, publicKey });
      const { browser, tokens } = await openAndSignIn(oidc, op, config, party, dpop);
      const { sub } = tokens.claims();
      equal((await oidc.fetchUserInfo(config, tokens.access_token, sub, { DPoP: dpop })).name, 'Nguyễn Văn Demo', 'name');

      const renewed = await oidc.refreshTokenGrant(config, tokens.refresh_token, undefined, { DPoP: dpop });
      must(renewed.access_token !== tokens.access_token, 'the access token is the old one');
      equal((await oidc.tokenIntrospection(config, renewed.access_token)).active, true, 'active');
      await oidc.tokenRevocation(config, renewed.access_token);
      equal((await oidc.tokenIntrospection(config, renewed.access_token)).active, false, 'active after revocation');

      const end = oidc.buildEndSessionUrl(config, {
        id_token_hint: tokens.id_token,
        post_logout_redirect_uri: party.client.post_logout_redirect_uris[0],
      });
      const at = await signOut(op, browser, Object.fromEntries(end.searchParams));
      must(at.left, `the browser stayed: ${at.page?.text.slice(0, 200)}`);
      must(!(await stillSignedIn(op, browser)), 'the session lives on');
    },
  ],
};
