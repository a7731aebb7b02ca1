// A store with many cases: one opened, one filed, searched, and a queue of thousands, by the engine alone (bench/cases.c) and as pages over
// HTTP, one request after another on loopback: so the client's time is the server's and a few dozen microseconds.
import { execFile } from 'node:child_process';
import { resolve } from 'node:path';
import { promisify } from 'node:util';
import { quick, round, say } from './measure.mjs';
import { requestsFile } from './province.mjs';
import { good, number } from './table.mjs';

const run = promisify(execFile);
const CASES = quick ? 20000 : 1200000;
const CASES_PG = quick ? 5000 : 120000;
const WAITING = quick ? 200 : 5000;
const FROM = '2023-01-01', UNTIL = '2026-05-31'; // the months before the ones that `bon seed` fills

const CITIZEN = '067090000123'; // of the demo

const lines = (text) => text.trim().split('\n').filter((line) => line.startsWith('{')).map((line) => JSON.parse(line));

async function byEngine(p, unit) {
  const options = { env: p.env, timeout: 600000, maxBuffer: 1 << 24 };
  const { stdout } = await run(resolve('build-bench/bench/cases'), [String(WAITING), unit], options);
  const [head, ...measured] = lines(stdout);
  return { cases: head.cases, ...Object.fromEntries(measured.map((m) => [m.what, m])) };
}

const numberText = (row) => {
  const [organ, day, n] = row.split('|');
  return `${organ}-${day.slice(2).replaceAll('-', '')}-${n.padStart(4, '0')}`;
};
const numbers = (p, where) => p.ask(`SELECT organ, day, n FROM case_record WHERE ${where} ORDER BY id DESC LIMIT 300`).map(numberText);

const asking = (token, paths) => paths.map((path) => `GET ${path} HTTP/1.1\r\nHost: 127.0.0.1\r\nCookie: bon_session=${token}\r\n\r\n`);

async function pages(p, dir, token, paths, expect = 200) {
  const at = { port: p.port, pid: () => p.server.pid, connections: 1, requests: requestsFile(dir, asking(token, paths)), expect };
  await round(at, 1);
  return round(at);
}

async function overHttp(p, dir, own, mine) {
  const clerk = await p.signIn('motcua'), citizen = await p.signIn('congdan');
  return {
    queue: await pages(p, dir, clerk, ['/counter']),
    open: await pages(p, dir, clerk, own.map((n) => `/counter/cases/${n}`)),
    byNumber: await pages(p, dir, clerk, own.map((n) => `/counter?q=${n}`), 303),
    byName: await pages(p, dir, clerk, ['nguyen', 'tran', 'le', 'pham', 'hoang'].map((name) => `/counter?q=${name}`)),
    citizen: await pages(p, dir, citizen, mine.map((n) => `/ho-so/${n}`)),
  };
}

// The province is not served when this begins, nor when it ends.
export async function measureCases(p, dir) {
  const began = performance.now();
  await p.command('case', 'generate', '--count', String(p.db ? CASES_PG : CASES), '--from', FROM, '--until', UNTIL, '--json');
  const made = (performance.now() - began) / 1000;
  const [unit] = p.ask("SELECT g.territory FROM account_grant g JOIN account a ON a.id = g.account WHERE a.login = 'motcua' LIMIT 1");
  const engine = await byEngine(p, unit);
  say(`${number(engine.cases)} cases, made in ${made.toFixed(0)} s; a queue of ${number(WAITING)}`);
  await p.command('case', 'new', '--service', 'DVC12', '--unit', unit, '--name', 'Nguyễn Văn Demo', '--pid', CITIZEN, '--receive');
  const own = numbers(p, `unit = '${unit}'`), mine = numbers(p, `pid = '${CITIZEN}'`);
  await p.serve();
  const http = await overHttp(p, dir, own, mine);
  await p.stop();
  for (const [what, m] of Object.entries(http)) say(`${what}: p50 ${m.p50_us} µs, p95 ${m.p95_us} µs`);
  return { cases: engine.cases, waiting: WAITING, engine, http };
}

const ms = (m) => `${number(m.p95_us / 1000, 1)} ms`;

function row(what, get, most, s, pg) {
  return { what, measured: ms(get(s)), wanted: `≤ ${most} ms`, ok: good(get(s).p95_us <= most * 1000), pg: pg && ms(get(pg)) };
}

export function casesRows(s, pg) {
  return [
    row('file a case, durable, p95', (m) => m.engine['file a case, durable'], 20, s, pg),
    row('open a case at the counter, recorded, p95', (m) => m.http.open, 10, s, pg),
    row('one’s own case, the citizen’s page, p95', (m) => m.http.citizen, 10, s, pg),
    row('search a case by number, p95', (m) => m.http.byNumber, 10, s, pg),
    row('search cases by name in a commune, p95', (m) => m.http.byName, 10, s, pg),
    row(`the queue’s page, ${number(s.waiting)} waiting, p95`, (m) => m.http.queue, 30, s, pg),
  ];
}

export function casesWords(s, pg) {
  const of = (m) => `${number(m.cases)} cases`;
  const engine = s.engine;
  const part = (what) => `${what} ${number(engine[what].p50_us / 1000, 2)} ms (p95 ${number(engine[what].p95_us / 1000, 2)})`;
  return `- ${of(s)} on SQLite${pg ? `, ${of(pg)} on PostgreSQL` : ''}. The engine alone: ` +
    `${['open a case', 'queue', 'search by number', 'search by name'].map(part).join(', ')}; ` +
    `filing ${number(engine['file a case, durable'].p50_us / 1000, 2)} ms beside one durable record ` +
    `${number(engine['one record, durable'].p50_us / 1000, 2)} ms.`;
}
