import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import type { Caller } from '#test/caller.ts';
import { eventually } from '#test/eventually.ts';
import { openInstance } from '#test/instance.ts';
import { staffIdOf } from '#test/people.ts';
import { assertProblem, storingNothing } from '#test/refusals.ts';
import { listen, openReader } from '#test/sse.ts';
import { done, ticketIn } from '#test/tickets.ts';
import { notifyStaff } from './follow.ts';

const instance = await openInstance();
after(() => instance.close());
const acme = await instance.client('acme');
const [anna, boris] = [await instance.staff('admin'), await instance.staff('agent', 'Boris')];
const [annaId, borisId] = [await staffIdOf(instance, anna), await staffIdOf(instance, boris)];
await notifyStaff(instance.database); // it begins with what comes now

const path = '/staff/notifications';
const s = (number: number, verb = '') => `/staff/tickets/${number}${verb}`;
const assign = (who: Caller, number: number, assignee_id: number | null) =>
  done(who.patch(s(number), { assignee_id }));
const mention = async (who: Caller, number: number, staffId: number) =>
  (await done(who.post(s(number, '/comments'), { body: 'Look', internal: true, mentions: [staffId] }))).body;
const reply = async (number: number) =>
  (await done(acme.post(`/support/tickets/${number}/comments`, { body: 'It is down again' }))).body;
const markRead = async (who: Caller, query = '') => (await done(who.delete(path + query))).body;

/** Waits until the follower has reached the newest event. */
async function followed() {
  await eventually(async () => {
    while (await notifyStaff(instance.database));
    const lag = await notifyStaff.lagSeconds(instance.database.db);
    return lag === 0 || undefined;
  });
}

async function listed(who: Caller) {
  await followed();
  return (await done(who.get(path))).body;
}

interface Item {
  reason: string;
  ticket_number: number;
  actor_name: string | null;
}
const inShort = ({ items }: { items: Item[] }) =>
  items.map(({ reason, ticket_number, actor_name }) => [reason, ticket_number, actor_name]);

test('an assignment by somebody else, a mention and a reply in one’s own ticket are listed until they are read', async () => {
  const { number } = await ticketIn('open', acme, anna);
  await assign(anna, number, borisId);
  const note = await mention(anna, number, borisId);
  const comment = await reply(number);
  const all = await listed(boris);
  const ticket = (await done(boris.get(s(number)))).body;
  assert.deepEqual(inShort(all), [
    ['replied', number, comment.author_name],
    ['mentioned', number, 'Anna Petrova'],
    ['assigned', number, 'Anna Petrova'],
  ]);
  assert.equal(all.count, 3);
  const { created_at, ...rest } = all.items[1];
  assert.deepEqual(rest, {
    reason: 'mentioned',
    ticket_number: number,
    ticket_summary: ticket.summary,
    actor_name: 'Anna Petrova',
    comment_id: note.id,
  });
  assert.ok(Math.abs(Date.parse(created_at) - Date.now()) < 60_000);
  assert.deepEqual(await listed(anna), { items: [], count: 0 }, 'of nobody else');

  assert.deepEqual(await markRead(boris), { items: [], count: 0 });
  assert.deepEqual(await listed(boris), { items: [], count: 0 });
  assert.equal((await done(boris.get(s(number)))).body.is_staff_read, false, 'the ticket stays unread');
  const { items } = (await done(boris.get('/staff/tickets?mentioned=me'))).body;
  assert.deepEqual(
    items.map((item: { number: number }) => item.number),
    [number],
    'and the mention stays in the queue',
  );
});

test('what members do themselves, and what is not theirs, is not listed', async () => {
  const { number } = await ticketIn('open', acme, anna);
  await reply(number); // of nobody
  await followed();
  await assign(boris, number, borisId);
  await mention(boris, number, borisId);
  await done(boris.post(s(number, '/comments'), { body: 'Here I am' }));
  await done(anna.post(s(number, '/comments'), { body: 'A note', internal: true }));
  await done(anna.patch(s(number), { priority: 'high' }));
  assert.deepEqual(inShort(await listed(boris)), []);
  assert.deepEqual(inShort(await listed(anna)), []);
});

test('of one ticket there is one of each reason, the latest', async () => {
  const { number } = await ticketIn('open', acme, anna);
  await assign(anna, number, borisId);
  await reply(number);
  await listed(boris);
  await done(boris.post(s(number, '/snooze'), { until_reply: true }));
  const last = [await reply(number), await reply(number)].at(-1);
  const { items, count } = await listed(boris);
  assert.equal(count, 2);
  assert.equal(items[0].comment_id, last.id);
  await markRead(boris);
});

test('a ticket that is given away, or back to nobody, is not listed any more; a mention stays', async () => {
  const { number } = await ticketIn('open', acme, anna);
  await assign(anna, number, borisId);
  await reply(number);
  await mention(anna, number, borisId);
  assert.equal((await listed(boris)).count, 3);
  await assign(anna, number, null);
  assert.deepEqual(inShort(await listed(boris)), [['mentioned', number, 'Anna Petrova']]);
  await assign(anna, number, borisId);
  await assign(boris, number, annaId); // before anybody was told of the first
  assert.deepEqual(inShort(await listed(boris)), [['mentioned', number, 'Anna Petrova']]);
  assert.deepEqual(inShort(await listed(anna)), [['assigned', number, 'Boris']]);
  await Promise.all([markRead(boris), markRead(anna)]);
});

