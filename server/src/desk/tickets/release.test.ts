/** What happens to the tickets of a member who is disabled. */
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import type { Caller } from '#test/caller.ts';
import { openInstance } from '#test/instance.ts';
import { staffIdOf } from '#test/people.ts';
import { done, ticketIn } from '#test/tickets.ts';

const instance = await openInstance();
after(() => instance.close());
const acme = await instance.client('acme');
const [admin, anna, boris] = [
  await instance.staff('admin'),
  await instance.staff(),
  await instance.staff('agent', 'Boris'),
];
const adminId = await staffIdOf(instance, admin);
const [annaId, borisId] = [await staffIdOf(instance, anna), await staffIdOf(instance, boris)];
await done(admin.patch('/staff/topics/servers', { assignee_ids: [annaId, borisId] }));

const s = (number: number, path = '') => `/staff/tickets/${number}${path}`;
const leaver = async () => {
  const who = await instance.staff('agent', 'Vera');
  return { who, staffId: await staffIdOf(instance, who) };
};
const leave = (staffId: number) => done(admin.patch(`/staff/members/${staffId}`, { is_enabled: false }));
const give = async (number: number, assignee_id: number) =>
  void (await done(admin.patch(s(number), { assignee_id })));
const ticket = async (number: number) => (await done(admin.get(s(number)))).body;
const triages = (number: number) =>
  instance.query<{ actor_kind: string; staff_id: number | null; data: object }>(
    "select actor_kind, staff_id, data from events where ticket_number = $1 and type = 'ticket.triaged' order by id",
    [number],
  );
const opened = async (more: object = {}) => (await ticketIn('open', acme, anna, more)).number;

test('disabling a member reassigns their open tickets evenly to the topic’s group, or to nobody, with an event each', async () => {
  const { staffId } = await leaver();
  const ofGroup = [];
  for (let i = 0; i < 4; i++) ofGroup.push(await opened({ topic_key: 'servers' }));
  const [without, resolved, closed] = [
    await opened(),
    (await ticketIn('resolved', acme, anna)).number,
    (await ticketIn('closed', acme, anna)).number,
  ];
  for (const number of [...ofGroup, without, resolved, closed]) await give(number, staffId);
  const { etag } = (await acme.get(`/support/tickets/${without}`)).headers;

  await leave(staffId);
  const assignees = [];
  for (const number of ofGroup) assignees.push((await ticket(number)).assignee_id);
  assert.deepEqual(assignees, [annaId, borisId, annaId, borisId]);
  assert.equal((await ticket(without)).assignee_id, null);
  for (const number of [resolved, closed]) assert.equal((await ticket(number)).assignee_id, staffId);
  assert.deepEqual((await triages(without)).at(-1), {
    actor_kind: 'staff',
    staff_id: adminId,
    data: { before: { assignee_id: staffId }, after: { assignee_id: null }, reason: 'assignee_disabled' },
  });
  assert.equal(
    (await acme.get(`/support/tickets/${without}`)).headers.etag,
    etag,
    'its client notices nothing',
  );
  const [change] = await instance.query<{ data: { tickets_released: number } }>(
    "select data from events where type = 'staff.changed' order by id desc limit 1",
  );
  assert.equal(change?.data.tickets_released, 5);
});

test('2500 tickets of one member are reassigned in one transaction, each with its event', async () => {
  const { staffId } = await leaver();
  await instance.query(
    `insert into tickets (account_id, summary, topic_key, status_key, is_client_author, assignee_id, waiting_since)
     select $1, 'Many', 'servers', 'new', true, $2, now()
     from generate_series(1, 2500)`,
    [acme.accountId, staffId],
  );
  const [{ count: before } = { count: 0 }] = await instance.query<{ count: number }>(
    'select count(*) from events',
  );
  await leave(staffId);
  const rows = await instance.query<{ assignee_id: number; count: number; events: number }>(
    `select assignee_id, count(*), count(events.id) as events
     from tickets
     left join events on ticket_number = number and events.account_id = tickets.account_id and events.type = 'ticket.triaged'
     where summary = 'Many'
     group by 1
     order by 1`,
  );
  assert.deepEqual(
    rows.map(({ assignee_id }) => assignee_id),
    [annaId, borisId],
  );
  for (const { count, events } of rows)
    assert.deepEqual([events, Math.abs(count - 1250) <= 5], [count, true]);
  const [{ count: after } = { count: 0 }] = await instance.query<{ count: number }>(
    'select count(*) from events',
  );
  assert.equal(after - before, 2501);
});

