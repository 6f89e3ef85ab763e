import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import type { Caller } from '#test/caller.ts';
import { eventually } from '#test/eventually.ts';
import { openInstance } from '#test/instance.ts';
import { assertProblem, storingNothing } from '#test/refusals.ts';
import { done, ticketIn } from '#test/tickets.ts';
import { assignByTopic } from './assign.ts';

const instance = await openInstance();
after(() => instance.close());
const acme = await instance.client('acme');
const [anna, boris, admin] = [
  await instance.staff(),
  await instance.staff('agent', 'Boris'),
  await instance.staff('admin'),
];
const idOf = async ({ tokenId }: Caller) =>
  (
    await instance.query<{ staff_id: number }>('select staff_id from tokens where token_id = $1', [tokenId])
  )[0]?.staff_id ?? 0;
const [annaId, borisId] = [await idOf(anna), await idOf(boris)];

const open = async (more: object = { topic_key: 'servers' }) =>
  (await ticketIn('open', acme, anna, more)).number;
const ticket = async (number: number) => (await done(anna.get(`/staff/tickets/${number}`))).body;
const assignee = async (number: number): Promise<number | null> => (await ticket(number)).assignee_id;
const assigned = (number: number) =>
  eventually(async () => {
    await assignByTopic(instance.database);
    return (await assignee(number)) ?? undefined;
  });

test('existing tickets are left alone; a new one goes to the group member with the fewest', async () => {
  const before = await open();
  const { body } = await done(admin.patch('/staff/topics/servers', { assignee_ids: [annaId, borisId] }));
  assert.deepEqual(body.assignee_ids, [annaId, borisId]);
  const first = await open();
  assert.equal(await assigned(first), annaId);
  assert.equal(await assigned(await open()), borisId);
  await done(acme.post(`/support/tickets/${first}/close`));
  assert.equal(await assigned(await open()), annaId);
  assert.equal(await assignee(before), null);
  const { history } = await ticket(first);
  assert.deepEqual(
    history
      .filter(({ type }: { type: string }) => type === 'ticket.triaged')
      .map(({ actor_kind, data }: { actor_kind: string; data: object }) => [actor_kind, data]),
    [['system', { before: { assignee_id: null }, after: { assignee_id: annaId } }]],
  );
});

test('a manual assignment is kept, and tickets of other topics are not assigned', async () => {
  const [taken, other, last] = [await open(), await open({}), await open()];
  await done(anna.patch(`/staff/tickets/${taken}`, { assignee_id: await idOf(admin) }));
  await assigned(last);
  assert.equal(await assignee(taken), await idOf(admin));
  assert.equal(await assignee(other), null);
});

test('a disabled member gets no tickets, and two processes assign each ticket once', async () => {
  await instance.query('update staff set disabled_at = now() where staff_id = $1', [annaId]);
  const numbers = await Promise.all(Array.from({ length: 10 }, () => open()));
  const otherProcess = await instance.otherProcess();
  await eventually(async () => {
    await Promise.all([assignByTopic(instance.database), assignByTopic(otherProcess.database)]);
    const [left] = await instance.query<{ count: number }>(
      'select count(*) from tickets where number = any($1) and assignee_id is null',
      [numbers],
    );
    return left?.count === 0;
  });
  const rows = await instance.query<{ assignee_id: number; count: number }>(
    `select assignee_id, count(*)
     from tickets
     join events on ticket_number = number and events.type = 'ticket.triaged'
     where number = any($1)
     group by 1`,
    [numbers],
  );
  assert.deepEqual(rows, [{ assignee_id: borisId, count: 10 }]);
});

test('a group has members who can be assigned, each once', () =>
  storingNothing(instance, async () => {
    const put = (assignee_ids: unknown) => admin.patch('/staff/topics/servers', { assignee_ids });
    const unknown = await put([borisId, 999_999, annaId]);
    assertProblem(unknown, 400, 'unknown_assignee');
    assert.deepEqual(
      unknown.body.errors.map(({ pointer }: { pointer: string }) => pointer),
      ['/assignee_ids/1', '/assignee_ids/2'],
    );
    for (const bad of [[borisId, borisId], [0], 'me', [null], Array(51).fill(1)]) {
      assertProblem(await put(bad), 400, 'invalid_request');
    }
  }));
