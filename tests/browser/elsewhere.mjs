// Programs whose question a person answers on another screen: a screen with a code on it, and a clerk's desk.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const DEVICE = 'urn:ietf:params:oauth:grant-type:device_code';
const COUNTER = 'urn:openid:params:grant-type:ciba';
const WORDS = {
  purpose: 'Xem lịch sinh hoạt thôn, bon', owner: 'UBND xã Đắk Ru', legal_basis: 'Kế hoạch 511/KH-UBND',
  valid_until: '2099-12-31', scope: 'openid profile',
};

export class Elsewhere {
  // Both become apps of the province: run runs a command of the program.
  async join(run) {
    const dir = mkdtempSync(join(tmpdir(), 'bon-elsewhere-'));
    const add = async (metadata, ...more) => {
      writeFileSync(join(dir, 'app.json'), JSON.stringify({ ...WORDS, ...metadata }));
      return JSON.parse(await run('signon', 'client-add', '--json', '--file', join(dir, 'app.json'), ...more));
    };
    this.screen = await add({ client_name: 'Màn hình nhà văn hoá', grant_types: [DEVICE], token_endpoint_auth_method: 'none' });
    this.desk = await add({ client_name: 'Quầy một cửa xã Đắk Ru', grant_types: [COUNTER] }, '--secret');
    rmSync(dir, { recursive: true });
  }

  async ask(path, fields) {
    return (await fetch(`${this.issuer}${path}`, { method: 'POST', body: new URLSearchParams(fields) })).json();
  }

  async showCode() {
    this.shown = await this.ask('/oauth2/device', { client_id: this.screen.client_id, scope: 'openid profile' });
    return this.shown;
  }

  screenPolls() {
    return this.ask('/oauth2/token', { grant_type: DEVICE, device_code: this.shown.device_code, client_id: this.screen.client_id });
  }

  askVisitor(login, message) {
    return this.ask('/oauth2/bc-authorize', { ...this.desk, scope: 'openid profile', login_hint: login, binding_message: message });
  }
}
