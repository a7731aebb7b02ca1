// Confirming at a counter (OpenID CIBA Core 1.0, poll mode): a clerk asks, the visitor answers on his own phone.
import { CITIZEN, refused } from '../lib/fapi2.mjs';
import { equal, must } from '../lib/tap.mjs';

export const plan = 'ciba-poll';

const GRANT = 'urn:openid:params:grant-type:ciba';
const MESSAGE = 'Quầy 3: nhận kết quả số 17';

async function begun(op, more = {}) {
  const party = op.party('counter');
  const fields = { scope: 'openid profile', login_hint: CITIZEN, binding_message: MESSAGE, ...more };
  const reply = await party.post('backchannel_authentication_endpoint', fields);
  return { party, reply, asked: reply.json };
}

async function begunWell(op, more) {
  const counter = await begun(op, more);
  equal(counter.reply.status, 200, `status (${counter.reply.text.slice(0, 200)})`);
  return counter;
}

const poll = ({ party, asked }) => party.post('token_endpoint', { grant_type: GRANT, auth_req_id: asked.auth_req_id });

// The newest question on the visitor's page; answered when `say` is given.
async function onThePhone(op, say, login = CITIZEN) {
  const phone = await op.browserOf(login);
  const { page } = await phone.go(`${op.issuer}/confirmations`);
  const forms = page.forms.filter((form) => /^\/confirmations\/\d+$/.test(new URL(form.action).pathname));
  if (!say) return { page, forms };
  must(forms.length > 0, `nothing to answer: ${page.text.slice(0, 300)}`);
  return phone.submit(
    forms[0],
    {},
    forms[0].buttons.find((one) => one.value === say),
  );
}

export const modules = {
  'ciba-metadata': [
    'the metadata offers poll mode at an endpoint of ours',
    async (op) => {
      must(op.metadata.backchannel_authentication_endpoint?.startsWith(op.issuer), 'no endpoint');
      equal(op.metadata.backchannel_token_delivery_modes_supported.join(' '), 'poll', 'modes');
      must(op.metadata.grant_types_supported.includes(GRANT), 'the grant is not offered');
    },
  ],

  'ciba-agreed-gives-tokens-once': [
    "the visitor sees the same message as the clerk, agrees, and the clerk's app gets tokens once",
    async (op) => {
      const counter = await begunWell(op);
      must(counter.asked.auth_req_id.length >= 27 && counter.asked.interval >= 5 && counter.asked.expires_in > 0, 'shape of the answer');
      refused(await poll(counter), 'authorization_pending', 'before the answer');
      must((await onThePhone(op)).page.text.includes(MESSAGE), 'the message is not on the page');
      await onThePhone(op, 'yes');
      op.clock.pass(6);
      const { status, json } = await poll(counter);
      equal(status, 200, 'status');
      equal((await counter.party.userinfo(json.access_token)).json.name, 'Nguyễn Văn Demo', 'name');
      must((await op.verified(json.id_token, { audience: counter.party.id })).auth_time, 'auth_time');
      op.clock.pass(6);
      refused(await poll(counter), 'invalid_grant', 'the second time');
    },
  ],

  'ciba-denied': [
    'the visitor says no and the clerk hears access_denied',
    async (op) => {
      const counter = await begunWell(op);
      await onThePhone(op, 'no');
      refused(await poll(counter), 'access_denied', 'the token endpoint');
    },
  ],

  'ciba-expired': [
    'a question that nobody answers ends by itself, on both sides',
    async (op) => {
      const counter = await begunWell(op, { requested_expiry: '60' });
      equal(counter.asked.expires_in, 60, 'expires_in');
      op.clock.pass(61);
      refused(await poll(counter), 'expired_token', 'the token endpoint');
      equal((await onThePhone(op)).forms.length, 0, 'questions on the page');
    },
  ],

  'ciba-nobody-else-answers': [
    'somebody else neither sees nor answers the question',
    async (op) => {
      const counter = await begunWell(op);
      equal((await onThePhone(op, null, 'letan')).forms.length, 0, "questions on another's page");
      const mine = await onThePhone(op);
      const other = await op.browserOf('letan');
      const { page } = await other.go(`${op.issuer}/confirmations`);
      const csrf = /name="_csrf" value="([^"]*)"/.exec(page.html)?.[1] ?? '';
      const forged = {
        ...mine.forms[0],
        fields: new Map([
          ['_csrf', csrf],
          ['_key', 'khac'],
        ]),
      };
      must((await other.submit(forged, { say: 'yes' })).page.status >= 400, 'another could answer');
      refused(await poll(counter), 'authorization_pending', 'the token endpoint');
      await onThePhone(op, 'no');
    },
  ],

  'ciba-unknown-person': [
    'a hint that means nobody is refused by name',
    async (op) => refused((await begun(op, { login_hint: 'khong.ai' })).reply, 'unknown_user_id', 'the endpoint'),
  ],
  'ciba-hint-is-needed': [
    'without a hint, or with two, the question is refused',
    async (op) => {
      refused((await begun(op, { login_hint: undefined })).reply, 'invalid_request', 'without a hint');
      refused((await begun(op, { id_token_hint: 'x' })).reply, 'invalid_request', 'with two hints');
    },
  ],
  'ciba-message-must-fit': [
    'a message that is missing, too long or not one line is refused',
    async (op) => {
      for (const message of [undefined, '', 'x'.repeat(200), 'hai\ndòng']) {
        refused((await begun(op, { binding_message: message })).reply, 'invalid_binding_message', JSON.stringify(message) ?? 'none');
      }
    },
  ],
  'ciba-nobody-is-flooded': [
    'one person has at most three open questions of one app',
    async (op) => {
      const open = [];
      for (let i = 0; i < 3; i++) open.push(await begunWell(op));
      must((await begun(op)).reply.status === 429, 'a fourth question was taken');
      for (const counter of open) must(counter.asked && (await onThePhone(op, 'no')), 'answered');
    },
  ],
  'ciba-client-without-the-grant': [
    'a client that did not register the grant may not ask',
    async (op) => {
      const fields = { scope: 'openid', login_hint: CITIZEN, binding_message: MESSAGE };
      refused(await op.party('basic').post('backchannel_authentication_endpoint', fields), 'unauthorized_client', 'the endpoint');
    },
  ],
};
