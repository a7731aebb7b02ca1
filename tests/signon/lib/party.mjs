// A relying party: what an app does to sign its users in. Nothing here checks; the tests do.
import './webcrypto.mjs';
import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { SignJWT, calculateJwkThumbprint, exportJWK, generateKeyPair, importJWK } from 'jose';
import { must } from './tap.mjs';

export const random = (bytes = 24) => randomBytes(bytes).toString('base64url');
export const s256 = (text) => createHash('sha256').update(text).digest('base64url');

// A key of a client, or of a DPoP proof.
export class Key {
  static async make(alg = 'ES256') {
    const pair = await generateKeyPair(alg, { extractable: true });
    const jwk = await exportJWK(pair.publicKey);
    return Object.assign(new Key(), { alg, secret: pair.privateKey, jwk, thumbprint: await calculateJwkThumbprint(jwk) });
  }

  static async of(privateJwk) {
    const { d, p, q, dp, dq, qi, ...jwk } = privateJwk;
    const thumbprint = await calculateJwkThumbprint(jwk);
    return Object.assign(new Key(), { alg: privateJwk.alg, secret: await importJWK(privateJwk, privateJwk.alg), jwk, thumbprint });
  }
}

// RFC 9449: a proof that we hold the key. `claims` and `header` put something else in its place; undefined leaves it out.
export async function dpopProof(key, { op, method, url, token, claims = {}, header = {}, signWith = key }) {
  const payload = {
    jti: randomUUID(), htm: method, htu: url, iat: op.clock.seconds, ...(token ? { ath: s256(token) } : {}), ...claims,
  };
  const { kid, alg, use, ...jwk } = key.jwk;
  return new SignJWT(payload).setProtectedHeader({ typ: 'dpop+jwt', alg: key.alg, jwk, ...header }).sign(signWith.secret);
}

export class Party {
  constructor(op, client) {
    Object.assign(this, { op, client, id: client.client_id, redirect: client.redirect_uris?.[0] });
  }

  // ---- the browser's way ----

