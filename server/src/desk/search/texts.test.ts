import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { openInstance } from '#test/instance.ts';
import { longTicket } from '#test/long-tickets.ts';
import { forgetTicket, indexTicket } from './texts.ts';

const instance = await openInstance();
after(() => instance.close());
const acme = await instance.client('acme');
const agent = await instance.staff('agent');
const found = async (q: string) => (await acme.get(`/support/tickets?q=${q}`)).body.item_count;

test('a ticket is found by its current summary and alias, and by its comments as before', async () => {
  const ticket = { summary: 'Walrus', comment_body: 'Penguin', client_aliased_name: 'Fossa' };
  const { number } = (await acme.post('/support/tickets', ticket)).body;
  await acme.post(`/support/tickets/${number}/comments`, { body: 'Ocelot' });
  await agent.post(`/staff/tickets/${number}/comments`, { body: 'Narwhal', internal: true });
  await agent.patch(`/staff/tickets/${number}`, { summary: 'Gecko' });
  await acme.patch(`/support/tickets/${number}`, { client_aliased_name: null });

  assert.deepEqual([await found('walrus'), await found('fossa'), await found('narwhal')], [0, 0, 0]);
  for (const word of ['gecko', 'penguin', 'ocelot', String(number)]) assert.equal(await found(word), 1, word);
});

test('a word that is its own stem is stored once, and is found by its other forms, also within a name', async () => {
  const { number } = (
    await acme.post('/support/tickets', { summary: 'Router logs', comment_body: 'Mount-7' })
  ).body;
  const rows = await instance.query<{ word: string }>(
    `select unnest(tsvector_to_array(words)) as word from search_texts where number = $1`,
    [number],
  );
  const mark = `:${acme.accountId}:`;
  const words = [`#${number}`, '7', '=log', '=mount', 'logs', 'mount-7', 'router'];
  assert.deepEqual(
    rows.map(({ word }) => word).sort(),
    [...words, ...words.map((word) => mark + word)].sort(),
  );
  for (const q of ['routers', 'router', 'log', 'logging', 'mounts', 'mounting', 'mount'])
    assert.equal(await found(q), 1, q);
});

test('the rows that a search counts stay small, however much text tickets have', async () => {
  await instance.query(
    `insert into search_texts (account_id, number, comment_id, words)
     select 0, number, 0, (select array_to_tsvector(array_agg('0:word' || number * 7 + i)) from generate_series(1, 66) as i)
     from generate_series(1, 500) as number`,
  );
  const [row] = await instance.query<{ bytes: number }>(
    `select pg_relation_size('search_texts') / 500 as bytes`,
  );
  assert.ok(Number(row?.bytes) < 250, `${row?.bytes} bytes a row`);
});

test('to index a ticket anew takes time in proportion to its size', async () => {
  const seconds: number[] = [];
  for (const comments of [3, 30, 300]) {
    const { number } = await longTicket(instance, acme, agent, comments); // 300: nearly as large as a ticket may be
    const start = performance.now();
    await instance.database.transact(async (tx) => {
      await forgetTicket(tx, acme.accountId, number);
      await indexTicket(tx, acme.accountId, number);
    });
    seconds.push((performance.now() - start) / 1000);
  }
  const [, tenfold = 0, hundredfold = 0] = seconds;
  assert.ok(hundredfold < 25 * tenfold + 1, `${seconds} s`);
});
