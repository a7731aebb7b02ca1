import assert from 'node:assert/strict';
import { test } from 'node:test';
import { forgetArrived, forgetOld, settle, waiting, write } from './visits-store.js';

const list = { hamlet: 711, until_ms: 1000, doors: [{ household: 1 }] };
const empty = { client: 'c', seq: 0, account: 'to.so', lists: [list], visits: [] };

test('a visit gets the next number and waits', () => {
  const kept = write(empty, { household: 1, note: 'a' });
  assert.deepEqual(kept.visits, [{ household: 1, note: 'a', seq: 1, state: 'queued' }]);
  assert.equal(kept.seq, 1);
});

test('written twice before it was sent, a household has one visit, under a new number', () => {
  const kept = write(write(empty, { household: 1, note: 'a' }), { household: 1, note: 'b' });
  assert.deepEqual(kept.visits.map((v) => [v.seq, v.note]), [[2, 'b']]);
});

test('a number is never given twice, also after everything was sent', () => {
  let kept = settle(write(empty, { household: 1 }), [{ seq: 1, outcome: 'recorded' }]);
  kept = write(kept, { household: 1 });
  assert.deepEqual(kept.visits.map((v) => v.seq), [1, 2]);
});

test('only what the server answered changes its state', () => {
  let kept = write(write(empty, { household: 1 }), { household: 2 });
  kept = settle(kept, [{ seq: 2, outcome: 'look', say: 'x' }]);
  assert.deepEqual(kept.visits.map((v) => v.state), ['queued', 'look']);
  assert.equal(waiting(kept).length, 1);
});

test('a list goes on its day; what waits stays', () => {
  assert.equal(forgetOld(empty, 999).lists.length, 1);
  assert.equal(forgetOld(empty, 1000).lists.length, 0);
  const queued = write(empty, { household: 1 });
  assert.equal(forgetOld(queued, 999).lists.length, 1);
  assert.equal(forgetArrived(forgetOld(queued, 5000)).visits.length, 1);
});

test('a household goes when its visit has arrived, the others stay', () => {
  const two = { ...empty, lists: [{ ...list, doors: [{ household: 1 }, { household: 2 }] }] };
  const sent = settle(write(two, { household: 1 }), [{ seq: 1, outcome: 'recorded' }]);
  assert.deepEqual(forgetOld(sent, 999).lists[0].doors, [{ household: 2 }]);
  assert.equal(forgetArrived(sent).visits.length, 0);
  const refused = settle(write(two, { household: 1 }), [{ seq: 1, outcome: 'refused' }]);
  assert.equal(forgetOld(refused, 999).lists[0].doors.length, 2);
  assert.equal(forgetArrived(refused).visits.length, 1);
});
