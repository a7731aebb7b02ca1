// A small app that people sign in to through the program: authorization code with PKCE, ID token checked, userinfo, told of sign-outs.
import { createHash, createPublicKey, randomBytes, verify } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const b64 = (bytes) => Buffer.from(bytes).toString('base64url');
const json = (part) => JSON.parse(Buffer.from(part, 'base64url'));

function page(res, title, body = '') {
  res.writeHead(200, { 'content-type': 'text/html; charset=utf-8' });
  res.end(`<!doctype html><html lang="vi"><title>${title}</title><h1>${title}</h1>${body}`);
}

export class App {
  constructor() {
    Object.assign(this, { told: [], client: null, issuer: null, asked: new Map() });
  }

  async listen() {
    this.server = createServer((req, res) => this.answer(req, res).catch((error) => {
      res.writeHead(500, { 'content-type': 'text/plain; charset=utf-8' });
      res.end(error.stack);
    }));
    await new Promise((done) => this.server.listen(0, '127.0.0.1', done));
    this.port = this.server.address().port;
    this.url = `http://127.0.0.1:${this.port}`;
    return this;
  }

  // Becomes one of the province's apps: run runs a command of the program.
  async join(run) {
    const dir = mkdtempSync(join(tmpdir(), 'bon-app-'));
    writeFileSync(join(dir, 'app.json'), JSON.stringify(this.metadata()));
    this.client = JSON.parse(await run('signon', 'client-add', '--json', '--secret', '--file', join(dir, 'app.json')));
    rmSync(dir, { recursive: true });
  }

  metadata() {
    return {
      client_name: 'Hộ kinh doanh trực tuyến', 'client_name#en': 'Household business online', purpose: 'Nộp tờ khai thuế của hộ kinh doanh',
      owner: 'Sở Tài chính', legal_basis: 'Nghị định 168/2025/NĐ-CP', valid_until: '2099-12-31', scope: 'openid profile act_as',
      redirect_uris: [`${this.url}/cb`], post_logout_redirect_uris: [`${this.url}/out`], backchannel_logout_uri: `${this.url}/told`,
    };
  }

  async answer(req, res) {
    const url = new URL(req.url, this.url);
    const acts = { '/start': this.start, '/cb': this.back, '/out': this.out, '/told': this.hear };
    const act = acts[url.pathname];
    if (act) return act.call(this, url, res, req);
    return page(res, 'Ứng dụng thử', '<p><a href="/start">Đăng nhập</a></p>');
  }

  start(url, res) {
    const state = b64(randomBytes(12)), verifier = b64(randomBytes(32)), nonce = b64(randomBytes(12));
    this.asked.set(state, { verifier, nonce });
    const q = new URLSearchParams({
      client_id: this.client.client_id, redirect_uri: `${this.url}/cb`, response_type: 'code', scope: 'openid profile', state, nonce,
      code_challenge: b64(createHash('sha256').update(verifier).digest()), code_challenge_method: 'S256',
      ...Object.fromEntries(url.searchParams),
    });
    res.writeHead(302, { location: `${this.issuer}/oauth2/authorize?${q}` });
    res.end();
  }

  async back(url, res) {
    const asked = this.asked.get(url.searchParams.get('state'));
    if (url.searchParams.get('iss') !== this.issuer || !asked) throw new Error('not the answer of that provider');
    if (url.searchParams.get('error')) return page(res, `Chưa đăng nhập: ${url.searchParams.get('error')}`);
    const form = new URLSearchParams({
      grant_type: 'authorization_code', code: url.searchParams.get('code'), redirect_uri: `${this.url}/cb`, code_verifier: asked.verifier,
    });
    const basic = Buffer.from(`${this.client.client_id}:${this.client.client_secret}`).toString('base64');
    const tokens = await this.ask('/oauth2/token', { method: 'POST', body: form, headers: { authorization: `Basic ${basic}` } });
    const id = await this.read(tokens.id_token);
    if (id.nonce !== asked.nonce) throw new Error('another nonce');
    const told = await this.ask('/oauth2/userinfo', { headers: { authorization: `Bearer ${tokens.access_token}` } });
    if (told.sub !== id.sub) throw new Error('another subject');
    Object.assign(this, { id, hint: tokens.id_token, access: tokens.access_token, userinfo: told });
    return page(res, `Xin chào ${told.name}`, '<p><a href="/start">Lại</a></p>');
  }

  async ask(path, how) {
    return (await fetch(`${this.issuer}${path}`, how)).json();
  }

  out(url, res) {
    return page(res, 'Đã rời ứng dụng');
  }

  async hear(url, res, req) {
    let body = '';
    for await (const chunk of req) body += chunk;
    this.told.push(await this.read(new URLSearchParams(body).get('logout_token')));
    res.writeHead(200);
    res.end();
  }

  // A token of the provider: signed by a published key, for this app.
  async read(token) {
    const [head, body, signature] = token.split('.');
    const { keys } = await (await fetch(`${this.issuer}/oauth2/jwks`)).json();
    const jwk = keys.find((key) => key.kid === json(head).kid);
    const key = { key: createPublicKey({ key: jwk, format: 'jwk' }), dsaEncoding: 'ieee-p1363' };
    if (!verify('sha256', Buffer.from(`${head}.${body}`), key, Buffer.from(signature, 'base64url'))) throw new Error('a forged token');
    const claims = json(body);
    if (claims.iss !== this.issuer || claims.aud !== this.client.client_id) throw new Error('a token for somebody else');
    return { ...claims, typ: json(head).typ };
  }

  // What the app was told about a session, once it has been.
  async wasTold(sid, within = 8000) {
    const until = Date.now() + within;
    while (Date.now() < until) {
      const found = this.told.find((claims) => claims.sid === sid);
      if (found) return found;
      await new Promise((next) => setTimeout(next, 50));
    }
    throw new Error(`not told of the end of session ${sid}`);
  }

  close() {
    this.server.close();
    this.server.closeAllConnections();
  }
}
