import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { follow } from '#platform/events/following.ts';
import { openInstance } from '#test/instance.ts';
import { assertProblem, storingNothing } from '#test/refusals.ts';
import { inMinutes, MINUTE, slaOf } from '#test/sla.ts';
import { done, ticketIn } from '#test/tickets.ts';
import { followSla } from './follow.ts';

const instance = await openInstance();
after(() => instance.close());
const acme = await instance.client('acme');
const [agent, admin] = [await instance.staff(), await instance.staff('admin')];
const { settle, setPolicies, age, dueIn } = slaOf(instance, admin);

const office = Object.fromEntries(
  ['mon', 'tue', 'wed', 'thu', 'fri'].map((day) => [day, [{ from: '09:00', to: '18:00' }]]),
);
const { calendar_id } = (
  await done(admin.post('/staff/calendars', { name: 'Office', time_zone: 'Europe/Moscow', hours: office }))
).body;

async function clientWrites(number: number) {
  await done(acme.post(`/support/tickets/${number}/comments`, { body: 'More' }));
  await settle();
}

test('a new ticket is due by its policy, which changes neither its version nor its timestamps', async () => {
  await setPolicies({ first_response_minutes: 60, resolution_minutes: 240 });
  const { number } = await ticketIn('open', acme, agent);
  const before = await dueIn(number);
  assert.equal(before.due_at, null);
  await settle();
  const after = await dueIn(number);
  inMinutes(after.first_response_due_at, 60);
  inMinutes(after.resolution_due_at, 240);
  assert.equal(after.due_at, after.first_response_due_at);
  const { version, staff_version, updated_at } = before;
  assert.deepEqual(
    [after.version, after.staff_version, after.updated_at],
    [version, staff_version, updated_at],
  );
  assert.equal((await done(agent.get(`/staff/tickets/${number}`))).body.resolution_due_at?.length, 24);
});

test('waiting for the client pauses the resolution target', async () => {
  await setPolicies({ first_response_minutes: 60, resolution_minutes: 240 });
  const { number } = await ticketIn('open', acme, agent);
  await settle();
  await age(number, 100); // staff have used 100 minutes ...
  await done(agent.post(`/staff/tickets/${number}/comments`, { body: 'Which disk?' }));
  await settle();
  const paused = await dueIn(number);
  assert.equal(paused.due_at, null);
  await age(number, 1000); // ... the client takes 1000 ...
  await clientWrites(number);
  inMinutes((await dueIn(number)).resolution_due_at, 140); // ... and 140 are left
  inMinutes((await dueIn(number)).due_at, 140);
});

test('a reply that leaves the ticket in progress does not pause', async () => {
  await setPolicies({ resolution_minutes: 240 });
  const { number } = await ticketIn('open', acme, agent);
  await age(number, 100);
  const response = { body: 'We are at it', status_key: 'in_progress' };
  await done(agent.post(`/staff/tickets/${number}/comments`, response));
  await age(number, 100);
  await clientWrites(number);
  inMinutes((await dueIn(number)).resolution_due_at, 40);
});

test('a resolved or closed ticket that reopens continues where it had stopped', async () => {
  await setPolicies({ resolution_minutes: 240 });
  const { number } = await ticketIn('open', acme, agent);
  await age(number, 60);
  await done(agent.post(`/staff/tickets/${number}/resolve`));
  await age(number, 5000);
  await clientWrites(number);
  inMinutes((await dueIn(number)).resolution_due_at, 180);
  await age(number, 60);
  await done(acme.post(`/support/tickets/${number}/close`));
  await settle();
  await age(number, 5000);
  await done(acme.post(`/support/tickets/${number}/reopen`, { body: 'Again' }));
  await settle();
  inMinutes((await dueIn(number)).resolution_due_at, 120);
});

test('a merged ticket has no targets until it is unmerged', async () => {
  await setPolicies({ resolution_minutes: 240 });
  const [{ number }, { number: whole }] = [
    await ticketIn('open', acme, agent),
    await ticketIn('open', acme, agent),
  ];
  await age(number, 60);
  await done(agent.post(`/staff/tickets/${number}/merge`, { into: whole }));
  await age(number, 500);
  await done(agent.post(`/staff/tickets/${number}/unmerge`));
  await settle();
  inMinutes((await dueIn(number)).resolution_due_at, 180);
  inMinutes((await dueIn(whole)).resolution_due_at, 240);
});

test('a restored ticket continues where it had stopped', async () => {
  await setPolicies({ resolution_minutes: 240 });
  const { number } = await ticketIn('open', acme, agent);
  await age(number, 60);
  for (const action of ['resolve', 'close']) {
    const bulk = { ticket_numbers: [number], action };
    const { bulk_id } = (await done(agent.post('/staff/bulk', bulk))).body;
    await age(number, 500);
    await done(agent.post(`/staff/bulk/${bulk_id}/undo`));
    await age(number, 30);
  }
  await settle();
  inMinutes((await dueIn(number)).resolution_due_at, 120);
});

test('the pauses are right however late the events are processed', async () => {
  await setPolicies({ resolution_minutes: 240 });
  const { number } = await ticketIn('open', acme, agent);
  await age(number, 100);
  await done(agent.post(`/staff/tickets/${number}/comments`, { body: 'Which disk?' }));
  await age(number, 500);
  await done(acme.post(`/support/tickets/${number}/comments`, { body: 'sda' }));
  await age(number, 30);
  await settle();
  inMinutes((await dueIn(number)).resolution_due_at, 110);
});

