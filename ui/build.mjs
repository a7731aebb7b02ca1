// Builds what the browser gets: `npm ci && node build.mjs [OUT]`, flat into one directory (ui/dist unless named). Prints the
// weight of each file as sent with gzip.
//
// The server keeps each file at /static/<first 16 hex digits of its SHA-256>/<name> for ever (tools/embed). What one file says
// of another therefore reads ../<hash>/<name>: a font stays in the browser's cache when only the style sheet changes.
import { createHash } from 'node:crypto';
import { copyFileSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { build, transform } from 'esbuild';
import * as sass from 'sass';
import { icons } from './assets/icons.mjs';

const here = dirname(fileURLToPath(import.meta.url));
const out = resolve(process.argv[2] || join(here, 'dist'));
const targets = ['es2020', 'chrome80', 'firefox78', 'safari15'];
const MAX_CSS = 22 * 1024; // gzip; the first view of a page has 60 KB for everything but fonts

rmSync(out, { recursive: true, force: true });
mkdirSync(out, { recursive: true });

const put = (name, text) => writeFileSync(join(out, name), text);
const address = (name) => `../${createHash('sha256').update(readFileSync(join(out, name))).digest('hex').slice(0, 16)}/${name}`;

async function styles(name) {
  const { css } = sass.compile(join(here, 'scss', `${name}.scss`), { style: 'compressed', charset: false, quietDeps: true });
  // Leaflet's pictures and its rule for Internet Explorer serve controls that no page of ours has.
  const lean = css.replace(/[^{}]+\{[^{}]*url\((images\/|"?#default)[^{}]*\}/g, '')
    .replace(/url\("?([\w-]+\.woff2)"?\)/g, (whole, font) => `url("${address(font)}")`);
  const { code } = await transform(lean, { loader: 'css', minify: true, target: targets, legalComments: 'none' });
  put(`${name}.css`, code);
}

const script = (name, format) => build({
  entryPoints: [join(here, 'js', `${name}.js`)], outfile: join(out, `${name}.js`), bundle: true, minify: true, format,
  target: targets, legalComments: 'inline', logLevel: 'warning',
});

function sprite() {
  const symbols = Object.entries(icons).map(([id, body]) => `<symbol id="${id}" viewBox="0 0 24 24">${body}</symbol>`);
  put('icons.svg', `<svg xmlns="http://www.w3.org/2000/svg">${symbols.join('')}</svg>\n`);
}

function fonts() {
  const from = join(here, 'node_modules/@fontsource/be-vietnam-pro');
  for (const subset of ['latin', 'vietnamese', 'latin-ext']) {
    for (const weight of [400, 600, 700]) {
      const face = `be-vietnam-pro-${subset}-${weight}`;
      copyFileSync(join(from, `files/${face}-normal.woff2`), join(out, `${face}.woff2`));
    }
  }
}

fonts();
copyFileSync(join(here, 'assets/favicon.svg'), join(out, 'favicon.svg'));
put('manifest.json', readFileSync(join(here, 'assets/manifest.json'), 'utf8').replace('"favicon.svg"', `"${address('favicon.svg')}"`));
await Promise.all([
  styles('app'), styles('map'), styles('kiosk'),
  script('app', 'iife'), script('desk', 'esm'), script('map', 'iife'), script('camera', 'esm'), script('jsqr', 'esm'),
  script('answers', 'esm'), script('visits', 'esm'), script('counter-offline', 'esm'), script('offline-worker', 'iife'),
  script('kiosk', 'esm'),
]);
sprite();
copyFileSync(join(here, 'node_modules/htmx.org/dist/htmx.min.js'), join(out, 'htmx.js'));

for (const name of readdirSync(out).sort()) {
  const bytes = readFileSync(join(out, name));
  console.log(`${name.padEnd(42)} ${String(bytes.length).padStart(7)}  ${String(gzipSync(bytes, { level: 9 }).length).padStart(6)} gzip`);
}
const weight = gzipSync(readFileSync(join(out, 'app.css')), { level: 9 }).length;
if (weight > MAX_CSS) {
  console.error(`app.css weighs ${weight} bytes with gzip, more than ${MAX_CSS}`);
  process.exit(1);
}
