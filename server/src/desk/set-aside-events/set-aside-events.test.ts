import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import type { Tx } from '#platform/db/database.ts';
import { feedFollower } from '#platform/events/feed-follower.ts';
import { sql } from '#platform/sql.ts';
import { eventually } from '#test/eventually.ts';
import { type Instance, openInstance } from '#test/instance.ts';
import { assertProblem, storingNothing } from '#test/refusals.ts';
import { setAsideEvent } from '#test/set-aside.ts';
import { added } from '#test/things.ts';
import { done, ticketIn } from '#test/tickets.ts';

const instance = await openInstance();
after(() => instance.close());
const [acme, agent, admin] = [await instance.client(), await instance.staff(), await instance.staff('admin')];

await added(admin, 'sla-policies', { first_response_minutes: 60 }); // without one, the follower has nothing to do
const processed: number[] = [];
/** Whether a ticket whose summary begins with "Poison" fails. */
let isPoisonous = true;
const followPoison = feedFollower({
  name: 'sla',
  types: ['ticket.opened'],
  startsAt: 'beginning',
  batchSize: 10,
  apply: async (tx, events) => {
    for (const { ticket_number: number } of events) {
      const { rows } = await sql<{ is_poison: boolean }>`
        select starts_with(summary, 'Poison') as is_poison from tickets where number = ${number}
      `.execute(tx);
      if (isPoisonous && rows[0]?.is_poison) throw new Error('this ticket cannot be processed');
    }
    processed.push(...events.map(({ ticket_number }) => ticket_number ?? 0));
  },
});

const open = async (summary: string) => (await ticketIn('open', acme, agent, { summary })).number;
const list = async (query = '') => (await done(admin.get(`/staff/set-aside-events?${query}`))).body;
const audited = async (type: string) => (await done(admin.get(`/staff/audit?type=${type}`))).body.items;

/** Runs the follower once, as if the pause were over. */
async function follow(on: Instance = instance) {
  await on.query('update set_aside_events set retry_at = now()');
  while (await followPoison(on.database));
}
const attempts = async () =>
  (await instance.query<{ attempts: number }>('select attempts from set_aside_events'))[0]?.attempts ?? 0;

test('an event that fails five times is set aside, and the follower continues', async () => {
  const before = await open('Aardvark');
  const failing = await open('Poison');
  const behind = await open('Badger');
  await follow();
  assert.deepEqual([processed, await attempts()], [[before], 1]);
  assert.deepEqual((await list()).items, [], 'it is still tried');
  const restarted = await instance.otherProcess();
  for (const count of [2, 3, 4]) {
    await follow(restarted);
    assert.equal(await attempts(), count);
  }
  assert.deepEqual(processed, [before]);
  await follow(restarted);
  assert.deepEqual(processed, [before, behind]);
  const { items, after } = await list();
  assert.deepEqual(
    items.map(({ follower, type, ticket_number, error, attempts }: Record<string, unknown>) => [
      follower,
      type,
      ticket_number,
      error,
      attempts,
    ]),
    [['sla', 'ticket.opened', failing, 'this ticket cannot be processed', 5]],
  );
  assert.equal(after, null);
  assert.equal((await audited('event.set_aside'))[0].data.ticket_number, failing);
  const metrics = (await instance.anonymous.get('/metrics')).text;
  assert.match(metrics, /paneldesk_set_aside_events\{follower="sla"\} 1/);
  assert.match(metrics, /paneldesk_follower_lag_seconds\{follower="sla"\} 0\n/);
});

test('nothing is retried until the pause is over', async () => {
  const again = await open('Poison again');
  await follow();
  assert.equal(await followPoison(instance.database), false);
  const [row] = await instance.query<{ attempts: number }>(
    'select attempts from set_aside_events where set_aside_at is null',
  );
  assert.equal(row?.attempts, 1);
  const lag = /paneldesk_follower_lag_seconds\{follower="sla"\} (\S+)/;
  assert.ok(Number(lag.exec((await instance.anonymous.get('/metrics')).text)?.[1]) > 0);
  isPoisonous = false;
  await follow();
  assert.ok(processed.includes(again));
  isPoisonous = true;
});

test('an admin retries an event: a failure is recorded with its new error, a success removes it', async () => {
  const [{ set_aside_event_id: id, ticket_number }] = (await list()).items;
  const retry = `/staff/set-aside-events/${id}/retry`;
  await done(admin.post(retry));
  await follow();
  const [failed] = (await list()).items;
  assert.deepEqual([failed.attempts, failed.retry_requested_at], [6, null]);
  isPoisonous = false;
  const { body } = await done(admin.post(retry));
  assert.notEqual(body.retry_requested_at, null);
  await follow();
  assert.deepEqual((await list()).items, []);
  assert.ok(processed.includes(ticket_number));
  assert.equal((await audited('event.retried')).length, 2);
  assertProblem(await admin.post(retry), 404, 'set_aside_event_not_found');
});

test('an admin dismisses an event; nobody else sees set-aside events', async () => {
  const ids = [
    await setAsideEvent(instance),
    await setAsideEvent(instance),
    await setAsideEvent(instance),
  ].reverse();
  const idsOf = ({ items }: { items: Array<{ set_aside_event_id: number }> }) =>
    items.map(({ set_aside_event_id }) => set_aside_event_id);
  const first = await list('limit=2');
  assert.deepEqual(
    [idsOf(first), idsOf(await list(`after=${first.after}`))],
    [ids.slice(0, 2), ids.slice(2)],
  );
  await storingNothing(instance, async () => {
    assertProblem(await agent.get('/staff/set-aside-events'), 403, 'forbidden');
    assertProblem(await agent.delete(`/staff/set-aside-events/${ids[0]}`), 403, 'forbidden');
  });
  for (const id of ids) await done(admin.delete(`/staff/set-aside-events/${id}`));
  assertProblem(await admin.delete(`/staff/set-aside-events/${ids[0]}`), 404, 'set_aside_event_not_found');
  assert.deepEqual((await list()).items, []);
  assert.equal((await audited('event.dismissed')).length, 3);
});

const failing = (apply: (tx: Tx) => Promise<unknown>) =>
  feedFollower({
    name: 'sla',
    types: ['ticket.opened'],
    startsAt: 'beginning',
    batchSize: 10,
    apply: async (tx) => void (await apply(tx)),
  });

test('an outage of the database does not count as a failure of an event', async () => {
  isPoisonous = false;
  await follow();
  await open('Cut off');
  const outage = failing(async () => {
    throw Object.assign(new Error('sorry, too many clients already'), { code: '53300' });
  });
  for (let i = 0; i < 6; i++) await assert.rejects(outage(instance.database));
  assert.equal(await attempts(), 0);
});

test('an event that loses its connection each time is set aside when the database is reachable on others', async () => {
  const cutting = failing((tx) => sql`select pg_terminate_backend(pg_backend_pid())`.execute(tx));
  for (let i = 1; i <= 5; i++) {
    await instance.query('update set_aside_events set retry_at = now()');
    await eventually(async () => {
      await cutting(instance.database); // counts nothing while the cut connection still locks the cursor
      return (await attempts()) === i;
    });
  }
  assert.equal((await list()).items.length, 1);
});
