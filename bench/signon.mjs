// Signing in: tokens for programs, whole code flows, token checks, passwords; what a storm of passwords does to token checks, and what
// too many connections do. Beside npm oidc-provider in memory and bare hashing threads, in the same run.
import { execFile } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { Party, random, s256 } from '../tests/signon/lib/party.mjs';
import { Provider } from '../tests/signon/lib/provider.mjs';
import { addClient } from '../tests/signon/lib/clients.mjs';
import { median, nap } from './machine.mjs';
import { ROUNDS, ROUND_S, pair, round, say } from './measure.mjs';
import { answers, freePort, requestsFile, start, stop } from './province.mjs';
import { good, number, ratioRow } from './table.mjs';

const run = promisify(execFile);
const CONNECTIONS = 32;
const CHECKING_CONNECTIONS = 16;
const SIGN_IN_CONNECTIONS = 8;
const SIGN_IN_THREADS = 2; // of the server's slow pool, platform/http/server_mhd.c
const STEPS = [8, 16, 32, 64, 128];

const APPS = {
  app: { client_id: 'do-ung-dung', grant_types: ['authorization_code'], redirect_uris: ['https://do.example/cb'], scope: 'openid' },
  machine: { client_id: 'do-may', grant_types: ['client_credentials'], redirect_uris: [], scope: 'stays.read' },
};
for (const app of Object.values(APPS)) app.token_endpoint_auth_method = 'client_secret_basic';

// While nobody serves yet.
export async function registerApps(p) {
  for (const app of Object.values(APPS)) await addClient((...words) => p.command(...words), p.dir, app);
}

async function openPeer(dir) {
  const port = await freePort(),
    clients = join(dir, 'peer-clients.json');
  const asItReads = ({ scope, ...app }) => ({
    ...app,
    response_types: app.redirect_uris.length ? ['code'] : [],
    id_token_signed_response_alg: 'ES256',
    ...(scope === 'openid' ? { scope } : {}),
  });
  writeFileSync(clients, JSON.stringify(Object.values(APPS).map(asItReads)));
  const child = start(process.execPath, ['bench/peer.mjs', String(port), clients], { log: join(dir, 'peer.log') });
  await answers(`http://127.0.0.1:${port}/.well-known/openid-configuration`, { child });
  return { port, child, pid: () => child.pid };
}

// ---- requests ----

function request(method, url, headers, body = '') {
  const { pathname, search, host } = new URL(url);
  const lines = [
    `${method} ${pathname}${search} HTTP/1.1`,
    `Host: ${host}`,
    ...Object.entries(headers).map(([name, value]) => `${name}: ${value}`),
  ];
  if (method === 'POST') lines.push('Content-Type: application/x-www-form-urlencoded', `Content-Length: ${body.length}`);
  return `${lines.join('\r\n')}\r\n\r\n${body}`;
}

const cookieOf = (browser) => [...browser.cookies].map(([name, value]) => `${name}=${value}`).join('; ');

async function basic(party) {
  return { Authorization: (await party.proof()).headers.authorization };
}

// A browser that has a session and has agreed, and the two requests of every flow after that.
async function flow(op) {
  const party = new Party(op, APPS.app),
    browser = await op.openSession(),
    verifier = random(32);
  const asked = party.request({ code_challenge: s256(verifier), code_challenge_method: 'S256' });
  const { answer } = await party.authorize(browser, asked);
  if (!answer?.code) throw new Error(`no code: ${JSON.stringify(answer)}`);
  const mark = '@CODE@'.padEnd(answer.code.length, '.');
  const fields = { grant_type: 'authorization_code', redirect_uri: party.redirect, code_verifier: verifier };
  const body = `${new URLSearchParams(fields)}&code=${mark}`;
  return [
    request('GET', party.address(asked), { Cookie: cookieOf(browser) }),
    request('POST', op.metadata.token_endpoint, await basic(party), body),
  ];
}

async function tokenChecks(op) {
  const party = new Party(op, APPS.machine),
    requests = [];
  for (let i = 0; i < 64; i++) {
    const { json } = await party.post('token_endpoint', { grant_type: 'client_credentials' });
    requests.push(request('POST', op.metadata.introspection_endpoint, await basic(party), `token=${json.access_token}`));
  }
  return requests;
}

async function signIns(op) {
  const browser = op.browser();
  const { page } = await browser.go(`${op.issuer}/sign-in`);
  await op.readPasswords();
  const form = page.forms.find((one) => one.fields.get('login') === '');
  const body = new URLSearchParams(
    [...form.fields, ['login', 'congdan'], ['password', op.passwords.get('congdan')]].filter(([, value]) => value !== ''),
  );
  body.set('next', '');
  return [request('POST', form.action, { Cookie: cookieOf(browser), Origin: op.issuer }, String(body))];
}

// What is asked of a provider at an address, whoever made it.
async function workFor(dir, port, openSession) {
  const op = new Provider(`http://127.0.0.1:${port}`, {
    ahead: 0,
    get seconds() {
      return Math.floor(Date.now() / 1000);
    },
  });
  await op.discover();
  op.openSession = () => openSession(op);
  const machine = new Party(op, APPS.machine);
  const tokens = [request('POST', op.metadata.token_endpoint, await basic(machine), 'grant_type=client_credentials')];
  return {
    op,
    tokens: { requests: requestsFile(dir, tokens), connections: CONNECTIONS },
    flows: { requests: requestsFile(dir, await flow(op)), connections: CONNECTIONS, flow: 2, expect: '303,200' },
    checks: { requests: requestsFile(dir, await tokenChecks(op)), connections: CHECKING_CONNECTIONS },
  };
}

