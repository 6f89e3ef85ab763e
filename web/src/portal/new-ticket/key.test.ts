import assert from 'node:assert/strict';
import { test } from 'node:test';
import { keyFor } from './key.ts';

test('the same content keeps its key, and a changed one gets another', () => {
  const first = keyFor('{"summary":"a"}');
  assert.match(first.id, /^[0-9a-f-]{36}$/);
  assert.deepEqual(keyFor('{"summary":"a"}', first.kept), first);
  const changed = keyFor('{"summary":"b"}', first.kept);
  assert.notEqual(changed.id, first.id);
  assert.deepEqual(keyFor('{"summary":"b"}', changed.kept), changed);
});
