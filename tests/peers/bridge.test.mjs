// The bridge from outside: an old app (node-saml) signs in and out through it, and every crooked request is refused.
//
//   node tests/peers/bridge.test.mjs build/bridges/saml/bon-saml
import { execFileSync } from 'node:child_process';
import { createPublicKey, createSign } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { deflateRawSync, inflateRawSync } from 'node:zlib';
import { Browser, Tap, bare, freePort, keyPair, makeApp, must, posted, scratch, startBridge, startProvider } from './lib.mjs';

const program = resolve(process.argv[2] ?? 'build/bridges/saml/bon-saml');
const tap = new Tap();
const { dir, remove } = scratch();
const bridge = { port: await freePort(), entity: 'https://saml.example.vn/metadata', keys: keyPair(dir, 'bridge') };
bridge.url = `http://127.0.0.1:${bridge.port}`;
const keys = { app1: keyPair(dir, 'app1'), app2: keyPair(dir, 'app2'), stranger: keyPair(dir, 'stranger') };
const app1 = {
  ...makeApp(dir, 'app1', bridge, keys.app1),
  attributes: { email: 'mail', name: 'displayName', SoDinhDanh: 'urn:oid:1.2.3' },
};
const app2 = makeApp(dir, 'app2', bridge, keys.app2);
const provider = await startProvider(await freePort(), [
  {
    client_id: 'saml',
    client_secret: 'bi-mat-cua-cau',
    redirect_uris: [`${bridge.url}/sign-in/with/bon/back`],
    token_endpoint_auth_method: 'client_secret_basic',
    response_types: ['code'],
    grant_types: ['authorization_code'],
  },
]);
const running = await startBridge(program, dir, bridge, provider, [app1, app2]);

// ---- helpers ----

const signIn = async (app, { person = 'demo', relay = 'noi-toi-dang-dung', ...options } = {}) => {
  provider.set({ person });
  const saml = app.saml(options);
  const page = await new Browser().go(await saml.getAuthorizeUrlAsync(relay, undefined, {}));
  const message = posted(page);
  const { profile } = await saml.validatePostResponseAsync({
    SAMLResponse: message.SAMLResponse,
    RelayState: message.RelayState,
  });
  return { profile, message, page, xml: Buffer.from(message.SAMLResponse, 'base64').toString() };
};

// A request of app1's for the POST binding, signed inside by its key; or with other parts.
async function requestXml(app = app1, options = {}) {
  const form = await app
    .saml({ authnRequestBinding: 'HTTP-POST', skipRequestCompression: true, ...options })
    .getAuthorizeFormAsync('r');
  return Buffer.from(/name="SAMLRequest" value="([^"]+)"/.exec(form)[1], 'base64').toString();
}

const postXml = (xml, path = '/saml/sso') =>
  fetch(`${bridge.url}${path}`, {
    method: 'POST',
    redirect: 'manual',
    headers: { 'content-type': 'application/x-www-form-urlencoded', origin: 'https://app1.example.vn' },
    body: new URLSearchParams({ SAMLRequest: Buffer.from(xml).toString('base64'), RelayState: 'r' }),
  });

async function refuses(reply, cause) {
  const text = await reply.text();
  must(reply.status === 400 && text.includes(`(${cause})`), `status ${reply.status}: ${text}`);
}

const packed = (xml) => encodeURIComponent(deflateRawSync(Buffer.from(xml)).toString('base64'));

function signedQuery(xml, key, { alg = RSA_SHA256, digest = 'RSA-SHA256', relay = 'r' } = {}) {
  const query = `SAMLRequest=${packed(xml)}&RelayState=${relay}&SigAlg=${encodeURIComponent(alg)}`;
  return `${query}&Signature=${encodeURIComponent(createSign(digest).update(query).sign(key, 'base64'))}`;
}

const RSA_SHA256 = 'http://www.w3.org/2001/04/xmldsig-more#rsa-sha256',
  RSA_SHA1 = 'http://www.w3.org/2000/09/xmldsig#rsa-sha1';