// ---- measuring ----

const hashing = (forSeconds) => run('build-bench/bench/hashes', [String(SIGN_IN_THREADS), String(forSeconds)]);

async function passwordRate(signIn) {
  const ours = [],
    bare = [];
  for (let i = 0; i < ROUNDS; i++) {
    ours.push((await round(signIn)).rate);
    bare.push(JSON.parse((await hashing(ROUND_S)).stdout).rate);
  }
  say(`password sign-ins: ${number(median(ours), 1)}/s; bare hashes ${number(median(bare), 1)}/s`);
  return { ours: { rate: median(ours) }, limit: { rate: median(bare) } };
}

// Token checks alone, beside threads that only hash, and while people sign in: the same number of hashes under way each time. What
// the two hashing threads take of the cores is not the server's doing; what more it gets slower by, is.
async function storm(checks, signIn) {
  const p99 = { alone: [], hashes: [], signIns: [] };
  for (let i = 0; i < ROUNDS; i++) {
    p99.alone.push((await round(checks)).p99_us);
    const hashes = hashing(ROUND_S + 1);
    await nap(300);
    p99.hashes.push((await round(checks)).p99_us);
    await hashes;
    const people = round(signIn, ROUND_S + 1);
    await nap(300);
    p99.signIns.push((await round(checks)).p99_us);
    await people;
  }
  const result = { alone: median(p99.alone), hashes: median(p99.hashes), signIns: median(p99.signIns) };
  say(`token checks, p99: ${result.alone} µs alone, ${result.hashes} beside hashing threads, ${result.signIns} while people sign in`);
  return result;
}

// The least number of connections that comes near the best rate, and, in turn with it, eight times as many.
async function saturation(tokens) {
  const rates = [];
  for (const connections of STEPS) rates.push((await round({ ...tokens, connections })).rate);
  const at = STEPS[rates.findIndex((rate) => rate >= 0.95 * Math.max(...rates))];
  const { ours, limit } = await pair(
    `tokens, ${at * 8} connections against ${at}`,
    { ...tokens, connections: at * 8 },
    { ...tokens, connections: at },
  );
  return { at, ours, limit };
}

export async function measureSignon(p, dir) {
  const at = { port: p.port, pid: () => p.server.pid };
  const ours = await workFor(dir, p.port, (op) => op.browserOf('congdan'));
  const peer = await openPeer(dir);
  const theirs = await workFor(dir, peer.port, (op) => op.browser());
  const against = (kind) => pair(`sign-on, ${kind}`, { ...at, ...ours[kind] }, { port: peer.port, pid: peer.pid, ...theirs[kind] });
  const result = { tokens: await against('tokens'), flows: await against('flows'), checks: await against('checks') };
  await stop(peer.child);
  const signIn = { ...at, requests: requestsFile(dir, await signIns(ours.op)), connections: SIGN_IN_CONNECTIONS, expect: 303 };
  result.passwords = await passwordRate(signIn);
  result.storm = await storm({ ...at, ...ours.checks }, signIn);
  result.saturation = await saturation({ ...at, ...ours.tokens });
  return result;
}

// ---- the table ----

export function signonRows(s, pg) {
  const ours = (kind) => pg?.[kind].ours;
  const calm = s.storm.signIns / s.storm.hashes;
  return [
    ratioRow('sign-on: tokens for programs, against oidc-provider in memory', s.tokens, 3, ours('tokens')),
    ratioRow('sign-on: code flows with PKCE, durable, against the same', s.flows, 3, ours('flows')),
    {
      what: 'sign-on: token checks (introspection)',
      measured: `${number(s.checks.ours.rate)}/s`,
      limit: `${number(s.checks.limit.rate)}/s`,
      ratio: (s.checks.ours.rate / s.checks.limit.rate).toFixed(2),
      wanted: '≥ 15,000/s',
      ok: good(s.checks.ours.rate >= 15000),
      pg: pg && `${number(pg.checks.ours.rate)}/s`,
    },
    ratioRow('sign-ins with a password, against bare Argon2id', s.passwords, 0.9, ours('passwords')),
    {
      what: 'token checks while people sign in, p99',
      measured: `${number(s.storm.signIns / 1000, 1)} ms`,
      limit: `${number(s.storm.hashes / 1000, 1)} ms`,
      ratio: calm.toFixed(2),
      wanted: '≤ 2',
      ok: good(calm <= 2),
      pg: pg && `${number(pg.storm.signIns / 1000, 1)} ms`,
      pgRatio: pg && (pg.storm.signIns / pg.storm.hashes).toFixed(2),
    },
    ratioRow('tokens at eight times the connections that saturate', s.saturation, 0.9, ours('saturation')),
  ];
}

export function signonWords(s) {
  const late = ({ ours }) => `p50 ${number(ours.p50_us / 1000, 1)} ms, p99 ${number(ours.p99_us / 1000, 1)} ms`;
  const ms = (us) => `${number(us / 1000, 1)} ms`;
  return [
    `- Sign-on (${CONNECTIONS} connections): tokens ${late(s.tokens)}; flows ${late(s.flows)}. They saturate at ` +
      `${s.saturation.at} connections: ${number(s.saturation.limit.rate)} tokens/s.`,
    `- Token checks (${CHECKING_CONNECTIONS} connections): ${late(s.checks)}. Their p99 is ${ms(s.storm.alone)} alone, ` +
      `${ms(s.storm.hashes)} beside ${SIGN_IN_THREADS} threads that only hash, ` +
      `${ms(s.storm.signIns)} while ${SIGN_IN_CONNECTIONS} people sign in without end.`,
  ].join('\n');
}
