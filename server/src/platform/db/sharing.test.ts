import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { conflict } from '#errors.ts';
import { sql } from '#platform/sql.ts';
import { createDatabase } from '#test/instance.ts';
import { batched, batchedWrite } from './batch.ts';
import { openDatabase, type Tx } from './database.ts';
import { createSharing, type Sharing } from './sharing.ts';

const database = openDatabase(await createDatabase(), { poolSize: 4 });
after(() => database.close());
await sql`create table notes (text text primary key)`.execute(database.db);

const sharing = (about: string[] = [], more: Partial<Sharing> = {}): Sharing => ({
  kind: 'notes',
  accountId: 1,
  about,
  bytes: 10,
  ...more,
});
const refusal = conflict('refused', 'This is refused.');

const write = batchedWrite<string, string>(async (tx, texts) => {
  const { rows } = await sql<{ text: string; xid: string }>`
    insert into notes (text) select unnest(${texts}::text[]) returning text, pg_current_xact_id()::text as xid
  `.execute(tx);
  return texts.map((text) => rows.find((row) => row.text === text)?.xid ?? '');
});
const xid = batched<number, string, Tx>(async (tx, keys) => {
  const { rows } = await sql<{ xid: string }>`select pg_current_xact_id()::text as xid`.execute(tx);
  return keys.map(() => rows[0]?.xid ?? '');
});

async function textsLike(pattern: string): Promise<string[]> {
  const { rows } = await sql<{
    text: string;
  }>`select text from notes where text like ${pattern} order by text`.execute(database.db);
  return rows.map(({ text }) => text);
}

/** Work that writes a note, counted. Before and after the note it may be refused. */
function counted(text: string, refuse: { before?: boolean; after?: boolean } = {}) {
  const work = Object.assign(
    async (tx: Tx) => {
      work.runs++;
      await xid(tx, 0);
      if (refuse.before) throw refusal;
      const written = await write(tx, text);
      if (refuse.after) throw refusal;
      return written;
    },
    { runs: 0 },
  );
  return work;
}

const all = (works: Array<ReturnType<typeof counted>>) =>
  Promise.allSettled(works.map((work) => database.transactTogether(sharing(), work)));

test('work that waits at the same time shares a transaction, and each gets its own result', async () => {
  const works = Array.from({ length: 20 }, (_, i) => counted(`shared ${String(i).padStart(2, '0')}`));
  const outcomes = await all(works);
  const xids = outcomes.map((outcome) => (outcome.status === 'fulfilled' ? outcome.value : 'refused'));
  assert.equal(new Set(xids).size, 1);
  assert.match(String(xids[0]), /^\d+$/);
  assert.equal((await textsLike('shared %')).length, 20);
  assert.deepEqual([...new Set(works.map(({ runs }) => runs))], [1]);
});

test('who is refused before it has written leaves the others alone, and is asked again by itself', async () => {
  const works = [counted('before a'), counted('before b', { before: true }), counted('before c')];
  const outcomes = await all(works);
  assert.deepEqual(
    outcomes.map(({ status }) => status),
    ['fulfilled', 'rejected', 'fulfilled'],
  );
  assert.deepEqual(
    works.map(({ runs }) => runs),
    [1, 2, 1],
  );
  assert.deepEqual(await textsLike('before %'), ['before a', 'before c']);
});

test('who is refused after it has written writes nothing, and the others exactly once', async () => {
  const works = [counted('after a'), counted('after b', { after: true }), counted('after c')];
  const outcomes = await all(works);
  const [a, b, c] = outcomes.map((outcome) =>
    outcome.status === 'fulfilled' ? outcome.value : outcome.reason,
  );
  assert.equal(b, refusal);
  assert.notEqual(a, c, 'each has a transaction of its own now');
  assert.deepEqual(await textsLike('after %'), ['after a', 'after c']);
});

test('a statement that fails is the failure of its own work only', async () => {
  await all([counted('taken')]);
  const outcomes = await all([counted('failing a'), counted('taken'), counted('failing c')]);
  assert.deepEqual(
    outcomes.map(({ status }) => status),
    ['fulfilled', 'rejected', 'fulfilled'],
  );
  assert.equal((outcomes[1] as PromiseRejectedResult).reason.code, '23505');
  assert.deepEqual(await textsLike('failing %'), ['failing a', 'failing c']);
});

