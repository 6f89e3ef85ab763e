import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { openInstance } from '#test/instance.ts';
import { assertProblem, storingNothing } from '#test/refusals.ts';
import { done, ticketIn } from '#test/tickets.ts';

const instance = await openInstance();
after(() => instance.close());
const acme = await instance.client('acme');
const agent = await instance.staff('agent');
const teamMember = await instance.staff('agent');
const admin = await instance.staff('admin');

const states = ['open', 'replied', 'resolved'] as const;
const open = async (state: (typeof states)[number] = 'open') => (await ticketIn(state, acme, agent)).number;
const bulk = async (ticket_numbers: number[], work: object): Promise<number> =>
  (await done(agent.post('/staff/bulk', { ticket_numbers, ...work }))).body.bulk_id;
const undo = (bulkId: number, by = agent) => by.post(`/staff/bulk/${bulkId}/undo`);
const changes = async (numbers: number[]) =>
  instance.query(
    `select to_jsonb(tickets) - '{version,staff_version,updated_at,inactive_since}'::text[] as ticket
     from tickets where number = any($1) order by number`,
    [numbers],
  );

test('everything unchanged since is restored, whatever was done', async () => {
  const [member] = await instance.query<{ staff_id: number }>('select staff_id from staff limit 1');
  const change = { assignee_id: member?.staff_id, priority: 'low', topic_key: 'servers', add_tags: ['a'] };
  for (const work of [
    { change },
    { action: 'close', reason: 'spam' },
    { action: 'resolve' },
    { action: 'read' },
    { action: 'unread' },
  ]) {
    const numbers = [await open('open'), await open('replied'), await open('resolved')];
    const before = await changes(numbers);
    const { body } = await done(undo(await bulk(numbers, work)));
    assert.deepEqual(await changes(numbers), before, JSON.stringify(work));
    for (const { not_undone } of body.items) assert.deepEqual(not_undone, []);
  }
  const [wrong] = await instance.query(
    `select account_id
     from account_state
     join tickets using (account_id)
     group by account_id
     having tickets_open <> count(*) filter (where not is_closed)`,
  );
  assert.equal(wrong, undefined);
});

test('a field that somebody has changed since stays and is reported; the others are reverted', async () => {
  const [touched, untouched] = [await open(), await open()];
  const change = { priority: 'low', add_tags: ['a'] };
  const bulkId = await bulk([touched, untouched], { change });
  await done(teamMember.patch(`/staff/tickets/${touched}`, { priority: 'urgent' }));
  const { body } = await done(undo(bulkId));
  assert.deepEqual(body.items, [
    { ticket_number: touched, undone: ['tags'], not_undone: ['priority'] },
    { ticket_number: untouched, undone: ['priority', 'tags'], not_undone: [] },
  ]);
  const { priority, tags } = (await agent.get(`/staff/tickets/${touched}`)).body;
  assert.deepEqual([priority, tags], ['urgent', []]);
});

test('a ticket that has changed since it was closed keeps its state', async () => {
  const numbers = [await open('replied'), await open('replied'), await open('replied')];
  const [reopened = 0, voted = 0, merged = 0] = numbers;
  const bulkId = await bulk(numbers, { action: 'close' });
  await done(acme.post(`/support/tickets/${reopened}/reopen`, { body: 'Again' }));
  await done(acme.post(`/support/tickets/${voted}/vote`, { score: 1 }));
  await done(agent.post(`/staff/tickets/${merged}/merge`, { into: await open() }));
  const before = await changes(numbers);
  const { body } = await done(undo(bulkId));
  for (const { undone, not_undone } of body.items) assert.deepEqual([undone, not_undone], [[], ['state']]);
  assert.deepEqual(await changes(numbers), before);
});

test('what cannot be restored is reported, too: an archived topic, a disabled member', async () => {
  const number = await open();
  await done(admin.post('/staff/topics', { key: 'mail', name: { en: 'Mail', ru: 'Почта' } }));
  await done(agent.patch(`/staff/tickets/${number}`, { topic_key: 'mail' }));
  const bulkId = await bulk([number], { change: { topic_key: 'servers', priority: 'high' } });
  await instance.query("update topics set archived_at = now() where key = 'mail'");
  const { body } = await done(undo(bulkId));
  assert.deepEqual(body.items, [{ ticket_number: number, undone: ['priority'], not_undone: ['topic_key'] }]);
});

test('an undo works once, within a day, for whoever made the change and for admins', async () => {
  const number = await open();
  const bulkId = await bulk([number], { action: 'resolve' });
  assertProblem(await storingNothing(instance, () => undo(bulkId, teamMember)), 404, 'bulk_not_found');
  await instance.query("update bulks set created_at = now() - interval '25 hours' where bulk_id = $1", [
    bulkId,
  ]);
  assertProblem(await storingNothing(instance, () => undo(bulkId)), 409, 'too_late_to_undo');
  await instance.query('update bulks set created_at = now() where bulk_id = $1', [bulkId]);
  const responses = await Promise.all([undo(bulkId), undo(bulkId, admin), undo(bulkId)]);
  assert.deepEqual(responses.map(({ status }) => status).sort(), [200, 409, 409]);
  assertProblem(await storingNothing(instance, () => undo(bulkId)), 409, 'bulk_undone');
});

test('refused changes are not undone', async () => {
  const number = await open('resolved');
  const { body } = await done(undo(await bulk([number, 999_999_999], { action: 'resolve' })));
  assert.deepEqual(body.items, []);
});
