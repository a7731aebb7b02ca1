// The peer of the sign-on bench: npm oidc-provider, everything in memory, one process, as its own documentation sets it up. Whoever
// comes is signed in as the same person and has agreed to everything, so that only the protocol is measured.
//
//   node bench/peer.mjs PORT CLIENTS.json
import { webcrypto } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

globalThis.crypto ??= webcrypto;
globalThis.CryptoKey ??= webcrypto.CryptoKey;

// The sign-on tests' own package; make bench installs it.
const packages = createRequire(join(resolve('tests/signon'), 'package.json'));
const { default: Peer } = await import(pathToFileURL(packages.resolve('oidc-provider')));
const { generateKeyPair, exportJWK } = await import(pathToFileURL(packages.resolve('jose')));

// Its own store in memory keeps the last thousand things only and would forget our session under load; this one keeps all.
const kept = new Map();
class Memory {
  constructor(kind) { this.kind = kind; }
  async upsert(id, payload) {
    kept.set(`${this.kind}:${id}`, payload);
    if (this.kind === 'Session') kept.set(`uid:${payload.uid}`, payload);
  }
  async find(id) { return kept.get(`${this.kind}:${id}`); }
  async findByUid(uid) { return kept.get(`uid:${uid}`); }
  async consume(id) { kept.get(`${this.kind}:${id}`).consumed = Math.floor(Date.now() / 1000); }
  async destroy(id) { kept.delete(`${this.kind}:${id}`); }
  async revokeByGrantId() {}
}

const [port, clientsFile] = process.argv.slice(2);
const { privateKey } = await generateKeyPair('ES256', { extractable: true });

const peer = new Peer(`http://127.0.0.1:${port}`, {
  adapter: Memory,
  clients: JSON.parse(readFileSync(clientsFile, 'utf8')),
  jwks: { keys: [{ ...await exportJWK(privateKey), alg: 'ES256', use: 'sig' }] },
  findAccount: (ctx, id) => ({ accountId: id, claims: () => ({ sub: id }) }),
  features: { devInteractions: { enabled: false }, clientCredentials: { enabled: true }, introspection: { enabled: true } },
  pkce: { required: () => true },
  enabledJWA: { idTokenSigningAlgValues: ['ES256'] },
  interactions: { url: (ctx, interaction) => `/interaction/${interaction.uid}` },
  async loadExistingGrant(ctx) {
    const { session, client, provider } = ctx.oidc, given = session.grantIdFor(client.clientId);
    if (given) return provider.Grant.find(given);
    const grant = new provider.Grant({ accountId: session.accountId, clientId: client.clientId });
    grant.addOIDCScope('openid');
    await grant.save();
    return grant;
  },
});

const answer = peer.callback();
createServer((request, response) => {
  if (!request.url.startsWith('/interaction/')) return answer(request, response);
  return peer.interactionFinished(request, response, { login: { accountId: 'ai-do' } }).catch((error) => {
    response.writeHead(400).end(error.message);
  });
}).listen(Number(port), '127.0.0.1');
