/**
 * An outage: many tickets are replied to, tagged, closed, snoozed or merged in one request, and one undo reverts it.
 */
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { sendDueReplies } from '#desk/delayed-replies/send.ts';
import { openInstance } from '#test/instance.ts';
import { assertProblem, storingNothing } from '#test/refusals.ts';
import { done, merged, ticketIn } from '#test/tickets.ts';

const instance = await openInstance();
after(() => instance.close());
const [acme, other] = [await instance.client('acme'), await instance.client('other')];
const [agent, admin] = [await instance.staff('agent'), await instance.staff('admin')];

const open = async (client = acme, more: object = {}) => (await ticketIn('open', client, agent, more)).number;
const bulk = async (ticket_numbers: number[], work: object) =>
  (await done(agent.post('/staff/bulk', { ticket_numbers, ...work }))).body;
const undo = async (bulkId: number, by = agent) =>
  (await done(by.post(`/staff/bulk/${bulkId}/undo`))).body.items;
const ticket = async (number: number) => (await done(agent.get(`/staff/tickets/${number}`))).body;
const bodiesOf = async (number: number): Promise<string[]> =>
  (await ticket(number)).comments.map(({ body }: { body: string }) => body);
const results = ({ items }: { items: Array<{ result: string }> }) => items.map(({ result }) => result);
const stored = (numbers: number[]) =>
  instance.query(
    `select to_jsonb(tickets) - '{version,staff_version,updated_at,inactive_since}'::text[] as ticket,
       (
         select string_agg(words::text, ' ' order by comment_id) from search_texts where search_texts.number = tickets.number
       ) as words,
       (select array_agg(id order by id) from comments where ticket_number = tickets.number) as comments
     from tickets where number = any($1) order by number`,
    [numbers],
  );

test('one request replies, tags and closes: each ticket has its own result, and a refusal leaves nothing half done', async () => {
  const { number: closed } = await ticketIn('closed', acme, agent);
  const { number: part } = await merged(acme, agent);
  const numbers = [await open(), closed, await open(other), part, 999_999_999];
  const before = await stored([closed, part]);
  const reply = { body: 'The router is back.', delay_seconds: 0 };
  const work = { reply, change: { add_tags: ['outage'], priority: 'high' }, action: 'close' };
  const { items, send_at } = await bulk(numbers, work);
  assert.deepEqual(results({ items }), [
    'done',
    'ticket_closed',
    'done',
    'ticket_merged',
    'ticket_not_found',
  ]);
  assert.equal(send_at, null);
  assert.deepEqual(await stored([closed, part]), before);
  for (const number of [numbers[0] ?? 0, numbers[2] ?? 0]) {
    const { tags, priority, is_closed, history } = await ticket(number);
    assert.deepEqual([tags, priority, is_closed], [['outage'], 'high', true]);
    assert.equal((await bodiesOf(number)).at(-1), 'The router is back.');
    const types = history.map(({ type }: { type: string }) => type);
    assert.deepEqual(types.slice(-3), ['ticket.triaged', 'ticket.commented', 'ticket.closed']);
  }
});

test('an undo in time also cancels a reply that is still waiting', async () => {
  const numbers = [await open(), await open(other)];
  const before = await stored(numbers);
  const reply = { body: 'Wrong text', status_key: 'resolved' };
  const { bulk_id, send_at } = await bulk(numbers, { reply, change: { add_tags: ['outage'] } });
  assert.ok(Date.parse(send_at) > Date.now(), 'after some seconds unless told otherwise');
  for (const item of await undo(bulk_id, admin)) {
    assert.deepEqual([item.undone, item.not_undone], [['reply', 'tags'], []]);
  }
  await instance.query("update delayed_replies set send_at = now() - interval '1 second'");
  await sendDueReplies(instance.database, (fault) => assert.fail(String(fault)));
  assert.deepEqual(await stored(numbers), before);
});

test('a reply that was sent stays and is reported; the state change that came with it is reverted', async () => {
  const [waiting, sent] = [await open(), await open()];
  const delayed = await bulk([waiting], { reply: { body: 'Soon', status_key: 'resolved' } });
  await instance.query(
    "update delayed_replies set send_at = now() - interval '1 second' where outcome is null",
  );
  await sendDueReplies(instance.database, (fault) => assert.fail(String(fault)));
  assert.equal((await ticket(waiting)).is_resolved, true);
  assert.deepEqual(await undo(delayed.bulk_id), [
    { ticket_number: waiting, undone: [], not_undone: ['reply'] },
  ]);

  const work = {
    reply: { body: 'At once', status_key: 'resolved', delay_seconds: 0 },
    change: { add_tags: ['a'] },
  };
  const [undone] = await undo((await bulk([sent], work)).bulk_id);
  assert.deepEqual(undone.not_undone, ['reply']);
  assert.deepEqual(undone.undone, ['tags', 'is_staff_read', 'state']);
  const { tags, status_key } = await ticket(sent);
  assert.deepEqual([tags, status_key, (await bodiesOf(sent)).at(-1)], [[], 'new', 'At once']);
});