  // What a request carries; `more` adds or replaces, undefined takes away.
  request(more = {}) {
    const all = {
      client_id: this.id, redirect_uri: this.redirect, response_type: 'code', scope: 'openid', state: random(), nonce: random(), ...more,
    };
    return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined));
  }

  address(request) {
    return `${this.op.metadata.authorization_endpoint}?${new URLSearchParams(request)}`;
  }

  // Goes with a browser to the provider and through whatever it asks, as the person `login`; says yes or no to the consent page.
  // Gives { answer } with what came back to the app, or { page } where the provider kept the browser.
  async authorize(browser, request, { login = 'congdan', agree = true, post = false } = {}) {
    const endpoint = this.op.metadata.authorization_endpoint;
    let at = post ? await browser.go(endpoint, { method: 'POST', body: new URLSearchParams(request) })
      : await browser.go(this.address(request));
    const steps = [];
    for (let i = 0; i < 4 && at.page; i++) {
      const asked = askedBy(at.page);
      if (!asked) break;
      steps.push(asked);
      at = asked === 'sign-in' ? await this.op.signIn(browser, at.page, login) : await decide(browser, at.page, agree);
    }
    if (at.page) return { page: at.page, steps };
    return { left: at.left, answer: Object.fromEntries(at.left.searchParams), status: at.status, steps };
  }

  // ---- the app's own way ----

  // Form fields and headers by which this client proves itself at an endpoint.
  async proof({ assertion = {}, assertionHeader = {}, assertionKey } = {}) {
    const { token_endpoint_auth_method: method, client_secret: secret } = this.client;
    if (method === 'client_secret_basic') {
      const pair = `${encodeURIComponent(this.id)}:${encodeURIComponent(secret)}`;
      return { headers: { authorization: `Basic ${Buffer.from(pair).toString('base64')}` }, fields: {} };
    }
    if (method === 'client_secret_post') return { headers: {}, fields: { client_id: this.id, client_secret: secret } };
    if (method === 'private_key_jwt') return { headers: {}, fields: await this.assertion(assertion, assertionHeader, assertionKey) };
    return { headers: {}, fields: { client_id: this.id } };
  }

  async assertion(claims = {}, header = {}, key = this.client.key) {
    const now = this.op.clock.seconds;
    const payload = { iss: this.id, sub: this.id, aud: this.op.issuer, jti: random(), iat: now, exp: now + 60, ...claims };
    const jwt = await new SignJWT(payload).setProtectedHeader({ alg: key.alg, kid: key.jwk.kid, ...header }).sign(key.secret);
    return { client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer', client_assertion: jwt, client_id: this.id };
  }

  // POST to an endpoint of ours, proven; `how` may change the proof, the fields (undefined: left out) and the headers.
  async post(endpoint, fields, how = {}) {
    const url = this.op.metadata[endpoint];
    const { headers, fields: mine } = await this.proof(how);
    const dpop = how.dpop ? { dpop: await dpopProof(how.dpop, { op: this.op, method: 'POST', url, ...how.dpopHow }) } : {};
    const all = Object.entries({ ...mine, ...fields, ...how.fields }).filter(([, value]) => value !== undefined);
    return this.op.post(url, new URLSearchParams(all), { ...headers, ...dpop, ...how.headers });
  }

  push(request, how) {
    return this.post('pushed_authorization_request_endpoint', request, how);
  }

  exchange(code, how = {}) {
    const { verifier } = how;
    return this.post('token_endpoint', {
      grant_type: 'authorization_code', code, redirect_uri: this.redirect, ...(verifier ? { code_verifier: verifier } : {}),
    }, how);
  }

  refresh(token, how = {}) {
    return this.post('token_endpoint', { grant_type: 'refresh_token', refresh_token: token }, how);
  }

  introspect(token, how) {
    return this.post('introspection_endpoint', { token }, how);
  }

  revoke(token, how) {
    return this.post('revocation_endpoint', { token }, how);
  }

  userinfo(token, { dpop, dpopHow = {}, scheme = dpop ? 'DPoP' : 'Bearer', proofFor = token } = {}) {
    const url = this.op.metadata.userinfo_endpoint;
    const proof = dpop ? dpopProof(dpop, { op: this.op, method: 'GET', url, token: proofFor, ...dpopHow }) : null;
    return Promise.resolve(proof).then((made) =>
      this.op.get(url, { authorization: `${scheme} ${token}`, ...(made ? { dpop: made } : {}) }));
  }

  // The whole plain flow: tokens and what they say.
  async signedIn(browser, more = {}, how = {}) {
    const request = this.request(more);
    const { answer, page, steps } = await this.authorize(browser, request, how);
    must(answer?.code, `no code: ${answer ? JSON.stringify(answer) : page.text.slice(0, 300)}`);
    must(answer.state === request.state, 'the answer carries another state');
    must(answer.iss === this.op.issuer, `iss of the answer is ${answer.iss}`);
    const { status, json, text } = await this.exchange(answer.code, how);
    must(status === 200, `the token endpoint answers ${status}: ${text.slice(0, 300)}`);
    const idToken = json.id_token ? await this.op.verified(json.id_token, { audience: this.id }) : null;
    return { request, answer, steps, tokens: json, idToken };
  }
}

// What a page of the provider wants: 'sign-in', 'consent', or nothing that we know.
export function askedBy(page) {
  if (page.status === 200 && page.forms.some((form) => form.fields.has('login') && form.fields.get('login') === '')) return 'sign-in';
  if (page.status === 200 && page.forms.some(isConsent)) return 'consent';
  return null;
}

const isConsent = (form) => form.buttons.some((button) => /đồng ý/i.test(button.label));

async function decide(browser, page, agree) {
  const word = agree ? /^đồng ý/i : /từ chối|không đồng ý/i;
  for (const form of page.forms) {
    const button = form.buttons.find((one) => word.test(one.label));
    if (button) return browser.submit(form, {}, button);
  }
  throw new Error(`the consent page has no button ${word}`);
}
