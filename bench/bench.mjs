// bench/run calls this once the programs are built. Pairs are measured in turn, ours and the limit, round after round, and the
// medians are compared: what disturbs the machine disturbs both.
import { execFile, execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { casesRows, casesWords, measureCases } from './cases.mjs';
import { describe, median, memory, nap, seconds, syncsPerSecond } from './machine.mjs';
import { ROUNDS, ROUND_S, pair, quick, say } from './measure.mjs';
import { deskPage } from './page.mjs';
import { planBoard, planSize } from './plan.mjs';
import { Province, answers, declaration, freePort, lookUp, lookUpPath, plainPage, requestsFile, start, stop } from './province.mjs';
import { measureSignon, registerApps, signonRows, signonWords } from './signon.mjs';
import { good, markdown, number, ratioRow, write } from './table.mjs';
import { measureUsers, usersRows, usersTable } from './users.mjs';

const run = promisify(execFile);
const flags = new Set(process.argv.slice(2));
const PEOPLE = quick ? 20000 : 700000;
const PEOPLE_PG = quick ? 5000 : 70000;
const SEEDS = quick ? 1 : 3;
const MOST_S = 3000;
const PLAIN_CONNECTIONS = 64;
// What is durable is limited by the two processors, not by waiting: so many that both servers always have work, and a client that rests
// a millisecond after taking all answers, since being woken for each would cost the three of them a third of the processors.
const WRITE_CONNECTIONS = 1024;
const WRITE_REST_US = 1000;

const dir = mkdtempSync(resolve('build-bench/run-'));
let pgDir = null;
let province = null;

function cleanUp() {
  rmSync(dir, { recursive: true, force: true });
  if (!pgDir) return;
  execFileSync('tests/pg.sh', ['stop', pgDir], { stdio: 'ignore' });
  rmSync(pgDir, { recursive: true, force: true });
}
process.on('exit', cleanUp);
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => process.exit(130));
setTimeout(() => {
  console.error(`bench: not done after ${MOST_S} s`);
  process.exit(1);
}, MOST_S * 1000).unref();

async function bare(kind, ...what) {
  const port = await freePort();
  const child = start('build-bench/bench/bare', [kind, String(port), ...what], { log: join(dir, `bare-${kind}.log`) });
  await answers(`http://127.0.0.1:${port}/`, { child });
  return { port, child };
}

let runs = 0;
function requestsOf(p, receptionist, officer) {
  const unique = () => `bench-${Date.now().toString(36)}-${runs++}`;
  const { cards, guests } = p;
  return {
    plain: requestsFile(dir, [plainPage()]),
    own: requestsFile(dir, [plainPage('Cookie: bon_lang=vi\r\n')]),
    declare: requestsFile(dir, cards.map((card) => declaration(receptionist, card, unique()))),
    lookUp: requestsFile(dir, guests.map((guest) => lookUp(officer, guest))),
  };
}

async function servedProvince(where, options) {
  const p = new Province(where, options);
  const seeded = await p.make();
  say(`${number(p.people)} people made${options.db ? ' on PostgreSQL' : ''}: ${number(seeded.people_per_second)} a second`);
  await registerApps(p);
  return Object.assign(p, { seeded, cards: p.cards(), guests: p.guests() });
}

async function opened(p) {
  await p.serve();
  const receptionist = await p.signIn('letan'), officer = await p.signIn('congan.xa');
  return { officer, requests: requestsOf(p, receptionist, officer) };
}

function three(p, requests) {
  const at = { port: p.port, pid: () => p.server.pid };
  return {
    plain: { ...at, connections: PLAIN_CONNECTIONS, requests: requests.plain },
    own: { ...at, connections: PLAIN_CONNECTIONS, requests: requests.own },
    declare: { ...at, connections: WRITE_CONNECTIONS, rest: WRITE_REST_US, requests: requests.declare, expect: 201 },
    lookUp: { ...at, connections: WRITE_CONNECTIONS, rest: WRITE_REST_US, requests: requests.lookUp },
  };
}

