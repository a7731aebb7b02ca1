// What a phone keeps of a hamlet: one record, encrypted with a key that the browser does not give out (AES-GCM, not extractable).
// { client, seq, account, lists: [{ hamlet, name, taken, until_ms, doors, reasons }], visits: [{ seq, household, at, … , state }] }
const NAME = 'bon-visits';
const EMPTY = () => ({ client: newClient(), seq: 0, account: '', lists: [], visits: [] });

function newClient() {
  return [...crypto.getRandomValues(new Uint8Array(16))].map((b) => b.toString(16).padStart(2, '0')).join('');
}

function asked(request) {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

async function open() {
  const request = indexedDB.open(NAME, 1);
  request.onupgradeneeded = () => request.result.createObjectStore('kept');
  return asked(request);
}

async function within(mode, act) {
  const db = await open();
  try {
    return await asked(act(db.transaction('kept', mode).objectStore('kept')));
  } finally {
    db.close();
  }
}

async function key() {
  const have = await within('readonly', (store) => store.get('key'));
  if (have) return have;
  const made = await crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, false, ['encrypt', 'decrypt']);
  await within('readwrite', (store) => store.put(made, 'key'));
  return made;
}

export async function readKept() {
  const sealed = await within('readonly', (store) => store.get('visits'));
  if (!sealed) return EMPTY();
  const plain = await crypto.subtle.decrypt({ name: 'AES-GCM', iv: sealed.iv }, await key(), sealed.bytes);
  return JSON.parse(new TextDecoder().decode(plain));
}

export async function writeKept(kept) {
  const iv = crypto.getRandomValues(new Uint8Array(12));
  const bytes = await crypto.subtle.encrypt({ name: 'AES-GCM', iv }, await key(), new TextEncoder().encode(JSON.stringify(kept)));
  await within('readwrite', (store) => store.put({ iv, bytes }, 'visits'));
}

// The key goes too: what might be left of the record on the disk cannot be read any more.
export async function wipeKept() {
  await within('readwrite', (store) => store.clear());
}

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
