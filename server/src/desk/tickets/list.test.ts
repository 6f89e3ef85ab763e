import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import fc from 'fast-check';
import type { Caller } from '#test/caller.ts';
import { openInstance } from '#test/instance.ts';
import { done } from '#test/tickets.ts';

const instance = await openInstance();
after(() => instance.close());
const agent = await instance.staff('agent');

const opened = { summary: 'Disk full', comment_body: 'Help' };
const open = async (client: Caller): Promise<number> =>
  (await done(client.post('/support/tickets', opened))).body.number;
const list = async (client: Caller, query = '') => (await done(client.get(`/support/tickets?${query}`))).body;
const numbers = (page: { items: Array<{ number: number }> }) => page.items.map(({ number }) => number);

/** The account's tickets as the list must return them, read from the table. */
async function expected({ accountId }: Caller, where = 'true'): Promise<number[]> {
  const rows = await instance.query<{ number: number }>(
    `select number from tickets where account_id = $1 and ${where} order by updated_at desc, number desc`,
    [accountId],
  );
  return rows.map(({ number }) => number);
}

/** Creates tickets by SQL: many at once, four with the same time, every third closed. */
async function fill({ accountId }: Caller, count: number) {
  await instance.query(
    `with made as (
       insert into tickets (account_id, summary, is_client_author, updated_at, status_key, is_closed, closed_at, waiting_since)
       select $1, 'Ticket ' || i, true, timestamptz '2020-01-01' + i / 4 * interval '1 s',
         case when i % 3 = 0 then 'closed' else 'new' end, i % 3 = 0,
         case when i % 3 = 0 then timestamptz '2020-01-01' end, case when i % 3 > 0 then timestamptz '2020-01-01' end
       from generate_series(1, $2::int) as i
       returning is_closed
     )
     update account_state
     set tickets_open = (select count(*) from made where not is_closed),
         tickets_closed = (select count(*) from made where is_closed)
     where account_id = $1`,
    [accountId, count],
  );
}

test('an account without tickets has an empty list', async () => {
  const page = await list(await instance.client('empty'));
  assert.deepEqual(page, {
    items: [],
    item_count: 0,
    items_per_page: 10,
    page: 1,
    page_count: 0,
    after: null,
  });
});

test('a list has the same tickets as single requests, last changed first', async () => {
  const acme = await instance.client('acme');
  const [first, second, third] = [await open(acme), await open(acme), await open(acme)];
  assert.deepEqual(numbers(await list(acme)), [third, second, first]);
  await done(acme.post(`/support/tickets/${first}/comments`, { body: 'More' }));
  await done(agent.post(`/staff/tickets/${second}/comments`, { body: 'A note', internal: true }));
  const page = await list(acme);
  assert.deepEqual(numbers(page), [first, third, second], 'a note moves nothing');
  for (const ticket of page.items) {
    assert.deepEqual(ticket, (await acme.get(`/support/tickets/${ticket.number}`)).body);
  }
});

test('tickets changed at the same time are ordered by number, the highest first', async () => {
  const client = await instance.client('same-moment');
  await fill(client, 40);
  assert.deepEqual(numbers(await list(client, 'items_per_page=100')), await expected(client));
});

test('a list contains neither the tickets of another account nor their count', async () => {
  const [one, two] = [await instance.client('one'), await instance.client('two')];
  const mine = await open(one);
  await open(two);
  const page = await list(one);
  assert.deepEqual([numbers(page), page.item_count], [[mine], 1]);
});

test('reading the list marks nothing as read', async () => {
  const client = await instance.client('reader');
  const number = await open(client);
  await done(agent.post(`/staff/tickets/${number}/comments`, { body: 'Done' }));
  for (let i = 0; i < 2; i++) assert.equal((await list(client)).items[0].is_client_read, false);
});

