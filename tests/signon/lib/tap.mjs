// TAP, and what a test says when something is not as it should be.
export class Tap {
  constructor() {
    Object.assign(this, { n: 0, failed: 0, skipped: [] });
  }

  say(good, name, why = '') {
    this.n += 1;
    if (!good) this.failed += 1;
    if (!good && why) console.log(String(why).split('\n').map((line) => `# ${line}`).join('\n'));
    console.log(`${good ? 'ok' : 'not ok'} ${this.n} - ${name}`);
  }

  // Neither passed nor failed: told apart, with its reason, and not counted as a case.
  skip(name, reason) {
    this.skipped.push(name);
    console.log(`# skipped: ${name}: ${reason}`);
  }

  end() {
    console.log(`# ${this.n - this.failed} passed, ${this.failed} failed, ${this.skipped.length} skipped with a reason`);
    console.log(`1..${this.n}`);
    return this.failed === 0 && this.n > 0;
  }
}

export function must(condition, sentence) {
  if (!condition) throw new Error(sentence);
}

export function equal(got, wanted, what) {
  if (got !== wanted) throw new Error(`${what}: ${JSON.stringify(got)}, not ${JSON.stringify(wanted)}`);
}
