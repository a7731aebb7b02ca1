// A thousand people signed in at once, for a minute (bench/users): citizens who look, type and file, officers who open and move cases.
import { execFile } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { quick, say } from './measure.mjs';
import { good, number } from './table.mjs';

const run = promisify(execFile);
const PEOPLE = quick ? 150 : 1000;
const SECONDS = quick ? 10 : 60;

// Errors end the client with status 1; what it printed is wanted all the same.
async function crowd(p, file) {
  try {
    const words = [String(p.port), file, String(SECONDS)];
    return await run(resolve('build-bench/bench/users'), words, { timeout: (SECONDS + 180) * 1000 });
  } catch (error) {
    if (error.code !== 1) throw error;
    say(`the crowd met errors: ${error.stderr.slice(0, 2000)}`);
    return error;
  }
}

export async function measureUsers(p, dir) {
  const options = { env: p.env, timeout: 120000, maxBuffer: 1 << 24 };
  const { stdout: people } = await run(resolve('build-bench/bench/users_make'), [String(PEOPLE)], options);
  const file = join(dir, `people-${p.db ? 'pg' : 'sqlite'}`);
  writeFileSync(file, people.split('\n').filter((line) => line.startsWith('do.')).join('\n'));
  await p.serve();
  const { stdout } = await crowd(p, file);
  await p.stop();
  const printed = stdout.trim().split('\n').map((line) => JSON.parse(line));
  const pages = printed.filter((line) => line.page), [signedIn] = printed, total = printed.at(-1);
  say(`${signedIn.signed_in} people signed in within ${signedIn.seconds} s; ${number(total.requests)} pages, ${total.errors} errors`);
  return { people: signedIn.signed_in, wanted: PEOPLE, seconds: SECONDS, signInS: signedIn.seconds, ...total, pages };
}

const worst = (s) => Math.max(...s.pages.filter((page) => !page.page.startsWith('sign in')).map((page) => page.p95_us));

export function usersRows(s, pg) {
  const errors = (m) => `${number(m.errors)} of ${number(m.requests)}`;
  return [
    { what: `errors while ${number(s.people)} people are signed in and at work`, measured: errors(s), wanted: '0', pg: pg && errors(pg),
      ok: good(s.errors === 0 && s.people === s.wanted && (!pg || (pg.errors === 0 && pg.people === pg.wanted))) },
    { what: 'the slowest of their pages, p95', measured: `${number(worst(s) / 1000, 1)} ms`, pg: pg && `${number(worst(pg) / 1000, 1)} ms`,
      wanted: '≤ 200 ms', ok: good(worst(s) <= 200000) },
  ];
}

const HEAD = '| page | times | p50 | p95 | p99 | PostgreSQL p50 | p95 | p99 |\n|---|---|---|---|---|---|---|---|';

export function usersTable(s, pg) {
  const ms = (us) => `${number(us / 1000, 1)} ms`;
  const three = (page) => (page ? [page.p50_us, page.p95_us, page.p99_us].map(ms).join(' | ') : '– | – | –');
  const there = (page) => pg?.pages.find((other) => other.page === page.page);
  const rows = s.pages.map((page) => `| ${page.page} | ${number(page.n)} | ${three(page)} | ${three(there(page))} |`);
  const words = `${number(s.people)} people signed in within ${number(s.signInS, 1)} s, each with a session and a connection; then ` +
    `${s.seconds} s of pages, with a third of a second to a second and two thirds between two pages of one person.`;
  return [words, '', HEAD, ...rows].join('\n');
}
