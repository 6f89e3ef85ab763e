/** An example of a follower: it notifies staff who are mentioned. */
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { runMigrations } from 'graphile-worker';
import { followers } from '#followers.ts';
import { eventually } from '#test/eventually.ts';
import { openInstance } from '#test/instance.ts';
import { done, ticketIn } from '#test/tickets.ts';
import { startWorker } from '#worker.ts';
import { feedFollower } from './feed-follower.ts';
import { enqueue, type Job } from './jobs.ts';

interface Notification {
  by: number | null;
  staff_id: number;
  ticket_number: number | null;
}

const sent: Notification[] = [];
const send: Job<Notification> = {
  task: 'mentions.notify',
  run: async (_database, notification) => void sent.push(notification),
};

let isBroken = false;

const notifyMentioned = feedFollower({
  name: 'mention_notifications',
  types: ['ticket.commented', 'ticket.noted'],
  startsAt: 'now',
  batchSize: 10,
  jobs: [send],
  async apply(tx, events) {
    if (isBroken) throw new Error('nothing can be sent');
    const due = events.flatMap((event) =>
      (event.data?.mentions ?? []).map((staff_id) => ({
        event,
        target: String(staff_id),
        payload: { by: event.staff_id, staff_id, ticket_number: event.ticket_number },
      })),
    );
    await enqueue(tx, send, due);
  },
});

const instance = await openInstance({ followers: [...followers, notifyMentioned] });
after(() => instance.close());
await runMigrations({ connectionString: instance.url });
const { database } = instance;
const [acme, anna, boris] = [await instance.client(), await instance.signedIn(), await instance.signedIn()];
const { number } = await ticketIn('open', acme, anna);

const note = async () => {
  const input = { body: 'Look', internal: true, mentions: [boris.staffId] };
  await done(anna.post(`/staff/tickets/${number}/comments`, input));
};
const follow = async () => {
  await instance.query('update set_aside_events set retry_at = now()');
  while (await notifyMentioned(database));
};
const cursor = async () =>
  (await instance.query('select cursor from followers where name = $1', [name]))[0]?.cursor;
const name = notifyMentioned.followerName;
const jobs = () => instance.query(`select from graphile_worker.jobs where task_identifier = '${send.task}'`);
const metric = async (of: string) => {
  const { text } = await instance.anonymous.get('/metrics');
  return Number(new RegExp(`${of}\\{follower="${name}"\\} (\\S+)`).exec(text)?.[1]);
};

test('the followers of the product have different names', () => {
  const names = followers.map(({ followerName }) => followerName);
  assert.equal(new Set(names).size, names.length);
});

test('a follower that starts now gets no earlier events', async () => {
  await note();
  assert.equal(await metric('paneldesk_follower_lag_seconds'), 0);
  await follow();
  assert.equal((await jobs()).length, 0);
});

test('later events arrive with their author, and enqueue one job even if they come twice', async () => {
  const before = await cursor();
  await note();
  assert.ok((await metric('paneldesk_follower_lag_seconds')) > 0);
  await follow();
  assert.equal(await metric('paneldesk_follower_lag_seconds'), 0);
  await instance.query('update followers set cursor = $1 where name = $2', [before, name]);
  await follow();
  assert.equal((await jobs()).length, 1);

  const worker = await startWorker({
    database,
    files: instance.files,
    followers: [notifyMentioned],
    log() {},
  });
  await eventually(() => sent.length > 0);
  await worker.stop();
  assert.deepEqual(sent, [{ by: anna.staffId, staff_id: boris.staffId, ticket_number: number }]);
  assert.equal((await jobs()).length, 0);
});

test('a transaction that is rolled back with the cursor enqueues no job', async () => {
  await note();
  isBroken = true;
  await follow();
  isBroken = false;
  assert.equal((await jobs()).length, 0);
  await follow();
  assert.equal((await jobs()).length, 1);
});

test('an event that fails five times is set aside, and events of other types do not count', async () => {
  await done(anna.patch(`/staff/tickets/${number}`, { priority: 'high' }));
  await note();
  isBroken = true;
  for (let i = 0; i < 5; i++) await follow();
  isBroken = false;
  assert.equal(await metric('paneldesk_set_aside_events'), 1);
  assert.equal(await metric('paneldesk_follower_lag_seconds'), 0);
  const [row] = await instance.query('select follower, type, attempts from set_aside_events');
  assert.deepEqual(row, { follower: name, type: 'ticket.noted', attempts: 5 });
});

test('an event that was set aside arrives late with all its data; an erased one is given up', async () => {
  const waiting = (await jobs()).length;
  const request = () => instance.query('update set_aside_events set retry_requested_at = now()');
  await request();
  await follow();
  assert.equal((await jobs()).length, waiting + 1);
  assert.equal(await metric('paneldesk_set_aside_events'), 0);

  await note();
  isBroken = true;
  for (let i = 0; i < 5; i++) await follow();
  await instance.query(`delete from events where id = (select event_id from set_aside_events)`);
  await request();
  await follow();
  assert.deepEqual(await instance.query('select from set_aside_events'), []);
});
