/** Comments and tickets that come at the same time share a transaction. Nobody notices it by anything but the speed. */
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { sql } from '#platform/sql.ts';
import type { Caller } from '#test/caller.ts';
import { openInstance } from '#test/instance.ts';
import { assertProblem } from '#test/refusals.ts';
import { done, merged, snoozed, ticketIn } from '#test/tickets.ts';

const instance = await openInstance();
after(() => instance.close());
const otherProcess = await instance.otherProcess();
const agent = await instance.staff('agent');
const clients = await Promise.all(['acme', 'globex', 'initech'].map((name) => instance.client(name)));
const [acme, globex] = clients as [Caller, Caller];

const comment = (client: Caller, number: number, body = 'More', headers = {}) =>
  client.post(`/support/tickets/${number}/comments`, { body }, headers);
const found = async (client: Caller, number: number) =>
  (await done(client.get(`/support/tickets/${number}`))).body;
/** How many transactions recorded these events. */
async function transactionsOf(
  type: string,
  numbers: number[],
): Promise<{ events: number; transactions: number }> {
  const [row] = await instance.query<{ events: number; transactions: number }>(
    `select count(*)::int as events, count(distinct xid)::int as transactions
     from events
     where type = $1 and ticket_number = any($2)`,
    [type, numbers],
  );
  return row ?? { events: 0, transactions: 0 };
}
async function ticketsOf(client: Caller, count: number): Promise<number[]> {
  const opened = await Promise.all(Array.from({ length: count }, () => ticketIn('open', client, agent)));
  return opened.map(({ number }) => number);
}

test('comments of several accounts share transactions, and each ticket has its own', async () => {
  const tickets = await Promise.all(
    clients.map(async (client) => (await ticketsOf(client, 8)).map((number) => ({ client, number }))),
  );
  const all = tickets.flat();
  const before = await Promise.all(all.map(({ client, number }) => found(client, number)));
  const written = await Promise.all(
    all.map(({ client, number }) => done(comment(client, number, `Word${number} of ${client.accountId}`))),
  );
  const shared = await transactionsOf(
    'ticket.commented',
    all.map(({ number }) => number),
  );
  assert.equal(shared.events, 24);
  assert.ok(shared.transactions <= 6, `${shared.transactions} transactions`);
  for (const [i, { client, number }] of all.entries()) {
    const body = `Word${number} of ${client.accountId}`;
    assert.equal(written[i]?.body.body, body);
    assert.deepEqual(
      (await done(client.get(`/support/comments/${written[i]?.body.id}`))).body,
      written[i]?.body,
    );
    const { items } = (await done(client.get(`/support/tickets/${number}/comments`))).body;
    assert.deepEqual(
      items.map((item: { body: string }) => item.body),
      ['Please help', body],
    );
    assert.equal((await done(client.get(`/support/tickets?q=Word${number}`))).body.item_count, 1);
    const ticket = await found(client, number);
    assert.equal(ticket.updated_at, written[i]?.body.sent_at);
    assert.ok(ticket.updated_at > before[i].updated_at);
  }
});

test('those who are refused get their own refusal, and the others are written once', async () => {
  const numbers = await ticketsOf(acme, 4);
  const { number: closed } = await ticketIn('closed', acme, agent);
  const { number: gone } = await merged(acme, agent);
  const [foreign] = await ticketsOf(globex, 1);
  const [first, second, third, fourth] = numbers as [number, number, number, number];
  const responses = await Promise.all([
    comment(acme, first),
    comment(acme, closed),
    comment(acme, second),
    comment(acme, gone),
    comment(acme, foreign as number),
    comment(acme, third),
    comment(acme, fourth, 'More', { 'if-match': '"old"' }),
    acme.post(`/support/tickets/${fourth}/comments`, { body: 'More', files: [crypto.randomUUID()] }),
  ]);
  assert.deepEqual(
    responses.map(({ status, body }) => (status === 200 ? 'done' : body.code)),
    [
      ...['done', 'ticket_closed', 'done', 'ticket_merged', 'ticket_not_found', 'done'],
      ...[responses[6]?.body.code, 'unknown_file'],
    ],
  );
  assert.ok([400, 412].includes(responses[6]?.status ?? 0));
  for (const [i, number] of numbers.entries()) {
    assert.equal(
      (await done(acme.get(`/support/tickets/${number}/comments`))).body.items.length,
      i < 3 ? 2 : 1,
    );
  }
});

test('comments on the same ticket keep their order, each with a version of its own', async () => {
  const [number] = await ticketsOf(acme, 1);
  const bodies = Array.from({ length: 12 }, (_, i) => `Comment ${i}`);
  const written = await Promise.all(bodies.map((body) => done(comment(acme, number as number, body))));
  const { items } = (await done(acme.get(`/support/tickets/${number}/comments`))).body;
  assert.deepEqual(
    items.slice(1).map(({ body }: { body: string }) => body),
    bodies,
  );
  assert.deepEqual(
    items.slice(1).map(({ id }: { id: number }) => id),
    written.map(({ body }) => body.id),
  );
  const versions = await instance.query<{ ticket_version: number }>(
    'select ticket_version::int from comments where ticket_number = $1 order by id',
    [number],
  );
  assert.deepEqual(
    versions.map(({ ticket_version }) => ticket_version),
    Array.from({ length: 13 }, (_, i) => i + 1),
  );
});

