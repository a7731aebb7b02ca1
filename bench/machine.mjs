// The machine, and the plain means of measuring on it: time, CPU time and memory of processes, the disk.
import { closeSync, fdatasyncSync, openSync, readFileSync, readdirSync, writeSync } from 'node:fs';
import { execFileSync } from 'node:child_process';
import { cpus, loadavg, release, totalmem } from 'node:os';
import { join } from 'node:path';

const TICKS_PER_S = 100; // of /proc/PID/stat; USER_HZ is 100 on every Linux that Debian builds

export const seconds = () => performance.now() / 1000;
export const nap = (ms) => new Promise((done) => setTimeout(done, ms));

export function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)];
}

// The process and all it started.
export function family(pid) {
  let children = [];
  try {
    children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ').filter(Boolean).map(Number);
  } catch { /* it has ended */ }
  return [pid, ...children.flatMap(family)];
}

function cpuOf(pid) {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return (Number(fields[11]) + Number(fields[12])) / TICKS_PER_S;
}

// Seconds of CPU so far.
export const cpuSeconds = (pid) => family(pid).reduce((sum, one) => sum + cpuOf(one), 0);

// Proportional set size in MB: pages that processes share are counted once in the sum.
export function memory(pid) {
  const kilobytes = family(pid).map((one) => Number(/^Pss:\s+(\d+)/m.exec(readFileSync(`/proc/${one}/smaps_rollup`, 'utf8'))[1]));
  return kilobytes.reduce((a, b) => a + b, 0) / 1024;
}

// How often a second the disk under a directory makes 4 KiB durable, one after another.
export function syncsPerSecond(dir, forSeconds) {
  const fd = openSync(join(dir, 'syncs'), 'w');
  const block = Buffer.alloc(4096, 1);
  let n = 0;
  const began = seconds();
  while (seconds() < began + forSeconds) {
    writeSync(fd, block, 0, block.length, 0);
    fdatasyncSync(fd);
    n += 1;
  }
  closeSync(fd);
  return n / (seconds() - began);
}

export function describe(dir) {
  const [filesystem, source] = execFileSync('findmnt', ['-no', 'FSTYPE,SOURCE', '-T', dir], { encoding: 'utf8' }).trim().split(/\s+/);
  const queue = readdirSync('/sys/block').filter((name) => !/^(loop|ram|zram)/.test(name)).join(', ');
  return {
    cores: cpus().length,
    cpu: cpus()[0].model.replace(/\s+/g, ' ').trim(),
    memory: `${(totalmem() / 2 ** 30).toFixed(0)} GiB`,
    kernel: `Linux ${release()}`,
    filesystem: `${filesystem} on ${source}${queue ? ` (disks: ${queue})` : ''}`,
    busy: loadavg()[0],
  };
}
