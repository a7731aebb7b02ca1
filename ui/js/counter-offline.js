// "Nhận hồ sơ khi mất mạng": numbers and forms taken along, applications written into the machine, and their sending. What only
// waits is never called received: it is when the server has said so.
import { announce } from './announce.js';
import {
  askedFields, dropScan, forgetArrived, keepScans, left, missing, readKept, settle, takeNumbers, waiting, write, writeKept,
} from './counter-store.js';
import { keepShell } from './offline-shell.js';

const SHELL = '/counter/offline';
const SENT_AT_ONCE = 20;
const SCAN_MOST = 4 << 20;
const box = document.querySelector('[data-counter-offline]');
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
    form: root.querySelector('[data-form]'),
    send: root.querySelector('[data-send]'),
    take: root.querySelector('[data-take]'),
    kept: forgetArrived(await readKept()),
    who: {},
    answers: {},
    service: '',
  };
  await writeKept(desk.kept);
  keepShell(desk.words.worker, SHELL);
  desk.send.addEventListener('click', () => send(desk));
  desk.take.addEventListener('click', () => take(desk));
  draw(desk);
}

// ---- numbers and forms to take along ----

async function formOf(service) {
  const answer = await fetch(`/api/v1/services/${service.code}`, { headers: { Accept: 'application/json' } });
  if (!answer.ok) throw new Error(`status ${answer.status}`);
  const { version } = await answer.json();
  const papers = (version.papers || []).filter((p) => p.source.kind === 'paper').map((p) => ({ id: p.id, name: p.name }));
  return { ...service, form: version.form || { pages: [] }, papers };
}

async function take(desk) {
  desk.take.disabled = true;
  try {
    const answer = await fetch('/api/v1/counter/offline/numbers', {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', Accept: 'application/json' },
      body: JSON.stringify({ client: desk.kept.client, more: desk.kept.last > 0 && left(desk.kept) === 0 }),
    });
    if (!answer.ok) throw new Error(`status ${answer.status}`);
    const given = await answer.json();
    const services = await Promise.all(given.services.map(formOf));
    desk.kept = { ...takeNumbers(desk.kept, given), services };
    await writeKept(desk.kept);
    draw(desk);
  } catch {
    tell(desk, desk.words.sayFailed, true);
  } finally {
    desk.take.disabled = false;
  }
}

// ---- drawing ----

function tell(desk, text, urgent = false) {
  desk.state.textContent = text;
  announce(text, urgent);
}

const isOther = (desk) => desk.kept.account && desk.words.account && desk.kept.account !== desk.words.account;

function summary(desk) {
  if (isOther(desk)) return fill(desk.words.sayOther, { account: desk.kept.account });
  if (desk.kept.last === 0) return desk.words.sayNone;
  const until = new Intl.DateTimeFormat(document.documentElement.lang || 'vi', { dateStyle: 'short' }).format(new Date(desk.kept.until_ms));
  const about = fill(desk.words.sayKept, { place: desk.kept.place, left: left(desk.kept), until });
  const n = waiting(desk.kept).length;
  const state = n > 0 ? fill(desk.words.sayWaiting, { n }) : desk.kept.items.length > 0 ? desk.words.sayAllsent : '';
  const scans = desk.kept.scans.length > 0 ? fill(desk.words.sayScans, { n: desk.kept.scans.length }) : '';
  return `${about} ${state} ${scans}`.trim();
}

function drawItem(desk, item) {
  const kinds = { queued: 'queued', received: 'accepted', double: 'late', look: 'queued' };
  const say = { queued: 'sayQueued', received: 'sayReceived', double: 'sayDouble', look: 'sayLook' };
  const tag = make('strong', { class: `tag tag--${kinds[item.state]}` }, desk.words[say[item.state]]);
  const line = make('li', { 'data-item': item.seq }, `${item.number}: ${item.name} `, tag);
  if (item.given) line.append(` ${item.given}`);
  if (item.code) line.append(', ', fill(desk.words.sayCode, { code: item.code }));
  if (item.say) line.append(make('span', { class: 'table__sub' }, item.say));
  return line;
}

function draw(desk) {
  const own = !isOther(desk);
  desk.list.replaceChildren();
  if (own && desk.kept.items.length > 0) {
    desk.list.append(make('ul', { class: 'paper-list' }, ...desk.kept.items.map((i) => drawItem(desk, i))));
  }
  desk.send.hidden = !own || (waiting(desk.kept).length === 0 && desk.kept.scans.length === 0);
  desk.take.hidden = !own;
  desk.form.replaceChildren();
  if (own && desk.kept.services.length > 0) drawForm(desk);
  tell(desk, summary(desk));
}

function labelled(id, label, control, help) {
  const inside = [make('label', { class: 'govuk-label', for: id }, label)];
  if (help) {
    inside.push(make('div', { class: 'govuk-hint', id: `${id}-help` }, help));
    control.setAttribute('aria-describedby', `${id}-help`);
  }
  return make('div', { class: 'govuk-form-group' }, ...inside, control);
}

