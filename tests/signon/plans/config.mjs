// The config plan, and what the logout plans want of the metadata.
import { equal, must } from '../lib/tap.mjs';

export const plan = 'oidcc-config-certification-test-plan';

export const modules = {
  'oidcc-discovery-endpoint-verification': [
    'the metadata names the issuer as it is called, all endpoints of it, and a usable key set',
    async (op) => {
      const { metadata: m, discovery } = op;
      must(discovery.headers.get('content-type').startsWith('application/json'), 'the metadata is no JSON');
      equal(m.issuer, op.issuer, 'issuer');
      for (const name of ['authorization_endpoint', 'token_endpoint', 'userinfo_endpoint', 'jwks_uri']) {
        must(m[name]?.startsWith(`${op.issuer}/`), `${name} is ${m[name]}`);
      }
      for (const name of [
        'response_types_supported',
        'subject_types_supported',
        'id_token_signing_alg_values_supported',
        'scopes_supported',
      ]) {
        must(Array.isArray(m[name]) && m[name].length > 0, `${name} is missing`);
      }
      equal(m.response_types_supported.join(' '), 'code', 'response types');
      must(m.id_token_signing_alg_values_supported.includes('RS256'), 'RS256 is not offered');
      must(m.scopes_supported.includes('openid'), 'scope openid is not offered');
      equal(m.claims_parameter_supported, true, 'claims_parameter_supported');
      const { status, json } = await op.get(m.jwks_uri);
      equal(status, 200, 'status of the key set');
      must(json.keys.length > 0, 'the key set is empty');
      equal(new Set(json.keys.map((key) => key.kid)).size, json.keys.length, 'kids');
      for (const key of json.keys) must(key.kty && key.kid && !key.d && !key.k, `a key that may not be published: ${key.kid}`);
    },
  ],
};
