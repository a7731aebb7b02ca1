// The receptionist's desk. The form posts to the server without any of this; with it, a scan is taken at any time, wherever the focus
// is, one after another, with sound and without the page moving.
//
//   <form method="post" action="/stays/scan"><div class="scan" data-scan data-list="#guests">
//     <textarea name="text" data-scan-text>  <p data-scan-state role="status"><span data-words>
//     <button type="button" data-camera data-camera-src=… data-jsqr-src=…>   <div class="camera" data-camera-box hidden>
//
// The request carries the form's fields and the header X-Fragment: guests. The answer: 200 with one or more
// <li class="guest"> to append; any other element with data-swap="#id" replaces that element (count, clock, send bar).
// 4xx: an element with data-say holds the sentence. No guest is ever kept in the browser's storage: drafts live on the server.
import { announce } from './announce.js';
import { beep, soundIsOn, switchSound } from './beep.js';
import { Burst, splitScans, unfinished } from './scan.js';
import { say } from './words.js';

const scanBox = document.querySelector('form [data-scan]');
if (scanBox) startDesk(scanBox, scanBox.closest('form'));

function startDesk(scan, form) {
  const desk = {
    scan,
    form,
    text: scan.querySelector('[data-scan-text]'),
    state: scan.querySelector('[data-scan-state]'),
    list: document.querySelector(scan.dataset.list || '#guests'),
    queue: [],
    busy: false,
  };
  form.dataset.guard = 'off';
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    take(desk, desk.text.value);
  });
  desk.text.addEventListener('keydown', (event) => fieldKey(desk, event));
  desk.text.addEventListener('paste', () => setTimeout(() => take(desk, desk.text.value)));
  watchWedge(desk);
  watchPaste(desk);
  shortcuts(desk);
  cameraButton(desk);
  soundButton();
  tell(desk, say('ready'));
  if (matchMedia('(hover: hover)').matches) desk.text.focus({ preventScroll: true });
}

// Enter sends, except between the lines of a passport; Shift+Enter is a new line.
function fieldKey(desk, event) {
  if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return;
  const rest = unfinished(desk.text.value);
  if (rest) {
    tell(desk, say('mrzMore', { n: rest.have, of: rest.need }), 'busy');
    return;
  }
  event.preventDefault();
  take(desk, desk.text.value);
}

function take(desk, text) {
  const scans = splitScans(text);
  if (!scans.length) return;
  desk.text.value = '';
  desk.queue.push(...scans);
  if (!desk.busy) drain(desk);
}

async function drain(desk) {
  desk.busy = true;
  let added = 0;
  let lastName = '';
  while (desk.queue.length) {
    const left = desk.queue.length - 1;
    tell(desk, left ? say('waiting', { n: left }) : say('reading'), 'busy');
    const answer = await send(desk, desk.queue[0]);
    if (answer.lost) {
      giveBack(desk, say('failed'));
      break;
    }
    const text = desk.queue.shift();
    if (answer.refused) {
      desk.text.value = desk.text.value ? `${desk.text.value}\n${text}` : text;
      bad(desk, answer.refused);
    } else {
      added += answer.rows.length;
      lastName = answer.rows.at(-1)?.querySelector('.guest__name')?.textContent.trim() || lastName;
      good(desk);
    }
  }
  desk.busy = false;
  if (added && !desk.text.value) tell(desk, added > 1 ? say('addedMany', { n: added }) : say('added', { name: lastName }), 'good');
  backToField(desk);
}

async function send(desk, text) {
  const fields = new URLSearchParams(new FormData(desk.form));
  fields.set('text', text);
  if (fields.has('_key')) fields.set('_key', freshKey()); // every scan is an act of its own
  try {
    const answer = await fetch(desk.form.action, {
      method: 'POST', body: fields, credentials: 'same-origin', redirect: 'follow', headers: { 'X-Fragment': 'guests' },
    });
    const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
    // An answer without a guest is no success either: a session that ended brings the sign-in page with status 200.
    if (!answer.ok || !page.querySelector('.guest')) return { refused: sentence(page) };
    return { rows: place(desk, page) };
  } catch {
    return { lost: true };
  }
}

function sentence(page) {
  const said = page.querySelector('[data-say]');
  const lines = [...(said?.querySelectorAll('li') ?? [])].map((li) => li.textContent.trim());
  return lines.join(' ') || said?.textContent.trim() || say('refused');
}

// Puts new guests into the list and swaps what the answer says changed with them.
function place(desk, page) {
  page.querySelectorAll('[data-swap]').forEach((fresh) => {
    const old = document.querySelector(fresh.dataset.swap);
    fresh.removeAttribute('data-swap');
    old?.replaceWith(document.adoptNode(fresh));
  });
  const rows = [...page.querySelectorAll('.guest')].map((row) => document.adoptNode(row));
  rows.forEach((row) => {
    const twin = row.id && document.getElementById(row.id);
    if (twin) twin.replaceWith(row);
    else desk.list.append(row);
    row.classList.add('is-new');
  });
  document.querySelector('[data-no-guests]')?.setAttribute('hidden', '');
  rows.at(-1)?.scrollIntoView({ block: 'nearest' });
  return rows;
}

