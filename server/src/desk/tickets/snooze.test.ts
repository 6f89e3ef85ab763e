import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { openInstance } from '#test/instance.ts';
import { assertProblem, storingNothing } from '#test/refusals.ts';
import { done, merged, ticketIn } from '#test/tickets.ts';
import { createTasks } from '#worker.ts';

const instance = await openInstance();
after(() => instance.close());
const [acme, agent, otherProcess] = [
  await instance.client('acme'),
  await instance.staff(),
  await instance.otherProcess(),
];

const s = (number: number, verb = '') => `/staff/tickets/${number}${verb}`;
const open = async (more: object = {}) => (await ticketIn('open', acme, agent, more)).number;
const snooze = (number: number, until: object = { until_reply: true }) =>
  agent.post(s(number, '/snooze'), until);
const tomorrow = () => new Date(Date.now() + 86_400_000).toISOString();
const ticket = async (number: number) => (await done(agent.get(s(number)))).body;
const endings = async (number: number) =>
  (await ticket(number)).history
    .filter(({ type }: { type: string }) => type === 'ticket.unsnoozed')
    .map(({ data }: { data: { reason: string } }) => data.reason);
const listed = async (number: number, query = ''): Promise<boolean> =>
  (await done(agent.get(`/staff/tickets?limit=100${query}`))).body.items.some(
    (item: { number: number }) => item.number === number,
  );
const count = async (query = ''): Promise<number> =>
  (await done(agent.get(`/staff/counts/tickets?${query}`))).body.count;

async function snoozed(more: object = {}): Promise<number> {
  const number = await open(more);
  await done(snooze(number));
  return number;
}

test('a snoozed ticket is not in lists, counts and views unless requested', async () => {
  const number = await open({ summary: 'Zebra' });
  const before = await count();
  const until = tomorrow();
  const { body } = await done(snooze(number, { until }));
  assert.deepEqual([body.is_snoozed, body.snoozed_until], [true, until]);
  assert.equal(await count(), before - 1);
  assert.equal(await count('is_snoozed=true'), 1);
  assert.equal(await listed(number), false);
  assert.equal(await listed(number, '&waiting=support&sort=waiting'), false);
  assert.equal(await listed(number, `&number=${number}`), false);
  for (const query of ['&is_snoozed=true', `&q=${number}`, `&account_id=${acme.accountId}`]) {
    assert.equal(await listed(number, query), true, query);
  }
  const view = { name: 'Put away', filter: { is_snoozed: true } };
  const { view_id } = (await done(agent.post('/staff/views', view))).body;
  assert.equal(await listed(number, `&view_id=${view_id}`), true);
  assert.equal((await done(agent.post(s(number, '/unsnooze')))).body.is_snoozed, false);
  assert.equal(await listed(number), true);
  assert.deepEqual(await endings(number), ['staff']);
});

test('a mentioned member finds a snoozed ticket', async () => {
  const number = await snoozed();
  const { staff_id } = (await done(agent.get('/staff/me'))).body;
  const teamMember = await instance.staff('agent', 'Boris');
  await done(teamMember.post(s(number, '/comments'), { body: 'Look', internal: true, mentions: [staff_id] }));
  assert.equal(await listed(number, '&mentioned=me'), true);
  assert.equal((await ticket(number)).is_snoozed, true, 'a note does not bring it back');
});

test('a client notices nothing', async () => {
  const number = await open();
  const read = async () => {
    const { body, headers } = await done(acme.get(`/support/tickets/${number}`));
    return { body, etag: headers.etag };
  };
  const before = await read();
  await done(snooze(number));
  assert.deepEqual(await read(), before);
  await done(agent.post(s(number, '/unsnooze')));
  assert.deepEqual(await read(), before);
  const seen = await instance.query(
    "select from events where ticket_number = $1 and type like '%snooze%' and is_client_visible",
    [number],
  );
  assert.equal(seen.length, 0);
});

test('the snooze ends at once when the client writes, or when staff reply, resolve or close', async () => {
  const comment = `/comments`;
  const ways: Array<[reason: string, work: (number: number) => Promise<{ status: number; text: string }>]> = [
    ['client', (number) => acme.post(`/support/tickets/${number}${comment}`, { body: 'More' })],
    ['client', (number) => acme.post(`/support/tickets/${number}/close`)],
    ['staff', (number) => agent.post(s(number, comment), { body: 'Done' })],
    ['staff', (number) => agent.post(s(number, '/resolve'))],
    ['staff', (number) => agent.post(s(number, '/close'))],
    ['client', async (number) => agent.post(s(await open(), '/merge'), { into: number })],
    ['staff', async (number) => agent.post(s(number, '/merge'), { into: await open() })],
  ];
  for (const [reason, work] of ways) {
    const number = await snoozed();
    await done(work(number));
    const { is_snoozed, snoozed_until } = await ticket(number);
    assert.deepEqual([is_snoozed, snoozed_until], [false, null], String(work));
    assert.deepEqual(await endings(number), [reason], String(work));
  }
});

test('changes of fields leave it snoozed', async () => {
  const number = await snoozed();
  await done(
    agent.patch(s(number), { priority: 'high', tags: ['vip'], summary: 'Filed', topic_key: 'servers' }),
  );
  await done(agent.post(s(number, '/read')));
  const { number: replied } = await ticketIn('replied', acme, agent);
  await done(agent.post(s(replied, '/merge'), { into: number })); // its client does not wait for a reply
  assert.equal((await ticket(number)).is_snoozed, true);
});

test('at its time the snooze ends once, with any number of processes', async () => {
  const numbers = await Promise.all(Array.from({ length: 5 }, () => open()));
  for (const number of numbers) await done(snooze(number, { until: tomorrow() }));
  const later = await snoozed();
  const run = (on = instance) => createTasks(on)['snoozes.end']?.({}, {} as never); // the job does not use its helpers
  await run();
  assert.equal((await ticket(Number(numbers[0]))).is_snoozed, true);
  await instance.query('update tickets set snoozed_until = now() where number = any($1)', [numbers]);
  await Promise.all([run(), run(otherProcess), run(), run(otherProcess)]);
  await run();
  for (const number of numbers) assert.deepEqual(await endings(number), ['time']);
  assert.equal((await ticket(later)).is_snoozed, true, 'until the client writes');
});

test('a snooze has one end, in the future, and its ticket is open', async () => {
  const number = await open();
  const { number: closed } = await ticketIn('closed', acme, agent);
  const { number: part } = await merged(acme, agent);
  await storingNothing(instance, async () => {
    const ends = [{ until: new Date(Date.now() - 1000).toISOString() }, { until: '2999-01-01T00:00:00Z' }];
    for (const end of ends) assertProblem(await snooze(number, end), 400, 'invalid_snooze');
    for (const end of [{ until: 'tomorrow' }, { until: null }, { until_reply: false }])
      assertProblem(await snooze(number, end), 400, 'invalid_request');
    assertProblem(await agent.post(s(number, '/unsnooze')), 409, 'ticket_not_snoozed');
    assertProblem(await snooze(closed), 409, 'ticket_closed');
    assertProblem(await snooze(part), 409, 'ticket_merged');
    assertProblem(await snooze(999_999_999), 404, 'ticket_not_found');
  });
  await done(snooze(number));
  await done(snooze(number, { until: tomorrow() }));
  assert.notEqual((await ticket(number)).snoozed_until, null, 'the later end counts');
});
