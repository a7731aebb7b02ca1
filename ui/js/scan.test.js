import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Burst, mrzLines, splitScans, unfinished } from './scan.js';

const card = '067090000123||Nguyễn Văn Demo|01021990|Nam|Thôn 3, Đắk Ru|15062021';
const pass1 = 'P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<';
const pass2 = 'L898902C36UTO7408122F1204159ZE184226B<<<<<10';

test('a pasted list of three cards is three guests', () => {
  assert.equal(splitScans(`${card}\r\n${card}\n\n${card}\n`).length, 3);
});

test('the two lines of a passport stay one guest between two cards', () => {
  assert.deepEqual(splitScans(`${card}\n${pass1}\n${pass2}\n${card}`), [card, `${pass1}\n${pass2}`, card]);
});

test('one line of a passport waits for the second', () => {
  assert.deepEqual(unfinished(pass1), { have: 1, need: 2 });
  assert.equal(unfinished(`${pass1}\n${pass2}`), null);
  assert.equal(unfinished(card), null);
});

test('a line of 44 letters without a filler is no passport', () => {
  assert.equal(mrzLines('A'.repeat(44)), 0);
});

test('keys ten milliseconds apart are a scanner', () => {
  const burst = new Burst();
  [...card].forEach((c, i) => burst.key(c, 1000 + i * 10));
  assert.equal(burst.take(1000 + card.length * 10), card);
});

test('a person typing ninety milliseconds a key is not', () => {
  const burst = new Burst();
  [...'067090000123'].forEach((c, i) => burst.key(c, 1000 + i * 90));
  assert.equal(burst.take(1000 + 12 * 90), '');
});

test('a pause before the scan does not join what was typed before', () => {
  const burst = new Burst();
  [...'12'].forEach((c, i) => burst.key(c, i * 100));
  [...card].forEach((c, i) => burst.key(c, 5000 + i * 8));
  assert.equal(burst.take(5000 + card.length * 8), card);
});
