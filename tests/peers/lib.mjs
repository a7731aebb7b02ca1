// What the bridge's tests share: keys, an OpenID Provider (npm oidc-provider) in bon's place, old apps (npm node-saml), the bridge itself.
import { spawn, spawnSync, execFileSync } from 'node:child_process';
import { mkdtempSync, writeFileSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { SAML } from '@node-saml/node-saml';
import Provider from 'oidc-provider';

// oidc-provider tells at length that it is not in production.
console.info = () => {};
console.warn = () => {};

export class Tap {
  n = 0;
  failed = 0;

  say(good, name, why = '') {
    this.n += 1;
    if (!good) this.failed += 1;
    if (!good && why)
      console.log(
        String(why)
          .split('\n')
          .map((line) => `# ${line}`)
          .join('\n'),
      );
    console.log(`${good ? 'ok' : 'not ok'} ${this.n} - ${name}`);
  }

  async case(name, act) {
    try {
      await act();
      this.say(true, name);
    } catch (error) {
      this.say(false, name, error.stack);
    }
  }

  end() {
    console.log(`1..${this.n}`);
    process.exitCode = this.failed === 0 && this.n > 0 ? 0 : 1;
  }
}

export function must(condition, sentence) {
  if (!condition) throw new Error(sentence);
}

export function keyPair(dir, name) {
  const key = join(dir, `${name}.key`),
    certificate = join(dir, `${name}.crt`);
  execFileSync(
    'openssl',
    ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-keyout', key, '-out', certificate, '-days', '2', '-subj', `/CN=${name}`],
    { stdio: 'ignore' },
  );
  return {
    keyPath: key,
    certificatePath: certificate,
    key: readFileSync(key, 'utf8'),
    certificate: readFileSync(certificate, 'utf8'),
  };
}

const PEOPLE = {
  demo: {
    sub: 'demo',
    name: 'Nguyễn Văn Demo',
    email: 'demo@example.vn',
    SoDinhDanh: '067090000123',
    HoVaTen: 'Nguyễn Văn Demo',
    NgayThangNamSinh: '01/02/1990',
  },
  mau: {
    sub: 'mau',
    name: 'Trần Văn Mẫu',
    email: 'mau@example.vn',
    SoDinhDanh: '067085000201',
    HoVaTen: 'Trần Văn Mẫu',
    NgayThangNamSinh: '12/09/1985',
  },
};

// An OpenID Provider that signs in whoever `person` says, without asking.
export async function startProvider(port, clients, more = {}) {
  const issuer = `http://127.0.0.1:${port}`;
  const provider = new Provider(issuer, {
    clients,
    claims: { openid: ['sub', 'acr'], profile: ['name', 'SoDinhDanh', 'HoVaTen', 'NgayThangNamSinh'], email: ['email'] },
    pkce: { required: () => true },
    findAccount: (ctx, id) => ({ accountId: id, claims: () => ({ ...PEOPLE[id], acr: '2' }) }),
    cookies: { keys: ['tests-only'] },
    conformIdTokenClaims: true,
    features: { devInteractions: { enabled: false }, userinfo: { enabled: true }, rpInitiatedLogout: { enabled: true } },
    interactions: { url: (ctx, interaction) => `/as/${interaction.uid}` },
    ...more,
  });
  const world = { issuer, person: 'demo', refuse: false };
  const server = createServer(async (request, response) => {
    if (!request.url.startsWith('/as/')) return provider.callback()(request, response);
    const details = await provider.interactionDetails(request, response);
    if (world.refuse) return provider.interactionFinished(request, response, { error: 'access_denied' });
    const grant = new provider.Grant({ accountId: world.person, clientId: details.params.client_id });
    grant.addOIDCScope('openid profile email');
    const grantId = await grant.save();
    return provider.interactionFinished(request, response, {
      login: { accountId: world.person, acr: '2', amr: ['mfa'] },
      consent: { grantId },
    });
  });
  await new Promise((done) => server.listen(port, '127.0.0.1', done));
  return { ...world, set: (what) => Object.assign(world, what), stop: () => server.close() };
}

// The really served program on a small province; ended by stop.
export async function startBon(bon, dir, port, prepare, more = {}) {
  const url = `http://127.0.0.1:${port}`;
  const env = {
    ...process.env,
    BON_DATA_DIR: join(dir, 'var'),
    BON_PACK_DIR: resolve('packs/dak_nong'),
    BON_PORT: String(port),
    BON_LANG: 'vi',
  };
  delete env.BON_TEST_DB;
  const command = (...args) => {
    const ran = spawnSync(bon, args, { env, encoding: 'utf8' });
    if (ran.status !== 0) throw new Error(`bon ${args.join(' ')}: ${ran.status}\n${ran.stdout}${ran.stderr}`);
    return ran.stdout;
  };
  command('init', '--demo');
  command('seed', '--people', '2000', '--seed', '511');
  command('demo');
  prepare(command);
  const server = spawn(bon, ['serve'], { env: { ...env, ...more }, stdio: 'ignore' });
  const ended = new Promise((done) => server.on('exit', done));
  for (const until = Date.now() + 60000; Date.now() < until;) {
    try {
      if ((await fetch(`${url}/healthz`)).ok) break;
    } catch {
      /* not yet */
    }
    await new Promise((next) => setTimeout(next, 50));
  }
  return {
    url,
    stop: async () => {
      server.kill('SIGTERM');
      return ended;
    },
  };
}

export async function freePort() {
  return new Promise((done) => {
    const probe = createServer();
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address();
      probe.close(() => done(port));
    });
  });
}