// The bytes of one of our pages, for the limit to answer with.
async function savedPage(p, path, file, session) {
  const answer = await fetch(`${p.url}${path}`, { headers: session ? { cookie: `bon_session=${session}` } : {} });
  if (!answer.ok) throw new Error(`${path}: ${answer.status}`);
  const page = Buffer.from(await answer.arrayBuffer());
  writeFileSync(join(dir, file), page);
  return page;
}

async function measureRates(p, requests, officer) {
  const page = await savedPage(p, '/', 'page.html');
  await savedPage(p, lookUpPath(p.guests[0]), 'guest.html', officer);
  const plain = await bare('plain', join(dir, 'page.html')), writes = await bare('write', join(dir, 'bare.db'));
  const records = await bare('record', join(dir, 'records.db'), join(dir, 'guest.html'));
  const against = (b, ours) => ({ ...ours, port: b.port, pid: () => b.child.pid, expect: 200 });
  const ours = three(p, requests);
  const rates = {
    plain: await pair('plain page', ours.plain, against(plain, ours.plain)),
    own: await pair('the same, drawn for each', ours.own, against(plain, ours.plain)),
    declare: await pair('declared stays', ours.declare, against(writes, ours.declare)),
    lookUp: await pair('audited look-ups', ours.lookUp, against(records, ours.lookUp)),
    pageBytes: page.length,
  };
  await stop(plain.child);
  await stop(writes.child);
  await stop(records.child);
  return rates;
}

// An answer that says "declared" is worth as much as the row behind it: one for each.
const declared = (p) => Number(p.ask('SELECT count(*) FROM stay_declaration')[0]);
function allDeclared(p, before, { done }) {
  const rows = declared(p) - before;
  say(`${number(rows)} declarations in the store for ${number(done)} answers`);
  if (rows < done) throw new Error('some were answered and not declared');
}

// From the signal that ends a loaded server to the first page of the next.
async function restart(p) {
  const times = [];
  for (let i = 0; i < 3; i++) {
    const from = seconds();
    await p.stop();
    await p.serve();
    times.push(seconds() - from);
    await nap(500);
  }
  say(`serving again: ${times.map((t) => t.toFixed(2)).join(', ')} s`);
  return median(times);
}

const signonOf = (p) => flags.has('--ground') ? null : measureSignon(p, dir);

async function boardOf(p, { models, months, agencies }) {
  const board = await planBoard(p, await p.signIn('ubndtinh'), dir);
  const size = `${models} models, ${months} months, ${agencies} agencies`;
  say(`the plan's board (${size}): p50 ${board.p50.toFixed(1)} ms, p99 ${board.p99.toFixed(1)} ms`);
  return board;
}

// Cases and people, in a store that is not served when this begins.
async function work(p) {
  if (flags.has('--ground')) return {};
  const cases = await measureCases(p, dir);
  return { cases, users: await measureUsers(p, dir) };
}

async function workOnly() {
  province = await servedProvince(mkdtempSync(join(dir, 'province-')), { people: PEOPLE });
  const sqlite = await work(province);
  rmSync(province.dir, { recursive: true });
  if (flags.has('--no-pg')) return [sqlite, null];
  pgDir = mkdtempSync('/var/tmp/bon-bench-pg-');
  const { stdout } = await run('tests/pg.sh', ['start', pgDir]);
  province = await servedProvince(mkdtempSync(join(dir, 'pg-')), { db: stdout.trim(), people: PEOPLE_PG });
  return [sqlite, await work(province)];
}

// Provinces that are made and thrown away: people a second, each.
async function seeds(n) {
  const speeds = [];
  for (let i = 0; i < n; i++) {
    const thrown = new Province(mkdtempSync(join(dir, 'seed-')), { people: PEOPLE });
    speeds.push((await thrown.make()).people_per_second);
    rmSync(thrown.dir, { recursive: true });
    say(`${number(PEOPLE)} people made: ${number(speeds.at(-1))} a second`);
  }
  return speeds;
}

