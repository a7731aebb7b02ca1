// The journeys of the main job's people, at a phone's and a desk's width, against the really served program.
//
//   node tests/browser/run.mjs build/app/bon [JOURNEY…]      TAP on standard output, pictures in build/screens/
//   BON_PICTURES=broken …                                    pictures of what broke only
import { rmSync } from 'node:fs';
import { resolve } from 'node:path';
import { App } from './app.mjs';
import { Elsewhere } from './elsewhere.mjs';
import { makeFollowed } from './followed.mjs';
import { openBrowser, SIZES, Tap, Walk } from './lib.mjs';
import { startServer } from './server.mjs';

const [program, ...only] = process.argv.slice(2);
if (!program) {
  console.error('usage: node tests/browser/run.mjs build/app/bon [JOURNEY…]');
  process.exit(2);
}
const NAMES = [
  'receptionist', 'camera', 'keyboard', 'police', 'leader', 'citizen', 'administrator', 'stranger', 'plain',
  'second-factor', 'passkey', 'recovery', 'scan',
  'plan_public', 'plan_keyboard', 'plan_plain', 'plan_agency', 'plan_office',
  'digital_team', 'digital_team_plain', 'digital_province', 'staff', 'reorganise', 'digital_offline', 'digital_own',
  'services', 'services_plain', 'services_editor',
  'app', 'app_plain', 'vneid', 'vneid_plain', 'scan-plain', 'elsewhere', 'elsewhere_plain',
  'hats', 'hats_plain', 'counter', 'counter_offline', 'app_desk', 'app_desk_plain', 'citizen_case', 'citizen_plain', 'kiosk',
  'helper', 'case_whole', 'counter_keys', 'paperless', 'paperless_plain', 'follow', 'vneid_case', 'vneid_case_plain',
];

async function journeys() {
  const found = [];
  for (const file of NAMES.filter((n) => only.length === 0 || only.includes(n))) {
    found.push(await import(`./journeys/${file}.mjs`));
  }
  return found;
}

const tap = new Tap();
// A picture costs as much as the rest of a step, and nothing is judged by it: who looks at them asks for them.
const world = { tap, screens: resolve('build/screens'), onlyBroken: process.env.BON_PICTURES === 'broken' };
rmSync(world.screens, { recursive: true, force: true });
// An app that people sign in to; it lies on this machine, so it is named as an inner host.
const app = await new App().listen();
const elsewhere = new Elsewhere();
const server = await startServer(program, {
  env: { BON_INNER_HOSTS: `127.0.0.1:${app.port}` }, before: (run) => {
    world.followed = makeFollowed(run);
    return Promise.all([app.join(run), elsewhere.join(run)]);
  },
});
try {
  world.url = server.url;
  world.app = app;
  app.issuer = server.url;
  world.vneid = server.vneid;
  world.vneidServices = server.vneidServices;
  world.pay = server.pay;
  world.sms = server.sms;
  world.sources = server.sources;
  world.elsewhere = elsewhere;
  elsewhere.issuer = server.url;
  world.browser = await openBrowser();
  for (const journey of await journeys()) {
    for (const size of journey.script === false ? SIZES.slice(0, 1) : SIZES) {
      const walk = new Walk(world, journey.name, size, { script: journey.script !== false });
      try {
        await journey.run(walk);
      } catch (error) {
        tap.say(false, `${walk.title} goes to its end`, error.stack);
      }
      await walk.close();
    }
  }
} catch (error) {
  tap.say(false, 'the browser runs', error.stack);
} finally {
  await world.browser?.close();
  const { status, log } = await server.stop();
  app.close();
  tap.say(status === 0, 'the server ends in order', `status ${status}\n${log.split('\n').slice(-10).join('\n')}`);
  const errors = log.split('\n').filter((line) => line.includes('"level":"error"'));
  tap.say(errors.length === 0, 'the server logged no error', errors.slice(0, 10).join('\n'));
}
process.exitCode = tap.end() ? 0 : 1;
