// What a scanner or a paste brings, cut into one text for each guest. Pure: tested by node.
//
// A card's QR is one line. A passport's or card's machine-readable zone is two lines of 44 or 36 characters or three of 30;
// a wedge scanner sends Enter after each of them.

const MRZ_LINE = /^[A-Z0-9<]+$/;

// How many lines the zone that starts with this line has; 0: it is no such line.
export function mrzLines(line) {
  if (!MRZ_LINE.test(line) || !line.includes('<')) return 0;
  if (line.length === 44 || line.length === 36) return 2;
  return line.length === 30 ? 3 : 0;
}

export function splitScans(text) {
  const lines = text.split(/\r\n|\r|\n/).map((l) => l.trim()).filter(Boolean);
  const scans = [];
  for (let i = 0; i < lines.length;) {
    const take = Math.max(1, mrzLines(lines[i]));
    scans.push(lines.slice(i, i + take).join('\n'));
    i += take;
  }
  return scans;
}

// While a zone is being scanned: { have, need } when more lines must come, else null.
export function unfinished(text) {
  const lines = text.split(/\r\n|\r|\n/).map((l) => l.trim()).filter(Boolean);
  if (!lines.length) return null;
  let i = 0;
  while (i < lines.length) {
    const need = Math.max(1, mrzLines(lines[i]));
    if (i + need > lines.length) return { have: lines.length - i, need };
    i += need;
  }
  return null;
}

// Keystrokes of a scanner come faster than any hand: on average under 30 ms, and there are many of them.
export class Burst {
  constructor(gap = 60, mean = 30, least = 10) {
    Object.assign(this, { gap, mean, least, text: '', first: 0, last: 0 });
  }

  // True when this key starts a new burst.
  key(char, at) {
    const fresh = !this.text || at - this.last > this.gap;
    if (fresh) {
      this.text = '';
      this.first = at;
    }
    this.text += char;
    this.last = at;
    return fresh;
  }

  get fast() {
    return this.text.length >= 4 && (this.last - this.first) / (this.text.length - 1) < this.mean;
  }

  // The whole scan at Enter, or '' when a person typed.
  take(at) {
    const whole = this.fast && this.text.length >= this.least && at - this.last <= this.gap ? this.text : '';
    this.text = '';
    return whole;
  }
}
