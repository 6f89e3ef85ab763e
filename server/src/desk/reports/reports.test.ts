import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { openInstance } from '#test/instance.ts';
import { assertProblem } from '#test/refusals.ts';
import { done, ticketIn } from '#test/tickets.ts';

const instance = await openInstance();
after(() => instance.close());
const [acme, agent, admin] = [
  await instance.client('acme'),
  await instance.staff(),
  await instance.staff('admin'),
];
await done(admin.post('/staff/topics', { key: 'mail', name: { en: '=Mail, "fast"', ru: 'Почта' } }));

/** Sixty tickets over ten days in March, inserted by SQL, because the verbs use the current time. */
const states = ['open', 'replied', 'resolved', 'closed'] as const;
for (let i = 0; i < 60; i++) {
  const topic_key = ['servers', 'mail', undefined][i % 3];
  const { number, response } = await ticketIn(states[i % 4] ?? 'open', acme, agent, { topic_key });
  if (i % 5 === 0) await done(agent.patch(`/staff/tickets/${number}`, { assignee_id: 1 + (i % 2) }));
  if (i % 8 === 3) await done(acme.post(`/support/tickets/${number}/vote`, { score: 1 + (i % 10) }));
  if (response) await done(acme.post(`/support/comments/${response}/vote`, { score: i % 3 ? 1 : -1 }));
  await agent.post(`/staff/tickets/${number}/comments`, { body: 'A note', internal: true });
  await moveBack(number, i);
}

async function moveBack(number: number, i: number) {
  // 4 hours apart from 1 March, 22:30 UTC, which is 2 March in Moscow.
  const back = `now() - (timestamptz '2026-03-01 22:30Z' + ${i} * interval '4 hours')`;
  const times = {
    tickets: ['created_at', 'updated_at', 'closed_at', 'resolved_at', 'first_response_at', 'waiting_since'],
    comments: ['sent_at'],
    votes: ['created_at'],
  };
  for (const [table, columns] of Object.entries(times)) {
    const later = (name: string) =>
      /closed|resolved|answered/.test(name) ? ` + ${i} * interval '7 minutes'` : '';
    const set = columns.map((name) => `${name} = ${name} - (${back})${later(name)}`);
    const key = table === 'tickets' ? 'number' : 'ticket_number';
    await instance.query(`update ${table} set ${set} where ${key} = $1`, [number]);
  }
  await instance.query(
    'update tickets set updated_at = greatest(updated_at, closed_at, resolved_at) where number = $1',
    [number],
  );
}

const span = 'from=2026-03-03&to=2026-03-08';
const report = async (name: string, more = '') =>
  (await done(agent.get(`/staff/reports/${name}?${span}${more}`))).body.items;
const number = async (from: string): Promise<number> =>
  (await instance.query<{ n: number }>(`select count(*)::int as n from ${from}`))[0]?.n ?? 0;
const inMoscow = (column: string) =>
  `${column} at time zone 'Europe/Moscow' >= '2026-03-03' and ${column} at time zone 'Europe/Moscow' < '2026-03-09'`;
const moscow = '&time_zone=Europe/Moscow';

test("each figure of the volume is a plain count, in the viewer's days", async () => {
  const [row] = await report('volume', moscow);
  assert.deepEqual(row, {
    group: null,
    name: null,
    opened: await number(`tickets where ${inMoscow('created_at')}`),
    resolved: await number(`tickets where ${inMoscow('resolved_at')}`),
    closed: await number(`tickets where ${inMoscow('closed_at')}`),
    comments: await number(`comments where is_client_author and ${inMoscow('sent_at')}`),
    replies: await number(
      `comments where not is_client_author and not is_internal and ${inMoscow('sent_at')}`,
    ),
  });
  assert.ok(row.opened > 30 && row.closed > 5);
  const [utc] = await report('volume');
  assert.equal(
    utc.opened,
    await number("tickets where created_at >= '2026-03-03Z' and created_at < '2026-03-09Z'"),
  );
});

test('days, topics and people each add up to the total, and empty days are included', async () => {
  const [whole] = await report('volume', moscow);
  for (const group of ['day', 'topic', 'assignee']) {
    const rows = await report('volume', `${moscow}&group_by=${group}`);
    for (const figure of ['opened', 'resolved', 'closed', 'comments', 'replies']) {
      const sum = rows.reduce((total: number, row: Record<string, number>) => total + (row[figure] ?? 0), 0);
      assert.equal(sum, whole[figure], `${figure} by ${group}`);
    }
  }
  const { items } = (
    await done(agent.get('/staff/reports/volume?from=2026-02-26&to=2026-03-02&group_by=day'))
  ).body;
  assert.deepEqual(
    items.map(({ group, opened }: { group: string; opened: number }) => [group, opened > 0]),
    [
      ['2026-02-26', false],
      ['2026-02-27', false],
      ['2026-02-28', false],
      ['2026-03-01', true],
      ['2026-03-02', true],
    ],
  );
});

test('a filter narrows every figure, and topics and people have their names', async () => {
  const [servers] = await report('volume', '&topic_key=servers');
  assert.equal(
    servers.opened,
    await number(
      "tickets where topic_key = 'servers' and created_at >= '2026-03-03Z' and created_at < '2026-03-09Z'",
    ),
  );
  const topics = await report('volume', '&group_by=topic');
  assert.deepEqual(
    topics.map(({ group, name }: { group: string; name: string }) => [group, name]),
    [
      ['mail', '=Mail, "fast"'],
      ['servers', 'Servers'],
      [null, null],
    ],
  );
  const people = await report('volume', '&group_by=assignee&assignee_id=1');
  assert.deepEqual(
    people.map(({ group, name }: { group: string; name: string }) => [group, name]),
    [['1', 'Anna Petrova']],
  );
});

