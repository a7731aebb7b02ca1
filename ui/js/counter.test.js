import assert from 'node:assert/strict';
import { test } from 'node:test';
import { askedFields, forgetArrived, holds, left, missing, settle, takeNumbers, waiting, write } from './counter-store.js';

const empty = { client: 'c', seq: 0, tick: 0, account: '', place: '', unit: '24763', next: 1, last: 0, services: [], items: [] };
const block = { account: 'a', place: 'Xã', unit: '24763', first: 51, last: 100, until_ms: 9 };
const day = new Date(2026, 10, 23);

test('numbers count on within their block, also when the page takes it again', () => {
  let kept = write(takeNumbers(empty, block), { name: 'A' }, day);
  kept = takeNumbers(kept, block);
  assert.equal(kept.items[0].number, 'TM-24763-000051');
  assert.equal(kept.next, 52);
  assert.equal(left(kept), 49);
});

test('what is written only waits; the count goes up also when the clock goes back', () => {
  let kept = write(takeNumbers(empty, block), { name: 'A' }, day);
  kept = write(kept, { name: 'B' }, new Date(2026, 10, 22));
  assert.deepEqual(kept.items.map((i) => [i.seq, i.tick, i.state]), [[1, 1, 'queued'], [2, 2, 'queued']]);
  kept = settle(kept, [{ seq: 1, outcome: 'received', number: 'X' }, { seq: 2, outcome: 'look', say: 'y' }]);
  assert.deepEqual(kept.items.map((i) => i.state), ['received', 'look']);
  assert.equal(waiting(kept).length, 0);
  assert.equal(forgetArrived(kept).items.length, 0);
});

test('conditions hold as on the server', () => {
  assert.equal(holds({ field: 'x', is: true }, { x: 'yes' }, day), true);
  assert.equal(holds({ field: 'x', in: ['a', 'b'] }, { x: 'c' }, day), false);
  assert.equal(holds({ not: { field: 'x', answered: true } }, {}, day), true);
  assert.equal(holds({ field: 'd', age_under: 14 }, { d: '2012-11-24' }, day), true);
  assert.equal(holds({ field: 'd', age_under: 14 }, { d: '2012-11-23' }, day), false);
});

test('what an unasked page had answered asks for nothing', () => {
  const form = {
    pages: [
      { title: 'one', fields: [{ id: 'a', label: 'A', required: true, type: 'text' }] },
      { title: 'two', when: { field: 'a', is: 'x' }, fields: [{ id: 'b', label: 'B', type: 'text' }] },
      { title: 'three', when: { field: 'b', answered: true }, fields: [{ id: 'c', label: 'C', required: true, type: 'text' }] },
    ],
  };
  assert.deepEqual(askedFields(form, { a: 'y', b: 'old' }, day).map((f) => f.id), ['a']);
  const fields = askedFields(form, { a: 'x', b: 'new' }, day);
  assert.deepEqual(fields.map((f) => f.id), ['a', 'b', 'c']);
  assert.deepEqual(missing(fields, { a: 'x', b: 'new' }), ['C']);
});
