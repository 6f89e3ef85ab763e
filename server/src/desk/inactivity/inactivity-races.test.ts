/** The inactivity job against clients, other workers, interruption and itself. */
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import type { ClientActor } from '#actor.ts';
import { addComment } from '#desk/tickets/comments/add.ts';
import { lockTicket } from '#desk/tickets/find.ts';
import { inactivityOn } from '#test/inactivity.ts';
import { openInstance } from '#test/instance.ts';
import { waitingFor } from '#test/waiting.ts';

const instance = await openInstance();
after(() => instance.close());
const acme = await instance.client('acme');
const [agent, admin] = [await instance.staff(), await instance.staff('admin')];
const { rules, inactive, pass, run, ticket, types } = inactivityOn(instance, { acme, agent, admin });
const actor: ClientActor = {
  kind: 'client',
  accountId: acme.accountId,
  accountName: 'acme',
  tokenId: acme.tokenId,
  marksRead: true,
};

test('a comment written at the same moment prevents the close', async () => {
  await rules({ close_after_days: 2 });
  const number = await inactive('replied', 3);
  let running: Promise<unknown> = Promise.resolve();
  await instance.database.transact(async (tx) => {
    await addComment(tx, actor, number, { body: 'Wait!' });
    running = run();
    await waitingFor(instance);
  });
  await running;
  const { is_closed, status_key } = await ticket(number);
  assert.deepEqual([is_closed, status_key], [false, 'in_progress']);
});

test('the next worker does what a killed one has left, and repeats nothing', async () => {
  await rules({ close_after_days: 2 });
  const numbers = [await inactive('replied', 3), await inactive('replied', 3), await inactive('replied', 3)];
  const otherProcess = await instance.otherProcess();
  await instance.database.transact(async (tx) => {
    await lockTicket(tx, actor, numbers[1] ?? 0);
    const running = assert.rejects(run(otherProcess));
    const [pid] = await waitingFor(instance);
    await instance.query('select pg_terminate_backend($1)', [pid]);
    await running;
  });
  const closed = async () => Promise.all(numbers.map(async (number) => (await ticket(number)).is_closed));
  assert.deepEqual(await closed(), [true, false, false]);
  await Promise.all([run(), run(otherProcess)]);
  assert.deepEqual(await closed(), [true, true, true]);
  for (const number of numbers) {
    assert.equal((await types(number)).filter((type) => type === 'ticket.closed').length, 1);
  }
});

test('setting the clock back repeats nothing', async () => {
  await rules({ remind_after_days: 3, close_after_days: 7 });
  const number = await inactive('replied', 3);
  await run();
  await pass(number, -2);
  await run();
  await pass(number, 2);
  await run();
  assert.equal((await types(number)).filter((type) => type === 'ticket.reminded').length, 1);
});

test('more tickets than fit a batch are all closed, and the account’s counts are exact', async () => {
  await rules({ close_after_days: 2 });
  await instance.query(
    `with added as (
       insert into tickets (account_id, summary, is_client_author, status_key, inactive_since)
       select $1, 'Many', true, 'await_client', now() - interval '3 days' from generate_series(1, 520)
     )
     update account_state set tickets_open = tickets_open + 520 where account_id = $1`,
    [acme.accountId],
  );
  const otherProcess = await instance.otherProcess();
  await Promise.all([run(), run(otherProcess)]);
  const [counts] = await instance.query(
    `select tickets_open, tickets_closed,
       (select count(*) from tickets where not is_closed) as open,
       (select count(*) from tickets where is_closed) as closed,
       (select count(*) from events where type = 'ticket.closed') as events
     from account_state
     where account_id = $1`,
    [acme.accountId],
  );
  assert.equal(counts?.tickets_open, counts?.open);
  assert.equal(counts?.tickets_closed, counts?.closed);
  assert.equal(counts?.events, counts?.closed);
  assert.ok(Number(counts?.closed) >= 520);
});
