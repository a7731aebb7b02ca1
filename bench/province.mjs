// A synthetic province in a directory of its own: made, served, signed in to; and the requests that its people send.
import { execFile, execFileSync, spawn } from 'node:child_process';
import { closeSync, openSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { nap, seconds } from './machine.mjs';

const run = promisify(execFile);
const bon = resolve('build-bench/app/bon');
const started = new Set();

// Nothing that was started outlives us.
process.on('exit', () => started.forEach((child) => child.kill('SIGKILL')));

export function start(program, args, { env = process.env, log }) {
  const fd = openSync(log, 'a');
  const child = spawn(program, args, { env, stdio: ['ignore', fd, fd] });
  closeSync(fd);
  child.ended = new Promise((done) => child.on('exit', done));
  started.add(child);
  child.ended.then(() => started.delete(child));
  return child;
}

export async function stop(child) {
  child.kill('SIGTERM');
  await Promise.race([child.ended, nap(20000)]);
  child.kill('SIGKILL');
  await child.ended;
}

export function freePort() {
  return new Promise((done) => {
    const probe = createServer();
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address();
      probe.close(() => done(port));
    });
  });
}

export async function answers(url, { within = 20, child } = {}) {
  const until = seconds() + within;
  for (;;) {
    try {
      const response = await fetch(url);
      if (response.ok) return response;
    } catch { /* not yet */ }
    if (child?.exitCode != null || seconds() > until) throw new Error(`${url} does not answer`);
    await nap(2);
  }
}

export class Province {
  constructor(dir, { db, people }) {
    Object.assign(this, { dir, db, people });
  }

  // Makes it; gives what `bon seed` says of itself.
  async make() {
    this.port = await freePort();
    this.url = `http://127.0.0.1:${this.port}`;
    this.env = {
      ...process.env, BON_DATA_DIR: this.dir, BON_PACK_DIR: resolve('packs/dak_nong'), BON_PORT: String(this.port), BON_LANG: 'vi',
    };
    if (this.db) this.env.BON_DB = this.db;
    await this.command('init', '--demo');
    const lines = (await this.command('seed', '--people', String(this.people), '--seed', '511', '--json')).trim().split('\n');
    await this.command('demo');
    return JSON.parse(lines.at(-1));
  }

  async command(...args) {
    const { stdout } = await run(bon, args, { env: this.env, timeout: 900000, maxBuffer: 1 << 24 });
    return stdout;
  }

  // Serves; gives the seconds from the start of the program to its first answer.
  async serve() {
    const began = seconds();
    this.log = join(this.dir, 'serve.log');
    this.server = start(bon, ['serve'], { env: this.env, log: this.log });
    try {
      await answers(this.url, { child: this.server });
    } catch (error) {
      throw new Error(`${error.message}\n${readFileSync(this.log, 'utf8').slice(-2000)}`);
    }
    return seconds() - began;
  }

  async stop() {
    if (this.server) await stop(this.server);
    this.server = null;
  }

  // Through the sign-in page, as a browser without scripts does; gives the session's token.
  async signIn(login) {
    const page = await fetch(`${this.url}/sign-in`);
    const html = await page.text();
    const value = (name, from) => new RegExp(`name="${name}" value="([^"]*)"`).exec(html.slice(from))?.[1];
    const body = new URLSearchParams({
      _csrf: value('_csrf', 0), next: '', login, password: value('password', html.indexOf(`name="login" value="${login}"`)),
    });
    const cookie = page.headers.getSetCookie().map((line) => line.split(';')[0]).join('; ');
    const answer = await fetch(`${this.url}/sign-in`, { method: 'POST', body, headers: { cookie }, redirect: 'manual' });
    const token = answer.headers.getSetCookie().map((line) => /^bon_session=([^;]+)/.exec(line)?.[1]).find(Boolean);
    if (!token) throw new Error(`${login} cannot sign in: ${answer.status}`);
    return token;
  }

  // Only while nobody serves.
  ask(sql) {
    const out = this.db ? execFileSync('psql', ['-X', '-q', '-tA', '-d', this.db, '-c', sql], { encoding: 'utf8' })
      : execFileSync('sqlite3', ['-readonly', join(this.dir, 'bon.db'), sql], { encoding: 'utf8' });
    return out.trim().split('\n').filter(Boolean);
  }

  // What the QR code of a card says, of people spread over the whole register.
  cards() {
    const day = (column) => `substr(${column}, 9, 2) || substr(${column}, 6, 2) || substr(${column}, 1, 4)`;
    return this.ask(`SELECT p.pid || '||' || p.name || '|' || ${day('p.born')} || '|' || CASE p.sex WHEN 1 THEN 'Nam' ELSE 'Nữ' END
      || '|' || r.address || ', ' || u.path || '|' || ${day('c.issued')}
      FROM person p JOIN residence r ON r.person = p.id AND r.kind = 1 AND r.until IS NULL JOIN unit u ON u.id = r.unit
      JOIN card c ON c.person = p.id AND c.kind > 1
      WHERE p.id % ${Math.floor(this.people / 1000)} = 0 AND p.died IS NULL AND length(p.born) = 10 AND p.sex > 0 LIMIT 600`);
  }

  // Guests that the demo officer may see, each matched to the register.
  guests() {
    return this.ask(`SELECT g.id FROM stay_guest g JOIN facility f ON f.unit = g.unit
      WHERE f.id = 1 AND g.state > 0 AND g.person IS NOT NULL ORDER BY g.id LIMIT 300`);
  }
}

// Files of requests for bench/load.
let files = 0;
export function requestsFile(dir, requests) {
  const file = join(dir, `requests-${files++}`);
  writeFileSync(file, requests.join(''));
  return file;
}

export const plainPage = (headers = '') => `GET / HTTP/1.1\r\nHost: 127.0.0.1\r\n${headers}\r\n`;

// Its key begins with the running number, as the keys of forms begin with the time.
export function declaration(token, card, run_) {
  const body = JSON.stringify({ guests: [{ scan: card, room: '101' }] });
  return `POST /api/v1/stays HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer ${token}\r\nIdempotency-Key: @COUNT@.....-${run_}\r\n`
    + `Content-Type: application/json\r\nContent-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`;
}

export const lookUpPath = (guest) => `/police/guests/${guest}/full?purpose=check`;
export const lookUp = (token, guest) => `GET ${lookUpPath(guest)} HTTP/1.1\r\nHost: 127.0.0.1\r\n`
  + `Cookie: bon_session=${token}\r\n\r\n`;
