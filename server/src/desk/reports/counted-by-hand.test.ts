/** Reports on a few tickets, with figures that can be checked by hand. */
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { openDatabase } from '#platform/db/database.ts';
import { openInstance } from '#test/instance.ts';
import { staffIdOf } from '#test/people.ts';
import { assertProblem } from '#test/refusals.ts';
import { done, ticketIn } from '#test/tickets.ts';
import { report as countReport } from './reports.ts';

const instance = await openInstance();
after(() => instance.close());
const [acme, spare] = [await instance.client('acme'), await instance.client('spare')];
const [anna, boris, admin] = [
  await instance.staff('agent', 'Anna'),
  await instance.staff('agent', 'Boris'),
  await instance.staff('admin', 'Olga'),
];
const [annaId, borisId] = [await staffIdOf(instance, anna), await staffIdOf(instance, boris)];

const report = async (name: string, query: string) =>
  (await done(anna.get(`/staff/reports/${name}?${query}`))).body.items;
const groups = (items: Array<Record<string, unknown>>, ...figures: string[]) =>
  Object.fromEntries(items.map((row) => [row.group, figures.map((figure) => row[figure])]));
const at = (number: number, times: Record<string, string>) =>
  instance.query(
    `update tickets set updated_at = now(), ${Object.entries(times)
      .map(([column, time]) => `${column} = '${time}'`)
      .join(', ')} where number = $1`,
    [number],
  );

test('a reply is credited to its author, not to the current assignee', async () => {
  await done(admin.post('/staff/topics', { key: 'credit', name: { en: 'Credit', ru: 'Credit' } }));
  const { number, response } = await ticketIn('replied', acme, anna, { topic_key: 'credit' });
  await done(boris.post(`/staff/tickets/${number}/comments`, { body: 'And one of mine' }));
  await done(boris.post(`/staff/tickets/${number}/comments`, { body: 'And another' }));
  await done(acme.post(`/support/comments/${response}/vote`, { score: 1 }));
  await done(admin.patch(`/staff/tickets/${number}`, { assignee_id: borisId }));
  const by = (name: string) => report(name, 'topic_key=credit&group_by=assignee');
  assert.deepEqual(groups(await by('volume'), 'opened', 'replies'), {
    [annaId]: [0, 1],
    [borisId]: [1, 2],
  });
  assert.deepEqual(groups(await by('first_response'), 'name', 'tickets'), { [annaId]: ['Anna', 1] });
  assert.deepEqual(groups(await by('votes'), 'comments_up'), { [annaId]: [1] });
  await done(acme.delete(`/support/comments/${response}/vote`));
  assert.deepEqual(groups(await by('votes'), 'comments_up'), {});
  await done(acme.post(`/support/comments/${response}/vote`, { score: -1 }));
  assert.deepEqual(groups(await by('votes'), 'comments_up', 'comments_down'), { [annaId]: [0, 1] });
  const [ofAnna] = await report('volume', `topic_key=credit&assignee_id=${annaId}`);
  assert.deepEqual([ofAnna.opened, ofAnna.replies], [0, 1]);
});

test('the backlog is what is neither resolved nor closed; resolved tickets are counted separately', async () => {
  await done(admin.post('/staff/topics', { key: 'backlog', name: { en: 'Backlog', ru: 'Backlog' } }));
  for (const state of ['open', 'replied', 'resolved', 'closed'] as const) {
    await ticketIn(state, acme, anna, { topic_key: 'backlog' });
  }
  const [row] = await report('backlog', 'topic_key=backlog');
  assert.deepEqual([row.open, row.resolved, row.under_1_day, row.older], [2, 1, 2, 0]);
});

test('weeks follow ISO 8601, months the time zone, and empty periods are included', async () => {
  await done(admin.post('/staff/topics', { key: 'time', name: { en: 'Time', ru: 'Time' } }));
  const days = ['2026-12-27T12:00Z', '2026-12-28T12:00Z', '2027-01-03T22:30Z', '2027-01-11T12:00Z'];
  for (const created_at of days) {
    const { number } = await ticketIn('open', acme, anna, { topic_key: 'time' });
    await at(number, { created_at });
  }
  const span = 'topic_key=time&from=2026-12-21&to=2027-01-17';
  assert.deepEqual(groups(await report('volume', `${span}&group_by=week`), 'opened'), {
    '2026-W52': [1],
    '2026-W53': [2], // 3 January is the Sunday of a week that started in December
    '2027-W01': [0],
    '2027-W02': [1],
  });
  // In Moscow it was Monday, 4 January already.
  const inMoscow = await report('volume', `${span}&group_by=week&time_zone=Europe/Moscow`);
  assert.deepEqual(groups(inMoscow, 'opened')['2027-W01'], [1]);
  assert.deepEqual(groups(await report('volume', `${span}&group_by=month`), 'opened'), {
    '2026-12': [2],
    '2027-01': [2],
  });
});

test('accounts are named, the one with most tickets first', async () => {
  await done(admin.post('/staff/topics', { key: 'whose', name: { en: 'Whose', ru: 'Whose' } }));
  for (const client of [acme, spare, spare]) await ticketIn('open', client, anna, { topic_key: 'whose' });
  const items = await report('volume', 'topic_key=whose&group_by=account');
  assert.deepEqual(
    items.map(({ group, name, opened }: Record<string, unknown>) => [group, name, opened]),
    [
      [String(spare.accountId), 'The spare company', 2],
      [String(acme.accountId), 'The acme company', 1],
    ],
  );
});

