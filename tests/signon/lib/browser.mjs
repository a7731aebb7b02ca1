// A browser without scripts: it keeps cookies, follows redirects inside one site, fills forms and presses their buttons.
const ENTITIES = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };
const decoded = (text) => text.replace(/&(#x?)?(\w+);/g, (whole, number, name) => {
  if (!number) return ENTITIES[name] ?? whole;
  return String.fromCodePoint(parseInt(name, number === '#x' ? 16 : 10));
});

function attributes(tag) {
  const found = {};
  for (const [, name, value] of tag.matchAll(/\s([\w-]+)(?:="([^"]*)")?/g)) found[name] = value === undefined ? '' : decoded(value);
  return found;
}

// Where a page leads on by itself.
function refreshOf(response) {
  return /^\d+;\s*url=(.*)$/i.exec(response.headers.get('refresh') ?? '')?.[1];
}

// One form of a page: where it goes, what it holds, its buttons by what stands on them.
function formOf(head, inside, page) {
  const { action = '', method = 'get' } = attributes(head);
  const fields = new Map(), buttons = [];
  for (const [tag] of inside.matchAll(/<input\b[^>]*>/g)) {
    const { name, type = 'text', value = '', ...more } = attributes(tag);
    const waits = (type === 'checkbox' || type === 'radio') && !('checked' in more);
    if (name && !waits && type !== 'submit') fields.set(name, value);
  }
  for (const [, tag, label] of inside.matchAll(/(<button\b[^>]*>)([^]*?)<\/button>/g)) {
    buttons.push({ ...attributes(tag), label: decoded(label.replace(/<[^>]*>/g, ' ')).replace(/\s+/g, ' ').trim() });
  }
  return { action: new URL(action, page.url).href, method: method.toLowerCase(), fields, buttons, inside };
}

export class Page {
  constructor(url, response, html) {
    Object.assign(this, { url, html, status: response.status, headers: response.headers });
  }

  get forms() {
    return [...this.html.matchAll(/(<form\b[^>]*>)([^]*?)<\/form>/g)].map(([, head, inside]) => formOf(head, inside, this));
  }

  // What a reader sees.
  get text() {
    const body = this.html.replace(/<(script|style|head)\b[^]*?<\/\1>/g, ' ').replace(/<[^>]*>/g, ' ');
    return decoded(body).replace(/\s+/g, ' ').trim();
  }
}

export class Browser {
  constructor(site) {
    Object.assign(this, { origin: new URL(site).origin, cookies: new Map(), visited: [] });
  }

  keep(response) {
    for (const line of response.headers.getSetCookie()) {
      const [, name, value] = /^([^=]+)=([^;]*)/.exec(line);
      if (/max-age=0\b/i.test(line) || value === '') this.cookies.delete(name);
      else this.cookies.set(name, value);
    }
  }

  async send(url, options = {}) {
    const cookie = [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const headers = { 'accept-language': 'vi', accept: 'text/html', ...options.headers, ...(cookie ? { cookie } : {}) };
    const response = await fetch(url, { ...options, headers, redirect: 'manual' });
    this.keep(response);
    return response;
  }

  // Ends at a page of the site, or where the site sends us away: then `left` is that address.
  async go(url, options) {
    let at = String(url), how = options;
    for (let hops = 0; hops < 12; hops++) {
      const response = await this.send(at, how);
      const html = await response.text();
      const location = response.headers.get('location') ?? refreshOf(response);
      this.visited.push(at);
      if (!location) return { page: new Page(at, response, html) };
      at = new URL(location, at).href;
      how = undefined;
      if (new URL(at).origin !== this.origin) return { left: new URL(at), status: response.status };
    }
    throw new Error(`redirects without end: ${this.visited.slice(-12).join(' ')}`);
  }

  submit(form, values = {}, button) {
    const body = new URLSearchParams([...form.fields]);
    for (const [name, value] of Object.entries(values)) body.set(name, value);
    if (button?.name) body.set(button.name, button.value);
    if (form.method === 'get') return this.go(`${form.action.split('?')[0]}?${body}`);
    return this.go(form.action, { method: 'POST', body, headers: { origin: this.origin } });
  }
}
