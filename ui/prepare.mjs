// What Meson calls: node prepare.mjs OUT STAMP. Installs the pinned packages when they are missing or older than the lock file,
// then builds into OUT and writes STAMP.
import { spawnSync } from 'node:child_process';
import { statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));
const [out, stamp] = process.argv.slice(2);
const time = (name) => statSync(join(here, name), { throwIfNoEntry: false })?.mtimeMs ?? 0;

function run(command, args) {
  const done = spawnSync(command, args, { cwd: here, encoding: 'utf8' });
  if (done.status === 0) return done.stdout;
  console.error(`${command} ${args.join(' ')} failed in ui/\n${done.error?.message ?? ''}${done.stdout ?? ''}${done.stderr ?? ''}`);
  process.exit(1);
}

if (time('node_modules/.package-lock.json') < time('package-lock.json')) run('npm', ['ci', '--no-audit', '--no-fund']);
writeFileSync(stamp, run(process.execPath, ['build.mjs', out]));
