// An app's back channel: takes POSTs on a port of its own, one waits for the next.
import { createServer } from 'node:http';

export class Listener {
  static async open() {
    const listener = new Listener();
    Object.assign(listener, { waiting: [], status: 200 });
    listener.server = createServer((request, response) => listener.take(request, response));
    await new Promise((done) => listener.server.listen(0, '127.0.0.1', done));
    listener.url = `http://127.0.0.1:${listener.server.address().port}/logout`;
    return listener;
  }

  async take(request, response) {
    const chunks = [];
    for await (const chunk of request) chunks.push(chunk);
    response.writeHead(this.status).end();
    this.waiting.shift()?.({
      method: request.method,
      headers: request.headers,
      type: request.headers['content-type'] ?? '',
      form: new URLSearchParams(Buffer.concat(chunks).toString()),
    });
  }

  next(withinMs = 10000) {
    return new Promise((done, fail) => {
      const late = setTimeout(() => fail(new Error('nobody called')), withinMs);
      this.waiting.push((call) => {
        clearTimeout(late);
        done(call);
      });
    });
  }

  close() {
    this.server.close();
  }
}
