/** The feed: every event once, in the order of commits, with late commits and after a restore. */
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import pg from 'pg';
import { addComment } from '#desk/tickets/comments/add.ts';
import { migrate } from '#platform/db/migrate.ts';
import { feedHead } from '#platform/events/cursor.ts';
import type { Caller } from '#test/caller.ts';
import { openInstance } from '#test/instance.ts';
import { longTicket } from '#test/long-tickets.ts';
import { assertProblem } from '#test/refusals.ts';
import { done } from '#test/tickets.ts';

const instance = await openInstance();
after(() => instance.close());
const acme = await instance.client('acme');
const agent = await instance.staff('agent');

interface Item {
  cursor: string;
  type: string;
  ticket: { number: number } | null;
}

const page = async (after: string | null, limit = 100): Promise<{ items: Item[]; after: string | null }> =>
  (await agent.get(`/staff/events?limit=${limit}${after === null ? '' : `&after=${after}`}`)).body;
const open = async (caller: Caller = acme): Promise<number> =>
  (await caller.post('/support/tickets', { summary: 'Disk full', comment_body: 'Help' })).body.number;
const head = () => feedHead(instance.database.db);

/** Reads the feed from a cursor to its end, page by page. */
async function readAll(after: string | null, limit = 100): Promise<Item[]> {
  const { items } = await page(after, limit);
  const last = items.at(-1);
  return last ? [...items, ...(await readAll(last.cursor, limit))] : [];
}

/** A transaction that has written a comment and its event, and commits when told to. */
async function lockComment(number: number) {
  let commit = () => {};
  let wrote = () => {};
  const hasWritten = new Promise<void>((resolve) => {
    wrote = resolve;
  });
  const told = new Promise<void>((resolve) => {
    commit = resolve;
  });
  const { accountId, tokenId } = acme;
  const actor = { kind: 'client', accountId, accountName: 'Acme', tokenId, marksRead: true } as const;
  const done = instance.database.transact(async (tx) => {
    await addComment(tx, actor, number, { body: 'Written early, committed late' });
    wrote();
    await told;
  });
  await hasWritten;
  return {
    commit() {
      commit();
      return done;
    },
  };
}

test('a transaction in another database of the server delays nothing', async () => {
  const other = new pg.Client({ connectionString: process.env.TEST_SERVER_URL });
  await other.connect();
  try {
    await other.query('begin');
    await other.query('select pg_current_xact_id()');
    const from = await head();
    const number = await open();
    assert.deepEqual(
      (await readAll(from)).map(({ type, ticket }) => [type, ticket?.number]),
      [['ticket.opened', number]],
    );
  } finally {
    await other.end();
  }
});

test('a late commit with an early number is delivered, never skipped', async () => {
  const [late, first, second] = [await open(), await open(), await open()];
  const start = await head();
  const lockedComment = await lockComment(late);
  await acme.post(`/support/tickets/${first}/close`);
  const before = await readAll(start);
  await acme.post(`/support/tickets/${second}/close`);
  const during = await readAll(before.at(-1)?.cursor ?? start);
  assert.deepEqual([...before, ...during], [], 'nothing behind what is still running');
  await lockedComment.commit();
  const met = await readAll(start);
  assert.deepEqual(
    met.map(({ type, ticket }) => [type, ticket?.number]),
    [
      ['ticket.commented', late],
      ['ticket.closed', first],
      ['ticket.closed', second],
    ],
  );
});

test('a reader among transactions that commit in any order gets each event once, in one order', async () => {
  const start = await head();
  const numbers = await Promise.all(Array.from({ length: 6 }, () => open()));
  let isWriting = true;
  const reading = (async () => {
    const met: Item[] = [];
    for (let cursor = start, last = false; !last; ) {
      last = !isWriting;
      const { items } = await page(cursor, 7);
      met.push(...items);
      cursor = items.at(-1)?.cursor ?? cursor;
      if (items.length > 0) last = false;
    }
    return met.map(({ cursor }) => cursor);
  })();
  for (let round = 0; round < 5; round++) {
    const lockedComment = await Promise.all(numbers.map((number) => lockComment(number)));
    await open();
    for (const one of lockedComment.reverse()) await one.commit();
  }
  isWriting = false;
  const met = await reading;
  assert.equal(new Set(met).size, met.length, 'none twice');
  assert.deepEqual(
    met,
    (await readAll(start)).map(({ cursor }) => cursor),
  );
  assert.equal(met.length, 6 + 5 * (6 + 1));
});

test('the head is after everything that has happened', async () => {
  await open();
  const start = await head();
  assert.deepEqual(await readAll(start), []);
  const number = await open();
  assert.deepEqual(
    (await readAll(start)).map(({ ticket }) => ticket?.number),
    [number],
  );
});