// A browser: cookies by port (as 127.0.0.1 is one host for all), redirects followed by hand.
export class Browser {
  jars = new Map();

  async go(url, init = {}) {
    let next = url,
      options = init;
    for (let i = 0; i < 12; i += 1) {
      const { host } = new URL(next);
      const jar = this.jars.get(host) ?? new Map();
      const cookie = [...jar].map(([k, v]) => `${k}=${v}`).join('; ');
      const reply = await fetch(next, {
        ...options,
        redirect: 'manual',
        headers: { ...options.headers, ...(cookie ? { cookie } : {}) },
      });
      for (const line of reply.headers.getSetCookie()) {
        const [, name, value] = /^([^=]+)=([^;]*)/.exec(line);
        if (/max-age=0|expires=Thu, 01 Jan 1970/i.test(line) || value === '') jar.delete(name);
        else jar.set(name, value);
      }
      this.jars.set(host, jar);
      const location = reply.headers.get('location');
      if (reply.status < 300 || reply.status >= 400 || !location)
        return { url: next, status: reply.status, text: await reply.text(), headers: reply.headers };
      next = new URL(location, next).href;
      if (next.startsWith('http://app')) return { url: next, status: 0, text: '', headers: reply.headers };
      options = {};
    }
    throw new Error('too many redirects');
  }
}

const ENTITIES = { '&lt;': '<', '&gt;': '>', '&quot;': '"', '&#39;': "'", '&amp;': '&' };

export const unescape = (s) => s.replace(/&(lt|gt|quot|#39|amp);/g, (found) => ENTITIES[found]);

// The message in the page that the bridge makes for the POST binding.
export function posted(page) {
  const action = /<form method="post" action="([^"]+)"/.exec(page.text),
    message = /name="SAMLResponse" value="([^"]+)"/.exec(page.text);
  if (!action || !message) throw new Error(`no message in the page: ${page.status} ${page.text}`);
  const relay = /name="RelayState" value="([^"]*)"/.exec(page.text);
  return { action: unescape(action[1]), SAMLResponse: unescape(message[1]), RelayState: relay ? unescape(relay[1]) : undefined };
}

export const bare = (certificate) => certificate.replace(/-----[A-Z ]+-----/g, '').replace(/\s/g, '');

