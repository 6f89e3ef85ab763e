import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { addComment } from '#desk/tickets/comments/add.ts';
import { sql } from '#platform/sql.ts';
import { openInstance } from '#test/instance.ts';
import { done, ticketIn } from '#test/tickets.ts';
import { waitingFor } from '#test/waiting.ts';
import { withCachedCount } from './cached-counts.ts';

const instance = await openInstance();
after(() => instance.close());
const [acme, agent] = [await instance.client('acme'), await instance.staff()];
const actor = {
  kind: 'client' as const,
  accountId: acme.accountId,
  accountName: 'acme',
  tokenId: acme.tokenId,
  marksRead: true,
};

const count = async (q: string, more = '') =>
  (await done(acme.get(`/support/tickets?q=${encodeURIComponent(q)}${more}`))).body.item_count;

test('a repeated search counts what was written in between', async () => {
  const { number } = await ticketIn('open', acme, agent, { summary: 'Walrus' });
  assert.deepEqual([await count('walrus'), await count('walrus'), await count('otter')], [1, 1, 0]);
  await done(acme.post(`/support/tickets/${number}/comments`, { body: 'An otter' }));
  assert.equal(await count('otter'), 1);
  assert.equal(await count('walrus', '&only_closed=true'), 0);
  await done(acme.post(`/support/tickets/${number}/close`));
  assert.deepEqual(
    [await count('walrus', '&only_closed=true'), await count('walrus', '&only_opened=true')],
    [1, 0],
  );
  await done(agent.patch(`/staff/tickets/${number}`, { summary: 'Seal' }));
  assert.deepEqual([await count('walrus'), await count('seal'), await count('otter')], [0, 1, 1]);
});

test('writes of other processes are counted as well', async () => {
  const otherProcess = await instance.otherProcess();
  assert.equal(await count('lynx'), 0);
  const there = { ...(await otherProcess.client('acme')) };
  await ticketIn('open', there, agent, { summary: 'Lynx' });
  assert.equal(await count('lynx'), 1);
});

test('a transaction that started before a count and committed after it invalidates the count', async () => {
  const [first, second] = [await ticketIn('open', acme, agent), await ticketIn('open', acme, agent)];
  const gate = Promise.withResolvers<void>();
  const written = Promise.withResolvers<void>();
  const late = instance.database.transact(async (tx) => {
    await addComment(tx, actor, first.number, { body: 'A badger' });
    written.resolve();
    await gate.promise;
  });
  await written.promise;
  await done(acme.post(`/support/tickets/${second.number}/comments`, { body: 'Another badger' }));
  assert.deepEqual([await count('badger'), await count('badger')], [1, 1]);
  gate.resolve();
  await late;
  assert.equal(await count('badger'), 2);
});

test('an unchanged account is counted once', async () => {
  await instance.query(
    `insert into search_texts (account_id, number, comment_id, words)
     select $1::bigint, 900000 + i, 0, array_to_tsvector(array[':' || $1 || ':heron'])
     from generate_series(1, 3) as i`,
    [acme.accountId],
  );
  assert.equal(await count('heron'), 3);
  // Deleted without an event, so that only a new count would notice it.
  await instance.query('delete from search_texts where number > 900000');
  assert.equal(await count('heron'), 3);
  await ticketIn('open', acme, agent);
  assert.equal(await count('heron'), 0);
});

test('what nobody has counted yet is counted once, however many ask at the same time', async () => {
  await ticketIn('open', acme, agent, { summary: 'Curlew' });
  const counts = await instance.database.transact(async (tx) => {
    await sql`lock table search_texts in access exclusive mode`.execute(tx);
    const all = Array.from({ length: 6 }, () => count('curlew'));
    await waitingFor(instance);
    const later = count('dunlin'); // when it has come so far, the others would have, too
    await waitingFor(instance, 2);
    assert.equal((await waitingFor(instance)).length, 2);
    return [...all, later];
  });
  assert.deepEqual(await Promise.all(counts), [1, 1, 1, 1, 1, 1, 0]);
  await ticketIn('open', acme, agent, { summary: 'Curlew' });
  assert.equal(await count('curlew'), 2);
});

test('who waits for a count that fails fails with it, and the next one counts', async () => {
  const database = Promise.withResolvers<string>();
  const read = (reading: () => Promise<string>) =>
    withCachedCount(instance.database.db, { accountId: 1, query: 'x' }, sql`0`, reading);
  const both = [read(() => database.promise), read(async () => 'too late')];
  database.reject(new Error('frozen'));
  for (const one of await Promise.allSettled(both)) assert.equal(one.status, 'rejected');
  assert.equal(await read(async () => 'done'), 'done');
});
