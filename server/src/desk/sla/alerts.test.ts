import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { openInstance } from '#test/instance.ts';
import { inMinutes, slaOf } from '#test/sla.ts';
import { done, ticketIn } from '#test/tickets.ts';
import { createTasks } from '#worker.ts';

const instance = await openInstance();
after(() => instance.close());
const acme = await instance.client('acme');
const [agent, admin] = [await instance.staff(), await instance.staff('admin')];
const { settle, setPolicies, age, dueIn } = slaOf(instance, admin);

const watch = async () => createTasks(instance)['sla.watch']?.({}, {} as never); // the job does not use its helpers

/** The alerts about a ticket's SLA targets, which only staff get. */
async function alertsOf(number: number) {
  const rows = await instance.query<{ said: string }>(
    `select type || ' ' || (data ->> 'target') as said
     from events
     where ticket_number = $1 and type like 'sla.%' and actor_kind = 'system' and not is_client_visible
     order by id`,
    [number],
  );
  return rows.map(({ said }) => said);
}

test('a target that is near and then missed causes one alert each, with any number of workers', async () => {
  await setPolicies({ first_response_minutes: 60, resolution_minutes: 600 });
  const { number } = await ticketIn('open', acme, agent);
  await settle();
  await Promise.all([watch(), watch()]);
  assert.deepEqual(await alertsOf(number), []);

  await age(number, 50);
  await Promise.all([watch(), watch(), watch()]);
  assert.deepEqual(await alertsOf(number), ['sla.warned first_response']);

  await age(number, 20);
  await Promise.all([watch(), watch(), settle(), watch()]);
  await watch();
  assert.deepEqual(await alertsOf(number), ['sla.warned first_response', 'sla.breached first_response']);
  const overdue = (await done(agent.get('/staff/tickets?is_overdue=true&sort=due'))).body.items;
  assert.ok(overdue.some((item: { number: number }) => item.number === number));
  const mine = await done(acme.get(`/support/tickets/${number}`));
  assert.doesNotMatch(mine.text, /due_at|sla/);
});

test('a first response that was late between two runs of the job is a breach, a timely one is not', async () => {
  await setPolicies({ first_response_minutes: 60 });
  const [late, inTime] = [await ticketIn('open', acme, agent), await ticketIn('open', acme, agent)];
  await settle();
  for (const [{ number }, minutes] of [
    [late, 61],
    [inTime, 59],
  ] as const) {
    await age(number, minutes);
    await done(agent.post(`/staff/tickets/${number}/comments`, { body: 'Done' }));
  }
  await settle();
  await watch();
  assert.deepEqual(await alertsOf(late.number), ['sla.breached first_response']);
  assert.deepEqual(await alertsOf(inTime.number), []);
});

test('a target that looks overdue because the client has just replied is recalculated before any alert', async () => {
  await setPolicies({ resolution_minutes: 60 });
  const { number } = await ticketIn('open', acme, agent);
  await done(agent.post(`/staff/tickets/${number}/comments`, { body: 'Which disk?' }));
  await settle();
  await age(number, 500);
  await done(acme.post(`/support/tickets/${number}/comments`, { body: 'sda' }));
  await watch(); // before the follower has read the comment
  assert.deepEqual(await alertsOf(number), []);
  inMinutes((await dueIn(number)).resolution_due_at, 60);
});
