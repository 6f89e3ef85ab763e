import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { openInstance } from '#test/instance.ts';
import { find, writerOn } from '#test/searching.ts';
import { done } from '#test/tickets.ts';
import { reindexSearch } from './reindex.ts';

const instance = await openInstance();
after(() => instance.close());
const agent = await instance.staff('agent');
const clientWith = writerOn(instance);

const rows = () =>
  instance.query('select number, comment_id, words from search_texts order by number, comment_id');
const restart = () => instance.query(`update followers set cursor = '0' where name = 'search_reindex'`);
const findAsStaff = async (q: string) =>
  (await done(agent.get(`/staff/tickets?q=${q}`))).body.items.map(({ number }: { number: number }) => number);

test('tickets indexed by an older version are found by new kinds of words once the job has run', async () => {
  const { client, numbers } = await clientWith({ summary: 'Störung', body: 'Hello' }, { body: 'Other' });
  const [number] = numbers;
  await done(client.post(`/support/tickets/${number}/comments`, { body: 'All is down' }));
  await done(agent.post(`/staff/tickets/${number}/comments`, { body: 'A quiet quoll', internal: true }));
  const written = await rows();
  await instance.query(`delete from search_texts where comment_id <> 0`);
  await instance.query(`update search_texts set words = 'old'`);
  await restart();
  assert.deepEqual(await find(client, 'storung'), []);
  await reindexSearch(instance.database);
  assert.deepEqual(await rows(), written);
  assert.deepEqual([await find(client, '"is down"'), await find(client, 'quoll')], [[number], []]);
  assert.deepEqual(await findAsStaff('quoll'), [number]);
  const [cursor] = await instance.query(`select cursor from followers where name = 'search_reindex'`);
  assert.deepEqual(cursor, { cursor: '' });
});

test('two processes that reindex while clients write lose no word', async () => {
  const { client, numbers } = await clientWith(...Array.from({ length: 12 }, () => ({ body: 'Start' })));
  const other = await instance.otherProcess();
  await restart();
  const writing = numbers.map(async (number, i) => {
    await done(client.post(`/support/tickets/${number}/comments`, { body: `Word${i}x between` }));
    await done(
      agent.post(`/staff/tickets/${number}/comments`, { body: `Note${i}x between`, internal: true }),
    );
  });
  await Promise.all([...writing, reindexSearch(instance.database), reindexSearch(other.database)]);
  for (const [i, number] of numbers.entries()) {
    assert.deepEqual(await find(client, `word${i}x "start"`), [number]);
    assert.deepEqual(await findAsStaff(`word${i}x note${i}x`), [number]);
  }
});

test('the job stops at its time limit and continues in the next run', async () => {
  await restart();
  await reindexSearch(instance.database, 0);
  const cursor = async () =>
    (await instance.query(`select cursor from followers where name = 'search_reindex'`))[0]?.cursor;
  assert.equal(await cursor(), '0');
  await reindexSearch(instance.database);
  assert.equal(await cursor(), '');
});