test('the most specific policy applies, by topic before priority, and an edit of either recalculates', async () => {
  await done(admin.post('/staff/topics', { key: 'dns', name: { en: 'DNS', ru: 'DNS' } }));
  await setPolicies(
    { resolution_minutes: 1000 },
    { priority: 'urgent', resolution_minutes: 800 },
    { topic_key: 'dns', resolution_minutes: 600 },
    { topic_key: 'dns', priority: 'urgent', resolution_minutes: 400 },
  );
  const { number } = await ticketIn('open', acme, agent);
  const due = async (change: object) => {
    await done(agent.patch(`/staff/tickets/${number}`, change));
    await settle();
    return Math.round((Date.parse(String((await dueIn(number)).resolution_due_at)) - Date.now()) / MINUTE);
  };
  assert.equal(await due({ type: 'incident' }), 1000);
  assert.equal(await due({ priority: 'urgent' }), 800);
  assert.equal(await due({ topic_key: 'dns' }), 400);
  assert.equal(await due({ priority: 'high' }), 600);
});

test('a change of a policy or its calendar affects open tickets, and no resolved one', async () => {
  const id = await setPolicies({ resolution_minutes: 240 });
  const { number } = await ticketIn('open', acme, agent);
  const { number: resolved } = await ticketIn('resolved', acme, agent);
  await settle();
  const before = await dueIn(resolved);
  await done(admin.patch(`/staff/sla-policies/${id}`, { resolution_minutes: 300 }));
  await settle();
  inMinutes((await dueIn(number)).resolution_due_at, 300);
  assert.deepEqual(await dueIn(resolved), before);

  await done(admin.patch(`/staff/sla-policies/${id}`, { calendar_id, resolution_minutes: 1 }));
  await settle();
  const due = new Date(Date.parse(String((await dueIn(number)).resolution_due_at)) + 180 * MINUTE); // Moscow's wall clock
  assert.ok(due.getUTCHours() >= 9 && due.getUTCHours() <= 18 && due.getUTCDay() % 6 !== 0, String(due));
  await done(admin.delete(`/staff/sla-policies/${id}`));
  await settle();
  assert.equal((await dueIn(number)).resolution_due_at, null);
});

test('a ticket opened by staff has no first response target', async () => {
  await setPolicies({ first_response_minutes: 60, resolution_minutes: 240 });
  const notice = { account_id: acme.accountId, summary: 'Maintenance', comment_body: 'Tonight' };
  const { number } = (await done(agent.post('/staff/tickets', notice))).body;
  await settle();
  assert.equal((await dueIn(number)).resolution_due_at, null);
  await clientWrites(number);
  const { first_response_due_at, resolution_due_at } = await dueIn(number);
  assert.equal(first_response_due_at, null);
  inMinutes(resolution_due_at, 240);
});

test('two processes that follow at once count each ticket correctly', async () => {
  await setPolicies({ first_response_minutes: 60 });
  const tickets = await Promise.all(Array.from({ length: 30 }, () => ticketIn('open', acme, agent)));
  const otherProcess = await instance.otherProcess();
  const news: Array<(accounts: Set<number>) => void> = [];
  const follower = {
    onNewEvents: (listener: (accounts: Set<number>) => void) => void news.push(listener),
  };
  const fail = (error: unknown) => assert.fail(String(error));
  const running = [instance, otherProcess].map((one) =>
    follow(follower, () => followSla(one.database), fail),
  );
  for (const tell of news) tell(new Set());
  await Promise.all(running.map(({ stop }) => stop()));
  await settle();
  for (const { number } of tickets) inMinutes((await dueIn(number)).due_at, 60);
});

test('a policy is unique for its topic and priority, and its calendar and topic must exist', async () => {
  await setPolicies({ priority: 'low', calendar_id });
  await storingNothing(instance, async () => {
    assertProblem(await admin.post('/staff/sla-policies', { priority: 'low' }), 409, 'sla_policy_exists');
    assertProblem(await admin.post('/staff/sla-policies', { topic_key: 'gone' }), 400, 'unknown_topic');
    assertProblem(await admin.post('/staff/sla-policies', { calendar_id: 999 }), 400, 'unknown_calendar');
    assertProblem(await admin.delete(`/staff/calendars/${calendar_id}`), 409, 'calendar_in_use');
    for (const bad of [0, -1, 1.5, '60', 1_000_001]) {
      assertProblem(await admin.post('/staff/sla-policies', { resolution_minutes: bad }), 400);
    }
    const hours = { mon: [{ from: '09:00', to: '18:00' }] };
    for (const bad of [
      { time_zone: 'Mars/Olympus' },
      { time_zone: '+03:00' },
      { hours: {} },
      { hours: { mon: [{ from: '24:00', to: '25:00' }] } },
      { hours: { mon: [{ from: '10:00', to: '12:00' }], montag: [] } },
      { holidays: ['2026-02-30'] },
      { holidays: ['tomorrow'] },
    ]) {
      const input = { name: 'a', time_zone: 'UTC', hours, ...bad };
      assertProblem(await admin.post('/staff/calendars', input), 400, undefined, JSON.stringify(bad));
    }
    assertProblem(await agent.post('/staff/sla-policies', {}), 403, 'forbidden');
  });
});