test('the share of SLA targets met counts those met or missed, each target separately', async () => {
  await done(admin.post('/staff/topics', { key: 'kept', name: { en: 'Kept', ru: 'Kept' } }));
  const due = { first_response_due_at: '2026-11-10T12:00Z', resolution_due_at: '2026-11-11T12:00Z' };
  const resolved = { first_response_at: '2026-11-10T11:00Z', resolved_at: '2026-11-10T20:00Z' };
  const create = async (state: 'open' | 'resolved', times: Record<string, string>) => {
    const { number } = await ticketIn(state, acme, anna, { topic_key: 'kept' });
    await at(number, { created_at: '2026-11-10T09:00Z', ...times });
    return number;
  };
  await create('resolved', { ...due, ...resolved });
  await create('resolved', { ...due, ...resolved });
  await create('resolved', resolved); // without targets
  await create('open', due); // not due yet
  const late = await create('open', due);
  for (const [target, due_at] of [
    ['first_response', due.first_response_due_at],
    ['resolution', due.resolution_due_at],
  ]) {
    await instance.query(
      `insert into sla_alerts (account_id, ticket_number, target, kind, due_at) values ($1, $2, $3, 'breached', $4)`,
      [acme.accountId, late, target, due_at],
    );
  }
  const [row] = await report('sla', 'topic_key=kept&from=2026-11-10&to=2026-11-11');
  const { group, name, ...figures } = row;
  assert.deepEqual(figures, {
    first_response_met: 2,
    first_response_missed: 1,
    first_response_share: 2 / 3,
    resolution_met: 2,
    resolution_missed: 1,
    resolution_share: 2 / 3,
  });
  const [before] = await report('sla', 'topic_key=kept&from=2026-11-01&to=2026-11-09');
  assert.deepEqual([before.first_response_met, before.first_response_share], [0, null]);
});

test('times are measured in business hours, of the policy or of a calendar', async () => {
  await done(admin.post('/staff/topics', { key: 'office', name: { en: 'Office', ru: 'Office' } }));
  const workday = [{ from: '09:00', to: '18:00' }];
  const hours = { mon: workday, tue: workday, wed: workday, thu: workday, fri: workday };
  const calendar = { name: 'Office', time_zone: 'Europe/Moscow', hours };
  const { calendar_id } = (await done(admin.post('/staff/calendars', calendar))).body;
  const { number } = await ticketIn('replied', acme, anna, { topic_key: 'office' });
  // From Friday, 17:00, to Monday, 10:00, in Moscow: 65 hours, 2 of them in the office.
  await at(number, { created_at: '2026-11-06T14:00Z', first_response_at: '2026-11-09T07:00Z' });
  const span = 'topic_key=office&from=2026-11-09&to=2026-11-09&group_by=topic';
  const times = async (query: string) => {
    const [row] = await report('first_response', `${span}&${query}`);
    return [row.name, row.tickets, row.median_seconds, row.p90_seconds];
  };
  assert.deepEqual(await times('hours=all'), ['Office', 1, 65 * 3600, 65 * 3600]);
  assert.deepEqual(await times(`calendar_id=${calendar_id}`), ['Office', 1, 2 * 3600, 2 * 3600]);
  assert.deepEqual(await times('hours=business'), ['Office', 1, 65 * 3600, 65 * 3600]); // there is no policy yet
  await done(
    admin.post('/staff/sla-policies', { topic_key: 'office', calendar_id, first_response_minutes: 60 }),
  );
  assert.deepEqual(await times('hours=business'), ['Office', 1, 2 * 3600, 2 * 3600]);
  const none = await report('resolution', `${span.replace('&group_by=topic', '')}&hours=business`);
  assert.deepEqual(none, [{ group: null, name: null, tickets: 0, median_seconds: null, p90_seconds: null }]);
});

test('business hours in a report without times, and an unknown calendar, are refused', async () => {
  const refused = {
    'backlog?hours=business': 'invalid_request',
    'volume?calendar_id=1': 'invalid_request',
    'first_response?calendar_id=999999': 'invalid_report',
  };
  for (const [query, code] of Object.entries(refused)) {
    const response = await anna.get(`/staff/reports/${query}`);
    assertProblem(response, 400, code, query);
    assert.match(response.body.errors[0].pointer, /^(hours|calendar_id)$/);
  }
});

test('a report that takes too long is refused with advice on narrowing it, not with a 5xx', async () => {
  const impatient = openDatabase(instance.url, {
    poolSize: 1,
    statementTimeoutMs: 50,
    connectionTimeoutMs: 30_000,
  });
  await instance.query('alter table tickets rename to kept_tickets');
  await instance.query('create view tickets as select * from kept_tickets where pg_sleep(0.1) is not null');
  try {
    const query = { time_zone: 'UTC', group_by: 'none', hours: 'all', format: 'json' } as const;
    await assert.rejects(countReport(impatient.db, 'volume', query), { status: 400, code: 'invalid_report' });
  } finally {
    await instance.query('drop view tickets');
    await instance.query('alter table kept_tickets rename to tickets');
    await impatient.close();
  }
});
