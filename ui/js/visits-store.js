// What a phone keeps of a hamlet:
// { client, seq, account, lists: [{ hamlet, name, taken, until_ms, doors, reasons }], visits: [{ seq, household, at, … , state }] }
import { newClient, sealedStore } from './sealed-store.js';

const store = sealedStore('bon-visits', 'visits', () => ({ client: newClient(), seq: 0, account: '', lists: [], visits: [] }));
export const { read: readKept, write: writeKept, wipe: wipeKept } = store;

const unsent = (visit) => visit.state === 'queued' || visit.state === 'refused';

// A household whose visit has arrived is forgotten, and a whole list past its day. Visits that wait are never forgotten.
export function forgetOld(kept, now) {
  const arrived = new Set(kept.visits.filter((v) => !unsent(v)).map((v) => v.household));
  const lists = kept.lists.filter((l) => l.until_ms > now)
    .map((l) => ({ ...l, doors: l.doors.filter((d) => !arrived.has(d.household)) }))
    .filter((l) => l.doors.length > 0);
  return { ...kept, lists };
}

// What became of visits that have arrived is shown until the page is opened again.
export function forgetArrived(kept) {
  return { ...kept, visits: kept.visits.filter(unsent) };
}

export function waiting(kept) {
  return kept.visits.filter((v) => v.state === 'queued');
}

// One household written twice without a network is one visit that was changed.
export function write(kept, visit) {
  const rest = kept.visits.filter((v) => !(v.household === visit.household && unsent(v)));
  return { ...kept, seq: kept.seq + 1, visits: [...rest, { ...visit, seq: kept.seq + 1, state: 'queued' }] };
}

export function settle(kept, answers) {
  const visits = kept.visits.map((v) => {
    const answer = answers.find((a) => a.seq === v.seq);
    return answer ? { ...v, state: answer.outcome, say: answer.say || '' } : v;
  });
  return { ...kept, visits };
}