function freshKey() {
  return [...crypto.getRandomValues(new Uint8Array(16))].map((b) => b.toString(16).padStart(2, '0')).join('');
}

function giveBack(desk, sentence) {
  desk.text.value = desk.queue.join('\n');
  desk.queue = [];
  bad(desk, sentence);
}

function tell(desk, sentence, kind = 'ready') {
  desk.state.dataset.kind = kind;
  desk.state.querySelector('[data-words]').textContent = sentence;
}

function good(desk) {
  flash(desk.scan, 'is-good', 'is-bad');
  beep(true);
}

function bad(desk, sentence) {
  flash(desk.scan, 'is-bad', 'is-good');
  beep(false);
  tell(desk, sentence, 'error');
  announce(sentence, true);
}

function flash(el, on, off) {
  el.classList.remove(on, off);
  requestAnimationFrame(() => el.classList.add(on));
}

// What was refused stands there to be corrected, selected, so that the next scan takes its place.
function backToField(desk) {
  if (!matchMedia('(hover: hover)').matches) return;
  desk.text.focus({ preventScroll: true });
  desk.text.select();
}

const isField = (el) => el instanceof HTMLElement && el.matches('input, textarea, select, [contenteditable]');

// A keyboard-wedge scanner types wherever the focus happens to be. A burst that ends in Enter is taken from there, what it
// typed into another field is undone, and no button under the focus is pressed by the scan's spaces or its Enter.
function watchWedge(desk) {
  const burst = new Burst();
  let before = null;
  document.addEventListener('keydown', (event) => {
    const at = event.timeStamp;
    const el = document.activeElement;
    if (el === desk.text || event.ctrlKey || event.metaKey || event.isComposing) return;
    if (event.key === 'Enter') {
      const whole = burst.take(at);
      if (!whole) return;
      event.preventDefault();
      event.stopPropagation();
      if (before && before.el === el) el.value = before.value;
      takeLine(desk, whole);
      return;
    }
    if (event.key.length !== 1) return;
    if (burst.key(event.key, at)) before = isField(el) && 'value' in el ? { el, value: el.value } : null;
    if (burst.fast && !isField(el)) event.preventDefault();
  }, true);
}

// A passport's zone comes as several bursts: they gather in the field until it is whole.
function takeLine(desk, line) {
  const text = unfinished(desk.text.value) ? `${desk.text.value}\n${line}` : line;
  const rest = unfinished(text);
  if (!rest) {
    take(desk, text);
    return;
  }
  desk.text.value = text;
  tell(desk, say('mrzMore', { n: rest.have, of: rest.need }), 'busy');
}

function watchPaste(desk) {
  document.addEventListener('paste', (event) => {
    if (isField(document.activeElement)) return;
    const text = event.clipboardData?.getData('text/plain');
    if (text) take(desk, text);
  });
}

// Function keys, so that no letter is taken from typing and none clashes with a screen reader's.
function shortcuts(desk) {
  document.addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey || event.shiftKey) return;
    const act = {
      F2: () => { desk.text.focus(); desk.text.select(); },
      F8: () => document.querySelector('[data-camera]')?.click(),
      F9: () => document.querySelector('[data-send]')?.click(),
    }[event.key];
    if (!act) return;
    event.preventDefault();
    act();
  });
}

function cameraButton(desk) {
  const button = document.querySelector('[data-camera]');
  const box = document.querySelector('[data-camera-box]');
  if (!button || !box || !navigator.mediaDevices?.getUserMedia) {
    button?.remove();
    return;
  }
  let stop = null;
  button.addEventListener('click', async () => {
    if (stop) {
      stop();
      stop = null;
      box.hidden = true;
      button.setAttribute('aria-expanded', 'false');
      backToField(desk);
      return;
    }
    try {
      const camera = await import(address(button.dataset.cameraSrc));
      box.hidden = false;
      stop = await camera.open(box, address(button.dataset.jsqrSrc), (text) => take(desk, text));
      button.setAttribute('aria-expanded', 'true');
      tell(desk, say('cameraOn'));
    } catch {
      box.hidden = true;
      bad(desk, say('cameraNo'));
    }
  });
}

const address = (src) => new URL(src, document.baseURI).href;

function soundButton() {
  const button = document.querySelector('[data-sound]');
  if (!button) return;
  button.setAttribute('aria-pressed', String(soundIsOn()));
  button.addEventListener('click', () => button.setAttribute('aria-pressed', String(switchSound())));
}