async function onSqlite() {
  const speeds = await seeds(SEEDS - 1);
  province = await servedProvince(mkdtempSync(join(dir, 'province-')), { people: PEOPLE });
  const plan = planSize(province), before = declared(province);
  const { requests, officer } = await opened(province);
  const rates = await measureRates(province, requests, officer);
  const signon = await signonOf(province);
  const loaded = memory(province.server.pid);
  const restarted = await restart(province);
  await nap(3000);
  const idle = memory(province.server.pid);
  say(`memory: ${idle.toFixed(1)} MB idle, ${loaded.toFixed(1)} MB right after the load`);
  const desk = await deskPage(province.url, await province.signIn('letan'));
  say(`the desk: ${desk.kilobytes.toFixed(1)} KB ${JSON.stringify(desk.bytes)}, ` +
    `first paint without JavaScript after ${desk.painted?.toFixed(0)} ms`);
  const board = await boardOf(province, plan);
  await province.stop();
  allDeclared(province, before, rates.declare);
  const worked = await work(province);
  rmSync(province.dir, { recursive: true });
  const seed = median([...speeds, province.seeded.people_per_second]);
  return { ...rates, ...worked, signon, board, seed, restarted, idle, loaded, desk };
}

async function onPostgres() {
  pgDir = mkdtempSync('/var/tmp/bon-bench-pg-');
  const { stdout } = await run('tests/pg.sh', ['start', pgDir]);
  province = await servedProvince(mkdtempSync(join(dir, 'pg-')), { db: stdout.trim(), people: PEOPLE_PG });
  const plan = planSize(province), before = declared(province);
  const ours = three(province, (await opened(province)).requests);
  const plain = await pair('plain page, PostgreSQL', ours.plain), stays = await pair('declared stays, PostgreSQL', ours.declare);
  const result = {
    seed: province.seeded.people_per_second,
    plain: plain.ours,
    declare: stays.ours,
    lookUp: (await pair('audited look-ups, PostgreSQL', ours.lookUp)).ours,
    signon: await signonOf(province),
  };
  result.board = await boardOf(province, plan);
  result.restarted = await restart(province);
  await nap(3000);
  result.idle = memory(province.server.pid);
  await province.stop();
  allDeclared(province, before, stays);
  return { ...result, ...await work(province) };
}

// ---- the table ----

const row = (what, measured, wanted, ok, pg) => ({ what, measured, wanted, ok: good(ok), pg });

const seedRow = (seed, pg) => row('`bon seed`', `${number(seed)} persons/s`, '≥ 60,000', seed >= 60000, pg && `${number(pg)} persons/s`);

function rowsOf(s, pg) {
  const painted = s.desk.painted == null ? 'none' : `${number(s.desk.painted)} ms`;
  return [
    ratioRow('plain page', s.plain, 0.8, pg?.plain),
    ratioRow('declared stays, durable', s.declare, 0.4, pg?.declare),
    ratioRow('look-ups of a person, audited', s.lookUp, 0.5, pg?.lookUp),
    seedRow(s.seed, pg?.seed),
    row('serving again after SIGTERM', `${s.restarted.toFixed(2)} s`, '< 1 s', s.restarted < 1, pg && `${pg.restarted.toFixed(2)} s`),
    row('memory, idle', `${number(s.idle, 1)} MB`, '< 64 MB', s.idle < 64, pg && `${number(pg.idle, 1)} MB`),
    row("the plan's board, one after the other", `${number(s.board.p50, 1)} ms`, '< 20 ms', s.board.p50 < 20,
      pg && `${number(pg.board.p50, 1)} ms`),
    row("receptionist's page", `${number(s.desk.kilobytes, 1)} KB`, '< 60 KB', s.desk.kilobytes < 60),
    row('its first paint without JavaScript', painted, 'paints', s.desk.painted != null),
  ];
}

const commitNow = () => execFileSync('git', ['rev-parse', '--short', 'HEAD'], { encoding: 'utf8' }).trim();

const whenAndWhere = (machine) => [
  `${new Date().toISOString().slice(0, 10)}, commit ${commitNow()}. ${machineWords(machine)};`,
  `${number(machine.syncs)} fdatasync/s of 4 KiB; load average before the run ${machine.busy.toFixed(2)}.`,
];

const machineWords = ({ cores, cpu, memory: size, kernel, filesystem }) => `${cores} cores of ${cpu}, ${size}, ${kernel}, ${filesystem}`;

