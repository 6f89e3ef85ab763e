import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { openInstance } from '#test/instance.ts';
import { assertProblem, storingNothing } from '#test/refusals.ts';
import { done, ticketIn } from '#test/tickets.ts';

const instance = await openInstance();
after(() => instance.close());
const otherProcess = await instance.otherProcess();
const acme = await instance.client('acme');
const other = await instance.client('other');
const agent = await instance.staff('agent');
const atOtherProcess = await otherProcess.staff('agent');

type TicketState = Parameters<typeof ticketIn>[0];
const open = async (state: TicketState = 'open', client = acme) =>
  (await ticketIn(state, client, agent)).number;
const bulk = (ticket_numbers: number[], work: object, by = agent) =>
  by.post('/staff/bulk', { ticket_numbers, ...work });
const ticket = async (number: number) => (await done(agent.get(`/staff/tickets/${number}`))).body;
const resultsOf = async (...args: Parameters<typeof bulk>): Promise<string[]> =>
  (await done(bulk(...args))).body.items.map(({ result }: { result: string }) => result);
const eventsOf = async (number: number): Promise<string[]> =>
  (await ticket(number)).history.map(({ type }: { type: string }) => type);

test('a change is made to each ticket of any account, with its event', async () => {
  const [anna] = await instance.query<{ staff_id: number }>('select staff_id from staff limit 1');
  const numbers = [await open(), await open('replied', other)];
  await done(agent.patch(`/staff/tickets/${numbers[0]}`, { tags: ['old', 'kept'] }));
  const change = {
    assignee_id: anna?.staff_id,
    priority: 'high',
    topic_key: 'servers',
    add_tags: ['New', 'kept'],
    remove_tags: ['OLD'],
  };
  const { body } = await done(bulk(numbers, { change }));
  assert.deepEqual(
    body.items,
    numbers.map((ticket_number) => ({ ticket_number, result: 'done' })),
  );
  for (const number of numbers) {
    const { assignee_id, priority, topic_key, tags } = await ticket(number);
    assert.deepEqual(
      { assignee_id, priority, topic_key, tags },
      { assignee_id: anna?.staff_id, priority: 'high', topic_key: 'servers', tags: ['kept', 'new'] },
    );
    assert.deepEqual((await eventsOf(number)).slice(-2), ['ticket.triaged', 'ticket.changed']);
  }
});

test('each ticket has its own result: a refusal does not stop the others', async () => {
  const numbers = [await open(), 999_999_999, await open('closed'), await open('replied')];
  assert.deepEqual(await resultsOf(numbers, { action: 'resolve' }), [
    'done',
    'ticket_not_found',
    'ticket_closed',
    'done',
  ]);
  assert.deepEqual(await resultsOf(numbers, { action: 'close', reason: 'spam' }), [
    'done',
    'ticket_not_found',
    'ticket_closed',
    'done',
  ]);
  const { close_reason, is_closed } = await ticket(numbers[0] ?? 0);
  assert.deepEqual([close_reason, is_closed], ['spam', true]);
  assert.deepEqual((await eventsOf(numbers[3] ?? 0)).slice(-2), ['ticket.resolved', 'ticket.closed']);
  const [wrong] = await instance.query(
    `select account_id
     from account_state
     join tickets using (account_id)
     group by account_id
     having tickets_closed <> count(*) filter (where is_closed)`,
  );
  assert.equal(wrong, undefined);
});

test('all tickets are marked as read or unread', async () => {
  const numbers = [await open(), await open('replied')];
  for (const [action, isRead] of [
    ['read', true],
    ['unread', false],
  ] as const) {
    assert.deepEqual(await resultsOf(numbers, { action }), ['done', 'done']);
    for (const number of numbers) assert.equal((await ticket(number)).is_staff_read, isRead);
  }
});

