// A real server and a real kiosk program in directories that are thrown away, started, killed and started again.
import { execFile, spawn, spawnSync } from 'node:child_process';
import { closeSync, cpSync, existsSync, mkdirSync, openSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { createServer } from 'node:net';
import { dirname, join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { Line } from './line.mjs';

const run = promisify(execFile);

export const sleep = (ms) => new Promise((next) => setTimeout(next, ms));

export function freePort() {
  return new Promise((done) => {
    const probe = createServer();
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address();
      probe.close(() => done(port));
    });
  });
}

// A program that is started again and again on the same port, and may be killed at any moment. It leads a group of its own, so that
// nothing it started outlives it.
class Program {
  constructor(bon, args, env, log, ready) {
    Object.assign(this, { bon, args, env, log, ready, starts: 0 });
  }

  async start() {
    if (this.child) return;
    const fd = openSync(this.log, 'a');
    const child = spawn(this.bon, this.args, { env: this.env, stdio: ['ignore', fd, fd], detached: true });
    closeSync(fd);
    this.starts += 1;
    this.child = child;
    this.ended = new Promise((done) => child.on('exit', done));
    for (let i = 0; i < 1200; i += 1) {
      if (child.exitCode !== null)
        throw new Error(`${this.args.join(' ')} ended with ${child.exitCode}\n${readFileSync(this.log, 'utf8').slice(-2000)}`);
      if (await fetch(this.ready).then((r) => r.ok).catch(() => false)) return;
      await sleep(25);
    }
    throw new Error(`${this.args.join(' ')} does not answer`);
  }

  async kill(signal = 'SIGKILL') {
    if (!this.child) return;
    const { pid } = this.child;
    this.child = null;
    process.kill(-pid, signal);
    await this.ended;
    if (signal === 'SIGKILL') await sleep(20); // the rest of the group
  }
}

export class World {
  constructor(program, dir) {
    this.bon = resolve(program);
    this.dir = dir;
    this.box = join(dir, 'box');
    this.platter = join(dir, 'platter');
    this.logs = join(dir, 'logs');
    this.tmp = join(dir, 'tmp');
    for (const d of [this.logs, this.tmp]) mkdirSync(d, { recursive: true });
  }

  command(...args) {
    const ran = spawnSync(this.bon, args, { env: this.env, encoding: 'utf8' });
    if (ran.status !== 0) throw new Error(`bon ${args.join(' ')}: ${ran.status}\n${ran.stdout}${ran.stderr}`);
    return ran.stdout.trim();
  }

  // A province without people who did anything, with a device for each name; codes are for enrolling them.
  async openServer(names) {
    const port = await freePort();
    this.port = await freePort();
    this.server = `http://127.0.0.1:${port}`;
    this.kiosk = `http://127.0.0.1:${this.port}`;
    this.env = {
      ...process.env, BON_DATA_DIR: join(this.dir, 'var'), BON_PACK_DIR: resolve('packs/dak_nong'), BON_PORT: String(port), BON_LANG: 'vi',
      BON_MODE: 'MÔ PHỎNG', TMPDIR: this.tmp,
    };
    delete this.env.BON_TEST_DB;
    this.command('init');
    this.command('seed', '--people', '400', '--seed', '511');
    this.codes = names.map((name) => this.command('edge', 'add', '24763', name, 'Sảnh một cửa'));
    this.serving = new Program(this.bon, ['serve'], this.env, join(this.logs, 'serve.log'), `${this.server}/healthz`);
    await this.serving.start();
  }

  // What the kiosk writes goes to a disk whose power may go (power.c).
  boxEnv() {
    for (const d of ['tree', 'inodes']) mkdirSync(join(this.platter, d), { recursive: true });
    const power = join(dirname(this.bon), '..', 'tests', 'libkiosk_power.so');
    if (!existsSync(power)) throw new Error(`${power} is not built: meson -Dtests=true`);
    return {
      ...this.env, LD_PRELOAD: power, POWER_OF: this.box, POWER_TO: this.platter,
      ASAN_OPTIONS: `${process.env.ASAN_OPTIONS ?? ''}:verify_asan_link_order=0`,
    };
  }

  async open() {
    await this.openServer(['KB-01']);
    this.line = new Line(Number(new URL(this.server).port));
    const env = this.boxEnv(), server = `http://127.0.0.1:${await this.line.open()}`;
    mkdirSync(this.box, { mode: 0o700 });
    await run(this.bon, ['kiosk', 'enrol', '--server', server, '--dir', this.box, this.codes[0]], { env }); // over our own line
    this.boxing = new Program(this.bon, ['kiosk', 'serve', '--dir', this.box, '--port', String(this.port), '--beat-ms', '200'], env,
      join(this.logs, 'kiosk.log'), `${this.kiosk}/kiosk/box/state`);
    await this.boxing.start();
    await this.inService();
  }

  // The program is dead: what it had not synced is gone.
  powerCut() {
    rmSync(this.box, { recursive: true });
    cpSync(join(this.platter, 'tree'), this.box, { recursive: true });
    rmSync(join(this.platter, 'inodes'), { recursive: true });
    mkdirSync(join(this.platter, 'inodes'));
  }

  // Rows of the server's store, only while nobody serves.
  rows(sql) {
    const ran = spawnSync('sqlite3', ['-readonly', join(this.env.BON_DATA_DIR, 'bon.db'), sql], { encoding: 'utf8' });
    if (ran.status !== 0) throw new Error(`sqlite3: ${ran.stderr}`);
    return ran.stdout.trim().split('\n').filter(Boolean);
  }

  // The kiosk has its token, and pages come through.
  async inService() {
    for (let i = 0; i < 1200; i += 1) {
      const page = await fetch(`${this.kiosk}/kiosk`).catch(() => null);
      if (page?.status === 200) return;
      await sleep(50);
    }
    throw new Error('the kiosk does not come into service');
  }

  async spoolEmpty() {
    for (let i = 0; i < 1200; i += 1) {
      const state = await fetch(`${this.kiosk}/kiosk/box/state`).then((r) => r.json()).catch(() => null);
      if (state?.waiting === 0) return;
      await sleep(50);
    }
    throw new Error('the spool does not become empty');
  }

  async close() {
    await this.boxing?.kill();
    await this.serving?.kill();
    this.line?.close();
  }
}

export function filesUnder(dir) {
  if (!existsSync(dir)) return [];
  return readdirSync(dir).flatMap((name) => {
    const path = join(dir, name);
    return statSync(path).isDirectory() ? filesUnder(path) : [path];
  });
}
