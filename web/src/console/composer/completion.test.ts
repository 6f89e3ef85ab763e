import assert from 'node:assert/strict';
import { test } from 'node:test';
import { calledIn, findCompletion, matching, mentionedIn } from './completion.ts';

const at = (marked: string) => findCompletion(marked.replace('|', ''), marked.indexOf('|'));

test('a slash or an at sign counts at the start of a word only, and up to the caret', () => {
  assert.deepEqual(at('/re|'), { kind: 'canned', from: 0, to: 3, query: 're' });
  assert.deepEqual(at('Hello\n/|'), { kind: 'canned', from: 6, to: 7, query: '' });
  assert.deepEqual(at('Text (/re|boot) more'), { kind: 'canned', from: 6, to: 9, query: 're' });
  assert.deepEqual(at('ask @Анна Пет|'), { kind: 'member', from: 4, to: 13, query: 'Анна Пет' });
  for (const none of [
    'and/or|',
    'https://|',
    '/etc/nginx|',
    'a@example.com|',
    '/re x|',
    '@|Anna Petrova now',
    '',
  ])
    assert.equal(at(none)?.query || null, null, none);
  assert.equal(at(`${'x'.repeat(50)}/|`), null);
  assert.equal(at(`/${'x'.repeat(50)}|`), null);
});

test('what begins with the query comes first', () => {
  const items = ['Disk reboot', 'Reboot', 'Preboot', 'Other'];
  assert.deepEqual(
    matching(items, 'reb', (item) => [item]),
    ['Reboot', 'Disk reboot', 'Preboot'],
  );
  assert.equal(matching(items, '', (item) => [item]).length, 4);
});

const anna = { staff_id: 1, name: 'Anna' };
const petrova = { staff_id: 2, name: 'Anna Petrova' };
const boris = { staff_id: 3, name: 'Борис Ли' };
const members = [anna, petrova, boris];

test('full names after an at sign are mentions; the longer name wins', () => {
  assert.deepEqual(mentionedIn('@Anna Petrova, please', members), [petrova]);
  assert.deepEqual(mentionedIn('@anna and @Борис Ли.', members), [boris, anna]);
  assert.deepEqual(mentionedIn('mail@Anna, @Annabel, Anna', members), []);
});

test('a first name after an at sign is enough to ask', () => {
  assert.deepEqual(calledIn('@Борис, look', members), [boris]);
  assert.deepEqual(calledIn('write to boris@example.com', members), []);
});
