// The plan office's board with everything on it: how long the server needs for it alone, one request after the other on loopback.
import { round } from './measure.mjs';
import { requestsFile } from './province.mjs';

const board = (token) => `GET /plan HTTP/1.1\r\nHost: 127.0.0.1\r\nCookie: bon_session=${token}\r\n\r\n`;

// What a board of a year holds; less would measure something else. Only while nobody serves.
export function planSize(province) {
  const [size] = province.ask(`SELECT (SELECT count(*) FROM plan_model) || ' ' || (SELECT count(*) FROM plan_month)
    || ' ' || (SELECT count(*) FROM agency)`);
  const [models, months, agencies] = size.split(' ').map(Number);
  if (models < 42 || months < 12 || agencies < 60) throw new Error(`a small plan: ${size} (models, months, agencies)`);
  return { models, months, agencies };
}

// Milliseconds: median and the slowest of a hundred.
export async function planBoard(province, token, dir) {
  const at = { port: province.port, pid: () => province.server.pid, connections: 1, requests: requestsFile(dir, [board(token)]) };
  await round(at, 1);
  const { p50_us, p99_us, cpu_us } = await round(at);
  return { p50: p50_us / 1000, p99: p99_us / 1000, cpu: cpu_us / 1000 };
}
