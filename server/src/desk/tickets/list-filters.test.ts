/** A client's list with its filters, orders and cursors. */
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { openInstance } from '#test/instance.ts';
import { assertProblem } from '#test/refusals.ts';
import { done, ticketIn } from '#test/tickets.ts';

const instance = await openInstance();
after(() => instance.close());
const [acme, globex, agent] = [
  await instance.client('acme'),
  await instance.client('globex'),
  await instance.staff(),
];

const { number: fresh } = await ticketIn('open', acme, agent, {
  topic_key: 'servers',
  summary: 'Walrus one',
});
const { number: replied } = await ticketIn('replied', acme, agent, { summary: 'Walrus two' });
const { number: resolved } = await ticketIn('resolved', acme, agent, { topic_key: 'servers' });
const { number: closed } = await ticketIn('closed', acme, agent, { summary: 'Walrus three' });
await ticketIn('replied', globex, agent, { topic_key: 'servers', summary: 'Walrus four' });

interface Page {
  items: Array<{ number: number; updated_at: string; created_at: string }>;
  item_count: number;
  page: number;
  page_count: number;
  after: string | null;
}

const list = async (query: string): Promise<Page> => (await done(acme.get(`/support/tickets?${query}`))).body;
const numbers = ({ items }: Page) => items.map(({ number }) => number);
const momentOf = async (number: number) => (await acme.get(`/support/tickets/${number}`)).body.updated_at;

test('each filter selects the matching tickets with their exact count, with and without search words', async () => {
  const expected: Record<string, number[]> = {
    'status_key=new': [fresh],
    'status_key=new,closed': [closed, fresh],
    'topic_key=servers': [resolved, fresh],
    'topic_key=none': [closed, replied],
    'topic_key=none,servers': [closed, resolved, replied, fresh],
    'topic_key=other': [],
    'is_client_read=false': [closed, resolved, replied],
    'is_client_read=TRUE': [fresh],
    'only_closed=true&topic_key=none': [closed],
    'only_opened=1&topic_key=servers&status_key=new,resolved': [resolved, fresh],
    'only_opened=1&status_key=closed': [],
    'created_from=2999-01-01T00:00:00Z': [],
    'created_from=2001-01-01T00:00:00Z': [closed, resolved, replied, fresh],
    [`updated_from=${await momentOf(resolved)}`]: [closed, resolved],
    'q=walrus&topic_key=none': [closed, replied],
    'q=walrus&is_client_read=true': [fresh],
    'q=walrus&status_key=await_client,new&only_opened=true': [replied, fresh],
    [`q=walrus&updated_from=${await momentOf(closed)}`]: [closed],
  };
  for (const [query, wanted] of Object.entries(expected)) {
    const page = await list(query);
    assert.deepEqual(numbers(page), wanted, query);
    assert.deepEqual([page.item_count, page.after], [wanted.length, null], query);
    const first = await list(`${query}&items_per_page=1`);
    assert.deepEqual([first.item_count, first.page_count], [wanted.length, wanted.length], query);
    assert.equal((await list(`${query}&page=9`)).item_count, wanted.length, query);
  }
});

test('the count of a search with a filter follows changes', async () => {
  const { number } = await ticketIn('open', acme, agent, { summary: 'Otter' });
  const count = async () => (await list('q=otter&is_client_read=false')).item_count;
  assert.equal(await count(), 0);
  await done(agent.post(`/staff/tickets/${number}/comments`, { body: 'Done' }));
  assert.equal(await count(), 1);
  await done(acme.post(`/support/tickets/${number}/read`));
  assert.equal(await count(), 0);
});

test('in every order, pages and cursors return each ticket once', async () => {
  for (let i = 0; i < 7; i++) await ticketIn('open', acme, agent, { summary: 'Walrus more' });
  const orders = {
    updated: 'updated_at, number',
    '-updated': 'updated_at desc, number desc',
    created: 'number',
    '-created': 'number desc',
    await_client: 'is_await_client desc, updated_at desc, number desc',
  };
  for (const [sort, by] of Object.entries(orders)) {
    for (const [filter, where] of [
      ['', 'true'],
      ['status_key=new', "status_key = 'new'"],
      ['q=walrus', "summary ilike 'walrus%'"],
      ['only_opened=true', 'not is_closed'],
    ] as const) {
      const rows = await instance.query<{ number: number }>(
        `select number from tickets where account_id = $1 and ${where} order by ${by}`,
        [acme.accountId],
      );
      const wanted = rows.map(({ number }) => number);
      const what = `${sort} ${filter}`;
      assert.deepEqual(await walk(`${filter}&sort=${sort}&items_per_page=3`), wanted, what);
      const second = await list(`${filter}&sort=${sort}&items_per_page=3&page=2`);
      assert.deepEqual(numbers(second), wanted.slice(3, 6), what);
    }
  }
});

/** The whole list, page by page with the cursor. */
async function walk(query: string): Promise<number[]> {
  let page = await list(query);
  const seen = numbers(page);
  for (let i = 2; page.after !== null; i++) {
    const next = await list(`${query}&after=${page.after}`);
    assert.deepEqual([next.page, next.item_count], [i, page.item_count]);
    seen.push(...numbers(next));
    page = next;
  }
  return seen;
}

test('a ticket that moves during paging with a cursor displaces no other', async () => {
  const before = numbers(await list('items_per_page=1000'));
  const first = await list('items_per_page=4');
  await done(acme.post(`/support/tickets/${before[6]}/comments`, { body: 'It moves to the top' }));
  const rest = await list(`items_per_page=1000&after=${first.after}`);
  assert.deepEqual(
    [...numbers(first), ...numbers(rest)],
    before.filter((number) => number !== before[6]),
  );
});

test('tickets that wait for the client can come first, whatever has changed last', async () => {
  const client = await instance.client('await-first');
  const by = async (state: 'open' | 'replied' | 'resolved' | 'closed') =>
    (await ticketIn(state, client, agent)).number;
  const [replied, later] = [await by('replied'), await by('replied')];
  const others = [await by('open'), await by('resolved'), await by('closed')];
  const first = (await done(client.get('/support/tickets?sort=await_client'))).body;
  assert.deepEqual(numbers(first), [later, replied, ...others.toReversed()]);
  await done(client.post(`/support/tickets/${later}/comments`, { body: 'Here' }));
  const open = (await done(client.get('/support/tickets?sort=await_client&only_opened=true'))).body;
  assert.deepEqual(numbers(open), [replied, later, others[1], others[0]]);
});

test('a page and a cursor exclude each other, and a cursor belongs to its order', async () => {
  const { after } = await list('sort=created&items_per_page=2');
  for (const page of [1, 2]) {
    const both = await acme.get(`/support/tickets?page=${page}&after=${after}`);
    assertProblem(both, 400, 'invalid_request');
    assert.deepEqual(
      both.body.errors.map(({ pointer }: { pointer: string }) => pointer),
      ['page', 'after'],
    );
  }
  assertProblem(await acme.get(`/support/tickets?sort=updated&after=${after}`), 400, 'invalid_cursor');
  assert.deepEqual(numbers(await list(`after=${after}`)).at(0), resolved);
  for (const odd of [
    'after=',
    'after=created.1.1',
    'after=created.1.1.0',
    'after=due.1.1.2',
    'after=await_client.1.1.2',
    'after=created.true.1.1.2',
    'sort=number',
    'status_key=open',
    'is_client_read=maybe',
    'created_from=yesterday',
    'topic_key=a,,b',
  ]) {
    assertProblem(await acme.get(`/support/tickets?${odd}`), 400, 'invalid_request', odd);
  }
});
