// Where apps publish their keys (jwks_uri): an address for each, whose answer a test chooses, and a count of who asked.
import { createServer } from 'node:http';
import { Key } from './party.mjs';

export class KeyHost {
  static async open() {
    const host = Object.assign(new KeyHost(), { answers: new Map(), asked: new Map() });
    host.server = createServer((request, response) => host.answer(request, response));
    await new Promise((done) => host.server.listen(0, '127.0.0.1', done));
    host.url = `http://127.0.0.1:${host.server.address().port}`;
    return host;
  }

  answer(request, response) {
    const name = request.url.slice(1);
    this.asked.set(name, this.count(name) + 1);
    const send = this.answers.get(name) ?? ((r) => r.writeHead(404).end());
    send(response);
  }

  count(name) {
    return this.asked.get(name) ?? 0;
  }

  // The app has new keys from now on; the first signs.
  async publish(name, ...kids) {
    const keys = await Promise.all(kids.map(() => Key.make('ES256')));
    keys.forEach((key, i) => Object.assign(key.jwk, { kid: kids[i], alg: 'ES256', use: 'sig' }));
    const body = JSON.stringify({ keys: keys.map((key) => key.jwk) });
    this.answers.set(name, (r) => r.writeHead(200, { 'content-type': 'application/jwk-set+json' }).end(body));
    return keys[0];
  }

  behave(name, send) {
    this.answers.set(name, send);
  }

  close() {
    this.server.closeAllConnections();
    this.server.close();
  }
}
