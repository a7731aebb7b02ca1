// Nothing that somebody said at a kiosk lies readable on its disk, whatever dies when; nothing that it acknowledged is lost or comes twice.
//
//   node tests/kiosk/run.mjs build/app/bon [--sessions 500] [--seed 1] [--keep]
//
// README.md says what is searched and why. TAP on standard output.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Bank } from './bank.mjs';
import { Deaths, chance } from './deaths.mjs';
import { Person } from './person.mjs';
import { Sessions, pidOf } from './sessions.mjs';
import { filesUnder, sleep, World } from './world.mjs';

const [program, ...rest] = process.argv.slice(2);
const option = (name, preset) => (rest.includes(`--${name}`) ? Number(rest[rest.indexOf(`--${name}`) + 1]) : preset);
const SESSIONS = option('sessions', 500);
const SEED = option('seed', 1);

let cases = 0, failed = 0;
function say(good, name, why = '') {
  cases += 1;
  if (!good) failed += 1;
  if (!good && why) console.log(String(why).split('\n').slice(0, 20).map((l) => `# ${l}`).join('\n'));
  console.log(`${good ? 'ok' : 'not ok'} ${cases} - ${name}`);
}

const distinct = (list) => new Set(list).size === list.length;

// What the server says of a provisional number at a kiosk: filed with its case's number, at a window, or nothing. It goes through what came
// every few seconds: for what was handed in we wait.
async function fateOf(world, { number, handedIn }) {
  const person = new Person(world.kiosk, { pid: '' });
  let fate = null;
  for (let i = 0; i < 200; i += 1) {
    const form = await person.ask('/kiosk/find');
    const page = form.status === 200 ? await person.send(form, '/kiosk/find', { number, code: '' }) : form;
    if (page.html.includes('Số tạm đã thành hồ sơ')) return page.html.match(/\d{5}\.[\w.]+-\d{6}-\d{4,6}/)[0];
    fate = page.html.includes('cán bộ đang nhập tiếp') ? 'desk' : null;
    if ((fate && !handedIn) || page.status === 422) break;
    await sleep(100);
  }
  return fate;
}

// Every byte of the kiosk's disk, of all logs, of what is temporary, and of cores that should not be there.
function searched(world) {
  const server = filesUnder(join(world.dir, 'var')).filter((path) => !/\/bon\.db(-wal|-shm)?$/.test(path));
  return [...filesUnder(world.box), ...filesUnder(world.platter), ...filesUnder(world.logs), ...filesUnder(world.tmp), ...server];
}

function readable(paths) {
  return [...new Set(paths)].map((path) => {
    try { return [path, readFileSync(path)]; } catch { return null; }
  }).filter(Boolean);
}

function numbersIn(files) {
  const found = [];
  for (let n = 1; n <= SESSIONS; n += 1) {
    for (const [path, content] of files) if (content.includes(pidOf(n))) found.push(`${path}: session ${n}`);
  }
  return found;
}

// How many cases each person has.
function casesByPid(world) {
  return new Map(world.rows("SELECT pid || ' ' || count(*) FROM case_record WHERE pid LIKE '0670901%' GROUP BY pid")
    .map((line) => [line.split(' ')[0], Number(line.split(' ')[1])]));
}

function sayCases(sessions, fates, byPid) {
  const numbers = sessions.filed.map((f) => f.number);
  say(numbers.length > 0 && distinct(numbers), `${numbers.length} cases filed on the line, no number twice`);
  say(sessions.kept.length > 0 && distinct(sessions.kept.map((k) => k.number)),
    `${sessions.kept.length} slips were acknowledged, no number twice`);
  const lost = sessions.kept.filter((_, i) => !fates[i]);
  say(lost.length === 0, 'each acknowledged slip is known to the server', JSON.stringify(lost));
  const handedIn = sessions.kept.map((k, i) => ({ ...k, fate: fates[i], cases: byPid.get(pidOf(k.n)) ?? 0 })).filter((k) => k.handedIn);
  const wrong = handedIn.filter((k) => k.cases !== 1 || k.fate === 'desk' || !k.fate);
  say(handedIn.length > 0 && wrong.length === 0, `each of ${handedIn.length} filings that were handed in while cut off is exactly one case`,
    JSON.stringify(wrong));
  const twice = [...byPid].filter(([, n]) => n > 1);
  say(twice.length === 0, 'nobody has two cases', JSON.stringify(twice));
  return { spooled: sessions.kept.length, replayed: fates.filter((f) => f && f !== 'desk').length, handedIn: handedIn.length,
    desk: fates.filter((f) => f === 'desk').length };
}

function sayMoney(world, bank, payments) {
  const money = JSON.parse(world.command('kiosk', 'money'));
  say(payments > 0 && money.neither === 0 && money.receipted === bank.receipts && money.owed === bank.refunds,
    `${payments} paid sessions: ${money.receipted} receipts, ${money.owed} to be paid back, none without either`,
    JSON.stringify({ money, bank: { receipts: bank.receipts, refunds: bank.refunds } }));
  return money;
}

async function main(world) {
  await world.open();
  const deaths = new Deaths(world, chance(SEED)), bank = new Bank(world), sessions = new Sessions(world, deaths, bank);
  const began = Date.now();
  for (let n = 1; n <= SESSIONS; n += 1) await sessions.one(n);
  const seconds = (Date.now() - began) / 1000;
  const waiting = filesUnder(join(world.box, 'spool')).length;
  const early = readable(searched(world));
  await deaths.end();
  await world.spoolEmpty();
  const fates = [];
  for (const slip of sessions.kept) fates.push(await fateOf(world, slip));
  await world.close();

  const kills = deaths.box + deaths.power + deaths.server;
  say(deaths.box > 0 && deaths.power > 0 && deaths.server > 0 && world.line.lost > 0,
    `killed: the kiosk's program ${deaths.box} times, with the power ${deaths.power}, the server ${deaths.server}; ` +
    `line cut ${world.line.cuts} times, ${world.line.lost} answers lost`);
  const became = sayCases(sessions, fates, casesByPid(world));
  const money = sayMoney(world, bank, sessions.payments);
  const files = [...early, ...readable(searched(world))];
  const found = numbersIn(files);
  say(files.length > 10 && found.length === 0, `no personal number in ${files.length} files of kiosk, logs and what is temporary`,
    found.join('\n'));
  console.log(`# kiosk: sessions ${SESSIONS} (${(SESSIONS / seconds).toFixed(1)}/s, ${sessions.left} left, ` +
    `${sessions.broken} broken off), kills ${kills} (${deaths.power} with the power), ` +
    `spooled ${became.spooled} (${became.handedIn} handed in, ${waiting} at the end), ` +
    `replayed ${became.replayed}, to a window ${became.desk}, filed on the line ${sessions.filed.length}, ` +
    `receipts ${money.receipted} (${money.after_end} after the session), refunds ${money.owed}, ` +
    `bank said ${bank.said} of ${bank.transactions}, ID numbers outside the spool ${found.length}`);
}

const dir = mkdtempSync(join(tmpdir(), 'bon-kiosk-'));
const world = new World(program, dir);
try {
  await main(world);
} catch (error) {
  say(false, 'the run goes to its end', error.stack);
} finally {
  await world.close();
}
console.log(`1..${cases}`);
if (failed === 0 && !rest.includes('--keep')) rmSync(dir, { recursive: true, force: true });
else console.log(`# kept: ${dir}`);
process.exitCode = failed === 0 ? 0 : 1;