test('pages of the feed neither lose nor repeat events, and the last one has the cursor to continue from', async () => {
  for (let i = 0; i < 5; i++) await open();
  const whole = await readAll(null);
  assert.deepEqual(await readAll(null, 2), whole);
  assert.deepEqual(await readAll(null, 1), whole);
  const last = whole.at(-1)?.cursor ?? '';
  assert.deepEqual(await page(last), { items: [], after: last });
});

test('a page of the longest comments is limited in bytes, and the next page continues after it', async () => {
  const from = await head();
  const { ids } = await longTicket(instance, acme, agent, 40); // 8 MB
  const heard: number[] = [];
  let pages = 0;
  for (let after = from; ; pages++) {
    const response = await done(agent.get(`/staff/events?limit=500&after=${after}`));
    assert.ok(Buffer.byteLength(response.text) < 3_000_000);
    if (response.body.items.length === 0) break;
    heard.push(...response.body.items.map(({ comment }: { comment: { id: number } | null }) => comment?.id));
    after = response.body.after;
  }
  assert.ok(pages > 3, `${pages} pages`);
  assert.deepEqual(
    heard.filter((id) => ids.includes(id)),
    ids,
  );
});

test('staff get events of the instance itself, without a ticket', async () => {
  const start = await head();
  const admin = await instance.staff('admin');
  await admin.post('/staff/topics', { key: 'domains', name: { en: 'Domains', ru: 'Домены' } });
  const items = await readAll(start);
  assert.deepEqual(
    items.map(({ type, ticket }) => [type, ticket]),
    [
      ['staff.added', null],
      ['topic.added', null],
    ],
  );
});

test('an invalid cursor is refused, and the feed is for staff only', async () => {
  for (const after of [
    '1',
    '1.2',
    'a.b.c',
    '1.2.3.4',
    '-1.2.3',
    '1.2.3%00',
    '1.99999999999999999999999.1',
    "1.2.3'",
  ]) {
    assertProblem(await agent.get(`/staff/events?after=${after}`), 400, undefined, after);
  }
  for (const query of ['limit=0', 'limit=501', 'limit=a', `after=${'1'.repeat(61)}`]) {
    assertProblem(await agent.get(`/staff/events?${query}`), 400, 'invalid_request', query);
  }
  assertProblem(await acme.get('/staff/events'), 403, 'forbidden');
});

test('after a restore into a newer cluster, later events come after everything restored', async () => {
  const restored = await openInstance();
  after(() => restored.close());
  const client = await restored.client();
  const staff = await restored.staff();
  const readOn = async (after: string): Promise<Item[]> =>
    (await staff.get(`/staff/events?after=${after}`)).body.items;
  await open(client);
  // As restored from a dump: with transaction numbers that this cluster has not reached yet.
  await restored.query(`update events set xid = (xid::text::bigint + 1000000)::text::xid8`);
  const { items } = (await staff.get('/staff/events')).body;
  const hidden = await readOn('0.0.0');
  assert.deepEqual(hidden, [], 'until the start that follows a restore, they seem to be still running');
  assert.deepEqual(items, []);

  await migrate(restored.url);
  const old = await readOn('0.0.0');
  assert.equal(old.at(-1)?.type, 'ticket.opened');
  const cursor = old.at(-1)?.cursor ?? '';
  const fresh = [await open(client), await open(client)];
  assert.deepEqual(
    (await readOn(cursor)).map(({ ticket }) => ticket?.number),
    fresh,
  );
  assert.deepEqual((await readOn('0.0.0')).length, old.length + 2);

  await migrate(restored.url);
  const third = await open(client);
  assert.deepEqual(
    (await readOn(cursor)).map(({ ticket }) => ticket?.number),
    [...fresh, third],
    'once is enough',
  );
});

test('events about access are for admins, and for the person concerned', async () => {
  const [admin, limited, boris] = [
    await instance.staff('admin'),
    await instance.staff('admin'),
    await instance.staff('agent'),
  ];
  await instance.query("update tokens set scopes = '{tickets:read}' where token_id = $1", [limited.tokenId]);
  const from = await head();
  await done(boris.post('/staff/me/tokens', { name: 'of boris' }));
  await done(admin.post(`/staff/accounts/${acme.accountId}/tokens`, { name: 'of a client' }));
  await done(admin.post('/staff/topics', { key: 'feed', name: { en: 'Feed', ru: 'Лента' } }));
  const seenBy = async (staff: Caller) =>
    (await staff.get(`/staff/events?after=${from}`)).body.items.map(
      ({ type, data }: { type: string; data: { name?: string } }) =>
        type === 'token.issued' ? data.name : type,
    );
  assert.deepEqual(await seenBy(admin), ['of boris', 'of a client', 'topic.added']);
  assert.deepEqual(await seenBy(boris), ['of boris', 'topic.added']);
  for (const other of [agent, limited]) assert.deepEqual(await seenBy(other), ['topic.added']);
});