function words(s, pg, machine) {
  const cpu = ({ ours, limit }) => `${number(ours.cpu_us, 1)} µs against ${number(limit.cpu_us, 1)}`;
  const late = ({ ours }) => `p50 ${number(ours.p50_us / 1000, 1)} ms, p99 ${number(ours.p99_us / 1000, 1)} ms`;
  const people = `${number(PEOPLE)} people on SQLite${pg ? `, ${number(PEOPLE_PG)} on PostgreSQL` : ''}`;
  return [
    ...whenAndWhere(machine),
    `${people}; medians of ${ROUNDS} rounds of ${ROUND_S} s each.`,
    '',
    `- CPU a request, all our processes: plain page ${cpu(s.plain)}, declared stay ${cpu(s.declare)}, look-up ${cpu(s.lookUp)}.`,
    `- Latency: plain page (${PLAIN_CONNECTIONS} connections) ${late(s.plain)}; declared stay (${WRITE_CONNECTIONS}) ${late(s.declare)}; ` +
      `look-up (${WRITE_CONNECTIONS}) ${late(s.lookUp)}.`,
    `- The plain page is drawn once for all strangers. Drawn for each who asks: ${number(s.own.ours.rate)}/s, ` +
      `${number(s.own.ours.rate / s.own.limit.rate, 2)} of the limit, ${cpu(s.own)}.`,
    `- The plain page has ${number(s.pageBytes)} bytes. Memory right after the load: ${number(s.loaded, 1)} MB ` +
      '(proportional set size of supervisor, server and signer).',
  ].join('\n');
}

const workRows = (s, pg) => [...casesRows(s.cases, pg?.cases), ...usersRows(s.users, pg?.users)];

function workText(s, pg, machine) {
  const people = `${number(PEOPLE)} people on SQLite${pg ? `, ${number(PEOPLE_PG)} on PostgreSQL` : ''}.`;
  const cases = [casesWords(s.cases, pg?.cases), '', markdown(workRows(s, pg))];
  return [...whenAndWhere(machine), people, '', ...cases, '', usersTable(s.users, pg?.users)].join('\n');
}

// A part of the page and its rows.
async function measured(machine) {
  if (flags.has('--seed')) {
    const rows = [seedRow(median(await seeds(SEEDS)))];
    return { rows, texts: { seed: markdown(rows) } };
  }
  if (flags.has('--work')) {
    const [sqlite, pg] = await workOnly();
    return { rows: workRows(sqlite, pg), texts: { work: workText(sqlite, pg, machine) } };
  }
  const sqlite = await onSqlite();
  const pg = flags.has('--no-pg') ? null : await onPostgres();
  const rows = rowsOf(sqlite, pg), texts = { bench: `${words(sqlite, pg, machine)}\n\n${markdown(rows)}` };
  if (flags.has('--ground')) return { rows, texts };
  const signon = signonRows(sqlite.signon, pg?.signon);
  texts.signon = [...whenAndWhere(machine), '', signonWords(sqlite.signon), '', markdown(signon)].join('\n');
  texts.work = workText(sqlite, pg, machine);
  return { rows: [...rows, ...signon, ...workRows(sqlite, pg)], texts };
}

async function main() {
  const machine = { ...describe(dir), syncs: syncsPerSecond(dir, 1) };
  say(`${machineWords(machine)}, ${number(machine.syncs)} fdatasync/s`);
  if (machine.busy > 0.5) say(`the machine is not quiet (load average ${machine.busy.toFixed(2)}): rates will be too low`);
  const { rows, texts } = await measured(machine);
  for (const [name, text] of Object.entries(texts)) {
    console.log(`\n${text}\n`);
    if (flags.has('--write') && name !== 'seed') write('docs/performance.md', text, name);
  }
  const missed = rows.filter((one) => one.ok !== 'yes').length;
  const verdict = missed ? `${missed} of ${rows.length} numbers are not` : `all ${rows.length} numbers are`;
  console.log(`bench: ${verdict} as they should be`);
  return missed ? 1 : 0;
}

main().then((status) => process.exit(status), (error) => {
  console.error(error);
  process.exit(2);
});
