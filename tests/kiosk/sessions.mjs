// One person after another at the kiosk: a card, a service, its form, handing in, paying; some walk away. What they were told is kept.
import { Person, filled, text } from './person.mjs';

export const FREE = 'DVC05', PAID = 'DVC10';
const KEPT = /T-24763-\d{6}/;
const NUMBER = /\d{5}\.[\w.]+-\d{6}-\d{4,6}/;

export const pidOf = (n) => `067090${String(100000 + n)}`;

export class Sessions {
  constructor(world, deaths, bank) {
    Object.assign(this, { world, deaths, bank, filed: [], kept: [], payments: 0, left: 0, broken: 0 });
  }

  async step(path, act) {
    await this.deaths.before(path);
    try {
      return await act();
    } catch (error) {
      if (error.cause || /fetch failed/.test(error.message)) return null; // the kiosk's program died under it
      throw error;
    } finally {
      await this.deaths.after();
    }
  }

  send(person, page, path, given) {
    return this.step(path, () => person.send(page, path, given));
  }

  ask(person, path, body) {
    return this.step(path, () => person.ask(path, body));
  }

  async one(n) {
    const who = { n, name: 'Nguyễn Thị Thử', pid: pidOf(n), born: '01/02/1990' };
    const person = new Person(this.world.kiosk, who);
    const begun = await this.ask(person, '/kiosk/typed');
    if (!begun) return this.breakOff();
    if (begun.status === 503) return this.message(person, begun);
    let page = await this.send(person, begun, '/kiosk/typed', { text: who.pid, name: who.name, born: who.born });
    page = this.over(page) ? page : await this.choose(person, n % 3 === 0 ? PAID : FREE);
    while (!this.over(page) && page.path.startsWith('/kiosk/file/')) page = await this.send(person, page, page.path);
    if (!this.over(page) && n % 7 === 0) return this.leave(person, page);
    if (!this.over(page)) page = await this.send(person, page, '/kiosk/check');
    return this.finish(person, page);
  }

  over(page) {
    return !page || page.status !== 200 || KEPT.test(page.html);
  }

  breakOff() {
    this.broken += 1;
  }

  async choose(person, code) {
    const list = await this.ask(person, `/kiosk/services?q=${code === FREE ? 'tam+vang' : 'con+dau+thu+nho'}`);
    if (this.over(list)) return list;
    if (!list.html.includes(`/kiosk/services/${code}"`)) return { status: 500, html: list.html };
    return this.send(person, list, `/kiosk/services/${code}`);
  }

  // The server was away from the beginning: words for a window.
  async message(person, page) {
    if (!page.html.includes('/kiosk/offline')) return this.breakOff();
    const words = { pid: person.who.pid, name: person.who.name, need: 'Khai báo tạm vắng' };
    const kept = await this.send(person, page, '/kiosk/offline', words);
    return kept ? this.finish(person, kept) : this.breakOff();
  }

  // The person walks away in the middle: after a while the page sends its own form.
  async leave(person, page) {
    this.left += 1;
    const values = filled(page.html, '/kiosk/forget', {}, person.who);
    const gone = await this.ask(person, '/kiosk/forget?how=idle', values.toString());
    if (gone?.status === 200 && !gone.html.includes('Máy đã quên')) throw new Error(`not forgotten: ${text(gone.html).slice(0, 400)}`);
  }

  async finish(person, page) {
    if (!page) return this.breakOff();
    if (page.status === 422) throw new Error(`${page.path} was refused: ${text(page.html).slice(0, 600)}`);
    const kept = page.html.match(KEPT);
    if (kept) {
      this.kept.push({ number: kept[0], n: person.who.n, handedIn: page.path === '/kiosk/check' });
      return undefined;
    }
    if (page.path !== '/kiosk/done' || page.status !== 200) return this.breakOff();
    this.filed.push({ number: page.html.match(NUMBER)?.[0], n: person.who.n });
    if (page.html.includes('action="/kiosk/pay"')) await this.pay(person, page);
    return this.ask(person, '/kiosk');
  }

  // What the bank does with one person's code in five ways; the money comes whatever has become of the session.
  async pay(person, page) {
    const asked = await this.send(person, page, '/kiosk/pay');
    const reference = asked?.path.match(/^\/kiosk\/pay\/(\w+)$/)?.[1];
    const sum = Number(text(asked?.html ?? '').match(/Số tiền ([\d.]+)/)?.[1].replaceAll('.', ''));
    if (!reference || asked.status !== 200 || !sum) return;
    const way = ['plain', 'wrong', 'twice', 'gone', 'dead'][this.payments++ % 5];
    if (way === 'gone') await this.leave(person, asked);
    if (way === 'dead') await this.deaths.killBox('power');
    const heard = this.bank.pay(reference, way === 'wrong' ? sum + 1000 : sum); // again and again while the server is away
    await this.deaths.nobodyIsAway();
    const outcomes = [await heard];
    if (way === 'twice') outcomes.push(await this.bank.pay(reference, sum));
    const wanted = { wrong: ['wrong_sum'], twice: ['taken', 'twice'] }[way] ?? ['taken'];
    if (!outcomes.every((outcome, i) => outcome === wanted[i] || outcome === 'again'))
      throw new Error(`${way}: the server made ${outcomes.join(', ')} of it`);
    this.bank.receipts += way !== 'wrong';
    this.bank.refunds += way === 'wrong' || way === 'twice';
    await this.shown(person, asked.path, way);
  }

  // Whoever is still there sees it.
  async shown(person, path, way) {
    if (way === 'gone' || way === 'dead') return;
    const now = await this.ask(person, path);
    if (now?.status !== 200) return;
    const wanted = way === 'wrong' ? 'Tiền sẽ được trả lại' : 'Đã nhận tiền';
    if (!now.html.includes(wanted)) throw new Error(`${way}: the kiosk shows ${text(now.html).slice(0, 400)}`);
  }
}
