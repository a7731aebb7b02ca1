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

export function startLive() {
  if (!('EventSource' in window)) return;
  const byTopic = new Map();
  document.querySelectorAll('[data-live][id]').forEach((box) => {
    byTopic.set(box.dataset.live, [...(byTopic.get(box.dataset.live) || []), box]);
  });
  byTopic.forEach((boxes, path) => listen(path, boxes));
}

// One line for all boxes of a topic: browsers allow six connections to a site over HTTP/1.1.
function listen(path, boxes) {
  const line = new EventSource(path);
  let timer = 0;
  line.onopen = () => showState(true);
  line.onerror = () => showState(false);
  line.onmessage = () => {
    clearTimeout(timer);
    timer = setTimeout(() => {
      const asking = boxes.filter((b) => 'liveAsk' in b.dataset);
      asking.forEach((b) => offer(b, asking));
      refresh(boxes.filter((b) => !asking.includes(b)));
    }, SETTLE_MS);
  };
  // A page left in the back-forward cache must not hold a connection; one that comes back is reloaded with fresh numbers.
  window.addEventListener('pagehide', () => line.close());
  window.addEventListener('pageshow', (event) => event.persisted && location.reload());
}

function showState(on) {
  document.querySelectorAll('[data-live-state]').forEach((el) => {
    el.classList.toggle('is-on', on);
    el.classList.toggle('is-off', !on);
    el.textContent = say(on ? 'liveOn' : 'liveOff');
  });
}

function offer(box, boxes) {
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
  button.addEventListener('click', () => refresh(boxes));
  note.append(words, button);
  box.prepend(note);
}

// Each address is fetched once, however many boxes it fills.
function refresh(boxes) {
  const bySource = new Map();
  boxes.forEach((box) => {
    const src = box.dataset.liveSrc || location.href;
    bySource.set(src, [...(bySource.get(src) || []), box]);
  });
  bySource.forEach(fill);
}

async function fill(boxes, src) {
  try {
    const answer = await fetch(src, { headers: { 'X-Fragment': boxes.map((b) => b.id).join(' ') }, credentials: 'same-origin' });
    if (!answer.ok) return;
    const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
    boxes.forEach((box) => swap(box, page.getElementById(box.id)));
  } catch {
    showState(false);
  }
}

// What the reader had open and where the focus stood stay as they were.
function swap(box, fresh) {
  if (!fresh) return;
  const open = [...box.querySelectorAll('details[open][id]')].map((d) => d.id);
  const focused = box.contains(document.activeElement) ? document.activeElement.id : '';
  box.replaceChildren(...fresh.childNodes);
  open.forEach((id) => document.getElementById(id)?.setAttribute('open', ''));
  if (focused) document.getElementById(focused)?.focus({ preventScroll: true });
  announce(fresh.dataset.liveSay || say('updated'));
  box.dispatchEvent(new CustomEvent('bon:fresh', { bubbles: true }));
}
