// On every page. Nothing here is needed to use the site: each part makes better what already works without it.
import { createAll, Checkboxes, ErrorSummary, Radios } from 'govuk-frontend';
import { announce } from './announce.js';
import { startClocks } from './clock.js';
import { startLive } from './live.js';
import { startPasskeys } from './passkey.js';
import { say } from './words.js';

const RELEASE_MS = 15_000; // a submission that got no answer may be tried again after this

document.documentElement.classList.add('js');
document.body.classList.add('js-enabled', 'govuk-frontend-supported');
createAll(ErrorSummary);
createAll(Radios);
createAll(Checkboxes);
startClocks();
startLive();
startPasskeys();
loadHtmx();

// One press, one submission. The button stays a button: disabling it would drop its own name and value from the form.
document.addEventListener('submit', (event) => {
  const form = event.target;
  if (event.defaultPrevented || form.dataset.guard === 'off') return;
  if (event.submitter?.formTarget === '_blank') return; // a look in another tab; this page goes on
  if (form.dataset.busy) {
    event.preventDefault();
    return;
  }
  form.dataset.busy = '1';
  event.submitter?.setAttribute('aria-busy', 'true');
  if (form.method === 'post') announce(say('sending'));
  setTimeout(() => release(form), RELEASE_MS);
});
window.addEventListener('pageshow', (event) => {
  if (event.persisted) document.querySelectorAll('form[data-busy]').forEach(release);
});

function release(form) {
  delete form.dataset.busy;
  form.querySelectorAll('[aria-busy]').forEach((b) => b.removeAttribute('aria-busy'));
}

window.addEventListener('offline', () => {
  if (document.querySelector('.offline')) return;
  const bar = document.createElement('p');
  bar.className = 'offline';
  bar.setAttribute('role', 'alert');
  bar.textContent = say('offline');
  document.body.prepend(bar);
});
window.addEventListener('online', () => {
  document.querySelector('.offline')?.remove();
  announce(say('online'));
});

document.addEventListener('click', (event) => {
  if (event.target.closest('[data-print]')) window.print();
});
document.addEventListener('keydown', (event) => {
  const fold = event.key === 'Escape' && document.querySelector('.fold[open]');
  if (fold) {
    fold.removeAttribute('open');
    fold.querySelector('summary').focus();
  }
});
// Selects and radios that narrow a list send their form at once; without script the form has its own button.
document.addEventListener('change', (event) => {
  if (event.target.closest('[data-auto-submit]')) event.target.form?.requestSubmit();
});

// A part that has come to its end by itself goes on by itself: the person pressed the button on their telephone.
document.addEventListener('bon:fresh', (event) => event.target.querySelector('form[data-go]')?.requestSubmit());

// htmx comes only to the pages whose mark-up asks for it. The configuration keeps to the content security policy (no eval, no style
// element) and keeps no page with personal data in the browser's storage.
function loadHtmx() {
  const src = document.querySelector('script[data-htmx]')?.dataset.htmx;
  if (!src || !document.querySelector('[hx-get],[hx-post]')) return;
  const meta = document.createElement('meta');
  meta.name = 'htmx-config';
  meta.content = JSON.stringify({
    allowEval: false, allowScriptTags: false, includeIndicatorStyles: false, selfRequestsOnly: true,
    historyEnabled: false, historyCacheSize: 0, timeout: 20_000,
  });
  const script = document.createElement('script');
  script.src = src;
  document.head.append(meta, script);
}