function input(id, value, keep, about = {}) {
  const control = make('input', { class: 'govuk-input', id, autocomplete: 'off', ...about });
  control.value = value ?? '';
  control.addEventListener('change', () => keep(control.value.trim()));
  return control;
}

function choice(desk, id, options, value, keep) {
  const control = make('select', { class: 'govuk-select', id }, make('option', { value: '' }, desk.words.sayChoose));
  for (const [key, label] of options) control.append(make('option', { value: key }, label));
  control.value = value ?? '';
  control.addEventListener('change', () => keep(control.value));
  return control;
}

// A card's QR has seven fields: number, old number, name, born, sex, address, issued. Printed text: level 1 and no more.
function readCard(desk, text) {
  const parts = text.split('|');
  if (parts.length < 6 || !/^\d{12}$/.test(parts[0])) return;
  const [, d, m, y] = parts[3].match(/^(\d{2})(\d{2})(\d{4})$/) || [];
  desk.who = { ...desk.who, pid: parts[0], name: parts[2], born: y ? `${y}-${m}-${d}` : '', level: 1 };
  draw(desk);
}

function drawWho(desk, form) {
  const set = (key) => (value) => { desk.who = { ...desk.who, [key]: value, level: key === 'phone' ? desk.who.level : 0 }; };
  form.append(
    labelled('off-scan', desk.words.sayScan, input('off-scan', '', (v) => readCard(desk, v))),
    labelled('off-pid', desk.words.sayPid, input('off-pid', desk.who.pid, set('pid'), { inputmode: 'numeric' })),
    labelled('off-name', desk.words.sayName, input('off-name', desk.who.name, set('name'))),
    labelled('off-phone', desk.words.sayPhone, input('off-phone', desk.who.phone, set('phone'), { inputmode: 'tel' })),
  );
}

const isoDay = (typed) => {
  const [, d, m, y] = typed.match(/^(\d{1,2})[/-](\d{1,2})[/-](\d{4})$/) || [];
  return y ? `${y}-${m.padStart(2, '0')}-${d.padStart(2, '0')}` : typed;
};

const KINDS = {
  day: (desk, id, f, value, keep) => input(id, value, (v) => keep(isoDay(v)), { inputmode: 'numeric', placeholder: 'dd/mm/yyyy' }),
  int: (desk, id, f, value, keep) => input(id, value, (v) => keep(v === '' ? '' : Number(v)), { inputmode: 'numeric' }),
  choice: (desk, id, f, value, keep) => choice(desk, id, f.choices.map((c) => [c.value, c.label]), value, keep),
  yes_no: (desk, id, f, value, keep) => choice(desk, id, [['yes', desk.words.sayYes], ['no', desk.words.sayNo]], value, keep),
  address: (desk, id, f, value, keep) => input(id, value?.line, (v) => keep(v ? { unit: 'elsewhere', line: v } : undefined)),
};

// The answer of one field; what depends on it is drawn anew and the next field keeps the cursor.
function drawField(desk, field) {
  const id = `off-${field.id}`;
  const keep = (value) => {
    desk.answers = { ...desk.answers, [field.id]: value === '' ? undefined : value };
    if (field.type === 'choice' || field.type === 'yes_no') {
      drawForm(desk);
      document.getElementById(id)?.focus();
    }
  };
  const kind = KINDS[field.type] || ((d, i, f, value) => input(i, value, keep));
  return labelled(id, field.label, kind(desk, id, field, desk.answers[field.id], keep), field.help);
}

function scanField(desk, slot, name) {
  const control = make('input', { type: 'file', id: `off-scan-${slot}`, class: 'govuk-file-upload', 'data-scan': slot,
    accept: 'image/jpeg,image/png,image/webp,application/pdf' });
  return labelled(control.id, fill(desk.words.sayScanOf, { name }), control);
}

function drawPapers(desk, service) {
  const set = make('fieldset', { class: 'govuk-fieldset' }, make('legend', { class: 'govuk-fieldset__legend' }, desk.words.sayPapers));
  for (const paper of service.papers) {
    const box1 = make('input', { type: 'checkbox', id: `off-paper-${paper.id}`, value: paper.id, 'data-paper': '' });
    set.append(make('div', {}, box1, ' ', make('label', { for: box1.id }, paper.name)), scanField(desk, paper.id, paper.name));
  }
  set.append(scanField(desk, 'more', desk.words.sayMore));
  return set;
}

function drawForm(desk) {
  const form = make('form', { class: 'stack', 'data-guard': 'off', novalidate: '' });
  const service = desk.kept.services.find((s) => s.code === desk.service);
  const pick = choice(desk, 'off-service', desk.kept.services.map((s) => [s.code, s.name]), desk.service, (v) => {
    desk.service = v;
    desk.answers = {};
    drawForm(desk);
    document.getElementById('off-service').focus();
  });
  drawWho(desk, form);
  form.append(labelled('off-service', desk.words.sayService, pick));
  if (service) {
    let page = '';
    for (const field of askedFields(service.form, desk.answers, new Date())) {
      if (field.type === 'file') continue;
      if (field.page !== page) form.append(make('h2', {}, field.page));
      page = field.page;
      form.append(drawField(desk, field));
    }
    form.append(drawPapers(desk, service), make('p', { role: 'alert', class: 'govuk-error-message', hidden: '' }));
    form.append(make('button', { class: 'btn', type: 'submit' }, desk.words.sayWrite));
  }
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    if (service) writeItem(desk, service, form);
  });
  desk.form.replaceChildren(form);
}

