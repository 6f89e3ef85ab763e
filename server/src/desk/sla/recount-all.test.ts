import { after, test } from 'node:test';
import { system } from '#actor.ts';
import { openInstance } from '#test/instance.ts';
import { inMinutes, slaOf } from '#test/sla.ts';
import { ticketIn } from '#test/tickets.ts';
import { waitingFor } from '#test/waiting.ts';
import { followSla } from './follow.ts';
import { changePolicy } from './policies.ts';

const instance = await openInstance();
after(() => instance.close());
const acme = await instance.client('acme');
const [agent, admin] = [await instance.staff(), await instance.staff('admin')];
const { settle, setPolicies, dueIn } = slaOf(instance, admin);

test('changing a policy at the end of a full recount reaches the tickets already recounted', async () => {
  const id = await setPolicies({ resolution_minutes: 240 });
  const { number } = await ticketIn('open', acme, agent);
  await settle();
  await instance.query(`update followers set cursor = ${number} where name = 'sla_recount'`);
  let running: Promise<unknown> = Promise.resolve();
  await instance.database.transact(async (tx) => {
    await changePolicy(tx, system, id, { resolution_minutes: 300 });
    running = followSla(instance.database);
    await waitingFor(instance);
  });
  await running;
  await settle();
  inMinutes((await dueIn(number)).resolution_due_at, 300);
});
