import assert from 'node:assert/strict';
import { test } from 'node:test';
import { addEmails, isEmail } from './emails.ts';

test('addresses are told from other words', () => {
  for (const good of ['ops@example.com', 'a.b+c@mail.example.org', 'иван@пример.рф', 'x@a-b.co'])
    assert.ok(isEmail(good), good);
  for (const bad of ['ops', 'ops@', '@example.com', 'ops@example', 'a b@example.com', 'a@b..com', 'a@-b.com'])
    assert.ok(!isEmail(bad), bad);
});

test('a pasted list becomes addresses, each once; what is none stays to be mended', () => {
  assert.deepEqual(addEmails(['a@x.com'], 'b@x.com; A@x.com,\n c@x.com oops'), {
    emails: ['a@x.com', 'b@x.com', 'c@x.com'],
    rest: 'oops',
  });
});
