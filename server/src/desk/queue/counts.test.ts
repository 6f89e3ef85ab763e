import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { openInstance } from '#test/instance.ts';
import { staffIdOf } from '#test/people.ts';
import { assertProblem } from '#test/refusals.ts';
import { done, type TicketState, ticketIn } from '#test/tickets.ts';
import { queues } from './schema.ts';

const instance = await openInstance();
after(() => instance.close());
const acme = await instance.client('acme');
const [anna, boris, admin] = [
  await instance.staff(),
  await instance.staff('agent', 'Boris'),
  await instance.staff('admin'),
];
const annaId = await staffIdOf(instance, anna);
await done(admin.post('/staff/topics', { key: 'mail', name: { en: 'Mail', ru: 'Почта' }, position: 10 }));
await done(admin.post('/staff/topics', { key: 'old', name: { en: 'Old', ru: 'Старая' }, position: 5 }));

const s = (number: number, verb = '') => `/staff/tickets/${number}${verb}`;
const counts = async (staff = anna) => (await done(staff.get('/staff/counts/queues'))).body;
const numbers = async (query: string, staff = anna): Promise<number[]> =>
  (await done(staff.get(`/staff/tickets?limit=100&${query}`))).body.items.map(
    ({ number }: { number: number }) => number,
  );
const saveDraft = (number: number, staff = anna) => done(staff.put(s(number, '/draft'), { body: 'Hello' }));

/** A ticket in every state, with and without an assignee, and one more of each that is snoozed where it can be. */
const open: number[] = [];
for (const state of ['open', 'replied', 'resolved', 'closed'] as TicketState[]) {
  for (const assignee_id of [annaId, null]) {
    for (const isSnoozed of state === 'closed' ? [false] : [false, true]) {
      const topic_key = assignee_id === null ? 'servers' : undefined;
      const { number } = await ticketIn(state, acme, anna, { topic_key });
      await done(anna.patch(s(number), { assignee_id }));
      if (isSnoozed) await done(anna.post(s(number, '/snooze'), { until_reply: true }));
      if (!isSnoozed && state !== 'closed') open.push(number);
    }
  }
}

test('each queue counts what the list returns with its filter', async () => {
  const [first = 0, second = 0] = open;
  await saveDraft(first);
  await saveDraft(second, boris);
  await done(boris.post(s(second, '/comments'), { body: 'Look', internal: true, mentions: [annaId] }));
  const asked = (await counts()).queues;
  assert.deepEqual(Object.keys(asked), Object.keys(queues));
  for (const [name, filter] of Object.entries(queues)) {
    const query = Object.entries(filter).map(([field, value]) => `${field}=${value}`);
    assert.equal(asked[name], (await numbers(query.join('&'))).length, name);
  }
  assert.deepEqual(asked, {
    mine: 2,
    unassigned: 2,
    waiting_support: 2,
    waiting_client: 2,
    mentions: 1,
    drafts: 1,
    resolved: 2,
    open: 6,
  });
  const { mine, mentions, drafts } = (await counts(boris)).queues;
  assert.deepEqual([mine, mentions, drafts], [0, 0, 1]);
});

test('topics have their open tickets, in the order of topics, and an archived one only if it has some', async () => {
  const before = [
    { topic_key: 'servers', count: 3 },
    { topic_key: 'old', count: 0 },
    { topic_key: 'mail', count: 0 },
    { topic_key: null, count: 3 },
  ];
  assert.deepEqual((await counts()).topics, before);
  const { number } = await ticketIn('open', acme, anna, { topic_key: 'mail' });
  for (const key of ['old', 'mail']) await done(admin.patch(`/staff/topics/${key}`, { is_archived: true }));
  const wanted = [
    { topic_key: 'servers', count: 3 },
    { topic_key: 'mail', count: 1 },
    { topic_key: null, count: 3 },
  ];
  assert.deepEqual((await counts()).topics, wanted);
  await done(anna.post(s(number, '/close')));
});

test('a count is exact up to 999, and 1000 for more', async () => {
  const add = (count: number) =>
    instance.query(
      `insert into tickets (account_id, summary, is_client_author, topic_key, waiting_since)
       select $1, 'One of many', true, 'servers', now() from generate_series(1, $2)`,
      [acme.accountId, count],
    );
  await add(996);
  assert.equal((await counts()).topics[0].count, 999);
  await add(1);
  assert.equal((await counts()).topics[0].count, 1000);
  await add(1);
  const { queues, topics } = await counts();
  assert.deepEqual([topics[0].count, queues.open, queues.unassigned], [1000, 1000, 1000]);
  await instance.query(`delete from tickets where summary = 'One of many'`);
});

test('a member finds the tickets with their draft, snoozed ones too, and sees in the queue which these are', async () => {
  const { number } = await ticketIn('open', acme, anna);
  await done(anna.post(s(number, '/snooze'), { until_reply: true }));
  await saveDraft(number);
  const [first = 0] = open;
  assert.deepEqual((await numbers('draft=me')).sort(), [first, number]);
  assert.equal((await done(anna.get('/staff/counts/tickets?draft=me'))).body.count, 2);
  const { view_id } = (await done(anna.post('/staff/views', { name: 'Drafts', filter: { draft: 'me' } })))
    .body;
  assert.deepEqual((await numbers(`view_id=${view_id}`)).sort(), [first, number]);
  for (const [staff, has_draft] of [
    [anna, true],
    [boris, false],
  ] as const) {
    const { items } = (await done(staff.get('/staff/tickets?is_snoozed=true'))).body;
    const item = items.find((one: { number: number }) => one.number === number);
    assert.equal(item.has_draft, has_draft);
  }
  assertProblem(await anna.get('/staff/tickets?draft=boris'), 400, 'invalid_request');
  await done(anna.delete(s(number, '/draft')));
  assert.deepEqual(await numbers('draft=me'), [first]);
});

test('only staff who may read tickets get the counts', async () => {
  assertProblem(await acme.get('/staff/counts/queues'), 403, 'forbidden');
  const { token } = (await done(anna.post('/staff/me/tokens', { name: 'me', scopes: ['me'] }))).body;
  const response = await instance.anonymous.get('/staff/counts/queues', { 'x-token': token });
  assertProblem(response, 403, 'insufficient_scope');
});
