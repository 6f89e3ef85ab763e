import { after, test } from 'node:test';
import { inMinutes, promisesOf } from '../../test/promises.ts';
import { openDesk } from '../../test/support.ts';
import { ticketIn } from '../../test/tickets.ts';
import { waitingFor } from '../../test/waiting.ts';
import { system } from '../actor.ts';
import { changePolicy } from './policies.ts';
import { followPromises } from './watch.ts';

const desk = await openDesk();
after(() => desk.close());
const acme = await desk.client('acme');
const [agent, admin] = [await desk.staff(), await desk.staff('admin')];
const { settle, promise, dueIn } = promisesOf(desk, admin);

test('a change of a policy while a walk comes to its end reaches the tickets that it had passed', async () => {
  const id = await promise({ resolution_minutes: 240 });
  const { number } = await ticketIn('open', acme, agent);
  await settle();
  await desk.query(`update followers set cursor = ${number} where name = 'sla_recount'`);
  let running: Promise<unknown> = Promise.resolve();
  await desk.database.transact(async (tx) => {
    await changePolicy(tx, system, id, { resolution_minutes: 300 });
    running = followPromises(desk.database);
    await waitingFor(desk);
  });
  await running;
  await settle();
  inMinutes((await dueIn(number)).resolution_due_at, 300);
});
