// What a counter's machine holds without a network, and what of a form is asked:
// { client, seq, tick, account, place, unit, next, last, until_ms, services: [{ code, name, form, papers }],
//   items: [{ seq, number, … , state }], scans: [{ seq, slot, name, data }] }   data: a data: URL
import { newClient, sealedStore } from './sealed-store.js';

const store = sealedStore('bon-counter', 'counter', () => ({
  client: newClient(), seq: 0, tick: 0, account: '', place: '', unit: '', next: 1, last: 0, until_ms: 0, services: [], items: [], scans: [],
}));
export const readKept = async () => ({ scans: [], ...await store.read() }); // a machine of before had no scans
export const { write: writeKept } = store;

export const waiting = (kept) => kept.items.filter((i) => i.state === 'queued');
export const left = (kept) => Math.max(0, kept.last - kept.next + 1);

// A block is taken over; numbers of it that were used before stay used.
export function takeNumbers(kept, answer) {
  const same = kept.unit === answer.unit && kept.last === answer.last;
  return {
    ...kept,
    account: answer.account,
    place: answer.place,
    unit: answer.unit,
    next: same ? Math.max(kept.next, answer.first) : answer.first,
    last: answer.last,
    until_ms: answer.until_ms,
  };
}

export const numberOf = (kept) => `TM-${kept.unit}-${String(kept.next).padStart(6, '0')}`;

// The count goes up with each act and never back, whatever the clock does.
export function write(kept, item, now) {
  const number = numberOf(kept);
  const made = { ...item, seq: kept.seq + 1, tick: kept.tick + 1, number, at: now.toISOString(), state: 'queued' };
  return { ...kept, seq: kept.seq + 1, tick: kept.tick + 1, next: kept.next + 1, items: [...kept.items, made] };
}

// Scans go with the case that was written last; they stay until the server has them, also when the case itself is forgotten here.
export const keepScans = (kept, scans) => ({ ...kept, scans: [...kept.scans, ...scans.map((s) => ({ ...s, seq: kept.seq }))] });
export const dropScan = (kept, scan) => ({ ...kept, scans: kept.scans.filter((s) => s !== scan) });

export function settle(kept, answers) {
  const items = kept.items.map((i) => {
    const answer = answers.find((a) => a.seq === i.seq);
    return answer ? { ...i, state: answer.outcome, say: answer.say || '', given: answer.number || '', code: answer.code || '' } : i;
  });
  return { ...kept, items };
}

export const forgetArrived = (kept) => ({ ...kept, items: waiting(kept) });

// ---- what is asked: the same conditions as on the server (engines/services/condition.c) ----

function ageOn(born, on) {
  const [y, m, d] = String(born).split('-').map(Number);
  const before = on.getMonth() + 1 < (m || 1) || (on.getMonth() + 1 === (m || 1) && on.getDate() < (d || 1));
  return on.getFullYear() - y - (before ? 1 : 0);
}

export function holds(when, answers, on) {
  if (!when) return true;
  if (when.all) return when.all.every((part) => holds(part, answers, on));
  if (when.any) return when.any.some((part) => holds(part, answers, on));
  if (when.not) return !holds(when.not, answers, on);
  const answer = answers[when.field];
  const values = (Array.isArray(answer) ? answer : [answer]).filter((v) => v !== undefined && v !== '');
  const plain = (v) => (v === true ? 'yes' : v === false ? 'no' : String(v));
  if ('is' in when) return values.some((v) => String(v) === plain(when.is));
  if ('in' in when) return values.some((v) => when.in.map(plain).includes(String(v)));
  if (values.length === 0) return false;
  const day = typeof answer === 'object' ? answer.born : answer;
  if ('age_under' in when) return ageOn(day, on) < when.age_under;
  if ('age_at_least' in when) return ageOn(day, on) >= when.age_at_least;
  return true;
}

// Fields that these answers ask for, page after page; answers of pages that are not asked count as none.
export function askedFields(form, answers, on) {
  const asked = [];
  const known = {};
  for (const page of form.pages) {
    if (page.repeat || !holds(page.when, known, on)) continue;
    for (const field of page.fields) {
      if (!holds(field.when, known, on)) continue;
      asked.push({ ...field, page: page.title });
      if (answers[field.id] !== undefined) known[field.id] = answers[field.id];
    }
  }
  return asked;
}

export function missing(fields, answers) {
  const parts = (v) => (typeof v === 'object' && !Array.isArray(v) ? Object.values(v) : [v]);
  const empty = (v) => v === undefined || parts(v).some((x) => x === '');
  return fields.filter((f) => f.required && f.type !== 'file' && empty(answers[f.id])).map((f) => f.label);
}
