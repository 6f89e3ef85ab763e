import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readListSearch, toFilter } from './list-search.ts';
import { readSearchText } from './search-text.ts';

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

test('days and clients are typed as elsewhere', () => {
  assert.deepEqual(read('created:>2026-11-01 updated:<=2026-11-05'), {
    created_from: '2026-11-01',
    updated_to: '2026-11-05',
  });
  assert.deepEqual(read('created:2026-11-01'), { created_from: '2026-11-01', created_to: '2026-11-01' });
  assert.deepEqual(read('created:>soon'), { q: 'created:>soon' });
  assert.deepEqual(read('client:"Polar Bear" is:open'), { q: '"Polar Bear"', is_closed: false });
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
    updated_from: '2026-11-01',
    other: '1',
  });
  assert.deepEqual(search, { q: '104', is_closed: false, sort: 'due', updated_from: '2026-11-01' });
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
