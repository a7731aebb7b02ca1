// One round of load against one server, and pairs of servers in turn: what disturbs the machine disturbs both.
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { cpuSeconds, median, seconds } from './machine.mjs';
import { number } from './table.mjs';

const run = promisify(execFile);
const began = seconds();
const MEASURED = ['rate', 'p50_us', 'p99_us', 'cpu_us'];

export const quick = process.argv.includes('--quick');
export const ROUNDS = quick ? 1 : 5;
export const ROUND_S = quick ? 1 : 3;

export const say = (text) => console.error(`[${(seconds() - began).toFixed(0).padStart(3)} s] ${text}`);
export const middle = (rounds) => Object.fromEntries(MEASURED.map((key) => [key, median(rounds.map((one) => one[key]))]));

// One round against one server: rate, latency, and what its processes used of the CPU for each request.
export async function round({ port, pid, connections, expect = 200, requests, flow = 1, rest = 0 }, forSeconds = ROUND_S) {
  const before = cpuSeconds(pid());
  const options = { port, connections, seconds: forSeconds, expect, flow, rest, requests };
  const words = Object.entries(options).flatMap(([name, value]) => [`--${name}`, String(value)]);
  const { stdout, stderr } = await run('build-bench/bench/load', words, { timeout: (forSeconds + 20) * 1000 });
  const result = JSON.parse(stdout);
  if (result.errors > result.requests / 100) throw new Error(`${result.errors} unexpected answers beside ${result.requests}: ${stderr}`);
  const refusedWith = /^.*HTTP\/1.1 (\d+)/.exec(stderr)?.[1] ?? stderr;
  if (result.errors > 0) say(`${result.errors} refusals beside ${result.requests} answers: ${refusedWith}`);
  return { ...result, cpu_us: ((cpuSeconds(pid()) - before) * 1e6) / result.requests };
}

export async function pair(what, ours, limit) {
  const us = [],
    them = [];
  let done = (await round(ours, 1)).requests;
  for (let i = 0; i < ROUNDS; i++) {
    us.push(await round(ours));
    done += us.at(-1).requests;
    if (limit) them.push(await round(limit));
  }
  const result = { ours: middle(us), limit: limit && middle(them), done };
  const side = ({ rate, cpu_us, p50_us, p99_us }) => `${number(rate)}/s (${cpu_us.toFixed(1)} µs CPU, p50 ${p50_us} µs, p99 ${p99_us} µs)`;
  say(`${what}: ${side(result.ours)}${limit ? `; limit ${side(result.limit)}` : ''}`);
  return result;
}
