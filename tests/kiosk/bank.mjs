// The payment network as another program: it signs what it says with the shared key, and says it again until it is heard.
import { createHmac } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { sleep } from './world.mjs';

export class Bank {
  constructor(world) {
    this.world = world;
    this.key = readFileSync(join(world.env.BON_DATA_DIR, 'payments.secret'), 'utf8').trim();
    Object.assign(this, { transactions: 0, said: 0, receipts: 0, refunds: 0 });
  }

  // One transaction. Gives what the server made of it.
  async pay(reference, sum) {
    this.transactions += 1;
    const body = JSON.stringify({ reference, state: 'paid', sum: String(sum), transaction: `FT${this.transactions}` });
    const headers = { 'content-type': 'application/json', 'x-signature': createHmac('sha256', this.key).update(body).digest('hex') };
    let last = '';
    for (let i = 0; i < 2400; i += 1) {
      this.said += 1;
      const answer = await fetch(`${this.world.server}/api/v1/payments/notices`, { method: 'POST', headers, body }).catch((error) => {
        last = error.cause?.message ?? error.message;
        return null;
      });
      if (answer?.status === 200) return (await answer.json()).outcome;
      if (answer && answer.status < 500) throw new Error(`the bank was refused: ${answer.status} ${await answer.text()}`);
      if (answer) last = `${answer.status} ${await answer.text()}`;
      await sleep(50);
    }
    throw new Error(`the bank is not heard: ${last}`);
  }
}
