// What an authenticator app does with the key that the page shows: RFC 6238, written here a second time, from the standard.
import { createHmac } from 'node:crypto';

const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

export function codeOf(key, at = Date.now()) {
  const bits = [...key].map((letter) => LETTERS.indexOf(letter).toString(2).padStart(5, '0')).join('');
  const seed = Buffer.from(bits.match(/.{8}/g).map((byte) => parseInt(byte, 2)));
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(Math.floor(at / 30_000)));
  const mac = createHmac('sha1', seed).update(counter).digest();
  return String((mac.readUInt32BE(mac[19] & 15) & 0x7fffffff) % 1_000_000).padStart(6, '0');
}

// The next code that has not been used yet: a step is never taken twice, and the program takes one that is a little early.
export function nextCodeOf(key, used) {
  for (let early = 0; early <= 30_000; early += 30_000) {
    const code = codeOf(key, Date.now() + early);
    if (!used.has(code)) {
      used.add(code);
      return code;
    }
  }
  throw new Error('both codes that may be taken now have been used');
}