test('medians and 90th percentiles are those of the times themselves', async () => {
  for (const [name, column] of [
    ['first_response', 'first_response_at'],
    ['resolution', 'resolved_at'],
  ] as const) {
    const [row] = await report(name, moscow);
    const times = (
      await instance.query<{ seconds: number }>(
        `select extract(epoch from ${column} - created_at)::float8 as seconds from tickets where ${inMoscow(column)} order by 1`,
      )
    ).map(({ seconds }) => seconds);
    assert.equal(row.tickets, times.length);
    assert.ok(Math.abs(row.median_seconds - quantile(times, 0.5)) < 0.001, name);
    assert.ok(Math.abs(row.p90_seconds - quantile(times, 0.9)) < 0.001, name);
  }
});

function quantile(sorted: number[], share: number): number {
  const at = share * (sorted.length - 1);
  const [low = 0, high = low] = [sorted[Math.floor(at)], sorted[Math.ceil(at)]];
  return low + (high - low) * (at - Math.floor(at));
}

test('every ticket neither resolved nor closed is in one age group of the backlog', async () => {
  const { items } = (await done(agent.get('/staff/reports/backlog?from=2026-01-01'))).body;
  const { group, name, open, resolved, ...ages } = items[0];
  assert.equal(open, await number('tickets where not is_closed and not is_resolved'));
  assert.equal(resolved, await number('tickets where not is_closed and is_resolved'));
  assert.equal(
    Object.values(ages as Record<string, number>).reduce((a, b) => a + b),
    open,
  );
  assert.equal(ages.older, open, 'all were moved to March');
  await ticketIn('open', acme, agent);
  assert.equal((await done(agent.get('/staff/reports/backlog'))).body.items[0].under_1_day, 1);
});

test('votes are counted and averaged, separately for tickets and replies', async () => {
  const [row] = await report('votes', moscow);
  const given = inMoscow('created_at');
  const [plain] = await instance.query<{ average: number }>(
    `select avg(score)::float8 as average from votes where comment_id is null and ${given}`,
  );
  assert.deepEqual(row, {
    group: null,
    name: null,
    votes: await number(`votes where comment_id is null and ${given}`),
    average: plain?.average,
    good: await number(`votes where comment_id is null and score >= 9 and ${given}`),
    bad: await number(`votes where comment_id is null and score <= 6 and ${given}`),
    comments_up: await number(`votes where comment_id is not null and score = 1 and ${given}`),
    comments_down: await number(`votes where comment_id is not null and score = -1 and ${given}`),
  });
});

test('a report has the same figures as CSV, without formulas', async () => {
  const response = await agent.get(`/staff/reports/volume?${span}&group_by=topic&format=csv`);
  assert.equal(response.headers['content-type'], 'text/csv; charset=utf-8');
  assert.match(
    String(response.headers['content-disposition']),
    /^attachment; filename="volume-2026-03-03-2026-03-08.csv"$/,
  );
  const [heading, mail, servers] = response.text.split('\r\n');
  assert.equal(heading, '\ufeff"group","name","opened","resolved","closed","comments","replies"');
  assert.ok(mail?.startsWith(`"mail","'=Mail, ""fast""",`), mail);
  const rows = await report('volume', '&group_by=topic');
  assert.equal(
    servers,
    `"servers","Servers",${['opened', 'resolved', 'closed', 'comments', 'replies'].map((one) => rows[1][one])}`,
  );
});

test('a time zone can be given by any of its names', async () => {
  for (const zone of ['UTC', 'GMT', 'Europe/Kiev', 'Europe/Kyiv', 'Asia/Calcutta', 'Asia/Kolkata']) {
    await done(agent.get(`/staff/reports/volume?time_zone=${zone}`));
  }
});

test('an invalid day, zone or span is refused with a reason', async () => {
  const odd = {
    'from=2026-02-30': 'from',
    'to=2026-13-01': 'to',
    'from=2026-03-02&to=2026-03-01': 'from',
    'from=2001-01-01&to=2026-01-01': 'from',
    'time_zone=Mars/Olympus': 'time_zone',
    "time_zone=UTC'": 'time_zone',
    'time_zone=%2B03:00': 'time_zone',
    'group_by=number': 'group_by',
    'format=xml': 'format',
  };
  for (const [query, pointer] of Object.entries(odd)) {
    const response = await agent.get(`/staff/reports/volume?${query}`);
    assertProblem(
      response,
      400,
      /group_by|format|-13-/.test(query) ? 'invalid_request' : 'invalid_report',
      query,
    );
    assert.equal(response.body.errors[0].pointer, pointer);
  }
});

test('a reply that a split copies counts once, for the ticket in which it was written', async () => {
  await done(admin.post('/staff/topics', { key: 'dns', name: { en: 'DNS', ru: 'DNS' } }));
  const { number } = await ticketIn('replied', acme, agent, { topic_key: 'dns' });
  const asked = (await done(acme.post(`/support/tickets/${number}/comments`, { body: 'And this?' }))).body.id;
  const response = (await done(agent.post(`/staff/tickets/${number}/comments`, { body: 'That too' }))).body
    .id;
  await done(
    agent.post(`/staff/tickets/${number}/split`, { comment_ids: [asked, response], summary: 'This' }),
  );
  const [row] = (await done(agent.get('/staff/reports/first_response?topic_key=dns'))).body.items;
  assert.equal(row.tickets, 1);
  assert.ok(row.median_seconds >= 0);
});