const plainRequest = (app = app1, more = '') =>
  `<samlp:AuthnRequest xmlns:samlp="urn:oasis:names:tc:SAML:2.0:protocol" ID="_${crypto.randomUUID()}" Version="2.0" ` +
  `IssueInstant="${new Date().toISOString()}" Destination="${bridge.url}/saml/sso" ` +
  `ProtocolBinding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST" ` +
  `AssertionConsumerServiceURL="${app.acs}"${more}>` +
  `<saml:Issuer xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion">${app.entity}</saml:Issuer></samlp:AuthnRequest>`;

const getQuery = (query, path = '/saml/sso') => fetch(`${bridge.url}${path}?${query}`, { redirect: 'manual' });

// ---- signing in ----

let first;
await tap.case('an app signs somebody in by the redirect binding, and node-saml believes the answer', async () => {
  first = await signIn(app1);
  must(first.profile.nameIDFormat.endsWith('persistent'), first.profile.nameIDFormat);
  must(first.message.action === app1.acs && first.message.RelayState === 'noi-toi-dang-dung', JSON.stringify(first.message));
  must(
    first.profile.mail === 'demo@example.vn' && first.profile.displayName === 'Nguyễn Văn Demo',
    JSON.stringify(first.profile),
  );
});
await tap.case('and by the POST binding', async () => {
  const reply = await postXml(await requestXml());
  must(
    reply.status === 303 && reply.headers.get('location').startsWith(`${provider.issuer}/auth?`),
    `${reply.status} ${await reply.text()}`,
  );
});
await tap.case('assertion and response are signed with SHA-256, for this app alone, for five minutes', async () => {
  must((first.xml.match(/xmldsig-more#rsa-sha256/g) ?? []).length === 2, 'two signatures with rsa-sha256');
  must(!/rsa-sha1|xmldsig#sha1/.test(first.xml), 'SHA-1 somewhere');
  must(first.xml.includes(`<saml:Audience>${app1.entity}</saml:Audience>`), 'no audience');
  const [, until] = /NotOnOrAfter="([^"]+)"/.exec(first.xml);
  must(new Date(until) - Date.now() < 6 * 60 * 1000, until);
});
await tap.case('xmlsec1 says the same of the response', async () => {
  const file = join(dir, 'response.xml');
  writeFileSync(file, first.xml);
  execFileSync(
    'xmlsec1',
    [
      '--verify',
      '--pubkey-cert-pem',
      bridge.keys.certificatePath,
      '--enabled-key-data',
      'rsa',
      '--id-attr:ID',
      'urn:oasis:names:tc:SAML:2.0:protocol:Response',
      file,
    ],
    { stdio: 'pipe' },
  );
});
await tap.case('the same person is the same for an app and another one for another', async () => {
  const again = await signIn(app1),
    elsewhere = await signIn(app2),
    other = await signIn(app1, { person: 'mau' });
  must(again.profile.nameID === first.profile.nameID, 'changed');
  must(elsewhere.profile.nameID !== first.profile.nameID && other.profile.nameID !== first.profile.nameID, 'the same');
  must(!first.profile.nameID.includes('demo'), 'the name tells who it is');
});
await tap.case('an app learns only what its configuration lets it', async () => {
  const { profile } = await signIn(app2);
  must(profile.mail === undefined && !JSON.stringify(profile).includes('demo@example.vn'), JSON.stringify(profile));
});
await tap.case('the policy lets the form go to the app and nowhere else', async () => {
  const policy = first.page.headers.get('content-security-policy');
  must(policy.includes('form-action https://app1.example.vn;') && !policy.includes('unsafe'), policy);
  must(first.page.headers.get('cache-control') === 'no-store', 'kept');
});
await tap.case('who says no at bon comes back to the app with a refusal', async () => {
  provider.set({ refuse: true });
  const page = await new Browser().go(await app1.saml().getAuthorizeUrlAsync('r', undefined, {}));
  provider.set({ refuse: false });
  const xml = Buffer.from(posted(page).SAMLResponse, 'base64').toString();
  must(/status:(RequestDenied|Responder|Requester)/.test(xml) && !xml.includes('<saml:Assertion'), xml);
});
await tap.case('a passive request is answered at once, without an assertion', async () => {
  const page = await new Browser().go(await app1.saml({ passive: true }).getAuthorizeUrlAsync('r', undefined, {}));
  must(!Buffer.from(posted(page).SAMLResponse, 'base64').toString().includes('<saml:Assertion'), 'an assertion');
});
await tap.case('ForceAuthn asks bon to ask again', async () => {
  const reply = await fetch(await app1.saml({ forceAuthn: true }).getAuthorizeUrlAsync('r', undefined, {}), {
    redirect: 'manual',
  });
  must(new URL(reply.headers.get('location')).searchParams.get('prompt') === 'login', reply.headers.get('location'));
});
await tap.case('bon is asked with PKCE, state and nonce', async () => {
  const reply = await fetch(await app1.saml().getAuthorizeUrlAsync('r', undefined, {}), { redirect: 'manual' });
  const asked = new URL(reply.headers.get('location')).searchParams;
  must(
    asked.get('code_challenge_method') === 'S256' && asked.get('state').length === 43 && asked.get('nonce').length === 43,
    asked,
  );
});
await tap.case('metadata say where to go and that requests must be signed', async () => {
  const text = await (await fetch(`${bridge.url}/saml/metadata`)).text();
  must(text.includes('WantAuthnRequestsSigned="true"') && text.includes(bare(bridge.keys.certificate).slice(0, 40)), text);
});

// ---- what is refused ----

await tap.case('the same request twice', async () => {
  const url = await app1.saml().getAuthorizeUrlAsync('r', undefined, {});
  must((await fetch(url, { redirect: 'manual' })).status === 303, 'the first time');
  await refuses(await fetch(url, { redirect: 'manual' }), 'replay');
});
await tap.case('a callback in another browser, and one without a request', async () => {
  await refuses(await fetch(`${bridge.url}/sign-in/with/bon/back?code=x&state=y`), 'ERR_CONFLICT');
});
await tap.case('a request without a signature', async () => {
  await refuses(await postXml(plainRequest()), 'signature');
  await refuses(await getQuery(`SAMLRequest=${packed(plainRequest())}`), 'signature');
});
await tap.case('a request signed by somebody else', async () => {
  await refuses(await getQuery(signedQuery(plainRequest(), keys.stranger.key)), 'lasso');
  await refuses(await getQuery(signedQuery(plainRequest(), keys.app2.key)), 'lasso');
});
await tap.case('a good signature in the redirect binding, for comparison', async () => {
  must((await getQuery(signedQuery(plainRequest(), keys.app1.key))).status === 303, 'refused');
});
await tap.case('SHA-1', async () => {
  await refuses(await getQuery(signedQuery(plainRequest(), keys.app1.key, { alg: RSA_SHA1, digest: 'RSA-SHA1' })), 'signature');
  await refuses(await postXml(await requestXml(app1, { signatureAlgorithm: 'sha1', digestAlgorithm: 'sha1' })), 'signature');
});
await tap.case('HMAC with the public key', async () => {
  await refuses(
    await getQuery(signedQuery(plainRequest(), keys.app1.key, { alg: 'http://www.w3.org/2000/09/xmldsig#hmac-sha1' })),
    'signature',
  );
});
await tap.case('a parameter twice', async () => {
  const query = signedQuery(plainRequest(), keys.app1.key);
  await refuses(await getQuery(`${query}&SAMLRequest=x`), 'SAMLRequest');
  await refuses(await getQuery(`%53AMLRequest=${packed(plainRequest())}&${query}`), 'SAMLRequest');
});
await tap.case('an app nobody registered', async () => {
  const reply = await getQuery(
    signedQuery(plainRequest({ entity: 'https://other.example.vn', acs: 'https://other.example.vn/acs' }), keys.stranger.key),
  );
  must(reply.status === 400, `status ${reply.status}`);
});
await tap.case('a NameID that tells who it is', async () => {
  const reply = await fetch(
    await app1
      .saml({ identifierFormat: 'urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress' })
      .getAuthorizeUrlAsync('r', undefined, {}),
    { redirect: 'manual' },
  );
  await refuses(reply, 'name-id');
});
await tap.case('an answer to another address than the metadata name', async () => {
  const reply = await getQuery(signedQuery(plainRequest({ ...app1, acs: 'https://evil.example/acs' }), keys.app1.key));
  const text = await reply.text();
  must(reply.status === 400 && !text.includes('evil'), `${reply.status} ${text}`);
});
await tap.case('a request for another destination', async () => {
  await refuses(
    await getQuery(
      signedQuery(plainRequest().replace(/Destination="[^"]+"/, 'Destination="https://elsewhere.vn/sso"'), keys.app1.key),
    ),
    'destination',
  );
});
for (const [name, minutes] of [
  ['an old request', -11],
  ['a request from the future', 4],
]) {
  await tap.case(name, async () => {
    const at = new Date(Date.now() + minutes * 60000).toISOString();
    await refuses(
      await getQuery(signedQuery(plainRequest().replace(/IssueInstant="[^"]+"/, `IssueInstant="${at}"`), keys.app1.key)),
      'time',
    );
  });
}
await tap.case('a clock that is two minutes off is let pass', async () => {
  const at = new Date(Date.now() + 2 * 60000).toISOString();
  must(
    (await getQuery(signedQuery(plainRequest().replace(/IssueInstant="[^"]+"/, `IssueInstant="${at}"`), keys.app1.key)))
      .status === 303,
    'refused',
  );
});
await tap.case('a bomb: 40 MB in 40 KB', async () => {
  await refuses(await getQuery(signedQuery(`<a>${'x'.repeat(4e6)}</a>`, keys.app1.key)), 'size');
});

// XML attacks: what an honest message never has.
const xmlAttacks = {
  'a document type': (xml) => `<!DOCTYPE x>${xml}`,
  'an entity from a file': (xml) =>
    `<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>${xml.replace('</saml:Issuer>', '&e;</saml:Issuer>')}`,
  'a billion laughs': (xml) =>
    `<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>${xml.replace('</saml:Issuer>', '&b;</saml:Issuer>')}`,
  'a comment in the issuer': (xml) => xml.replace('.vn/saml<', '.vn/<!---->saml<'),
  CDATA: (xml) => xml.replace('.vn/saml<', '.vn/<![CDATA[saml]]><'),
  'a style sheet instruction': (xml) => `<?xml-stylesheet href="x"?>${xml}`,
};
for (const [name, spoil] of Object.entries(xmlAttacks)) {
  await tap.case(`${name} is refused before anything is read`, async () => {
    await refuses(await getQuery(signedQuery(spoil(plainRequest()), keys.app1.key)), 'markup');
  });
}
await tap.case('a message in UTF-16 is refused', async () => {
  const utf16 = Buffer.from(`\ufeff${plainRequest()}`, 'utf16le');
  await refuses(await getQuery(signedQuery(utf16, keys.app1.key)), 'markup');
});
await tap.case('a hundred levels are refused', async () => {
  await refuses(
    await getQuery(
      signedQuery(
        plainRequest().replace(
          '</samlp:AuthnRequest>',
          (end) => '<samlp:Extensions>'.repeat(100) + '</samlp:Extensions>'.repeat(100) + end,
        ),
        keys.app1.key,
      ),
    ),
    'depth',
  );
});

// Signature wrapping. The evil message asks for an answer to somebody else's address; the signature is app1's own, over the good one.
const undeclared = (xml) => xml.replace(/^<\?xml[^>]*\?>\s*/, '');
const parts = (text) => {
  const xml = undeclared(text);
  const signature = /<Signature[\s\S]*<\/Signature>/.exec(xml)[0],
    bareXml = xml.replace(signature, '');
  const evil = bareXml.replace(/ID="[^"]+"/, 'ID="_evil-request-0123456789"').replaceAll(app1.acs, 'https://evil.example/acs');
  const close = '</samlp:AuthnRequest>';
  return { signature, good: xml, bareXml, evil, inside: (outer, what) => outer.replace(close, `${what}${close}`), close };
};
const wrap = (what) => `<samlp:Extensions xmlns:samlp="urn:oasis:names:tc:SAML:2.0:protocol">${what}</samlp:Extensions>`;
const object = (signature, what) => signature.replace('</Signature>', `<Object>${what}</Object></Signature>`);
const XSW = {
  XSW1: (p) => p.inside(p.evil, object(p.signature, p.bareXml)),
  XSW2: (p) => p.inside(p.evil, `${p.bareXml}${p.signature}`),
  XSW3: (p) => p.inside(p.evil, wrap(p.good)),
  XSW4: (p) => p.inside(p.evil, p.good),
  XSW5: (p) => p.inside(p.evil.replace(/ID="[^"]+"/, /ID="[^"]+"/.exec(p.good)[0]), `${p.signature}${wrap(p.bareXml)}`),
  XSW6: (p) => p.inside(p.evil.replace(/ID="[^"]+"/, /ID="[^"]+"/.exec(p.good)[0]), object(p.signature, p.bareXml)),
  XSW7: (p) => p.inside(p.evil, `${wrap(p.bareXml)}${p.signature}`),
  XSW8: (p) => p.inside(p.evil, object(p.signature, wrap(p.bareXml))),
};
for (const [name, make] of Object.entries(XSW)) {
  await tap.case(`${name}: the signature of one message does not carry another (request to sign in)`, async () => {
    const reply = await postXml(make(parts(await requestXml())));
    const text = await reply.text();
    must(reply.status === 400 && !text.includes('evil.example'), `${reply.status} ${reply.headers.get('location')} ${text}`);
  });
}
await tap.case('changed after signing', async () => {
  await refuses(await postXml((await requestXml()).replaceAll(app1.acs, 'https://evil.example/acs')), 'lasso');
});
await tap.case('two signatures', async () => {
  const p = parts(await requestXml());
  await refuses(await postXml(p.inside(p.good, p.signature)), 'signature');
});
await tap.case('a transform that could hide something', async () => {
  await refuses(
    await postXml(
      (await requestXml()).replace(
        /Algorithm="[^"]+enveloped-signature"/,
        'Algorithm="http://www.w3.org/TR/1999/REC-xslt-19991116"',
      ),
    ),
    'signature',
  );
});
await tap.case('a reference to nothing, or to the whole document', async () => {
  await refuses(await postXml((await requestXml()).replace(/URI="#[^"]+"/, 'URI=""')), 'signature');
});

// ---- signing out ----

const logoutUrl = async (profile, app = app1, options = {}) => app.saml(options).getLogoutUrlAsync(profile, 'r', {});
const responseIn = (url) => inflateRawSync(Buffer.from(new URL(url).searchParams.get('SAMLResponse'), 'base64')).toString();

await tap.case('an app signs out; the answer is signed and node-saml believes it', async () => {
  const { profile } = await signIn(app1);
  const reply = await fetch(await logoutUrl(profile), { redirect: 'manual' });
  const to = reply.headers.get('location');
  must(reply.status === 303 && to.startsWith(app1.slo), `${reply.status} ${to} ${await reply.text()}`);
  must(responseIn(to).includes('status:Success'), responseIn(to));
  const { search, searchParams } = new URL(to);
  await app1.saml().validateRedirectAsync(Object.fromEntries(searchParams), search.slice(1));
});
await tap.case('a session that is not there is not signed out', async () => {
  const { profile } = await signIn(app1);
  const reply = await fetch(await logoutUrl({ ...profile, nameID: 'somebody-else' }), { redirect: 'manual' });
  must(
    !responseIn(reply.headers.get('location')).match(/<samlp:StatusCode Value="urn:oasis:names:tc:SAML:2.0:status:Success"/),
    'success',
  );
});
await tap.case('another app cannot sign this one out', async () => {
  const { profile } = await signIn(app1);
  const reply = await fetch(await logoutUrl(profile, app2), { redirect: 'manual' });
  must(!responseIn(reply.headers.get('location')).includes('status:Success'), 'success');
  const own = await fetch(await logoutUrl(profile), { redirect: 'manual' });
  must(responseIn(own.headers.get('location')).includes('status:Success'), 'the session was gone');
});
await tap.case('a request to sign out that is unsigned, forged, or sent twice', async () => {
  const { profile } = await signIn(app1);
  const url = new URL(await logoutUrl(profile));
  const unsigned = new URL(url);
  unsigned.searchParams.delete('Signature');
  await refuses(await fetch(unsigned, { redirect: 'manual' }), 'signature');
  const forged = new URL(url);
  forged.searchParams.set('RelayState', 'other');
  await refuses(await fetch(forged, { redirect: 'manual' }), 'lasso');
  must((await fetch(url, { redirect: 'manual' })).status === 303, 'the good one');
  await refuses(await fetch(url, { redirect: 'manual' }), 'replay');
});
const plainLogout = (nameId, index, more = '') =>
  `<samlp:LogoutRequest xmlns:samlp="urn:oasis:names:tc:SAML:2.0:protocol" ` +
  `xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion" ` +
  `ID="_${crypto.randomUUID()}" Version="2.0" IssueInstant="${new Date().toISOString()}" Destination="${bridge.url}/saml/slo">` +
  `<saml:Issuer>${app1.entity}</saml:Issuer>` +
  `<saml:NameID Format="urn:oasis:names:tc:SAML:2.0:nameid-format:persistent">${nameId}</saml:NameID>` +
  `<samlp:SessionIndex>${index}</samlp:SessionIndex>${more}</samlp:LogoutRequest>`;
await tap.case('a comment in the NameID does not cut it short', async () => {
  await refuses(await getQuery(signedQuery(plainLogout('admin<!---->.evil', 'x'), keys.app1.key), '/saml/slo'), 'markup');
});
await tap.case('two NameIDs', async () => {
  await refuses(
    await getQuery(signedQuery(plainLogout('one', 'x', '<saml:NameID>two</saml:NameID>'), keys.app1.key), '/saml/slo'),
    'name-id',
  );
});

// The same wrapping on signed requests to sign out, by the POST binding.
async function logoutXml(nameId) {
  const { signXml } = await import('@node-saml/node-saml/lib/xml.js').then((m) => m.default ?? m);
  return signXml(
    plainLogout(nameId, '_index'),
    "//*[local-name(.)='LogoutRequest']",
    { reference: "//*[local-name(.)='Issuer']", action: 'after' },
    { privateKey: keys.app1.key, publicCert: keys.app1.certificate, signatureAlgorithm: 'sha256', digestAlgorithm: 'sha256' },
  );
}
await tap.case('a request to sign out, signed inside, is answered by the POST binding', async () => {
  const reply = await postXml(await logoutXml('somebody'), '/saml/slo');
  const message = posted({ status: reply.status, text: await reply.text() });
  must(
    message.action === app1.slo && !Buffer.from(message.SAMLResponse, 'base64').toString().includes('status:Success"/></'),
    JSON.stringify(message),
  );
});
for (const [name, make] of Object.entries(XSW)) {
  await tap.case(`${name}: the signature of one message does not carry another (request to sign out)`, async () => {
    const xml = undeclared(await logoutXml('somebody'));
    const signature = /<Signature[\s\S]*<\/Signature>/.exec(xml)[0],
      bareXml = xml.replace(signature, ''),
      close = '</samlp:LogoutRequest>';
    const evil = bareXml.replace(/ID="[^"]+"/, 'ID="_evil-request-0123456789"').replace('>somebody<', '>victim<');
    const reply = await postXml(
      make({ signature, good: xml, bareXml, evil, close, inside: (outer, what) => outer.replace(close, `${what}${close}`) }),
      '/saml/slo',
    );
    must(reply.status === 400, `${reply.status} ${await reply.text()}`);
  });
}

const status = await running.stop();
provider.stop();
tap.say(status === 0, 'the bridge ends in order', `status ${status}\n${running.log().split('\n').slice(-12).join('\n')}`);
tap.say(createPublicKey(keys.app1.certificate).asymmetricKeyType === 'rsa', 'the apps of this test have RSA keys');
remove();
tap.end();
