/** The sort orders of the queue, and pages with a cursor. */
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { openInstance } from '#test/instance.ts';
import { assertProblem } from '#test/refusals.ts';
import { done, ticketIn } from '#test/tickets.ts';

const instance = await openInstance();
after(() => instance.close());
const [acme, anna] = [await instance.client('acme'), await instance.staff()];

const queue = async (query: string) => (await done(anna.get(`/staff/tickets?${query}`))).body;
const numbers = async (query: string): Promise<number[]> =>
  (await queue(query)).items.map(({ number }: { number: number }) => number);

test('every order sorts by its column in both directions, and pages do not break it', async () => {
  for (let i = 0; i < 12; i++) {
    const { number } = await ticketIn('open', acme, anna);
    if (i % 2) await done(anna.patch(`/staff/tickets/${number}`, { priority: i % 4 === 1 ? 'high' : 'low' }));
  }
  const columns = {
    updated: 'updated_at',
    created: 'number',
    waiting: 'waiting_since',
    due: 'due_at',
    priority: "array_position('{low,normal,high,urgent}', priority)",
  };
  for (const [sort, column] of Object.entries(columns)) {
    const rows = await instance.query<{ number: number }>(
      `select number from tickets where ${column} is not null order by ${column}, number`,
    );
    const ascending = rows.map(({ number }) => number);
    assert.deepEqual(await pages(sort, 3), ascending, sort);
    assert.deepEqual(await pages(`-${sort}`, 2), ascending.toReversed(), `-${sort}`);
  }
});

async function pages(sort: string, limit: number): Promise<number[]> {
  const seen: number[] = [];
  let after = '';
  do {
    const page = await queue(`sort=${sort}&limit=${limit}${after && `&after=${after}`}`);
    seen.push(...page.items.map(({ number }: { number: number }) => number));
    after = page.after;
  } while (after);
  return seen;
}

test('a cursor of another order is refused, also with the order of a view', async () => {
  const { after } = await queue('sort=created&limit=2');
  assert.equal(
    (await queue(`after=${after}&limit=2`)).items.length,
    2,
    'without an order it goes on in its own',
  );
  assertProblem(await anna.get(`/staff/tickets?sort=-created&after=${after}`), 400, 'invalid_cursor');
  const beyond = `-priority.${'9'.repeat(14)}.${'9'.repeat(15)}`;
  assert.equal((await numbers(`after=${beyond}&limit=1`)).length, 1, 'a place beyond every rank');
  const view = { name: 'Urgent', filter: {}, sort: '-priority' };
  const { view_id } = (await done(anna.post('/staff/views', view))).body;
  assertProblem(await anna.get(`/staff/tickets?view_id=${view_id}&after=${after}`), 400, 'invalid_cursor');
});

test('the open queue by priority is read from its index', async () => {
  const plan = await instance.database.pool.connect();
  try {
    await plan.query('begin; set local enable_seqscan = off; set local enable_sort = off');
    for (const open of ['true', 'not is_closed']) {
      const rank = "array_position('{low,normal,high,urgent}'::text[], tickets.priority)";
      const { rows } = await plan.query(
        `explain select number from tickets where ${open} and (${rank}, number) < (4, 100010)
         order by ${rank} desc, number desc limit 5`,
      );
      assert.match(JSON.stringify(rows[0]), /Limit/);
      assert.match(JSON.stringify(rows), /Index (Only )?Scan Backward using tickets_queue_priority/);
    }
  } finally {
    await plan.query('rollback');
    plan.release();
  }
});

test('tickets that move during paging are not repeated, and do not displace others', async () => {
  const query = `account_id=${acme.accountId}&is_closed=false`;
  const before = await numbers(`${query}&limit=100`);
  const first = await queue(`${query}&limit=5`);
  await done(acme.post(`/support/tickets/${before[8]}/comments`, { body: 'It moves to the top' }));
  await ticketIn('open', acme, anna);
  const second = await queue(`${query}&limit=100&after=${first.after}`);
  const seen = [...first.items, ...second.items].map(({ number }: { number: number }) => number);
  assert.deepEqual(
    seen,
    before.filter((number) => number !== before[8]),
  );
});
