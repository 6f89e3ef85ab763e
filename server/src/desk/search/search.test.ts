import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { openInstance } from '#test/instance.ts';
import { storingNothing } from '#test/refusals.ts';
import { find, search, writerOn } from '#test/searching.ts';
import { done, ticketIn } from '#test/tickets.ts';

const instance = await openInstance();
after(() => instance.close());
const agent = await instance.staff('agent');
const clientWith = writerOn(instance);

/** Each of `found` must find the one ticket with the text, and each of `missed` must not. */
async function assertFinds(text: string, found: string[], missed: string[] = []) {
  const { client, numbers } = await clientWith({ body: text }, {});
  for (const q of found) assert.deepEqual(await find(client, q), [numbers[0]], `"${q}" finds "${text}"`);
  for (const q of missed) assert.deepEqual(await find(client, q), [], `"${q}" does not find "${text}"`);
}

test('Russian words are found in all their inflections', () =>
  assertFinds(
    'Не загружаются серверы после обновления ядра, оплаченный счёт не виден',
    [
      'сервер',
      'серверов',
      'СЕРВЕРАМИ',
      'обновление',
      'обновлений',
      'ядро',
      'счёт',
      'счет',
      'счета',
      'оплаченного',
      'загружается',
    ],
    ['сервировка', 'подъезд'],
  ));

test('English words are found in all their inflections', () =>
  assertFinds(
    'Two Servers keep rebooting since the last upgrades; connections were refused',
    [
      'server',
      'servers',
      'SERVER',
      'reboot',
      'rebooted',
      'upgrade',
      'upgrading',
      'connection',
      'connect',
      'refuse',
      'refusing',
    ],
    ['served cold', 'rebootless', 'disk'],
  ));

test('a word is found by its beginning, but not by its middle or end', () =>
  assertFinds('Kubernetes кластер', ['kub', 'kubern', 'клас', 'k'], ['bernetes', 'netes', 'астер']));

test('hosts, addresses and identifiers are found by any run of their parts', async () => {
  await assertFinds(
    'Host vps-18.example.com is down',
    ['vps-18', 'vps', '18', 'vps-18.', 'example.co', 'example.com', 'com', 'vps-18.example.com', '18.exam'],
    ['vps-180', 'vps-1.', 'example.org', 'ample'],
  );
  await assertFinds(
    'Ping to 10.0.3.77 is lost',
    ['10.0.3.', '10.0.3', '10.0.3.77', '10.0', '0.3.77', '3.77', '77'],
    ['10.0.30', '10.3', '0.0.3', '10.0.3.8'],
  );
  await assertFinds(
    'Volume 7f3c-ab12_XYZ.9',
    ['7f3c', 'AB12', 'ab12_xyz', 'xyz.9', '7f3c-ab12'],
    ['f3c', 'ab12.xyz', 'b12'],
  );
  await assertFinds('See https://panel.example.com/servers/42?tab=disk', [
    'panel.example.com',
    'https://panel',
    'servers/42',
    'example.com/serv',
    'tab',
    'disk',
  ]);
  await assertFinds('Mail from ivan.petrov@clients.example', [
    'ivan',
    'petrov@clients',
    'ivan.petrov@clients.example',
    'clients.example',
  ]);
  await assertFinds('2001:db8::ff00:42:8329 over IPv6', ['2001:db8', '2001:db8::ff00', 'ff00:42', 'ipv6']);
  await assertFinds('C:\\Users\\Ivan\\log.txt', [
    'users',
    'users\\ivan',
    'C:\\Users\\',
    'ivan\\log.txt',
    'log.txt',
  ]);
});

test('a trailing dot may end a sentence or an unfinished name: both are searched', async () => {
  const { client, numbers } = await clientWith({ body: 'Disk full on 10.0.3.7' }, { body: 'Net 10.0.3' }, {});
  for (const q of ['disk full.', 'disks. full', 'Full: disk'])
    assert.deepEqual(await find(client, q), [numbers[0]], q);
  for (const q of ['10.0.3.', '10.0.3. 10.0.'])
    assert.deepEqual(await find(client, q), [numbers[0], numbers[1]], q);
  assert.deepEqual(await find(client, '10.0.3.7.'), [numbers[0]]);
  assert.deepEqual(await find(client, `${numbers[2]}.`), [numbers[2]]);
});

test('a ticket is found by its number, and by no part of it', async () => {
  const { client, numbers } = await clientWith({}, {});
  const number = String(numbers[0]);
  for (const q of [number, `#${number}`, ` ${number} `])
    assert.deepEqual(await find(client, q), [numbers[0]], q);
  for (const q of [number.slice(0, 3), number.slice(0, -1), number.slice(1), `${number}0`, `0${number}`]) {
    assert.deepEqual(await find(client, q), [], q);
  }
});

test('words that could name a ticket are found in all tickets that have them', async () => {
  const { client, numbers } = await clientWith(...Array.from({ length: 40 }, () => ({ body: 'Ticket 7' })));
  const { items, item_count } = (await done(search(client, 'ticket 7', '&items_per_page=10'))).body;
  assert.equal(item_count, 40);
  assert.deepEqual(
    items.map((item: { number: number }) => item.number),
    numbers.slice(-10).reverse(),
  );
});

