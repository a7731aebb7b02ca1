// The one clock of a run: the server's and ours. It only goes forward, when a test says so.
import { spawnSync } from 'node:child_process';
import { openSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export class Clock {
  constructor(dir) {
    this.ahead = 0;
    this.file = join(dir, 'later');
    this.library = join(dir, 'later.so');
    this.fd = openSync(this.file, 'w');
    this.write();
    const source = fileURLToPath(new URL('later.c', import.meta.url));
    const made = spawnSync('cc', ['-shared', '-fPIC', '-O1', '-o', this.library, source, '-ldl'], { encoding: 'utf8' });
    if (made.status !== 0) throw new Error(`later.c: ${made.stderr}`);
  }

  // What the served program needs in its environment.
  get env() {
    return { LD_PRELOAD: this.library, BON_LATER: this.file };
  }

  write() {
    const bytes = Buffer.alloc(8);
    bytes.writeBigInt64LE(BigInt(this.ahead));
    writeSync(this.fd, bytes, 0, 8, 0);
  }

  pass(seconds) {
    this.ahead += seconds;
    this.write();
  }

  get seconds() {
    return Math.floor(Date.now() / 1000) + this.ahead;
  }

  get date() {
    return new Date(Date.now() + this.ahead * 1000);
  }
}