/** Sharing whose transactions are only recorded: the names of the work in each. */
function recorded({ isDistributed = false } = {}) {
  const transactions: string[][] = [];
  const transact = async <T>(work: (tx: Tx) => Promise<T>): Promise<T> => {
    const names: string[] = [];
    transactions.push(names);
    const run = async () => {
      throw new Error('Nothing is sent here.');
    };
    const tx: Tx & { names: string[] } = {
      isTransaction: true,
      together: undefined,
      hasWritten: false,
      run,
      names,
    };
    return work(tx);
  };
  const together = createSharing(transact, async () => isDistributed);
  /** Adds its name to the transaction. */
  const join = (name: string, about: string[] = [], more: Partial<Sharing> = {}) =>
    together(sharing(about, more), async (tx) => {
      const { names } = (tx.together ?? tx) as Tx & { names: string[] };
      names.push(name);
    });
  return { transactions, join };
}

test('work about the same thing keeps its order and shares no transaction', async () => {
  const { transactions, join } = recorded();
  await Promise.all([
    join('a', ['x']),
    join('b', ['x', 'y']),
    join('c', ['y']), // after b, which waits for a
    join('d', ['z']),
  ]);
  assert.deepEqual(transactions, [['a', 'd'], ['b'], ['c']]);
});

test('work of another kind has other transactions', async () => {
  const { transactions, join } = recorded();
  await Promise.all([join('a'), join('b', [], { kind: 'others' }), join('c')]);
  assert.deepEqual(transactions, [['a', 'c'], ['b']]);
});

test('on a distributed database each account has its own transactions', async () => {
  const { transactions, join } = recorded({ isDistributed: true });
  await Promise.all([join('a'), join('b', [], { accountId: 2 }), join('c')]);
  assert.deepEqual(transactions, [['a', 'c'], ['b']]);
});

test('a transaction has at most 32 pieces of work and 32 KiB, and what is larger is alone', async () => {
  const { transactions, join } = recorded();
  await Promise.all(Array.from({ length: 70 }, (_, i) => join(`${i}`)));
  assert.deepEqual(
    transactions.map(({ length }) => length),
    [32, 32, 6],
  );
  transactions.length = 0;
  await Promise.all([
    join('a', [], { bytes: 20_000 }),
    join('b', [], { bytes: 20_000 }),
    join('large', [], { bytes: 40_000 }),
    join('c', [], { bytes: 10_000 }),
    join('unknown', [], { bytes: Number.POSITIVE_INFINITY }),
  ]);
  assert.deepEqual(transactions.sort(), [['a', 'c'], ['b'], ['large'], ['unknown']]);
});

test('when nobody knows whether the transaction was committed, nothing is done again', async () => {
  let begun = 0;
  const lost = new Error('Connection terminated');
  const together = createSharing(
    async (work) => {
      begun++;
      const run = () => Promise.reject(lost);
      await work({ isTransaction: true, together: undefined, hasWritten: false, run });
      throw lost; // by the commit
    },
    async () => false,
  );
  const outcomes = await Promise.allSettled([1, 2, 3].map((i) => together(sharing(), async () => i)));
  assert.deepEqual(
    outcomes.map((outcome) => outcome.status === 'rejected' && outcome.reason),
    [lost, lost, lost],
  );
  assert.equal(begun, 1);
});

test('nobody waits for a transaction that takes long, neither who came before nor who comes then', async () => {
  const { promise: released, resolve: release } = Promise.withResolvers<void>();
  const order: string[] = [];
  const join = async (name: string, work: () => Promise<void> = async () => {}) => {
    await database.transactTogether(sharing([], { kind: 'slow' }), work);
    order.push(name);
  };
  const { promise: begun, resolve: begin } = Promise.withResolvers<void>();
  const slow = join('slow', () => {
    begin();
    return released;
  });
  await begun;
  await join('waiting');
  await join('later');
  release();
  await slow;
  await join('next');
  assert.deepEqual(order, ['waiting', 'later', 'slow', 'next']);
});

test('after an outage nothing is tried again: each attempt takes seconds', async () => {
  let begun = 0;
  const gone = Object.assign(new Error('canceling statement due to statement timeout'), { code: '57014' });
  const together = createSharing(
    async (work) => {
      begun++;
      return work({
        isTransaction: true,
        together: undefined,
        hasWritten: false,
        run: () => Promise.reject(gone),
      });
    },
    async () => false,
  );
  const send = () => together(sharing(), (tx) => tx.run(sql`select 1`));
  const outcomes = await Promise.allSettled([send(), send()]);
  assert.deepEqual(
    outcomes.map((outcome) => outcome.status === 'rejected' && outcome.reason),
    [gone, gone],
  );
  assert.equal(begun, 1);
});