test('a canned response is filled in for each ticket, and each use is counted', async () => {
  const bodies = { en: 'Dear {{client_name}}, {{ticket_number}} is solved.' };
  const canned = { title: 'Outage', shortcut: 'outage', bodies };
  const { canned_response_id } = (await done(agent.post('/staff/canned-responses', canned))).body;
  const numbers = [
    await open(acme, { client_aliased_name: 'Ivan' }),
    await open(other, { client_aliased_name: 'Olga' }),
  ];
  await bulk(numbers, { reply: { canned_response_id, delay_seconds: 0 } });
  assert.equal((await bodiesOf(numbers[0] ?? 0)).at(-1), `Dear Ivan, ${numbers[0]} is solved.`);
  assert.equal((await bodiesOf(numbers[1] ?? 0)).at(-1), `Dear Olga, ${numbers[1]} is solved.`);
  const [kept] = (await agent.get('/staff/canned-responses')).body.items;
  assert.equal(kept.use_count, 2);
  const work = { ticket_numbers: numbers, reply: { canned_response_id: 999_999 } };
  const refused = await storingNothing(instance, () => agent.post('/staff/bulk', work));
  assertProblem(refused, 404, 'canned_response_not_found');
});

test('many tickets are merged into one, and one undo restores all of them', async () => {
  const { number: into } = await ticketIn('resolved', acme, agent, { comment_body: 'Master' });
  const numbers = [
    await open(acme, { comment_body: 'First', client_emails: ['a@b.example'] }),
    (await ticketIn('replied', acme, agent)).number,
    await open(acme, { comment_body: 'Third' }),
  ];
  await done(agent.patch(`/staff/tickets/${numbers[0]}`, { priority: 'urgent', tags: ['disk'] }));
  await done(agent.patch(`/staff/tickets/${numbers[2]}`, { priority: 'urgent', tags: ['disk', 'vip'] }));
  await done(agent.post(`/staff/tickets/${numbers[1]}/snooze`, { until_reply: true }));
  const foreign = await open(other);
  const all = [...numbers, into, foreign];
  const before = await stored(all);
  const asked = [numbers[2], foreign, numbers[0], into, numbers[1]] as number[];
  const done1 = await bulk(asked, { action: 'merge', into });
  assert.deepEqual(results(done1), ['done', 'ticket_not_found', 'done', 'merged_into_itself', 'done']);
  const { priority, tags, status_key } = await ticket(into);
  assert.deepEqual([priority, tags, status_key], ['urgent', ['disk', 'vip'], 'in_progress']);
  assert.deepEqual((await done(acme.get('/support/tickets?q=Third'))).body.items[0].number, into);
  for (const item of await undo(done1.bulk_id)) assert.deepEqual(item.not_undone, [], JSON.stringify(item));
  assert.deepEqual(await stored(all), before);
  const nowhere = { ticket_numbers: numbers, action: 'merge', into: 999_999_999 };
  assertProblem(
    await storingNothing(instance, () => agent.post('/staff/bulk', nowhere)),
    404,
    'ticket_not_found',
  );
});

test('changes made after a bulk merge stay', async () => {
  const [from, into, later] = [await open(), await open(), await open()];
  const { bulk_id } = await bulk([from, later], { action: 'merge', into });
  await done(agent.post(`/staff/tickets/${later}/unmerge`));
  await done(acme.post(`/support/tickets/${into}/comments`, { body: 'Since' }));
  const items = await undo(bulk_id);
  assert.deepEqual(items[0], { ticket_number: from, undone: ['is_staff_read', 'state'], not_undone: [] });
  assert.ok(items[1].not_undone.includes('state'));
  assert.deepEqual((await bodiesOf(into)).at(-1), 'Since');
});

test('tickets are snoozed together after a reply, and the undo brings them back', async () => {
  const numbers = [await open(), await open(other)];
  const before = await stored(numbers);
  const snooze = { until: new Date(Date.now() + 3_600_000).toISOString() };
  const { bulk_id } = await bulk(numbers, { action: 'snooze', snooze });
  for (const number of numbers) assert.equal((await ticket(number)).snoozed_until, snooze.until);
  for (const { not_undone } of await undo(bulk_id)) assert.deepEqual(not_undone, []);
  assert.deepEqual(await stored(numbers), before);
  await bulk(numbers, { reply: { body: 'Tomorrow', delay_seconds: 0 }, action: 'snooze', snooze });
  for (const number of numbers) assert.equal((await ticket(number)).is_snoozed, true);
});