test('a number is searched among the words as well', async () => {
  const { client, numbers } = await clientWith({}, {});
  const { number } = (
    await done(client.post('/support/tickets', { summary: `As in ${numbers[0]}`, comment_body: 'a' }))
  ).body;
  assert.deepEqual(await find(client, String(numbers[0])), [numbers[0], number]);
});

test('summary, alias, comments of both sides and later additions are searched', async () => {
  const { client, numbers } = await clientWith({ body: 'Bobcat' }, {});
  const number = numbers[0];
  await done(client.post(`/support/tickets/${number}/comments`, { body: 'Dugong' }));
  await done(agent.post(`/staff/tickets/${number}/comments`, { body: 'Echidna' }));
  await done(client.patch(`/support/tickets/${number}`, { client_aliased_name: 'Fossa' }));
  await done(agent.patch(`/staff/tickets/${number}`, { summary: 'Gecko' }));
  await done(client.post(`/support/tickets/${number}/close`));
  await done(client.post(`/support/tickets/${number}/reopen`, { body: 'Hyrax' }));
  for (const q of ['bobcat', 'dugong', 'echidna', 'fossa', 'gecko', 'hyrax']) {
    assert.deepEqual(await find(client, q), [number], q);
  }
});

test('all words must match, anywhere in the ticket', async () => {
  const { client, numbers } = await clientWith(
    { summary: 'Disk full', body: 'on vps-18' },
    { summary: 'Disk slow' },
  );
  assert.deepEqual(await find(client, 'disk'), numbers);
  assert.deepEqual(await find(client, 'full disk'), [numbers[0]]);
  assert.deepEqual(await find(client, 'vps-18 disks'), [numbers[0]]);
  assert.deepEqual(await find(client, 'disk vps-19'), []);
});

test('clients do not search internal notes', async () => {
  const { client, numbers } = await clientWith({});
  await done(
    agent.post(`/staff/tickets/${numbers[0]}/comments`, { body: 'Chinchilla 10.9.8.7', internal: true }),
  );
  await done(agent.post(`/staff/tickets/${numbers[0]}/close`, { reason: 'chinchilla' }));
  for (const q of ['chinchilla', '10.9.8.', 'chin']) assert.deepEqual(await find(client, q), []);
});

test('no search finds tickets of other accounts', async () => {
  const one = await clientWith({ body: 'Chinchilla' });
  const two = await clientWith({});
  const { accountId } = one.client;
  for (const q of [
    'chinchilla',
    String(one.numbers[0]),
    `${accountId}:chinchilla`,
    `:${accountId}:chinchilla`,
    `'${accountId}:chinchilla'`,
    `${accountId}`,
    `${accountId}:`,
    '*',
    ':*',
  ]) {
    assert.deepEqual(await find(two.client, q), [], q);
  }
  assert.deepEqual(await find(one.client, 'chinchilla'), one.numbers);
});

test('only_opened and only_closed apply to a search and its count, also after reopening', async () => {
  const { client, numbers } = await clientWith({ body: 'Disk' }, { body: 'Disk' }, { body: 'Disk' });
  const [first, second, third] = numbers;
  await done(client.post(`/support/tickets/${first}/close`));
  await done(agent.post(`/staff/tickets/${second}/close`));
  assert.deepEqual(await find(client, 'disk', '&only_closed=1'), [first, second]);
  assert.deepEqual(await find(client, 'disk', '&only_opened=1'), [third]);
  await done(client.post(`/support/tickets/${first}/reopen`, { body: 'Again' }));
  assert.deepEqual(await find(client, 'disk', '&only_closed=1'), [second]);
  assert.deepEqual(await find(client, 'disk', '&only_opened=1'), [first, third]);
  assert.deepEqual(await find(client, 'disk'), numbers);
});

test('a search has pages like a list, last changed first', async () => {
  const { client, numbers } = await clientWith(...Array.from({ length: 7 }, () => ({ body: 'Disk' })), {});
  await done(client.post(`/support/tickets/${numbers[3]}/comments`, { body: 'More' }));
  const order = [
    numbers[3],
    ...numbers
      .slice(0, 7)
      .reverse()
      .filter((number) => number !== numbers[3]),
  ];
  for (const [page, expected] of [
    [1, order.slice(0, 3)],
    [2, order.slice(3, 6)],
    [3, order.slice(6)],
    [4, []],
  ] as const) {
    const { body } = await done(search(client, 'disk', `&items_per_page=3&page=${page}`));
    assert.deepEqual(
      body.items.map((item: { number: number }) => item.number),
      expected,
    );
    assert.deepEqual([body.item_count, body.page_count, body.page], [7, 3, page]);
  }
});

test('a search marks nothing as read', async () => {
  const { client } = await clientWith({});
  const { number } = await ticketIn('replied', client, agent);
  await storingNothing(instance, () => find(client, 'disk'));
  assert.equal((await client.get(`/support/tickets/${number}`)).body.is_client_read, false);
});
