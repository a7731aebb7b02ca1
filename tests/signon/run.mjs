// The OpenID Provider as apps see it: the Foundation's conformance modules by their names, an independent client, and bad inputs,
// against the really served program.
//
//   node tests/signon/run.mjs build/app/bon [NAME…]      TAP on standard output; a NAME picks the modules whose names contain it
//
// With BON_TEST_DB the province is in a database of its own on that PostgreSQL.
import './lib/webcrypto.mjs';
import { SignJWT } from 'jose';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startServer } from '../browser/server.mjs';
import { addClient, clients } from './lib/clients.mjs';
import { Clock } from './lib/clock.mjs';
import { freshDatabase } from './lib/database.mjs';
import { KeyHost } from './lib/key_host.mjs';
import { Listener } from './lib/listener.mjs';
import { Key, Party } from './lib/party.mjs';
import { Provider } from './lib/provider.mjs';
import { Tap } from './lib/tap.mjs';
import { NAMES, SKIPPED } from './names.mjs';

const PLANS = [
  'config',
  'basic',
  'logout',
  'backchannel',
  'fapi2_flow',
  'fapi2_dpop',
  'redirects',
  'inputs',
  'openid_client',
  'device',
  'ciba',
  'registration',
  'jwks_uri',
];

const INVITATION = ['--owner', 'Sở Thử nghiệm', '--purpose', 'Thử đăng nhập', '--legal-basis', 'Chạy thử'];

const [program, ...only] = process.argv.slice(2);
if (!program) {
  console.error('usage: node tests/signon/run.mjs build/app/bon [NAME…]');
  process.exit(2);
}

async function allModules() {
  const found = new Map();
  for (const name of PLANS) {
    const { modules } = await import(`./plans/${name}.mjs`);
    for (const [module, test] of Object.entries(modules)) found.set(module, test);
  }
  return found;
}

// Everything that a module may ask of the provider under test.
async function openProvider(server, clock, registered, others) {
  const op = Object.assign(new Provider(server.url, clock), others);
  op.registrationToken = () => invitations.pop();
  op.party = (name) => new Party(op, registered[name]);
  op.strangersIdToken = async (claims) => {
    const key = await Key.make('RS256');
    return new SignJWT(claims)
      .setProtectedHeader({ alg: 'RS256', kid: 'la' })
      .setIssuedAt(clock.seconds)
      .setExpirationTime(clock.seconds + 300)
      .sign(key.secret);
  };
  await op.discover();
  return op;
}

async function runAll(tap, op, modules) {
  for (const [name, [sentence, test]] of modules) {
    if (SKIPPED[name]) {
      tap.skip(name, SKIPPED[name]);
      continue;
    }
    try {
      await test(op);
      tap.say(true, `${name}: ${sentence}`);
    } catch (error) {
      tap.say(false, `${name}: ${sentence}`, error.stack);
    }
  }
}

const tap = new Tap();
const dir = mkdtempSync(join(tmpdir(), 'bon-signon-'));
const clock = new Clock(dir);
const listener = await Listener.open(),
  keyHost = await KeyHost.open();
const registered = await clients({ logoutAt: listener.url, keysAt: keyHost.url });
const invitations = [];
const database = process.env.BON_TEST_DB ? freshDatabase(process.env.BON_TEST_DB) : null;
const server = await startServer(program, {
  db: database?.address,
  env: { ...clock.env, BON_INNER_HOSTS: [listener.url, keyHost.url].map((url) => new URL(url).host).join() },
  async before(command) {
    for (const client of Object.values(registered)) await addClient(command, dir, client);
    for (let i = 0; i < 24; i++) invitations.push(command('signon', 'invite', ...INVITATION).trim());
  },
});
try {
  const modules = await allModules();
  for (const [plan, names] of Object.entries(NAMES)) {
    const missing = names.filter((name) => !modules.has(name) && !(name in SKIPPED));
    tap.say(missing.length === 0, `${plan}: each of its ${names.length} modules has a test, or a reason why not`, missing.join('\n'));
  }
  const wanted = [...modules].filter(([name]) => only.length === 0 || only.some((part) => name.includes(part)));
  await runAll(tap, await openProvider(server, clock, registered, { logoutListener: listener, keyHost }), wanted);
} catch (error) {
  tap.say(false, 'the provider can be asked at all', error.stack);
} finally {
  listener.close();
  keyHost.close();
  const { status, log } = await server.stop();
  tap.say(status === 0, 'the server ends in order', `status ${status}\n${log.split('\n').slice(-10).join('\n')}`);
  const errors = log.split('\n').filter((line) => line.includes('"level":"error"'));
  tap.say(errors.length === 0, 'the server logged no error', errors.slice(0, 10).join('\n'));
  database?.drop();
  rmSync(dir, { recursive: true, force: true });
}
process.exitCode = tap.end() ? 0 : 1;
