// Somebody at the kiosk: a browser's cookies, and a hand that fills in whatever form is shown.
const entity = { amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'" };
const decode = (s) => s.replace(/&(amp|lt|gt|quot|#39);/g, (_, name) => entity[name]);
const attribute = (tag, name) => {
  const found = tag.match(new RegExp(`\\s${name}="([^"]*)"`));
  return found ? decode(found[1]) : null;
};

export const text = (html) => decode(html.replace(/<[^>]*>/g, ' ').replace(/\s+/g, ' '));

// The values of the form whose action is this: what stands there stays, the rest is made up.
export function filled(html, action, given, who) {
  const forms = html.split('<form').slice(1).map((part) => part.split('</form>')[0]);
  const form = forms.find((part) => attribute(` ${part.split('>')[0]}`, 'action') === action);
  if (!form) throw new Error(`no form to ${action} in: ${text(html).slice(0, 300)}`);
  const values = new URLSearchParams();
  const chosen = new Set();
  for (const [tag] of form.matchAll(/<(input|textarea|select)\b[^>]*>/g)) {
    const name = attribute(tag, 'name');
    const type = tag.startsWith('<input') ? attribute(tag, 'type') ?? 'text' : tag.slice(1).split(/[\s>]/)[0];
    if (!name || type === 'file') continue;
    if (type === 'radio' || type === 'checkbox') {
      if (!chosen.has(name)) values.append(name, attribute(tag, 'value'));
      chosen.add(name);
      continue;
    }
    values.append(name, given[name] ?? valueOf(form, tag, name, type, who));
  }
  for (const [name, value] of Object.entries(given)) if (!values.has(name)) values.append(name, value); // the button that is pressed
  const submit = form.match(/<button[^>]*name="go"[^>]*value="next"/);
  if (submit) values.append('go', 'next');
  return values;
}

function valueOf(form, tag, name, type, who) {
  if (type === 'select') {
    const at = form.indexOf(tag);
    const options = [...form.slice(at).split('</select>')[0].matchAll(/<option[^>]*value="([^"]+)"/g)];
    return options.length > 0 ? decode(options[0][1]) : '';
  }
  const stands = attribute(tag, 'value');
  if (stands) return stands;
  const kind = `${attribute(tag, 'inputmode') ?? ''} ${attribute(tag, 'autocomplete') ?? ''} ${type} ${name}`;
  if (/email/.test(kind)) return 'nguoi.thu@example.vn';
  if (/tel|phone/.test(kind)) return '0901234567';
  if (/pid|personal/.test(kind)) return who.pid;
  if (/date|day|birth|born/.test(kind)) return /birth|born/.test(name) ? '01/02/1990' : '01/12/2099';
  if (/numeric|number/.test(kind)) return '1';
  return 'Nội dung thử';
}

export class Person {
  constructor(base, who) {
    Object.assign(this, { base, who, jar: new Map() });
  }

  async ask(path, body) {
    const cookie = [...this.jar].map(([name, value]) => `${name}=${value}`).join('; ');
    const answer = await fetch(this.base + path, {
      method: body ? 'POST' : 'GET', redirect: 'manual', body,
      headers: { cookie, ...(body ? { 'content-type': 'application/x-www-form-urlencoded' } : {}) },
    });
    for (const line of answer.headers.getSetCookie?.() ?? []) {
      const [pair] = line.split(';');
      const at = pair.indexOf('=');
      this.jar.set(pair.slice(0, at), pair.slice(at + 1));
    }
    return { status: answer.status, location: answer.headers.get('location'), html: await answer.text(), headers: answer.headers };
  }

  // Fills the form to `action` on the page that was shown, sends it, and follows to the next page.
  async send(page, action, given = {}) {
    const values = filled(page.html, action, given, this.who);
    const answer = await this.ask(action, values.toString());
    return answer.status === 303 ? { ...(await this.ask(answer.location)), path: answer.location } : { ...answer, path: action };
  }
}