// ---- writing and sending ----

function dataOf(file) {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(reader.result);
    reader.onerror = () => reject(reader.error);
    reader.readAsDataURL(file);
  });
}

const chosenFiles = (form) => [...form.querySelectorAll('[data-scan]')].filter((c) => c.files.length > 0)
  .map((c) => ({ slot: c.dataset.scan, file: c.files[0] }));

async function writeItem(desk, service, form) {
  const alert = form.querySelector('[role=alert]');
  const fields = askedFields(service.form, desk.answers, new Date());
  const lacks = [...(desk.who.name ? [] : [desk.words.sayName]), ...missing(fields, desk.answers)];
  const files = chosenFiles(form);
  const large = files.some(({ file }) => file.size > SCAN_MOST);
  alert.hidden = lacks.length === 0 && left(desk.kept) > 0 && !large;
  if (!alert.hidden) {
    alert.textContent = lacks.length ? fill(desk.words.sayMissing, { what: lacks.join('; ') })
      : large ? desk.words.sayLarge : desk.words.sayNonumber;
    return;
  }
  const asked = new Set(fields.map((f) => f.id));
  const answers = Object.fromEntries(Object.entries(desk.answers).filter(([id, v]) => asked.has(id) && v !== undefined));
  const papers = [...form.querySelectorAll('[data-paper]:checked')].map((p) => p.value);
  const scans = await Promise.all(files.map(async ({ slot, file }) => ({ slot, name: file.name, data: await dataOf(file) })));
  desk.kept = keepScans(write(desk.kept, { service: service.code, ...desk.who, answers, papers }, new Date()), scans);
  await writeKept(desk.kept);
  const { number } = desk.kept.items.at(-1);
  Object.assign(desk, { who: {}, answers: {}, service: '' });
  draw(desk);
  tell(desk, `${fill(desk.words.sayWritten, { number })} ${summary(desk)}`);
}

async function deliver(desk, items) {
  const answer = await fetch('/api/v1/counter/offline', {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', Accept: 'application/json' },
    body: JSON.stringify({
      client: desk.kept.client,
      items: items.map(({ state, ...rest }) => ({ ...rest, offline: true })),
    }),
  });
  if (!answer.ok) throw new Error(`status ${answer.status}`);
  return (await answer.json()).items;
}

// The token of a page that the server has just drawn: the one this shell was kept with may be another session's.
async function freshToken() {
  const answer = await fetch('/counter');
  const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
  return page.querySelector('input[name=_csrf]')?.value ?? '';
}

function blobOf(data) {
  const [head, body] = data.split(',');
  return new Blob([Uint8Array.from(atob(body), (c) => c.charCodeAt(0))], { type: head.match(/^data:([^;]*)/)[1] });
}

// False: the server refuses this scan for good (its case must be looked at first, the file is damaged): it is not tried again.
async function deliverScan(desk, scan, token) {
  const body = new FormData();
  for (const [name, value] of Object.entries({ _csrf: token, client: desk.kept.client, seq: scan.seq, slot: scan.slot })) {
    body.append(name, value);
  }
  body.append('scan', blobOf(scan.data), scan.name);
  const answer = await fetch('/counter/offline/scan', { method: 'POST', body });
  if (!answer.ok && ![409, 413, 422].includes(answer.status)) throw new Error(`status ${answer.status}`);
  return answer.ok;
}

// The names of those that were refused.
async function sendScans(desk) {
  const refused = [];
  const token = desk.kept.scans.length > 0 ? await freshToken() : '';
  for (const scan of desk.kept.scans) {
    if (!await deliverScan(desk, scan, token)) refused.push(scan.name);
    desk.kept = dropScan(desk.kept, scan);
    await writeKept(desk.kept);
  }
  return refused;
}

async function send(desk) {
  desk.send.disabled = true;
  try {
    for (let rest = waiting(desk.kept), before; rest.length > 0; rest = waiting(desk.kept)) {
      if (rest.length === before) throw new Error('an answer about other cases');
      before = rest.length;
      desk.kept = settle(desk.kept, await deliver(desk, rest.slice(0, SENT_AT_ONCE)));
      await writeKept(desk.kept);
    }
    const refused = await sendScans(desk);
    draw(desk);
    if (refused.length > 0) tell(desk, `${fill(desk.words.sayScanlost, { name: refused.join('; ') })} ${summary(desk)}`, true);
  } catch {
    draw(desk);
    tell(desk, `${desk.words.sayFailed} ${summary(desk)}`, true);
  } finally {
    desk.send.disabled = false;
  }
}
