// Nothing that somebody said at a kiosk lies readable on its disk, whatever dies when; nothing that it acknowledged is lost.
//
//   node tests/kiosk/run.mjs build/app/bon [--sessions 500] [--seed 1] [--keep]
//
// README.md says what is searched and why. TAP on standard output.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { Person, text } from './person.mjs';
import { filesUnder, sleep, World } from './world.mjs';

const [program, ...rest] = process.argv.slice(2);
const option = (name, preset) => (rest.includes(`--${name}`) ? Number(rest[rest.indexOf(`--${name}`) + 1]) : preset);
const SESSIONS = option('sessions', 500);
const SEED = option('seed', 1);
const FREE = 'DVC05', PAID = 'DVC10';

// Mulberry32: the same seed, the same deaths.
function chance(seed) {
  let a = seed >>> 0;
  return () => {
    a = (a + 0x6D2B79F5) >>> 0;
    let t = Math.imul(a ^ (a >>> 15), 1 | a);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

let cases = 0, failed = 0;
function say(good, name, why = '') {
  cases += 1;
  if (!good) failed += 1;
  if (!good && why) console.log(String(why).split('\n').slice(0, 20).map((l) => `# ${l}`).join('\n'));
  console.log(`${good ? 'ok' : 'not ok'} ${cases} - ${name}`);
}

class Deaths {
  constructor(world, random) {
    Object.assign(this, { world, random, awayFor: 0, box: 0, server: 0 });
  }

  // Before a step of a session: now and then something dies. The kill lands while the step's request is on its way.
  async before() {
    if (this.awayFor > 0) {
      this.awayFor -= 1;
      if (this.awayFor === 0) await this.world.serving.start();
    }
    const drawn = this.random();
    const soon = sleep(this.random() * 12);
    if (drawn < 0.02) this.dying = soon.then(() => this.killBox());
    else if (drawn < 0.035 && this.awayFor === 0) this.dying = soon.then(() => this.killServer());
  }

  async after() {
    await this.dying;
    this.dying = null;
    await this.world.boxing.start();
  }

  async killBox() {
    this.box += 1;
    await this.world.boxing.kill();
  }

  async killServer() {
    this.server += 1;
    this.awayFor = 3 + Math.floor(this.random() * 9);
    await this.world.serving.kill();
  }

  async end() {
    await this.world.serving.start();
    await this.world.boxing.start();
    await this.world.inService();
  }
}

const KEPT = /T-24763-\d{6}/;

class Sessions {
  constructor(world, deaths) {
    Object.assign(this, { world, deaths, filed: [], kept: [], paid: [], left: 0, broken: 0 });
  }

  async step(act) {
    await this.deaths.before();
    try {
      return await act();
    } catch (error) {
      if (error.cause || /fetch failed/.test(error.message)) return null; // the kiosk's program died under it
      throw error;
    } finally {
      await this.deaths.after();
    }
  }

  async one(n) {
    const who = { name: 'Nguyễn Thị Thử', pid: `067090${String(100000 + n)}`, born: '01/02/1990' };
    const person = new Person(this.world.kiosk, who);
    const begun = await this.step(() => person.ask('/kiosk/typed'));
    if (!begun) return this.breakOff();
    if (begun.status === 503) return this.message(person, begun);
    let page = await this.step(() => person.send(begun, '/kiosk/typed', { text: who.pid, name: who.name, born: who.born }));
    page = this.over(page) ? page : await this.choose(person, n % 3 === 0 ? PAID : FREE);
    while (!this.over(page) && page.path.startsWith('/kiosk/file/')) {
      const at = page;
      page = await this.step(() => person.send(at, at.path));
    }
    if (!this.over(page) && n % 7 === 0) return this.leave(person);
    if (!this.over(page)) page = await this.step(() => person.send(page, '/kiosk/check'));
    return this.finish(person, page);
  }

  over(page) {
    return !page || page.status !== 200 || KEPT.test(page.html);
  }

  breakOff() {
    this.broken += 1;
  }

  async choose(person, code) {
    const list = await this.step(() => person.ask(`/kiosk/services?q=${code === FREE ? 'tam+vang' : 'con+dau+thu+nho'}`));
    if (this.over(list) || !list.html.includes(`/kiosk/services/${code}"`))
      return this.over(list) ? list : { status: 500, html: list.html };
    return this.step(() => person.send(list, `/kiosk/services/${code}`));
  }

  async message(person, page) {
    if (!page.html.includes('/kiosk/offline')) return this.breakOff();
    const kept = await this.step(() => person.send(page, '/kiosk/offline',
      { pid: person.who.pid, name: person.who.name, need: 'Khai báo tạm vắng' }));
    return kept ? this.finish(person, kept) : this.breakOff();
  }

  // The person walks away in the middle.
  async leave(person) {
    this.left += 1;
    await this.step(() => person.ask('/kiosk/forget?how=idle', 'x=1'));
  }

  async finish(person, page) {
    if (!page) return this.breakOff();
    if (page.status === 422) throw new Error(`${page.path} was refused: ${text(page.html).slice(0, 600)}`);
    const kept = page.html.match(KEPT);
    if (kept) {
      this.kept.push(kept[0]);
      return undefined;
    }
    if (page.path !== '/kiosk/done' || page.status !== 200) return this.breakOff();
    const [number] = page.html.match(/\d{5}\.[\w.]+-\d{6}-\d{4,6}/) ?? [];
    this.filed.push(number);
    if (page.html.includes('action="/kiosk/pay"')) await this.pay(person, page);
    return this.step(() => person.ask('/kiosk'));
  }

  async pay(person, page) {
    const asked = await this.step(() => person.send(page, '/kiosk/pay'));
    const action = asked?.html.match(/\/kiosk\/pay\/\w+\/arrived/)?.[0];
    if (!action) return;
    const told = await this.step(() => person.send(asked, action));
    this.paid.push({ person, path: action.replace('/arrived', ''), action, asked, told: Boolean(told && told.status === 200) });
    if (!told || told.status !== 200) await this.bankAgain(this.paid.at(-1));
  }

  // A bank says it again until it is heard.
  async bankAgain(payment) {
    await this.deaths.end();
    for (let i = 0; i < 100; i += 1) {
      const told = await payment.person.send(payment.asked, payment.action).catch(() => null);
      if (told?.status === 200) return;
      await sleep(100);
    }
  }
}

async function settled(payment) {
  const page = await payment.person.ask(payment.path).catch(() => null);
  if (page?.status !== 200) return null;
  if (page.html.includes('Đã nhận tiền')) return 'receipt';
  return page.html.includes('Tiền sẽ được trả lại') ? 'refund' : 'neither';
}

async function known(world, number) {
  const person = new Person(world.kiosk, { pid: '' });
  const page = await person.send(await person.ask('/kiosk/find'), '/kiosk/find', { number, code: '' });
  if (page.html.includes('Số tạm đã thành hồ sơ')) return 'filed';
  return page.html.includes('Phiếu đã đến một cửa') ? 'desk' : null;
}

// Every byte of the kiosk's disk, of all logs, of what is temporary, and of cores that should not be there.
function searched(world) {
  const server = filesUnder(join(world.dir, 'var')).filter((path) => !/\/bon\.db(-wal|-shm)?$/.test(path));
  return [...filesUnder(world.box), ...filesUnder(world.logs), ...filesUnder(world.tmp), ...server];
}

const dir = mkdtempSync('/tmp/bon-kiosk-');
const world = new World(program, dir);
const deaths = new Deaths(world, chance(SEED));
const sessions = new Sessions(world, deaths);
try {
  await world.open();
  const began = Date.now();
  for (let n = 1; n <= SESSIONS; n += 1) {
    await sessions.one(n);
    for (const payment of sessions.paid) payment.state ??= await settled(payment);
  }
  const seconds = (Date.now() - began) / 1000;
  const waiting = filesUnder(join(world.box, 'spool')).length;
  const early = searched(world);
  await deaths.end();
  await world.spoolEmpty();
  await sleep(6000); // the server's own turn of going through what came
  const fates = await Promise.all(sessions.kept.map((number) => known(world, number)));
  await world.close();

  const bytes = [...new Set([...early, ...searched(world)])].map((path) => {
    try { return [path, readFileSync(path)]; } catch { return null; }
  }).filter(Boolean);
  const found = [];
  for (let n = 1; n <= SESSIONS; n += 1) {
    for (const [path, content] of bytes) if (content.includes(`067090${100000 + n}`)) found.push(`${path}: session ${n}`);
  }
  const lost = sessions.kept.filter((_, i) => !fates[i]);
  say(deaths.box + deaths.server > 0, `something died: the kiosk's program ${deaths.box} times, the server ${deaths.server} times`);
  say(sessions.filed.length > 0 && new Set(sessions.filed).size === sessions.filed.length,
    `${sessions.filed.length} cases, no number twice`);
  say(sessions.kept.length > 0 && new Set(sessions.kept).size === sessions.kept.length,
    `${sessions.kept.length} slips were acknowledged, no number twice`);
  say(lost.length === 0,
    `each acknowledged slip is known to the server (${fates.filter((f) => f === 'filed').length} filed, ` +
    `${fates.filter((f) => f === 'desk').length} at a window)`, lost.join('\n'));
  say(sessions.paid.length > 0 && sessions.paid.every((p) => p.state === 'receipt' || p.state === 'refund'),
    `${sessions.paid.length} payments, each with a receipt or to be paid back`,
    JSON.stringify(sessions.paid.map((p) => [p.path, p.state])));
  say(bytes.length > 5 && found.length === 0,
    `no personal number in ${bytes.length} files of the kiosk, the logs and what is temporary`, found.join('\n'));
  console.log(`# kiosk: ${SESSIONS} sessions, ${(SESSIONS / seconds).toFixed(1)} sessions/s, ` +
    `${sessions.filed.length} filed, ${sessions.kept.length} kept sealed, `
    + `${sessions.left} left, ${sessions.broken} broken off by a death, ${waiting} in the spool at the end, ${sessions.paid.length} paid`);
} catch (error) {
  say(false, 'the run goes to its end', error.stack);
} finally {
  await world.close();
}
console.log(`1..${cases}`);
if (failed === 0 && !rest.includes('--keep')) rmSync(dir, { recursive: true, force: true });
else console.log(`# kept: ${dir}`);
process.exitCode = failed === 0 ? 0 : 1;
