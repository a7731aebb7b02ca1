// A small synthetic province, served by the real program on a free port, in a directory that is thrown away.
import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, openSync, closeSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const PEOPLE = '3000';

function freePort() {
  return new Promise((done) => {
    const probe = createServer();
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address();
      probe.close(() => done(port));
    });
  });
}

function command(bon, env, ...args) {
  const ran = spawnSync(bon, args, { env, encoding: 'utf8' });
  if (ran.status !== 0) throw new Error(`bon ${args.join(' ')}: ${ran.status}\n${ran.stdout}${ran.stderr}`);
  return ran.stdout;
}

async function answers(url, within) {
  const until = Date.now() + within;
  for (;;) {
    try {
      if ((await fetch(`${url}/healthz`)).ok) return;
    } catch { /* not yet */ }
    if (Date.now() > until) throw new Error(`${url} did not answer within ${within} ms`);
    await new Promise((next) => setTimeout(next, 50));
  }
}

// The stand-in for VNeID beside it, sign-in and services, with a password of this run's own, and the pack's configuration at its port.
async function startVneid(bon, env, dir, bonUrl) {
  const port = await freePort(), services = await freePort();
  const secret = join(dir, 'vneid.secret'), config = join(dir, 'vneid.json');
  writeFileSync(secret, `thu-${port}`, { mode: 0o600 });
  writeFileSync(config, readFileSync(join(env.BON_PACK_DIR, 'vneid.json'), 'utf8').replace(':8013', `:${port}`));
  command(bon, env, 'broker', 'set', config);
  writeFileSync(join(dir, 'vneid.conf'), `services = http://127.0.0.1:${services}\n`);
  const sim = spawn(bon, ['sim', 'vneid-services', '--port', String(services), '--vneid-port', String(port), '--bon', bonUrl,
    '--secret-file', secret, '--people', join(env.BON_PACK_DIR, 'demo-people.csv')], { env, stdio: 'ignore' });
  return { sim, url: `http://127.0.0.1:${port}`, services: `http://127.0.0.1:${services}` };
}

// The stand-in for the payment network, which shares its key with the program through the data directory.
async function startPay(bon, env, dir, url) {
  const port = await freePort();
  const sim = spawn(bon, ['sim', 'pay', '--port', String(port), '--bon', url, '--data-dir', dir], { env, stdio: 'ignore' });
  return { sim, url: `http://127.0.0.1:${port}` };
}

// The stand-in for the SMS gateway: what it is told to send can be read on an invented phone.
async function startSms(bon, env, dir) {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  writeFileSync(join(dir, 'notices.conf'), `sms = ${url}\n`);
  const sim = spawn(bon, ['sim', 'sms', '--port', String(port)], { env, stdio: 'ignore' });
  return { sim, url };
}

// The stand-in for the systems that papers come from. It can be ended, as such systems are, and comes back at the same address.
async function startSources(bon, env) {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  let sim = null;
  const start = async (faults = '') => {
    sim = spawn(bon, ['sim', 'sources', '--port', String(port), '--faults', faults], { env, stdio: ['ignore', 'pipe', 'ignore'] });
    await new Promise((listens) => sim.stdout.once('data', listens));
  };
  const stop = () => new Promise((ended) => {
    if (!sim) return ended();
    sim.once('exit', ended);
    sim.kill('SIGTERM');
    sim = null;
    return undefined;
  });
  await start();
  return { url, start, stop };
}

// `env` is added to the program's environment, `db` puts the province on a PostgreSQL of the caller's, `before` runs with a function
// that runs commands, when the province is there and nobody serves it yet.
export async function startServer(program, { env: more = {}, db, before = () => {} } = {}) {
  const bon = resolve(program);
  const dir = mkdtempSync(join(tmpdir(), 'bon-browser-'));
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const env = { ...process.env, BON_DATA_DIR: dir, BON_PACK_DIR: resolve('packs/dak_nong'), BON_PORT: String(port), BON_LANG: 'vi' };
  delete env.BON_TEST_DB;
  if (db) env.BON_DB = db;
  command(bon, env, 'init', '--demo');
  command(bon, env, 'seed', '--people', PEOPLE, '--seed', '511');
  command(bon, env, 'demo');
  const vneid = await startVneid(bon, env, dir, url);
  const pay = await startPay(bon, env, dir, url);
  const sms = await startSms(bon, env, dir);
  const sources = await startSources(bon, env);
  await before((...args) => command(bon, env, ...args));
  const log = join(dir, 'serve.log');
  const fd = openSync(log, 'w');
  const process_ = spawn(bon, ['serve'], { env: { ...env, BON_SOURCES_URL: sources.url, ...more }, stdio: ['ignore', fd, fd] });
  closeSync(fd);
  const ended = new Promise((done) => process_.on('exit', done));
  const stop = async () => {
    vneid.sim.kill('SIGTERM');
    pay.sim.kill('SIGTERM');
    sms.sim.kill('SIGTERM');
    await sources.stop();
    process_.kill('SIGTERM');
    const late = setTimeout(() => process_.kill('SIGKILL'), 30000);
    const status = await ended;
    clearTimeout(late);
    const said = readFileSync(log, 'utf8');
    rmSync(dir, { recursive: true, force: true });
    return { status, log: said };
  };
  try {
    await answers(url, 20000);
  } catch (error) {
    const { log: said } = await stop();
    throw new Error(`${error.message}\n${said}`);
  }
  return { url, vneid: vneid.url, vneidServices: vneid.services, pay: pay.url, sms: sms.url, sources, stop };
}
