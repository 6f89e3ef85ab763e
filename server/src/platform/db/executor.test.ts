import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import type pg from 'pg';
import { sql } from '#platform/sql.ts';
import { createDatabase } from '#test/instance.ts';
import { openDatabase, type Tx } from './database.ts';

const database = openDatabase(await createDatabase(), { poolSize: 1 });
after(() => database.close());
/** The connection's socket. pg's type leaves it out; `_writev` is what Node calls with all that waits to be written. */
interface Connected {
  connection: { stream: { _writev(chunks: Buffer[], done: () => void): void } };
}
const connected: Connected[] = [];
database.pool.on('connect', (client) => connected.push(client as pg.PoolClient & Connected));
await sql`create table notes (text text primary key)`.execute(database.db);

const write = (tx: Tx, text: string) => sql`insert into notes (text) values (${text})`.execute(tx);
async function texts(): Promise<string[]> {
  const { rows } = await sql<{ text: string }>`select text from notes order by text`.execute(database.db);
  return rows.map(({ text }) => text);
}

test('statements that are executed together run in their order, in one transaction', async () => {
  const places = await database.transact((tx) =>
    Promise.all(
      [0, 1, 2, 3].map(async (i) => {
        const { rows } = await sql<{ count: number; xid: string }>`
          with note as (insert into notes (text) values (${`together ${i}`}))
          select count(*), pg_current_xact_id()::text as xid
          from notes
          where text like 'together %'
        `.execute(tx);
        return rows[0];
      }),
    ),
  );
  assert.deepEqual(
    places.map((row) => row?.count),
    [0, 1, 2, 3],
  );
  assert.equal(new Set(places.map((row) => row?.xid)).size, 1);
});

test('statements that are executed together travel in one packet, with the BEGIN before them', async (t) => {
  const [client] = connected;
  assert.ok(client);
  const { mock } = t.mock.method(client.connection.stream, '_writev');
  await database.transact((tx) => Promise.all([sql`select 1`.execute(tx), sql`select 2`.execute(tx)]));
  const packets = mock.calls.map(({ arguments: [chunks] }) => String(Buffer.concat(chunks)));
  assert.equal(packets.length, 1); // the COMMIT is one chunk, which needs no _writev
  assert.match(String(packets[0]), /begin.*select 1.*select 2/s);
});

test('when one of them fails, the transaction ends with its error and writes nothing', async () => {
  const failing = database.transact((tx) =>
    Promise.all([write(tx, 'before'), sql`select 1 / 0`.execute(tx), write(tx, 'after')]),
  );
  await assert.rejects(failing, { code: '22012' });
  assert.deepEqual(
    (await texts()).filter((text) => !text.startsWith('together')),
    [],
  );
});

test('a transaction with a failed statement does not end as if it had succeeded', async () => {
  const swallowing = database.transact(async (tx) => {
    await write(tx, 'swallowed');
    await sql`select 1 / 0`.execute(tx).catch(() => {});
  });
  await assert.rejects(swallowing, /was rolled back because a statement failed/);
  assert.ok(!(await texts()).includes('swallowed'));
});

test('a statement after the end of its transaction is refused, and the next one has its connection', async () => {
  let ended: Tx | undefined;
  await database.transact(async (tx) => {
    ended = tx;
    await write(tx, 'in time');
  });
  assert.ok(ended);
  await assert.rejects(write(ended, 'too late'), /after the end of its transaction/);
  const stored = await texts();
  assert.deepEqual([stored.includes('in time'), stored.includes('too late')], [true, false]);
});

test('a failed transaction leaves its connection to the next one', async () => {
  await assert.rejects(
    database.transact(() => Promise.reject(new Error('refused'))),
    /^Error: refused$/,
  );
  assert.equal(database.pool.idleCount, 1);
  await database.transact((tx) => write(tx, 'next'));
  assert.ok((await texts()).includes('next'));
});
