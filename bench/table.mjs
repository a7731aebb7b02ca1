// The numbers as people read them, and their place in docs/performance.md.
import { readFileSync, writeFileSync } from 'node:fs';

const HEAD = ['', 'measured', 'limit', 'ratio', 'wanted', 'ok', 'PostgreSQL', 'its ratio'];
const COLUMNS = ['what', 'measured', 'limit', 'ratio', 'wanted', 'ok', 'pg', 'pgRatio'];

export function number(value, digits = 0) {
  return value == null ? '–' : value.toLocaleString('en-US', { minimumFractionDigits: digits, maximumFractionDigits: digits });
}

export const good = (is) => (is ? 'yes' : 'NO');

// Ours against what was measured beside it, and PostgreSQL's rate against the same.
export function ratioRow(what, { ours, limit }, wanted, pg) {
  const ratio = ours.rate / limit.rate;
  return {
    what, measured: `${number(ours.rate)}/s`, limit: `${number(limit.rate)}/s`, ratio: ratio.toFixed(2), wanted: `≥ ${wanted}`,
    ok: good(ratio >= wanted), pg: pg && `${number(pg.rate)}/s`, pgRatio: pg && (pg.rate / limit.rate).toFixed(2),
  };
}

export function markdown(rows) {
  const cells = [HEAD, ...rows.map((row) => COLUMNS.map((name) => String(row[name] ?? '–')))];
  const widths = HEAD.map((_, i) => Math.max(...cells.map((line) => [...line[i]].length)));
  const line = (texts) => `| ${texts.map((text, i) => text + ' '.repeat(widths[i] - [...text].length)).join(' | ')} |`;
  return [line(cells[0]), `|${widths.map((w) => '-'.repeat(w + 2)).join('|')}|`, ...cells.slice(1).map(line)].join('\n');
}

export function write(path, text, name = 'bench') {
  const page = readFileSync(path, 'utf8');
  const mark = new RegExp(`(<!-- ${name}:begin[^>]*-->\\n)[^]*(<!-- ${name}:end -->)`);
  if (!mark.test(page)) throw new Error(`${path} has lost its marks`);
  writeFileSync(path, page.replace(mark, (_, begin, end) => `${begin}${text}\n${end}`));
}
