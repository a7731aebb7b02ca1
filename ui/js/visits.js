// "Đi khi mất sóng": the doors that a phone took along, visits typed into it, and their sending. What only waits is never called done:
// a visit is "recorded" when the server has said so.
import { announce } from './announce.js';
import { forgetShell, keepShell } from './offline-shell.js';
import { forgetArrived, forgetOld, readKept, settle, waiting, wipeKept, write, writeKept } from './visits-store.js';

const SENT_AT_ONCE = 50;
const SHELL = '/digital-citizens/offline'; // without the hamlet's number, so that it opens the same with and without a network
const box = document.querySelector('[data-visits]');
if (box) start(box);

const fill = (text, values) => text.replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);
const make = (tag, about = {}, ...inside) => {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(about)) element.setAttribute(name, value);
  element.append(...inside);
  return element;
};

async function start(root) {
  const desk = {
    root,
    words: root.dataset,
    state: root.querySelector('[data-state]'),
    list: root.querySelector('[data-list]'),
    send: root.querySelector('[data-send]'),
    wipe: root.querySelector('[data-wipe]'),
    kept: forgetArrived(forgetOld(await readKept(), Date.now())),
  };
  await writeKept(desk.kept);
  keepShell(desk.words.worker, SHELL);
  desk.send.addEventListener('click', () => send(desk));
  desk.wipe.addEventListener('click', () => wipe(desk));
  if (desk.words.doors && navigator.onLine) await take(desk, desk.words.doors);
  draw(desk);
}

async function take(desk, address) {
  const answer = await fetch(address, { headers: { Accept: 'application/json' } });
  if (!answer.ok) return;
  const list = await answer.json();
  if (desk.kept.account && desk.kept.account !== list.account && waiting(desk.kept).length > 0) return;
  const others = desk.kept.account === list.account ? desk.kept.lists : [];
  const known = new Set(list.doors.map((d) => d.household));
  const rest = others.map((l) => ({ ...l, doors: l.doors.filter((d) => !known.has(d.household)) })).filter((l) => l.doors.length);
  desk.kept = {
    ...desk.kept, account: list.account, lists: [...rest, list], visits: desk.kept.visits,
  };
  await writeKept(desk.kept);
  history.replaceState(null, '', SHELL);
}

// ---- drawing ----

function isOther(desk) {
  return desk.kept.account && desk.words.account && desk.kept.account !== desk.words.account;
}

function tell(desk, text, urgent = false) {
  desk.state.textContent = text;
  announce(text, urgent);
}

function summary(desk) {
  if (isOther(desk)) return fill(desk.words.sayOther, { account: desk.kept.account });
  const n = waiting(desk.kept).length;
  if (n > 0) return fill(desk.words.sayWaiting, { n });
  if (desk.kept.visits.length > 0) return desk.words.sayAllsent;
  return desk.kept.lists.length > 0 ? '' : `${desk.words.sayNone} ${desk.words.sayNoneNext}`;
}

function draw(desk) {
  desk.list.replaceChildren();
  if (!isOther(desk)) {
    for (const list of desk.kept.lists) desk.list.append(drawList(desk, list));
    const shown = new Set(desk.kept.lists.flatMap((l) => l.doors.map((d) => d.household)));
    const apart = desk.kept.visits.filter((v) => !shown.has(v.household));
    desk.list.append(...apart.map((v) => make('p', {}, v.label, ': ', ...drawState(desk, v))));
  }
  desk.send.hidden = isOther(desk) || waiting(desk.kept).length === 0;
  desk.wipe.hidden = desk.kept.lists.length + desk.kept.visits.length === 0;
  tell(desk, summary(desk));
}

function when(ms, withTime) {
  const options = withTime ? { dateStyle: 'short', timeStyle: 'short' } : { dateStyle: 'short' };
  return new Intl.DateTimeFormat(document.documentElement.lang || 'vi', options).format(new Date(ms));
}

function drawList(desk, list) {
  const about = fill(desk.words.sayKept, {
    doors: list.doors.length, taken: when(list.taken, true), until: when(list.until_ms, false),
  });
  const section = make('section', {}, make('h2', {}, list.name), make('p', { class: 'muted' }, about));
  for (const door of list.doors) section.append(drawDoor(desk, list, door));
  return section;
}

function drawState(desk, visit) {
  const kinds = { queued: 'queued', recorded: 'accepted', double: 'queued', look: 'queued', refused: 'refused' };
  const say = { queued: 'sayQueued', recorded: 'sayRecorded', double: 'sayDouble', look: 'sayLook', refused: 'sayRefused' };
  const tag = make('strong', { class: `tag tag--${kinds[visit.state]}` }, desk.words[say[visit.state]]);
  return visit.say ? [tag, ' ', make('span', {}, visit.say)] : [tag];
}

