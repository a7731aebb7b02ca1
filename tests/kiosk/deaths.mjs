// What goes wrong, at moments drawn from a seed: programs are killed, the power goes, the line is cut or loses an answer.
import { sleep } from './world.mjs';

// Mulberry32: the same seed, the same deaths.
export function chance(seed) {
  let a = seed >>> 0;
  return () => {
    a = (a + 0x6D2B79F5) >>> 0;
    let t = Math.imul(a ^ (a >>> 15), 1 | a);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

// How often in a hundred steps of a session. Handing in is the step at which something can be lost or come twice.
const ANY = { box: 1.2, power: 1, server: 1.5 };
const HANDING_IN = { box: 1.2, power: 2, server: 6, cut: 8, lost: 8 };

export class Deaths {
  constructor(world, random) {
    // The first who hand in meet each of these once, so that also a short run has seen them.
    Object.assign(this, { world, random, awayFor: 0, box: 0, power: 0, server: 0, first: ['lost', 'cut', 'power', 'server', 'box'] });
  }

  drawn(path) {
    const odds = path === '/kiosk/check' ? HANDING_IN : ANY;
    if (odds === HANDING_IN && this.awayFor === 0 && this.first.length > 0) return this.first.shift();
    let at = this.random() * 100;
    for (const [what, percent] of Object.entries(odds)) {
      if (at < percent) return what;
      at -= percent;
    }
    return null;
  }

  // Before a step: what dies does so while the step's request is on its way.
  async before(path) {
    if (this.awayFor > 0) {
      this.awayFor -= 1;
      if (this.awayFor === 0) await this.back();
    }
    const what = this.drawn(path);
    const soon = this.random() * 12, steps = 2 + Math.floor(this.random() * 5);
    if (what === 'cut' && this.awayFor === 0) this.away(steps, () => this.world.line.setCut(true));
    else if (what === 'lost') this.world.line.losing = `POST ${path}`;
    else if (what === 'server' && this.awayFor === 0) this.dying = sleep(soon).then(() => this.killServer(steps));
    else if (what === 'box' || what === 'power') this.dying = sleep(soon).then(() => this.killBox(what));
  }

  async after() {
    await this.dying;
    this.dying = null;
    this.world.line.losing = null;
    await this.world.boxing.start();
  }

  away(steps, act) {
    this.awayFor = steps;
    return act();
  }

  // No step of a session comes that would bring the server back: somebody else waits for it.
  async nobodyIsAway() {
    if (this.awayFor === 0) return;
    this.awayFor = 0;
    await this.back();
  }

  async back() {
    this.world.line.setCut(false);
    await this.world.serving.start();
  }

  async killBox(how) {
    this[how] += 1;
    await this.world.boxing.kill();
    if (how === 'power') this.world.powerCut();
  }

  async killServer(steps) {
    this.server += 1;
    await this.away(steps, () => this.world.serving.kill());
  }

  async end() {
    await this.nobodyIsAway();
    await this.world.boxing.start();
    await this.world.inService();
  }
}
