// A few made-up cases of some days in 2024 with their codes, for whoever follows one without an account.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

// `run` runs a command of the program, before it is served. Gives { number, code } of each.
export function makeFollowed(run) {
  const dir = mkdtempSync(join(tmpdir(), 'bon-codes-'));
  const file = join(dir, 'codes.csv');
  run('case', 'generate', '--count', '40', '--from', '2024-03-04', '--until', '2024-03-15', '--codes', file);
  const [, ...lines] = readFileSync(file, 'utf8').trim().split('\n');
  rmSync(dir, { recursive: true });
  return lines.map((line) => ({ number: line.split(',')[0], code: line.split(',')[1] }));
}