function drawDoor(desk, list, door) {
  const label = door.head || fill(desk.words.sayHouse, { code: door.code });
  const visit = desk.kept.visits.filter((v) => v.household === door.household).at(-1);
  const card = make('details', { class: 'card', 'data-door': door.household });
  const summary = make('summary', {}, make('span', {}, label));
  if (visit) summary.append(' ', ...drawState(desk, visit));
  card.append(summary);
  const done = visit && visit.state !== 'queued' && visit.state !== 'refused';
  if (visit && visit.state === 'refused') card.open = true;
  if (!done) card.append(drawForm(desk, list, door, label, visit));
  return card;
}

function drawForm(desk, list, door, label, visit) {
  const form = make('form', { class: 'stack', 'data-guard': 'off' });
  for (const person of door.people) form.append(drawPerson(desk, list, door, person, visit));
  const id = `note-${door.household}`;
  const note = make('textarea', { class: 'control', id, rows: '2', maxlength: '500' });
  note.value = visit?.note ?? '';
  form.append(make('div', { class: 'field' }, make('label', { class: 'label', for: id }, desk.words.sayNote), note));
  form.append(make('p', { role: 'alert', class: 'error', hidden: '' }));
  form.append(make('button', { class: 'btn', type: 'submit' }, desk.words.sayWrite));
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    writeVisit(desk, door, label, form);
  });
  return form;
}

function drawPerson(desk, list, door, person, visit) {
  const id = `reason-${door.household}-${person.person}`;
  const select = make('select', { class: 'control', id, 'data-person': person.person });
  select.append(make('option', { value: '' }, desk.words.sayNoreason));
  for (const reason of list.reasons) select.append(make('option', { value: reason.name }, reason.title));
  select.value = visit?.reasons.find((r) => r.person === person.person)?.reason ?? '';
  const lacks = make('span', { class: 'hint', id: `${id}-lacks` }, fill(desk.words.sayLacks, { assets: person.lacks.join(', ') }));
  select.setAttribute('aria-describedby', `${id}-lacks`);
  const label = make('label', { class: 'label', for: id }, `${person.name}: ${desk.words.sayReason}`);
  return make('div', { class: 'field' }, label, lacks, select);
}

// ---- writing and sending ----

async function writeVisit(desk, door, label, form) {
  const reasons = [...form.querySelectorAll('[data-person]')].filter((s) => s.value)
    .map((s) => ({ person: Number(s.dataset.person), reason: s.value }));
  const note = form.querySelector('textarea').value.trim();
  if (reasons.length === 0 && note === '') {
    const alert = form.querySelector('[role=alert]');
    alert.hidden = false;
    alert.textContent = desk.words.sayNothing;
    return;
  }
  desk.kept = write(desk.kept, {
    household: door.household, label, last: door.last, at: new Date().toISOString(), note, reasons,
  });
  await writeKept(desk.kept);
  draw(desk);
  tell(desk, `${desk.words.sayWritten} ${summary(desk)}`);
  if (navigator.onLine) await send(desk);
}

async function deliver(desk, visits) {
  const answer = await fetch('/api/v1/digital-citizens/visits', {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', Accept: 'application/json' },
    body: JSON.stringify({
      client: desk.kept.client,
      visits: visits.map(({ seq, household, last, at, note, reasons }) => ({ seq, household, last, at, note, reasons, offline: true })),
    }),
  });
  if (!answer.ok) throw new Error(`status ${answer.status}`);
  return (await answer.json()).visits;
}

async function send(desk) {
  desk.send.disabled = true;
  try {
    for (let rest = waiting(desk.kept), before; rest.length > 0; rest = waiting(desk.kept)) {
      if (rest.length === before) throw new Error('an answer about other visits');
      before = rest.length;
      desk.kept = settle(desk.kept, await deliver(desk, rest.slice(0, SENT_AT_ONCE)));
      await writeKept(desk.kept);
    }
    desk.kept = forgetOld(desk.kept, Date.now());
    await writeKept(desk.kept);
    draw(desk);
  } catch {
    draw(desk);
    tell(desk, `${desk.words.sayFailed} ${summary(desk)}`, true);
  } finally {
    desk.send.disabled = false;
  }
}

async function wipe(desk) {
  if (waiting(desk.kept).length > 0 && desk.wipe.dataset.sure !== 'yes') {
    desk.wipe.dataset.sure = 'yes';
    tell(desk, desk.words.sayWipeWaiting, true);
    return;
  }
  await wipeKept();
  await forgetShell(SHELL);
  desk.kept = await readKept();
  draw(desk);
  tell(desk, desk.words.sayWiped);
}
