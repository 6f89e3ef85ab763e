import assert from 'node:assert/strict';
import { test } from 'node:test';
import { commentName, delayedName, keyOf, recognise, rename } from './message-keys.ts';

test('a message keeps its key from the outbox over the delayed reply to the comment', () => {
  rename('uuid-1', delayedName(1));
  rename(delayedName(1), commentName(1));
  assert.equal(keyOf(commentName(1)), 'uuid-1');
  assert.equal(keyOf('uuid-1'), 'uuid-1');
});

test('of messages with the same words, each is recognised once, the oldest first', () => {
  recognise(commentName(11), ['uuid-11', 'uuid-12']);
  recognise(commentName(12), ['uuid-11', 'uuid-12']);
  recognise(commentName(13), ['uuid-11', 'uuid-12']);
  const found = [11, 12, 13].map((id) => keyOf(commentName(id)));
  assert.deepEqual(found, ['uuid-11', 'uuid-12', 'comment.13']);
});

test('a delayed reply that is recognised does not keep its comment from being it', () => {
  recognise(delayedName(21), ['uuid-21']);
  recognise(commentName(21), [delayedName(21), 'uuid-21']);
  assert.equal(keyOf(commentName(21)), 'uuid-21');
});

test('the answer of the server is right where the words were not', () => {
  recognise(commentName(31), ['uuid-31']);
  rename('uuid-31', commentName(32));
  assert.equal(keyOf(commentName(31)), 'comment.31');
  assert.equal(keyOf(commentName(32)), 'uuid-31');
});
