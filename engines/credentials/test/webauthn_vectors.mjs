// An authenticator and a browser in a few lines, written from Web Authentication Level 2 and RFC 8152 with Node's own cryptography:
//
//   node engines/credentials/test/webauthn_vectors.mjs > engines/credentials/test/webauthn_vectors.h
//
// New keys each time; the tests hold for any.
import { createHash, generateKeyPairSync, sign } from 'node:crypto';

const RP = 'bon.example.vn';
const ORIGIN = 'https://bon.example.vn';
const sha256 = (bytes) => createHash('sha256').update(bytes).digest();
const bytes = (jwk) => Buffer.from(jwk, 'base64url');

// ---- CBOR, as much as is needed ----
function head(major, n) {
  if (n < 24) return Buffer.from([major << 5 | n]);
  if (n < 256) return Buffer.from([major << 5 | 24, n]);
  return Buffer.from([major << 5 | 25, n >> 8, n & 255]);
}
function cbor(v) {
  if (typeof v === 'number') return v >= 0 ? head(0, v) : head(1, -1 - v);
  if (typeof v === 'string') return Buffer.concat([head(3, Buffer.byteLength(v)), Buffer.from(v)]);
  if (Buffer.isBuffer(v)) return Buffer.concat([head(2, v.length), v]);
  return Buffer.concat([head(5, v.length), ...v.flatMap(([key, value]) => [cbor(key), cbor(value)])]);
}

const kinds = {
  es256: {
    make: () => generateKeyPairSync('ec', { namedCurve: 'P-256' }),
    cose: (jwk) => [[1, 2], [3, -7], [-1, 1], [-2, bytes(jwk.x)], [-3, bytes(jwk.y)]],
    sign: (data, key) => sign('sha256', data, key), alg: -7,
  },
  eddsa: {
    make: () => generateKeyPairSync('ed25519'),
    cose: (jwk) => [[1, 1], [3, -8], [-1, 6], [-2, bytes(jwk.x)]],
    sign: (data, key) => sign(null, data, key), alg: -8,
  },
  rs256: {
    make: () => generateKeyPairSync('rsa', { modulusLength: 2048 }),
    cose: (jwk) => [[1, 3], [3, -257], [-1, bytes(jwk.n)], [-2, bytes(jwk.e)]],
    sign: (data, key) => sign('sha256', data, key), alg: -257,
  },
};

const UP = 1, UV = 4, AT = 64;
const handle = sha256('a credential id').subarray(0, 20);
function authData(flags, count, cose) {
  const counter = Buffer.alloc(4);
  counter.writeUInt32BE(count);
  const key = cose ? [Buffer.alloc(16), Buffer.from([0, handle.length]), handle, cbor(cose)] : [];
  return Buffer.concat([sha256(RP), Buffer.from([flags]), counter, ...key]);
}
function client(type, text, origin = ORIGIN) {
  const challenge = Buffer.from(text).toString('base64url');
  return Buffer.from(JSON.stringify({ type, challenge, origin, crossOrigin: false }));
}

const lines = [
  '/* Made by webauthn_vectors.mjs: what an authenticator and a browser written a second time say. */',
  '#ifndef BON_ENGINES_CREDENTIALS_WEBAUTHN_VECTORS_H', '#define BON_ENGINES_CREDENTIALS_WEBAUTHN_VECTORS_H', '',
];
function put(name, value) {
  const text = value.toString('base64url').match(/.{1,110}/g).map((part) => `    "${part}"`).join('\n');
  lines.push(`static const char ${name}[] =\n${text};`);
}
const created = client('webauthn.create', 'challenge one');
const got = client('webauthn.get', 'challenge two');
put('v_created', created);
put('v_got', got);
put('v_created_elsewhere', client('webauthn.create', 'challenge one', 'https://bon.example.vn.evil.example'));
put('v_handle', handle);
for (const [name, kind] of Object.entries(kinds)) {
  const { publicKey, privateKey } = kind.make();
  const made = authData(UP | UV | AT, 0, kind.cose(publicKey.export({ format: 'jwk' })));
  put(`v_${name}_attestation`, cbor([['fmt', 'none'], ['attStmt', []], ['authData', made]]));
  const self = kind.sign(Buffer.concat([made, sha256(created)]), privateKey);
  put(`v_${name}_self`, cbor([['fmt', 'packed'], ['attStmt', [['alg', kind.alg], ['sig', self]]], ['authData', made]]));
  for (const [what, flags] of [['auth', UP | UV], ['auth_unverified', UP]]) {
    const data = authData(flags, 7);
    put(`v_${name}_${what}`, data);
    put(`v_${name}_${what}_signature`, kind.sign(Buffer.concat([data, sha256(got)]), privateKey));
  }
}
lines.push('', '#endif');
console.log(lines.join('\n'));
