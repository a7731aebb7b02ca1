// The line between kiosk and server: it can be cut, and it can lose the answer to a request that the server has already heard.
import { connect, createServer } from 'node:net';

export class Line {
  constructor(to) {
    Object.assign(this, { to, cut: false, losing: null, lost: 0, cuts: 0 });
  }

  open() {
    this.listener = createServer((near) => this.join(near));
    return new Promise((done) => this.listener.listen(0, '127.0.0.1', () => done(this.listener.address().port)));
  }

  join(near) {
    if (this.cut) return near.destroy();
    const far = connect(this.to, '127.0.0.1');
    const end = () => { near.destroy(); far.destroy(); };
    let loses = false;
    near.once('data', (head) => { loses = this.losing !== null && head.toString('latin1').startsWith(this.losing); });
    near.on('data', (bytes) => far.write(bytes));
    far.on('data', (bytes) => {
      if (!loses) return near.write(bytes);
      this.losing = null;
      this.lost += 1;
      return end();
    });
    for (const side of [near, far]) side.on('error', end).on('close', end);
    return undefined;
  }

  setCut(cut) {
    if (cut && !this.cut) this.cuts += 1;
    this.cut = cut;
  }

  close() {
    this.listener?.close();
  }
}
