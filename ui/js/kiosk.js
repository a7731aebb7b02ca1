// The kiosk's face, and the screen on the hall's wall: what needs a clock or a voice. Pages work without it; who then walks away is
// forgotten by the server after three minutes, and prompts are read.
import { beep } from './beep.js';

const body = document.body;
const SECOND = 1000;
const BOX_MS = 3 * SECOND;

// ---- voice: only one that speaks Vietnamese, only on this machine ----
const voices = () => window.speechSynthesis?.getVoices() ?? [];
const voice = () => voices().find((v) => v.lang.toLowerCase().startsWith('vi') && v.localService);

function speak(text) {
  const v = voice();
  if (!v || !text) return false;
  const words = new SpeechSynthesisUtterance(text);
  words.voice = v;
  words.lang = v.lang;
  words.rate = .9;
  speechSynthesis.cancel();
  speechSynthesis.speak(words);
  return true;
}

function startVoice() {
  const button = document.querySelector('[data-speak]');
  if (!button) return;
  const show = () => { button.hidden = !voice(); };
  show();
  window.speechSynthesis?.addEventListener('voiceschanged', show);
  button.addEventListener('click', () => {
    const prompt = document.querySelector('[data-prompt]') ?? document.querySelector('h1');
    speak(prompt?.textContent.trim());
  });
}

// The wall: a number that was not there before is read out.
function startHall() {
  let last = document.querySelector('[data-voice] [data-voice-say]')?.dataset.voiceSay;
  document.addEventListener('bon:fresh', () => {
    const now = document.querySelector('[data-voice] [data-voice-say]')?.dataset.voiceSay;
    if (now && now !== last && !speak(now)) beep(true);
    last = now;
  });
}

// ---- the person has gone ----
function forget(how) {
  const form = document.querySelector('form[data-forget]');
  if (!form) {
    location.replace('/kiosk');
    return;
  }
  form.action = `/kiosk/forget?how=${how}`;
  form.dataset.guard = 'off';
  form.submit();
}

class Idle {
  constructor() {
    this.whole = Number(body.dataset.idle) * SECOND;
    this.warn = Number(body.dataset.warn) * SECOND;
    this.dialog = document.querySelector('dialog[data-still]');
    this.left = this.dialog?.querySelector('[data-left]');
    this.dialog?.querySelector('button')?.addEventListener('click', () => this.stay());
    this.dialog?.addEventListener('cancel', () => this.stay());
    for (const kind of ['pointerdown', 'keydown', 'input', 'scroll']) {
      document.addEventListener(kind, () => this.dialog?.open || this.restart(), { passive: true, capture: true });
    }
    setInterval(() => this.tick(), SECOND);
    this.restart();
  }

  restart() {
    this.since = Date.now();
  }

  stay() {
    if (this.dialog.open) this.dialog.close();
    body.classList.remove('kiosk--blank');
    this.restart();
  }

  tick() {
    const over = this.whole - (Date.now() - this.since);
    if (over <= 0) forget('idle');
    else if (over <= this.warn && this.dialog) this.countDown(Math.ceil(over / SECOND));
  }

  // What was typed is covered while the machine asks.
  countDown(seconds) {
    if (!this.dialog.open) {
      body.classList.add('kiosk--blank');
      this.dialog.showModal();
      beep(false);
      speak(this.dialog.querySelector('p')?.textContent);
    }
    this.left.textContent = String(seconds);
  }
}

// ---- the box beside the browser: is a card still in the reader, is the server there ----
function startBox() {
  const alarm = document.querySelector('[data-card-left]');
  if (!body.dataset.box || !alarm) return;
  let rang = false;
  setInterval(async () => {
    const state = await fetch('/kiosk/box/state', { cache: 'no-store' }).then((r) => r.json()).catch(() => null);
    const left = Boolean(state?.card) && !body.dataset.begun;
    alarm.hidden = !left;
    if (left && !rang) {
      beep(false);
      speak(alarm.textContent);
    }
    rang = left;
  }, BOX_MS);
}

// ---- money on its way: the page is asked again until it says something else; that is no touch, so who has walked away is forgotten ----
function startAwait() {
  if (!document.querySelector('[data-await]')) return;
  setInterval(async () => {
    const page = await fetch(location.href, { cache: 'no-store' }).then((r) => r.text()).catch(() => null);
    if (page && !page.includes('data-await')) location.reload();
  }, BOX_MS);
}

// A page that comes back from the browser's memory is asked for again: it belongs to somebody else now.
window.addEventListener('pageshow', (event) => {
  if (event.persisted) location.reload();
});

startHall();
if ('kiosk' in body.dataset) {
  document.querySelectorAll('form').forEach((f) => f.setAttribute('autocomplete', 'off'));
  startVoice();
  startBox();
  startAwait();
  // The browser of a kiosk prints without asking (deploy/kiosk).
  if (body.dataset.box && document.querySelector('[data-print-now]')) window.print();
  if (body.dataset.begun || body.dataset.away) new Idle();
  if ('gone' in body.dataset) setTimeout(() => location.replace('/kiosk'), 4 * SECOND);
  document.querySelector('[data-sound-off]')?.toggleAttribute('hidden', Boolean(voice()));
}