/** Each way in which a ticket reopens: makes a finished ticket, and returns the action that reopens it. */
const ways: Record<string, () => Promise<{ number: number; reopen: () => Promise<unknown> }>> = {
  'a client’s comment on a resolved ticket': async () => {
    const { number } = await ticketIn('resolved', acme, anna);
    return {
      number,
      reopen: () => done(acme.post(`/support/tickets/${number}/comments`, { body: 'Not yet' })),
    };
  },
  'a reply to a resolved ticket': async () => {
    const { number } = await ticketIn('resolved', acme, anna);
    return { number, reopen: () => done(anna.post(s(number, '/comments'), { body: 'One more thing' })) };
  },
  'the client’s reopening': async () => {
    const { number } = await ticketIn('closed', acme, anna);
    return { number, reopen: () => done(acme.post(`/support/tickets/${number}/reopen`, { body: 'Again' })) };
  },
  'support’s reopening': async () => {
    const { number } = await ticketIn('closed', acme, anna);
    return { number, reopen: () => done(anna.post(s(number, '/reopen'))) };
  },
  'the undo of a bulk action': async () => {
    const { number } = await ticketIn('replied', acme, anna);
    const asked = { ticket_numbers: [number], action: 'close' };
    const { bulk_id } = (await done(anna.post('/staff/bulk', asked))).body;
    return { number, reopen: () => done(anna.post(`/staff/bulk/${bulk_id}/undo`)) };
  },
  'an unmerge': async () => {
    const [number, into] = [await opened(), await opened()];
    await done(anna.post(s(number, '/merge'), { into }));
    return { number, reopen: () => done(anna.post(s(number, '/unmerge'))) };
  },
  'a merge of a ticket in which the client waits': async () => {
    const { number } = await ticketIn('resolved', acme, anna);
    const waiting = await opened();
    return { number, reopen: () => done(anna.post(s(waiting, '/merge'), { into: number })) };
  },
};

for (const [way, prepare] of Object.entries(ways)) {
  test(`a ticket of a disabled member is reassigned by ${way}`, async () => {
    const { staffId } = await leaver();
    const { number, reopen } = await prepare();
    await give(number, staffId);
    await leave(staffId);
    assert.equal((await ticket(number)).assignee_id, staffId);
    await reopen();
    const after = await ticket(number);
    assert.deepEqual([after.is_closed, after.is_resolved, after.assignee_id], [false, false, null]);
    assert.deepEqual((await triages(number)).at(-1), {
      actor_kind: 'system',
      staff_id: null,
      data: { before: { assignee_id: staffId }, after: { assignee_id: null }, reason: 'assignee_disabled' },
    });
  });
}

test('a ticket split off one of a disabled member is assigned to nobody, or to the group of its topic', async () => {
  const { staffId } = await leaver();
  const { number, response } = await ticketIn('resolved', acme, anna, { topic_key: 'servers' });
  await give(number, staffId);
  await leave(staffId);
  const split = { comment_ids: [response], summary: 'Another thing' };
  const { body } = await done(anna.post(s(number, '/split'), split));
  assert.ok([annaId, borisId].includes((await ticket(body.number)).assignee_id));
});

test('tickets of disabled members can be found, counted and saved as a view', async () => {
  const { staffId } = await leaver();
  const { number } = await ticketIn('closed', acme, anna);
  await give(number, staffId);
  const query = `assignee=disabled&assignee_id=${staffId}`;
  const listed = async () =>
    (await done(admin.get(`/staff/tickets?${query}`))).body.items.map(
      (one: { number: number }) => one.number,
    );
  assert.deepEqual(await listed(), []);
  await leave(staffId);
  assert.deepEqual(await listed(), [number]);
  assert.equal((await done(admin.get(`/staff/counts/tickets?${query}`))).body.count, 1);
  const view = { name: 'Of those who left', filter: { assignee: 'disabled', assignee_id: String(staffId) } };
  const { view_id } = (await done(admin.post('/staff/views', view))).body;
  const seen = (await done(admin.get(`/staff/tickets?view_id=${view_id}`))).body.items;
  assert.deepEqual(
    seen.map((one: { number: number }) => one.number),
    [number],
  );
});

test('a concurrent assignment and disabling leave no open ticket with the disabled member', async () => {
  for (let round = 0; round < 10; round++) {
    const { staffId } = await leaver();
    const [mine, other] = [await opened(), await opened()];
    await give(mine, staffId);
    const assign = (who: Caller) => who.patch(s(other), { assignee_id: staffId });
    const bulk = { ticket_numbers: [mine, other], change: { assignee_id: staffId } };
    const [response] = await Promise.all([
      round % 2 ? assign(anna) : anna.post('/staff/bulk', bulk),
      leave(staffId),
    ]);
    assert.ok([200, 400].includes(response.status), response.text);
    for (const number of [mine, other]) assert.notEqual((await ticket(number)).assignee_id, staffId);
  }
});

test('a concurrent reopening comment and disabling leave no ticket with the disabled member', async () => {
  for (let round = 0; round < 10; round++) {
    const { staffId } = await leaver();
    const { number } = await ticketIn('resolved', acme, anna);
    await give(number, staffId);
    await Promise.all([
      done(acme.post(`/support/tickets/${number}/comments`, { body: 'Not yet' })),
      leave(staffId),
    ]);
    assert.equal((await ticket(number)).assignee_id, null);
  }
});
