// Forms with data-passkey ask the device before they are sent: "new" makes a passkey, "use" shows one. The server's options come as
// JSON beside the form's fields; what the device answers goes back in them as base64url. Nothing is kept here.
import { say } from './words.js';

export function startPasskeys() {
  document.querySelectorAll('form[data-passkey]').forEach((form) => {
    if (!window.PublicKeyCredential) form.querySelector('button[type=submit]').hidden = true;
    form.addEventListener('submit', (event) => {
      if (form.dataset.ready) return;
      event.preventDefault();
      ask(form).catch((error) => refuse(form, error));
    });
  });
}

async function ask(form) {
  const options = JSON.parse(form.querySelector('script[type="application/json"]').textContent);
  form.querySelector('[data-passkey-say]').hidden = true;
  const answer = form.dataset.passkey === 'new' ? await make(options) : await show(options);
  for (const [name, value] of Object.entries(answer)) form.elements[name].value = value;
  form.dataset.ready = '1';
  delete form.dataset.busy;
  form.requestSubmit();
}

async function make(options) {
  const known = options.excludeCredentials.map((c) => ({ ...c, id: bytes(c.id) }));
  const user = { ...options.user, id: bytes(options.user.id) };
  const publicKey = { ...options, user, challenge: bytes(options.challenge), excludeCredentials: known };
  const { response } = await navigator.credentials.create({ publicKey });
  return { client_data: text(response.clientDataJSON), attestation: text(response.attestationObject) };
}

async function show(options) {
  const { rawId, response } = await navigator.credentials.get({ publicKey: { ...options, challenge: bytes(options.challenge) } });
  return {
    handle: text(rawId),
    client_data: text(response.clientDataJSON),
    auth_data: text(response.authenticatorData),
    signature: text(response.signature),
  };
}

function refuse(form, error) {
  const line = form.querySelector('[data-passkey-say]');
  line.textContent = say(error.name === 'InvalidStateError' ? 'passkeyKnown' : 'passkeyNo');
  line.hidden = false;
  delete form.dataset.busy;
  form.querySelectorAll('[aria-busy]').forEach((b) => b.removeAttribute('aria-busy'));
}

const bytes = (base64url) => Uint8Array.from(atob(base64url.replaceAll('-', '+').replaceAll('_', '/')), (c) => c.charCodeAt(0));
const text = (buffer) => btoa(String.fromCharCode(...new Uint8Array(buffer))).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