test('a reply from before an assignment is not told to the new assignee, however soon that came', async () => {
  const { number } = await ticketIn('open', acme, anna);
  await assign(anna, number, annaId);
  await listed(anna);
  await reply(number);
  await assign(anna, number, borisId); // before the follower has seen the reply
  assert.deepEqual(inShort(await listed(boris)), [['assigned', number, 'Anna Petrova']]);
  assert.deepEqual(inShort(await listed(anna)), []);
  await done(anna.patch(s(number), { assignee_id: borisId, priority: 'high' }));
  const { author_name } = await reply(number);
  await done(anna.patch(s(number), { assignee_id: borisId, priority: 'low' })); // assigns it to nobody else
  const [last] = inShort(await listed(boris)).filter(([reason]) => reason === 'replied');
  assert.deepEqual(last, ['replied', number, author_name]);
  await markRead(boris);
});

test('those of one ticket are read, or those up to a time', async () => {
  const [first, second] = [await ticketIn('open', acme, anna), await ticketIn('open', acme, anna)];
  await assign(anna, first.number, borisId);
  await assign(anna, second.number, borisId);
  const shown = await listed(boris);
  await reply(second.number);
  await listed(boris);
  const left = await markRead(boris, `?until=${shown.items[0].created_at}`);
  assert.equal(left.count, 1, 'what came after the list was shown stays');
  assert.equal(left.items[0].reason, 'replied');
  await reply(first.number);
  await listed(boris);
  assert.equal(
    (await markRead(boris, `?ticket_number=${second.number}`)).items[0].ticket_number,
    first.number,
  );
  assert.deepEqual(await markRead(boris, '?ticket_number=999999999'), await listed(boris));
  await markRead(boris);
});

test('the list has 50, and counts to 100', async () => {
  await instance.query(
    `insert into notifications (account_id, ticket_number, staff_id, reason, created_at)
     select account_id, number, $1, reason, now()
     from tickets cross join unnest(array['assigned', 'mentioned', 'replied']) as reason`,
    [annaId],
  );
  const some = await listed(anna);
  assert.equal(some.count, some.items.length);
  for (let i = 0; i < 35; i++) await ticketIn('open', acme, anna);
  await instance.query(
    `insert into notifications (account_id, ticket_number, staff_id, reason, created_at)
     select account_id, number, $1, reason, now()
     from tickets cross join unnest(array['assigned', 'mentioned', 'replied']) as reason
     on conflict do nothing`,
    [annaId],
  );
  const { items, count } = await listed(anna);
  assert.deepEqual([items.length, count], [50, 100]);
  assert.deepEqual(await markRead(anna), { items: [], count: 0 });
});

test('they move with a ticket to another account', async () => {
  const { number } = await ticketIn('open', acme, anna);
  await assign(anna, number, borisId);
  await listed(boris);
  const globex = await instance.client('globex');
  await done(anna.post(s(number, '/move'), { account_id: globex.accountId }));
  assert.deepEqual(inShort(await listed(boris)), [['assigned', number, 'Anna Petrova']]);
  await markRead(boris);
});

test('streams of the member are told of a change, without an event id, and those of others are not', async () => {
  const home = await listen(instance);
  const open = async (who: Caller) => {
    const reader = await openReader(`${home}/staff/events`, who.token);
    await eventually(() => reader.lastId !== '');
    return reader;
  };
  const [ofBoris, ofAnna] = [await open(boris), await open(anna)];
  const told = () => ofBoris.frames.filter(({ event }) => event === 'notifications');
  const { number } = await ticketIn('open', acme, anna);
  await assign(anna, number, borisId);
  await followed();
  await eventually(() => told().length === 1);
  assert.deepEqual(told()[0], { id: '', event: 'notifications', data: { staff_id: borisId } });
  await markRead(boris);
  await eventually(() => told().length === 2);
  await markRead(boris); // there are none
  await assign(boris, number, annaId);
  await followed();
  await eventually(() => ofAnna.frames.some(({ event }) => event === 'notifications'));
  assert.equal(told().length, 2);
  assert.equal(ofAnna.frames.filter(({ event }) => event === 'notifications').length, 1);
  await markRead(anna);
  for (const reader of [ofBoris, ofAnna]) reader.close();
});

test('an invalid request is refused, and clients have no notifications', async () => {
  await storingNothing(instance, async () => {
    for (const query of ['?until=yesterday', '?ticket_number=a', '?all=true'])
      assertProblem(await anna.delete(path + query), 400, 'invalid_request');
    assertProblem(await acme.get(path), 403, 'forbidden');
    assertProblem(await acme.delete(path), 403, 'forbidden');
  });
});
