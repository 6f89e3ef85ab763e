import assert from 'node:assert/strict';
import { test } from 'node:test';
import { addPending, withChanges, withPending } from './pending.ts';

let number = 0;
/** A ticket of its own for each test, as the server knows it. */
const ticket = () => ({
  number: ++number,
  tags: ['a'],
  topic_key: null as string | null,
  priority: 'normal',
});
const none = new Set<number>();
const priority = (priority: 'low' | 'high' | 'urgent') => () => ({ priority });

test('changes lie over what the server says, whatever it says meanwhile', () => {
  const before = ticket();
  const end = addPending([before.number], priority('low'));
  addPending([before.number], priority('high'));
  addPending([before.number], () => ({ topic_key: 'network' }));
  assert.deepEqual(withPending(before), { ...before, priority: 'high', topic_key: 'network' });
  const after = { ...before, priority: 'low', tags: ['a', 'b'] };
  assert.deepEqual(withPending(after), { ...after, priority: 'high', topic_key: 'network' });
  const known = withChanges(before, end(none).get(before.number));
  assert.equal(known.priority, 'low', 'what is done is known');
  assert.equal(withPending(known).priority, 'high');
});

test('one that has failed takes back its own, and no other', () => {
  const before = ticket();
  const { number } = before;
  const first = addPending([number], priority('low'));
  const second = addPending([number], priority('high'));
  const topic = addPending([number], () => ({ topic_key: 'network' }));
  assert.deepEqual(first(new Set([number])).get(number), []);
  assert.deepEqual(withPending(before), { ...before, priority: 'high', topic_key: 'network' });
  second(new Set([number]));
  assert.deepEqual(withPending(before), { ...before, topic_key: 'network' });
  topic(new Set([number]));
  assert.equal(withPending(before), before);
});

test('one that is answered before those before it waits for them', () => {
  const before = ticket();
  const { number } = before;
  const first = addPending([number], priority('low'));
  const second = addPending([number], priority('high'));
  assert.deepEqual(second(none).get(number), []);
  assert.equal(withPending(before).priority, 'high');
  const changes = first(none).get(number);
  assert.equal(changes?.length, 2);
  assert.equal(withChanges(before, changes).priority, 'high');
  assert.equal(withPending(before), before, 'nothing is left of them');

  const failing = addPending([number], priority('low'));
  addPending([number], priority('urgent'))(none);
  assert.equal(withChanges(before, failing(new Set([number])).get(number)).priority, 'urgent');
  assert.equal(withPending(before), before);
});

test('of several tickets each ends for itself', () => {
  const [one, other] = [ticket(), ticket()];
  const add =
    (tag: string) =>
    ({ tags }: { tags: string[] }) => ({ tags: [...tags, tag] });
  const end = addPending([one.number, other.number], add('b'));
  addPending([one.number], add('c'));
  assert.deepEqual(
    withPending(one).tags,
    ['a', 'b', 'c'],
    'each is about what the one before has made of it',
  );
  const known = end(new Set([other.number]));
  assert.deepEqual(withChanges(one, known.get(one.number)).tags, ['a', 'b']);
  assert.deepEqual(known.get(other.number), []);
  assert.deepEqual(withPending(other).tags, ['a']);
});