test('a ticket that would get too many tags is left unchanged', async () => {
  const [full, empty] = [await open(), await open()];
  const tags = Array.from({ length: 20 }, (_, i) => `tag-${i}`).sort();
  await done(agent.patch(`/staff/tickets/${full}`, { tags }));
  const results = await resultsOf([full, empty], { change: { add_tags: ['one-more'], priority: 'low' } });
  assert.deepEqual(results, ['too_many_tags', 'done']);
  const { tags: kept, priority } = await ticket(full);
  assert.deepEqual([kept, priority], [tags, 'normal']);
});

test('a request that names what does not exist, or is no valid change or action, is refused as a whole', async () => {
  const number = await open();
  const refusals: Array<[work: object, code: string, pointer: string]> = [
    [{ change: { assignee_id: 999_999 } }, 'unknown_assignee', '/change/assignee_id'],
    [{ change: { topic_key: 'nowhere' } }, 'unknown_topic', '/change/topic_key'],
    [{ change: {} }, 'invalid_request', '/change'],
    [{}, 'invalid_request', '/action'],
    [{ action: 'read', reason: 'spam' }, 'invalid_request', '/reason'],
    [{ action: 'delete' }, 'invalid_request', '/action'],
    [{ action: 'merge' }, 'invalid_request', '/into'],
    [{ action: 'close', into: number }, 'invalid_request', '/into'],
    [{ action: 'merge', into: number, change: { priority: 'low' } }, 'invalid_request', '/action'],
    [{ action: 'snooze' }, 'invalid_request', '/snooze'],
    [{ action: 'snooze', snooze: { until: '2020-01-01T00:00:00Z' } }, 'invalid_snooze', '/snooze/until'],
    [{ reply: {} }, 'invalid_request', '/reply/body'],
    [{ reply: { body: 'Hi', canned_response_id: 1 } }, 'invalid_request', '/reply/body'],
    [{ reply: { body: 'Hi' }, action: 'close' }, 'invalid_request', '/reply/delay_seconds'],
    [{ reply: { body: 'Hi', files: [] } }, 'invalid_request', '/reply/files'],
  ];
  for (const [work, code, pointer] of refusals) {
    const response = await storingNothing(instance, () => bulk([number], work));
    assertProblem(response, 400, code);
    assert.equal(response.body.errors[0].pointer, pointer);
  }
  for (const numbers of [[], [number, number], Array.from({ length: 201 }, (_, i) => i + 1), [0], ['1']]) {
    const work = { ticket_numbers: numbers, action: 'read' };
    assertProblem(
      await storingNothing(instance, () => agent.post('/staff/bulk', work)),
      400,
      'invalid_request',
    );
  }
});

test('a retry with its key changes nothing more', async () => {
  const number = await open();
  const key = { 'idempotency-key': 'once' };
  const work = { ticket_numbers: [number], action: 'close' };
  const [first, again] = [
    await agent.post('/staff/bulk', work, key),
    await agent.post('/staff/bulk', work, key),
  ];
  assert.equal(again.text, first.text);
  assert.equal((await eventsOf(number)).filter((type) => type === 'ticket.closed').length, 1);
});

test('two requests for the same 200 tickets at once, in opposite order on two processes, both complete', async () => {
  const numbers: number[] = [];
  for (let i = 0; i < 200; i++) numbers.push(await open('open', i % 2 ? acme : other));
  const [one, two, three] = await Promise.all([
    bulk(numbers, { action: 'close' }),
    bulk(numbers.toReversed(), { change: { priority: 'urgent', add_tags: ['outage'] } }, atOtherProcess),
    bulk(numbers.toReversed(), { action: 'resolve' }, atOtherProcess),
  ]);
  for (const response of [one, two, three]) assert.equal(response.status, 200, response.text);
  const [row] = await instance.query(
    `select count(*) from tickets
     where number = any($1) and is_closed and priority = 'urgent' and tags = '{outage}'`,
    [numbers],
  );
  assert.equal(row?.count, 200);
});
