// The provider under test, as whoever trusts it knows it: an address, its metadata, its keys; and the people who sign in there.
import './webcrypto.mjs';
import { createRemoteJWKSet, jwtVerify } from 'jose';
import { Browser } from './browser.mjs';
import { must } from './tap.mjs';

export class Provider {
  constructor(issuer, clock) {
    Object.assign(this, { issuer, clock, signedIn: new Map() });
  }

  async discover() {
    const response = await fetch(`${this.issuer}/.well-known/openid-configuration`);
    must(response.status === 200, `discovery answers ${response.status}`);
    this.metadata = await response.json();
    this.discovery = response;
    this.keys = createRemoteJWKSet(new URL(this.metadata.jwks_uri));
  }

  // Payload and header of a token that this provider signed for an audience; throws what jose finds wrong.
  async verified(token, { audience, typ, algorithms = ['ES256', 'RS256', 'PS256', 'EdDSA'] } = {}) {
    const { payload, protectedHeader } = await jwtVerify(token, this.keys, {
      issuer: this.issuer, audience, typ, algorithms, currentDate: this.clock.date, clockTolerance: 5,
    });
    return { ...payload, header: protectedHeader };
  }

  browser() {
    return new Browser(this.issuer);
  }

  // A browser in which somebody has signed in; one for all tests that do not mind.
  async browserOf(login) {
    if (!this.signedIn.has(login)) {
      const browser = this.browser();
      const { page } = await browser.go(`${this.issuer}/sign-in`);
      await this.signIn(browser, page, login);
      this.signedIn.set(login, browser);
    }
    return this.signedIn.get(login);
  }

  async freshBrowserOf(login) {
    this.signedIn.delete(login);
    const browser = await this.browserOf(login);
    this.signedIn.delete(login);
    return browser;
  }

  // The sign-in page lists the people of a synthetic province with their passwords; we type one into the form above them.
  async signIn(browser, page, login) {
    const form = page.forms.find((one) => one.fields.has('login') && one.fields.get('login') === '');
    if (!this.passwords) await this.readPasswords();
    must(form, `no form to sign in: ${page.text.slice(0, 200)}`);
    must(this.passwords.has(login), `${login} is not listed`);
    return browser.submit(form, { login, password: this.passwords.get(login) });
  }

  async readPasswords() {
    const { page } = await this.browser().go(`${this.issuer}/sign-in`);
    const listed = page.forms.filter((one) => one.fields.get('login') && one.fields.get('password'));
    this.passwords = new Map(listed.map((one) => [one.fields.get('login'), one.fields.get('password')]));
  }

  async post(url, fields, headers = {}) {
    const body = fields instanceof URLSearchParams || typeof fields === 'string' ? fields : new URLSearchParams(fields);
    const type = typeof fields === 'string' ? { 'content-type': 'application/x-www-form-urlencoded' } : {};
    return answerOf(await fetch(url, { method: 'POST', body, headers: { ...type, ...headers }, redirect: 'manual' }));
  }

  async get(url, headers = {}) {
    return answerOf(await fetch(url, { headers, redirect: 'manual' }));
  }
}

async function answerOf(response) {
  const text = await response.text();
  let json = null;
  try {
    json = JSON.parse(text);
  } catch { /* it is no JSON, or a JWT */ }
  return { status: response.status, headers: response.headers, type: response.headers.get('content-type') ?? '', text, json };
}
