import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readListSearch, toFilter } from './list-search.ts';
import { misreadIn, readSearchText, typedChange } from './search-text.ts';

const known = {
  topics: [
    { key: 'servers', names: ['Cloud servers', 'Облачные серверы'] },
    { key: 'network', names: ['Network', 'Сеть'] },
  ],
  members: [
    { id: 3, name: 'Elena Markova' },
    { id: 4, name: 'Павел Орлов' },
  ],
};
const read = (text: string) => readSearchText(text, known);

test('filters are taken out of the words', () => {
  assert.deepEqual(read('topic:servers assignee:me before:2026-11-01 disk full'), {
    topic_key: 'servers',
    assignee_id: 'me',
    created_to: '2026-11-01',
    q: 'disk full',
  });
  assert.deepEqual(read('is:open is:unread priority:high,urgent'), {
    is_closed: false,
    is_staff_read: false,
    priority: 'high,urgent',
  });
});

test('a topic and a member are found by their names, in any language', () => {
  assert.deepEqual(read('topic:"облачные серверы" assignee:markova'), {
    topic_key: 'servers',
    assignee_id: '3',
  });
  assert.deepEqual(read('TOPIC:Network,none assignee:павел'), {
    topic_key: 'network,none',
    assignee_id: '4',
  });
});

test('what a ticket does not have is said with no:', () => {
  assert.deepEqual(read('no:file disk'), { has_files: false, q: 'disk' });
  assert.deepEqual(read('NO:Files no:topic no:assignee'), {
    has_files: false,
    topic_key: 'none',
    assignee_id: 'none',
  });
});

test('all filters can stand together, in any order, with a phrase', () => {
  const line =
    'is:open topic:network assignee:me client:"polar bear" score:<7 has:file created:>2026-11-01 "exact phrase"';
  const found = {
    is_closed: false,
    topic_key: 'network',
    assignee_id: 'me',
    client: 'polar bear',
    score_to: 6,
    has_files: true,
    created_from: '2026-11-02',
    q: '"exact phrase"',
  };
  assert.deepEqual(read(line), found);
  const parts = line.match(/\S*"[^"]*"|\S+/g) ?? [];
  assert.deepEqual(read(parts.toReversed().join('   ')), found);
  for (const part of parts) assert.equal(Object.keys(read(part)).length, 1, part);
});

test('a day or a score is compared as in mathematics', () => {
  assert.deepEqual(read('created:>2026-11-30 updated:<=2026-11-05'), {
    created_from: '2026-12-01',
    updated_to: '2026-11-05',
  });
  assert.deepEqual(read('created:>=2026-11-01 created:<2027-01-01'), {
    created_from: '2026-11-01',
    created_to: '2026-12-31',
  });
  for (const day of ['2026-11-01', '=2026-11-01'])
    assert.deepEqual(read(`created:${day}`), { created_from: '2026-11-01', created_to: '2026-11-01' });
  const scores: Record<string, object> = {
    'score:7': { score_from: 7, score_to: 7 },
    'score:=10': { score_from: 10, score_to: 10 },
    'score:<7': { score_to: 6 },
    'score:<=7': { score_to: 7 },
    'score:>7': { score_from: 8 },
    'score:>=7': { score_from: 7 },
    'SCORE:>=7 score:<9': { score_from: 7, score_to: 8 },
  };
  for (const [text, wanted] of Object.entries(scores)) assert.deepEqual(read(text), wanted, text);
});

test('a client is named as typed: by a word, or in quotes', () => {
  assert.deepEqual(read('client:"Polar Bear" is:open'), { client: 'Polar Bear', is_closed: false });
  assert.deepEqual(read('client:Ромашка disk'), { client: 'Ромашка', q: 'disk' });
  assert.deepEqual(read('CLIENT:"ООО, «Рога»"'), { client: 'ООО, «Рога»' });
  for (const client of ['“Polar Bear”', '„Polar Bear“', '«Polar Bear»'])
    assert.deepEqual(read(`client:${client} “is:open now”`), { client: 'Polar Bear', q: '“is:open now”' });
  assert.deepEqual(read('client:«Polar is:open'), { client: '«Polar', is_closed: false });
  assert.deepEqual(read('client:""'), { q: 'client:""' });
  assert.deepEqual(read('client:" "'), { q: 'client:" "' });
  for (const times of [1, 10, 100]) {
    const name = 'Бюро «Очень длинное имя» '.repeat(times).trim();
    assert.deepEqual(read(`client:"${name}" score:3`), { client: name, score_from: 3, score_to: 3 });
    const word = 'й'.repeat(100 * times);
    assert.deepEqual(read(`client:${word} ${word}`), { client: word, q: word });
  }
});

test('a filter that is not understood stays a word, and is named', () => {
  const odd = [
    'score:0',
    'score:11',
    'score:>10',
    'score:<1',
    'score:high',
    'score:1.5',
    'score:<',
    'has:score',
    'no:score',
  ];
  for (const part of [
    ...odd,
    'created:>soon',
    'created:2026-02-31x',
    'topic:unknown',
    'is:old',
    'assignee:zoe',
    'client:',
  ]) {
    assert.deepEqual(read(part), { q: part }, part);
    const [name = ''] = part.split(':');
    assert.deepEqual(misreadIn(`disk ${part} full`), [{ part, name }]);
  }
  assert.deepEqual(misreadIn('http://example.com note:x "is:old" 10:30 constructor:x'), []);
});

test('a range that is typed replaces the end of the one before that it contradicts', () => {
  const change = (before: string, typed: string) => typedChange(read(before), read(typed));
  assert.deepEqual(change('score:>8', 'score:<7'), { score_from: undefined, score_to: 6, q: undefined });
  assert.deepEqual(change('score:<7', 'score:>8'), { score_from: 9, score_to: undefined, q: undefined });
  assert.deepEqual(change('score:>2', 'score:<7'), { score_to: 6, q: undefined });
  assert.deepEqual(change('before:2026-11-01 is:open', 'after:2026-11-20 disk'), {
    created_from: '2026-11-20',
    created_to: undefined,
    q: 'disk',
  });
});

test('what is no filter stays a word', () => {
  const words = [
    'http://example.com',
    'topic:unknown',
    'assignee:',
    'before:yesterday',
    'note: restart',
    'constructor:x',
  ];
  for (const text of [...words, '"exact phrase" 10:30', '#100042', 'status:new,old'])
    assert.deepEqual(read(text), { q: text });
  assert.deepEqual(read('   '), {});
});

test('an address is read as far as it makes sense', () => {
  const search = readListSearch({
    q: ' 104 ',
    is_closed: 'false',
    is_overdue: 'maybe',
    draft: 'you',
    sort: 'due',
    created_from: '2026-02-31x',
    score_from: '0',
    score_to: '6',
    has_files: 'true',
    client: ' Polar Bear ',
    updated_from: '2026-11-01',
    other: '1',
  });
  assert.deepEqual(search, {
    q: '104',
    is_closed: false,
    sort: 'due',
    updated_from: '2026-11-01',
    score_to: 6,
    has_files: true,
    client: 'Polar Bear',
  });
  assert.equal(readListSearch({ sort: 'size' }).sort, undefined);
});

test('a day begins and ends in the zone of the reader', () => {
  const { created_from = '', created_to = '' } = toFilter({
    created_from: '2026-11-01',
    created_to: '2026-11-01',
  });
  assert.equal(Date.parse(created_to) - Date.parse(created_from), 86_400_000 - 1);
  assert.equal(new Date(created_from).getHours(), 0);
});
