// Countdown to a legal deadline: <div class="clock" data-due="2026-11-23T23:00:00+07:00" data-now="…server time…"
// data-warn-minutes="60"> … <span data-left>…</span>. The server's clock counts, not the phone's.
import { say } from './words.js';

export function startClocks() {
  document.querySelectorAll('[data-due]').forEach(start);
}

function start(box) {
  const left = box.querySelector('[data-left]');
  const due = Date.parse(box.dataset.due);
  if (!left || Number.isNaN(due)) return;
  const skew = box.dataset.now ? Date.parse(box.dataset.now) - Date.now() : 0;
  const warn = 60_000 * Number(box.dataset.warnMinutes || 60);
  const tick = () => {
    if (!box.isConnected) return;
    const ms = due - (Date.now() + skew);
    left.textContent = say(ms >= 0 ? 'left' : 'over', { t: span(Math.abs(ms)) });
    box.dataset.kind = ms < 0 ? 'late' : ms <= warn ? 'warn' : 'calm';
    setTimeout(tick, Math.abs(ms) < 120_000 ? 1000 : 15_000);
  };
  tick();
}

function span(ms) {
  const minutes = Math.floor(ms / 60_000);
  if (minutes >= 60) return say('hours', { h: Math.floor(minutes / 60), m: minutes % 60 });
  if (minutes >= 2) return say('minutes', { m: minutes });
  return say('seconds', { s: Math.floor(ms / 1000) });
}
