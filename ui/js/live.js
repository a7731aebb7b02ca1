// Pages that follow what happens: an element with data-live="/topic-path" listens to server-sent events and fetches itself
// again when one comes.
//
//   <section id="tonight" data-live="/police/live" data-live-src="/police/tonight">…</section>
//   data-live-src    where the fresh page or fragment comes from; the page itself when absent
//   data-live-ask    do not fetch at once but offer a button: for lists whose every reading is recorded
//   <p class="live" data-live-state>…</p> anywhere inside or outside shows whether the line is up
import { say } from './words.js';
import { announce } from './announce.js';

const SETTLE_MS = 700; // a burst of events becomes one fetch

export function startLive(root = document) {
  root.querySelectorAll('[data-live]').forEach(listen);
}

function listen(box) {
  if (!('EventSource' in window) || !box.id) return;
  const line = new EventSource(box.dataset.live);
  let timer = 0;
  line.onopen = () => showState(true);
  line.onerror = () => showState(false);
  line.onmessage = () => {
    clearTimeout(timer);
    timer = setTimeout(() => ('liveAsk' in box.dataset ? offer(box) : refresh(box)), SETTLE_MS);
  };
  // A page left open in the back-forward cache must not hold one of the browser's few connections.
  window.addEventListener('pagehide', () => line.close());
}

function showState(on) {
  document.querySelectorAll('[data-live-state]').forEach((el) => {
    el.classList.toggle('is-on', on);
    el.classList.toggle('is-off', !on);
    el.textContent = say(on ? 'liveOn' : 'liveOff');
  });
}

function offer(box) {
  if (box.querySelector('[data-live-offer]')) return;
  const note = document.createElement('p');
  note.className = 'note note--info';
  note.dataset.liveOffer = '';
  note.setAttribute('role', 'status');
  const words = document.createElement('span');
  words.className = 'note__body';
  words.textContent = say('fresh');
  const button = document.createElement('button');
  button.type = 'button';
  button.className = 'btn btn--small btn--second';
  button.textContent = say('reload');
  button.addEventListener('click', () => refresh(box));
  note.append(words, button);
  box.prepend(note);
}

async function refresh(box) {
  let page;
  try {
    const answer = await fetch(box.dataset.liveSrc || location.href, { headers: { 'X-Fragment': box.id }, credentials: 'same-origin' });
    if (!answer.ok) return;
    page = new DOMParser().parseFromString(await answer.text(), 'text/html');
  } catch {
    showState(false);
    return;
  }
  const fresh = page.getElementById(box.id);
  if (!fresh) return;
  const open = [...box.querySelectorAll('details[open][id]')].map((d) => d.id);
  const focused = box.contains(document.activeElement) ? document.activeElement.id : '';
  box.replaceChildren(...fresh.childNodes);
  open.forEach((id) => document.getElementById(id)?.setAttribute('open', ''));
  if (focused) document.getElementById(focused)?.focus({ preventScroll: true });
  announce(fresh.dataset.liveSay || say('updated'));
  box.dispatchEvent(new CustomEvent('bon:fresh', { bubbles: true }));
}