test('a ticket that somebody else has locked waits alone', async () => {
  const numbers = await ticketsOf(acme, 6);
  const { promise: locked, resolve: isLocked } = Promise.withResolvers<void>();
  const { promise: released, resolve: release } = Promise.withResolvers<void>();
  const holding = instance.database.transact(async (tx) => {
    await sql`select from tickets where number = ${numbers[0]} for update`.execute(tx);
    isLocked();
    await released;
  });
  await locked;
  const order: number[] = [];
  const writing = numbers.map(async (number) => {
    await done(comment(acme, number));
    order.push(number);
  });
  await Promise.all(writing.slice(1));
  assert.ok(!order.includes(numbers[0] as number));
  release();
  await Promise.all([holding, ...writing]);
  assert.equal(order.at(-1), numbers[0]);
});

test('of two requests with one Idempotency-Key at once, one writes and the other is told so', async () => {
  const [number, other] = await ticketsOf(acme, 2);
  const key = { 'idempotency-key': 'together-1' };
  const responses = await Promise.all([
    comment(acme, number as number, 'Once', key),
    comment(acme, number as number, 'Once', key),
    comment(acme, other as number, 'Other'),
  ]);
  assert.deepEqual(
    responses.map(({ status, body }) => (status === 200 ? body.body : body.code)),
    ['Once', 'request_in_progress', 'Other'],
  );
  const again = await comment(acme, number as number, 'Once', key);
  assert.equal(again.text, responses[0]?.text);
  assert.equal((await done(acme.get(`/support/tickets/${number}/comments`))).body.items.length, 2);
});

test('a comment wakes a snoozed ticket, and reopens a resolved one', async () => {
  const [asleep, solved] = [await snoozed(acme, agent), await ticketIn('resolved', acme, agent)];
  const [plain] = await ticketsOf(globex, 1);
  await Promise.all([
    done(comment(acme, asleep.number)),
    done(comment(globex, plain as number)),
    done(comment(acme, solved.number)),
  ]);
  const ticket = (await done(agent.get(`/staff/tickets/${asleep.number}`))).body;
  assert.equal(ticket.is_snoozed, false);
  assert.deepEqual(
    await transactionsOf('ticket.unsnoozed', [asleep.number, plain as number, solved.number]),
    {
      events: 1,
      transactions: 1,
    },
  );
  assert.equal((await found(acme, solved.number)).status_key, 'in_progress');
});

test('tickets of several accounts share transactions', async () => {
  const opened = await Promise.all(
    Array.from({ length: 24 }, (_, i) => ticketIn('open', clients[i % 3] as Caller, agent)),
  );
  const shared = await transactionsOf(
    'ticket.opened',
    opened.map(({ number }) => number),
  );
  assert.equal(shared.events, 24);
  assert.ok(shared.transactions <= 6, `${shared.transactions} transactions`);
});

test('when two processes open tickets at once, every total is exact', async () => {
  const others = await Promise.all(['acme', 'globex', 'initech'].map((name) => otherProcess.client(name)));
  const totals = async () =>
    Promise.all(clients.map(async (client) => (await done(client.get('/support/tickets'))).body.item_count));
  const before = await totals();
  const opened = await Promise.all(
    Array.from({ length: 60 }, (_, i) => {
      const client = (i % 2 ? clients : others)[i % 3] as Caller;
      const topic_key = i % 10 === 7 ? 'no-such-topic' : i % 4 === 0 ? 'servers' : undefined;
      return client.post('/support/tickets', {
        summary: `Ticket ${i}`,
        comment_body: `Comment ${i}`,
        client_emails: [`user-${i}@clients.example`],
        ...(topic_key && { topic_key }),
      });
    }),
  );
  const refused = opened.filter(({ status }) => status !== 200);
  assert.equal(refused.length, 6);
  for (const response of refused) assertProblem(response, 400, 'unknown_topic');
  assert.deepEqual(
    await totals(),
    before.map(
      (total, at) => total + opened.filter(({ status }, i) => status === 200 && i % 3 === at).length,
    ),
  );
  for (const [i, { status, body }] of opened.entries()) {
    if (status !== 200) continue;
    assert.deepEqual(
      [body.summary, body.client_emails, body.topic_key],
      [`Ticket ${i}`, [`user-${i}@clients.example`], i % 4 === 0 ? 'servers' : null],
    );
    const client = clients[i % 3] as Caller;
    assert.deepEqual(await found(client, body.number), body);
    const { items } = (await done(client.get(`/support/tickets/${body.number}/comments`))).body;
    assert.deepEqual(
      items.map((item: { body: string }) => item.body),
      [`Comment ${i}`],
    );
  }
});

test('large comments do not hold up small ones: words are bounded in each transaction', async () => {
  const large = await ticketsOf(acme, 3);
  const small = await ticketsOf(globex, 3);
  const text = Array.from({ length: 4500 }, (_, i) => `word${i}`).join(' ');
  await Promise.all([
    ...large.map((number) => done(comment(acme, number, text))),
    ...small.map((number) => done(comment(globex, number))),
  ]);
  assert.equal((await transactionsOf('ticket.commented', large)).transactions, 3);
  assert.ok((await transactionsOf('ticket.commented', small)).transactions <= 2);
});
