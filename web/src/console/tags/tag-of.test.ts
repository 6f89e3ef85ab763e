import assert from 'node:assert/strict';
import { test } from 'node:test';
import { tagOf } from './tag-of.ts';

test('a tag is typed as people type, and stored in one way', () => {
  assert.equal(tagOf('  VIP,  Client '), 'vip client');
  assert.equal(tagOf('Срочно'), 'срочно');
  assert.equal(tagOf(' , '), '');
});
