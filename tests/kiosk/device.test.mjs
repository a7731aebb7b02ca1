// A device as another program: Ed25519 of node's own, the text that is signed written anew. What it may not do is refused.
//
//   node tests/kiosk/device.test.mjs build/app/bon
import { createHash, generateKeyPairSync, sign } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { World } from './world.mjs';
import { Person } from './person.mjs';

let cases = 0, failed = 0;
function say(good, name, why = '') {
  cases += 1;
  if (!good) failed += 1;
  if (!good) console.log(`# ${JSON.stringify(why).slice(0, 600)}`);
  console.log(`${good ? 'ok' : 'not ok'} ${cases} - ${name}`);
}

class Device {
  constructor(server) {
    this.server = server;
    this.keys = generateKeyPairSync('ed25519');
    this.sequence = 0;
  }

  async enrol(code) {
    const { x } = this.keys.publicKey.export({ format: 'jwk' });
    const answer = await fetch(`${this.server}/api/v1/edge/enrol`, {
      method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ code, public_key: x, version: '1' }),
    });
    const told = await answer.json();
    this.id = told.device;
    return { status: answer.status, ...told };
  }

  header(path, body, { sequence = (this.sequence += 1), at = Date.now(), key = this.keys.privateKey } = {}) {
    const hash = createHash('sha256').update(body).digest('hex');
    const signature = sign(null, Buffer.from(`bon-edge-1\nPOST\n${path}\n${this.id}\n${sequence}\n${at}\n${hash}\n`), key);
    return `${this.id};${sequence};${at};${signature.toString('base64url')}`;
  }

  async send(path, value, how = {}) {
    const body = JSON.stringify(value);
    const answer = await fetch(this.server + path, {
      method: 'POST', body: how.otherBody ?? body,
      headers: { 'content-type': 'application/json', 'x-bon-device': how.header ?? this.header(path, body, how) },
    });
    return { status: answer.status, ...(await answer.json()) };
  }
}

const BEAT = { config: 0, disk_mb: 9000, ink: 'ok', paper: 'ok', reader: 'ok', temperature: 40, version: '1', waiting: 0 };
const beatPath = '/api/v1/edge/beat', actsPath = '/api/v1/edge/acts';

// A browser behind the device's token.
class Behind extends Person {
  constructor(base, token) {
    super(base, { pid: '067090100001' });
    this.token = token;
  }

  async ask(path, body) {
    const cookie = [...this.jar].map(([k, v]) => `${k}=${v}`).join('; ');
    const answer = await fetch(this.base + path, {
      method: body ? 'POST' : 'GET', redirect: 'manual', body,
      headers: { cookie, 'x-bon-device-token': this.token, ...(body ? { 'content-type': 'application/x-www-form-urlencoded' } : {}) },
    });
    for (const line of answer.headers.getSetCookie()) {
      const [pair] = line.split(';');
      this.jar.set(pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1));
    }
    return { status: answer.status, location: answer.headers.get('location'), html: await answer.text() };
  }
}

async function messages(device) {
  const path = beatPath;
  const body = JSON.stringify(BEAT);
  const header = device.header(path, body);
  const first = await device.send(path, BEAT, { header });
  say(first.status === 200 && first.token && first.config.number === 1, 'a signed heartbeat gets token and configuration', first);
  const again = await device.send(path, BEAT, { header });
  say(again.status === 409, 'the same message again is refused', again);
  const older = await device.send(path, BEAT, { sequence: 0 });
  say(older.status === 401, 'a number below one is no message', older);
  const stranger = await device.send(path, BEAT, { key: generateKeyPairSync('ed25519').privateKey });
  say(stranger.status === 401, 'another key is refused', stranger);
  const changed = await device.send(path, BEAT, { otherBody: JSON.stringify({ ...BEAT, paper: 'jam' }) });
  say(changed.status === 401, 'a body that was changed on the way is refused', changed);
  const elsewhere = await device.send(path, BEAT, { header: device.header(actsPath, body) });
  say(elsewhere.status === 401, 'a signature for another path is refused', elsewhere);
  const late = await device.send(path, BEAT, { at: Date.now() - 10 * 60_000 });
  say(late.status === 400 && late.field === 'clock' && Math.abs(late.now_ms - Date.now()) < 60_000,
    'a clock that is off is told the time', late);
  return device.send(path, BEAT);
}

async function acts(device) {
  const block = await device.send('/api/v1/edge/block', {});
  const next = await device.send('/api/v1/edge/block', {});
  say(block.last - block.first === 199 && next.first > block.last, 'a block of numbers is never given twice', { block, next });
  const number = (n) => `T-24763-${String(n).padStart(6, '0')}`;
  const act = { made_at: new Date().toISOString(), number: number(block.first),
    sealed: Buffer.alloc(304, 7).toString('base64url'), sequence: 1 };
  const state = async (a) => (await device.send(actsPath, { acts: [a] })).acts?.[0]?.state;
  const seen = [await state(act), await state(act), await state({ ...act, sealed: Buffer.alloc(304, 8).toString('base64url') }),
    await state({ ...act, sequence: 2, number: number(next.last + 5000) })];
  say(seen.join() === 'taken,again,clash,foreign', 'an act is taken once; another under its number, or under a foreign one, is not', seen);
}

async function paper(device, token) {
  const person = new Behind(device.server, token);
  const start = await person.ask('/kiosk');
  say(start.status === 200 && start.html.includes('/kiosk/ticket"'), 'with paper the kiosk gives numbers', start.status);
  await device.send(beatPath, { ...BEAT, paper: 'jam' });
  const jammed = await person.ask('/kiosk');
  say(jammed.html.includes('Máy hết giấy') && !jammed.html.includes('/kiosk/ticket"'), 'jammed, it says where to go instead');
  const ticket = await person.send(await person.ask('/kiosk/ticket'), '/kiosk/ticket', { lane: 'plain' });
  say(ticket.status === 409 && ticket.html.includes('bàn hướng dẫn'),
    'and gives no number to whoever was quicker', ticket.html.slice(0, 200));
  await device.send(beatPath, BEAT);
  // In a simulation whoever has no token stands before the model kiosk, which knows of no box.
  const forged = await new Behind(device.server, `${token.slice(0, 8)}${token[8] === 'A' ? 'B' : 'A'}${token.slice(9)}`).ask('/kiosk');
  const own = await person.ask('/kiosk');
  say(own.html.includes('data-box="1"') && !forged.html.includes('data-box="1"'),
    'a token that was changed is not this device\'s', forged.status);
}

const dir = mkdtempSync(join(tmpdir(), 'bon-device-'));
const world = new World(process.argv[2], dir);
try {
  await world.openServer(['KB-02']);
  const device = new Device(world.server);
  const told = await device.enrol(world.codes[0]);
  say(told.status === 200 && told.keys.length > 0, 'a device with a key of node\'s enrols', told);
  const other = await new Device(world.server).enrol(world.codes[0]);
  say(other.status === 403, 'the code is good once', other);
  const beat = await messages(device);
  await acts(device);
  await paper(device, beat.token);
} catch (error) {
  say(false, 'the test goes to its end', error.stack);
} finally {
  await world.close();
}
console.log(`1..${cases}`);
rmSync(dir, { recursive: true, force: true });
process.exitCode = failed === 0 ? 0 : 1;