// An old app as its own metadata say.
export function makeApp(dir, name, bridge, keys, more = {}) {
  const entity = `https://${name}.example.vn/saml`,
    acs = `https://${name}.example.vn/acs`,
    slo = `https://${name}.example.vn/slo`;
  const metadata = join(dir, `${name}.xml`);
  writeFileSync(
    metadata,
    `<md:EntityDescriptor xmlns:md="urn:oasis:names:tc:SAML:2.0:metadata" entityID="${entity}">
<md:SPSSODescriptor AuthnRequestsSigned="true" WantAssertionsSigned="true"
protocolSupportEnumeration="urn:oasis:names:tc:SAML:2.0:protocol">
<md:KeyDescriptor use="signing"><ds:KeyInfo xmlns:ds="http://www.w3.org/2000/09/xmldsig#"><ds:X509Data>
<ds:X509Certificate>${bare(keys.certificate)}</ds:X509Certificate></ds:X509Data></ds:KeyInfo></md:KeyDescriptor>
<md:SingleLogoutService Binding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect" Location="${slo}"/>
<md:SingleLogoutService Binding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST" Location="${slo}"/>
<md:NameIDFormat>urn:oasis:names:tc:SAML:2.0:nameid-format:persistent</md:NameIDFormat>
<md:AssertionConsumerService Binding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST" Location="${acs}" index="0" isDefault="true"/>
</md:SPSSODescriptor></md:EntityDescriptor>`,
  );
  const saml = (options = {}) =>
    new SAML({
      callbackUrl: acs,
      issuer: entity,
      entryPoint: `${bridge.url}/saml/sso`,
      logoutUrl: `${bridge.url}/saml/slo`,
      idpCert: bridge.keys.certificate,
      privateKey: keys.key,
      publicCert: keys.certificate,
      signatureAlgorithm: 'sha256',
      digestAlgorithm: 'sha256',
      audience: entity,
      identifierFormat: 'urn:oasis:names:tc:SAML:2.0:nameid-format:persistent',
      wantAssertionsSigned: true,
      wantAuthnResponseSigned: true,
      disableRequestedAuthnContext: true,
      idpIssuer: bridge.entity,
      acceptedClockSkewMs: 5000,
      logoutCallbackUrl: slo,
      ...more,
      ...options,
    });
  return { name, entity, acs, slo, metadata, saml };
}

// `bon` are members of the configuration's part about bon that differ; `secret` is what the bridge proves itself with.
export async function startBridge(program, dir, bridge, provider, apps, { bon = {}, secret = 'bi-mat-cua-cau', signOut = false } = {}) {
  writeFileSync(join(dir, 'pairwise'), 'x'.repeat(64));
  writeFileSync(join(dir, 'client.secret'), secret);
  writeFileSync(
    join(dir, 'saml.json'),
    JSON.stringify({
      port: bridge.port,
      base_url: bridge.url,
      entity_id: bridge.entity,
      key: bridge.keys.keyPath,
      certificate: bridge.keys.certificatePath,
      pairwise_secret_file: 'pairwise',
      sign_out: signOut,
      bon: {
        name: 'bon',
        from: '2026-01-01',
        label: 'bon',
        mode: 'THỬ',
        issuer: provider.issuer,
        client_id: 'saml',
        auth: 'client_secret_basic',
        secret_file: 'client.secret',
        scopes: 'openid profile email',
        algs: ['RS256', 'ES256'],
        claim_pid: 'SoDinhDanh',
        claim_name: 'name',
        claim_born: 'birthdate',
        claim_level: 'acr',
        level_2: ['2'],
        level_1: ['1'],
        ...bon,
      },
      apps: apps.map((app) => ({ metadata: app.metadata, name: app.name, attributes: app.attributes ?? {} })),
    }),
  );
  // liblasso and libxmlsec1 of Debian 12 lose some hundred bytes a request; what this program loses is looked for elsewhere.
  const env = { ...process.env, ASAN_OPTIONS: `${process.env.ASAN_OPTIONS ?? ''}:detect_leaks=0` };
  const child = spawn(program, [join(dir, 'saml.json')], { stdio: ['ignore', 'pipe', 'pipe'], env });
  let said = '';
  child.stderr.on('data', (bytes) => {
    said += bytes;
  });
  const ended = new Promise((done) => child.on('exit', done));
  const until = Date.now() + 60000;
  for (;;) {
    try {
      if ((await fetch(`${bridge.url}/healthz`)).ok) break;
    } catch {
      /* not yet */
    }
    if (Date.now() > until || child.exitCode !== null) throw new Error(`the bridge does not start: ${said}`);
    await new Promise((next) => setTimeout(next, 50));
  }
  return {
    log: () => said,
    stop: async () => {
      child.kill('SIGTERM');
      return ended;
    },
  };
}

export function scratch() {
  const dir = mkdtempSync(join(tmpdir(), 'bon-saml-'));
  return { dir, remove: () => rmSync(dir, { recursive: true, force: true }) };
}
