/** Hostile input to search, and hostile texts to be indexed. */
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { openInstance } from '#test/instance.ts';
import { assertProblem, storingNothing } from '#test/refusals.ts';
import { find, search, writerOn } from '#test/searching.ts';
import { done } from '#test/tickets.ts';

const instance = await openInstance();
after(() => instance.close());
const clientWith = writerOn(instance);

test('the query is only words, never a tsquery command', async () => {
  const { client, numbers } = await clientWith({ body: 'Disk full on vps-18' }, { body: 'Other' });
  const typed = [
    "'",
    '"',
    '\\',
    "\\'",
    'disk\\',
    "disk'",
    'disk\\\\',
    '\\disk',
    'a\\:',
    '"disk full"',
    "'disk' & 'full'",
    'disk | other',
    '!disk',
    '-disk',
    'disk AND NOT full',
    'disk <-> full',
    'disk:*',
    'disk:A',
    ':*',
    '*',
    '%',
    '_',
    'disk%',
    '(disk',
    'disk)',
    '()',
    '(((',
    '&',
    '|',
    '!',
    '<->',
    'disk & | !',
    "'); drop table tickets; --",
    '{{disk}}',
    '\n',
    '\t',
    '…',
    '—',
    '№',
    '٣',
    '½',
    'ﬁ',
    'İ',
    'ß',
    'e\u0301',
    '\u200b',
    '\ufeff',
    '❤️',
    '\u{1f600}',
    '\u{1f468}\u200d\u{1f4bb}',
    '\u0301',
    '日本',
    'עברית',
    'ё',
    'Ё',
    'the',
    'and the of',
    'и',
    'не на в',
    'a'.repeat(1000),
    'a '.repeat(500),
    'a-'.repeat(500),
    '-'.repeat(1000),
    '\u{1f600}'.repeat(1000),
    '0'.repeat(1000),
    '.'.repeat(1000),
  ];
  await storingNothing(instance, async () => {
    for (const q of typed) assert.equal((await search(client, q)).status, 200, JSON.stringify(q));
  });
  assert.deepEqual(await find(client, 'disk | other'), [], 'no operators: both words have to be there');
  assert.deepEqual(await find(client, '!disk'), [numbers[0]]);
  for (const nothing of ['❤️', '\u{1f600}', '…', "'", '&', '\u0301'])
    assert.deepEqual(await find(client, nothing), [], nothing);
});

test('a query that is too long is refused', async () => {
  const { client } = await clientWith({});
  assertProblem(await search(client, 'a'.repeat(1001)), 400, 'invalid_request');
  assertProblem(await search(client, 'a '.repeat(25_000)), 400, 'invalid_request');
});

test('a symbol in a text does not match other symbols', async () => {
  const { client, numbers } = await clientWith({ body: 'I ❤️ it' }, { body: '✈️ disk' });
  for (const q of ['❤️', '✈️', '\ufe0f']) assert.deepEqual(await find(client, q), [], q);
  assert.deepEqual(await find(client, '✈️ disk'), [numbers[1]]);
});

test('long words and long texts are found by their beginnings', async () => {
  const long = 'x'.repeat(39);
  const { client, numbers } = await clientWith(
    { body: `${long}yz${'w'.repeat(5000)}` },
    { body: `${'слово '.repeat(8000)}` },
  );
  for (const q of [long, `${long}y`, `${long}yz${'w'.repeat(500)}`])
    assert.deepEqual(await find(client, q), [numbers[0]]);
  assert.deepEqual(await find(client, 'слова'), [numbers[1]]);
});

test('a ticket with very many different words accepts all its comments, and is found by its number and first words', async () => {
  const { client, numbers } = await clientWith({ summary: 'Aardvark' });
  const words = (from: number) => Array.from({ length: 6000 }, (_, i) => `w${from + i}`).join(' ');
  for (let i = 0; i < 12; i++) {
    await done(client.post(`/support/tickets/${numbers[0]}/comments`, { body: words(i * 6000) }));
  }
  for (const q of ['aardvark', 'w0', 'w5999', String(numbers[0])])
    assert.deepEqual(await find(client, q), numbers, q);
});

test('comments of separators or combining marks are stored quickly and found, also by staff', async () => {
  const agent = await instance.staff();
  for (const body of [
    `${'a-'.repeat(24_990)}quokka`,
    `numbat a${'\u0315\u0300\u0316\u0334'.repeat(12_400)}`,
  ]) {
    const { client, numbers } = await clientWith({});
    const start = process.cpuUsage();
    await done(client.post(`/support/tickets/${numbers[0]}/comments`, { body }));
    const { user, system } = process.cpuUsage(start);
    assert.ok(user + system < 2_000_000, 'seconds of the processor');
    const q = body.includes('quokka') ? 'quokka' : 'numbat';
    assert.deepEqual(await find(client, q), numbers);
    const { items } = (await done(agent.get(`/staff/tickets?q=${q}`))).body;
    assert.deepEqual(
      items.map(({ number }: { number: number }) => number),
      numbers,
    );
  }
});