test('pages follow one another without gap or repetition, and pages past the end are empty', async () => {
  const client = await instance.client('pages');
  await fill(client, 25);
  const all = await expected(client);
  for (const size of [1, 7, 10, 25, 26, 1000]) {
    const count = Math.ceil(25 / size);
    const seen: number[] = [];
    for (let page = 1; page <= count; page++) {
      const body = await list(client, `page=${page}&items_per_page=${size}`);
      assert.deepEqual(
        [body.page, body.items_per_page, body.item_count, body.page_count],
        [page, size, 25, count],
      );
      seen.push(...numbers(body));
    }
    assert.deepEqual(seen, all, `by ${size}`);
    const past = await list(client, `page=${count + 1}&items_per_page=${size}`);
    assert.deepEqual([past.items, past.item_count, past.page_count], [[], 25, count]);
  }
});

test('deep pages have the same rows from either end, with either filter', async () => {
  const client = await instance.client('deep');
  await fill(client, 6001);
  const filters = { '': 'true', 'only_opened=1&': 'not is_closed', 'only_closed=1&': 'is_closed' };
  for (const [filter, where] of Object.entries(filters)) {
    const all = await expected(client, where);
    for (const size of [1000, 10]) {
      const count = Math.ceil(all.length / size);
      const around2000 = Math.floor(2000 / size) + 1;
      const middle = Math.ceil(count / 2);
      for (const page of [
        1,
        around2000 - 1,
        around2000,
        around2000 + 1,
        middle,
        middle + 1,
        count - 1,
        count,
        count + 1,
      ]) {
        if (page < 1) continue;
        const body = await list(client, `${filter}page=${page}&items_per_page=${size}`);
        assert.deepEqual(
          numbers(body),
          all.slice((page - 1) * size, page * size),
          `${filter}page=${page} of ${size}`,
        );
        assert.deepEqual([body.item_count, body.page_count], [all.length, count]);
      }
    }
  }
});

const steps = fc.array(
  fc.record({ verb: fc.constantFrom('open', 'close', 'reopen', 'comment', 'close as staff'), at: fc.nat(4) }),
  { minLength: 5, maxLength: 30 },
);

test('after any sequence of changes the counts of a list equal its rows', async () => {
  let round = 0;
  await fc.assert(
    fc.asyncProperty(steps, async (sequence) => {
      const client = await instance.client(`random-${++round}`);
      const known = [await open(client)];
      for (const { verb, at } of sequence) {
        const number = known[at % known.length];
        if (verb === 'open') known.push(await open(client));
        if (verb === 'close') await client.post(`/support/tickets/${number}/close`);
        if (verb === 'reopen') await client.post(`/support/tickets/${number}/reopen`, { body: 'Again' });
        if (verb === 'comment') await client.post(`/support/tickets/${number}/comments`, { body: 'More' });
        if (verb === 'close as staff') await agent.post(`/staff/tickets/${number}/close`);
      }
      await assertCounts(client);
    }),
    { numRuns: 15 },
  );
});

test('after 200 concurrent changes the counts of a list equal its rows', async () => {
  const client = await instance.client('crowd');
  const known = await Promise.all(Array.from({ length: 10 }, () => open(client)));
  await Promise.all(
    Array.from({ length: 200 }, (_, i) => {
      const url = `/support/tickets/${known[i % 10]}`;
      if (i % 3 === 0) return client.post(`${url}/reopen`, { body: 'Again' });
      return i % 3 === 1 ? client.post(`${url}/close`) : client.post('/support/tickets', opened);
    }),
  );
  await assertCounts(client);
});

async function assertCounts(client: Caller) {
  for (const [filter, where] of [
    ['', 'true'],
    ['only_opened=true', 'not is_closed'],
    ['only_closed=true', 'is_closed'],
  ] as const) {
    const rows = await expected(client, where);
    const body = await list(client, `items_per_page=1000&${filter}`);
    assert.deepEqual([numbers(body), body.item_count], [rows, rows.length], filter);
  }
}
