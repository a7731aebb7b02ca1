// The flow of a client with the FAPI 2.0 security profile: pushed request, PKCE, DPoP, private_key_jwt. A test names what it does
// otherwise.
import { Key, random, s256 } from './party.mjs';
import { equal, must } from './tap.mjs';

export const CITIZEN = 'congdan';

// A pushed request; gives what came back and what the rest of the flow needs.
export async function push(op, { as = 'fapi', params = {}, how = {} } = {}) {
  const party = op.party(as),
    verifier = random(32);
  const request = { ...party.request(params.request), code_challenge: s256(verifier), code_challenge_method: 'S256', ...params.more };
  const sent = Object.fromEntries(Object.entries(request).filter(([, value]) => value !== undefined));
  return { party, verifier, request, pushed: await party.push(sent, how) };
}

export async function pushedWell(op, options) {
  const flow = await push(op, options);
  equal(flow.pushed.status, 201, `status of the pushed request (${flow.pushed.text.slice(0, 200)})`);
  must(/^urn:ietf:params:oauth:request_uri:.{20,}/.test(flow.pushed.json.request_uri), 'request_uri is no reference');
  must(flow.pushed.json.expires_in >= 5 && flow.pushed.json.expires_in < 600, `expires_in is ${flow.pushed.json.expires_in}`);
  return flow;
}

export async function goWith(op, flow, { browser, agree = true, more = {} } = {}) {
  const request = { client_id: flow.party.id, request_uri: flow.pushed.json.request_uri, ...more };
  return flow.party.authorize(browser ?? (await op.browserOf(CITIZEN)), request, { agree });
}

// To the code.
export async function code(op, options = {}) {
  const flow = await pushedWell(op, options);
  const { answer, page } = await goWith(op, flow, options);
  must(answer?.code, `no code: ${answer ? JSON.stringify(answer) : page.text.slice(0, 300)}`);
  equal(answer.iss, op.issuer, 'iss of the answer');
  equal(answer.state, flow.request.state, 'state of the answer');
  return { ...flow, answer, code: answer.code };
}

// To the tokens, bound to a key.
export async function tokens(op, options = {}) {
  const dpop = options.dpop ?? (await Key.make());
  const flow = await code(op, options);
  const reply = await flow.party.exchange(flow.code, { verifier: flow.verifier, dpop, dpopHow: options.dpopHow });
  equal(reply.status, 200, `status of the token endpoint (${reply.text.slice(0, 200)})`);
  equal(reply.json.token_type, 'DPoP', 'token_type');
  return { ...flow, dpop, tokens: reply.json, idToken: await op.verified(reply.json.id_token, { audience: flow.party.id }) };
}

export function refused(reply, errors, what, statuses = [400, 401]) {
  must(statuses.includes(reply.status), `${what} answers ${reply.status}: ${reply.text.slice(0, 200)}`);
  must([errors].flat().includes(reply.json?.error), `${what}: error is ${reply.json?.error}, not ${[errors].flat().join(' or ')}`);
}

// The browser's way ended without a code: with an error for the app, or on a page that says why.
export function wayRefused({ answer, page }, errors) {
  if (page) return must(page.status >= 400, `the page that refuses has status ${page.status}`);
  must(!answer.code, 'a code was given');
  return must([errors].flat().includes(answer.error), `error is ${answer.error}`);
}
