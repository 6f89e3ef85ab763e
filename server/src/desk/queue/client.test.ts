/** The queue's filters by the client's name, by files and by score: alone, together, and with a search. */
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { guestAt } from '#test/guests.ts';
import { openInstance } from '#test/instance.ts';
import { assertProblem } from '#test/refusals.ts';
import { done, ticketIn } from '#test/tickets.ts';

const instance = await openInstance();
after(() => instance.close());
const agent = await instance.staff();
const bear = await instance.client('u-77', { name: 'Polar Bear Hosting' });
const fox = await instance.client('u-78', { name: 'ООО «Полярная лиса», Мурманск' });

const upload = async (by = bear) => (await done(by.upload('trace.txt', 'Some hops'))).body.uuid;
const { number: disk } = await ticketIn('open', bear, agent, {
  summary: 'Disk is full',
  topic_key: 'servers',
  files: [await upload()],
});
const { number: mail } = await ticketIn('closed', bear, agent, { summary: 'Mail is late' });
const { number: fire } = await ticketIn('resolved', fox, agent, { summary: 'Fire wall is full' });
const { number: other } = await ticketIn('open', fox, agent, { summary: 'Other' });
await done(bear.post(`/support/tickets/${mail}/vote`, { score: 3 }));
await done(fox.post(`/support/tickets/${fire}/vote`, { score: 9, comment: 'Thanks' }));

async function find(filter: Record<string, string | number | boolean>): Promise<number[]> {
  const query = new URLSearchParams(
    Object.entries(filter).map(([name, value]): [string, string] => [name, String(value)]),
  );
  const { items } = (await done(agent.get(`/staff/tickets?sort=created&limit=100&${query}`))).body;
  const { count } = (await done(agent.get(`/staff/counts/tickets?${query}`))).body;
  assert.equal(count, items.length, `${query}`);
  return items.map(({ number }: { number: number }) => number);
}

test('a client is found by words of the account’s name, in any case and form', async () => {
  const bears = ['polar bear', 'POLAR', 'bear polar', 'hosting pol', 'u-77', '"Polar Bear"', '“polar” bear'];
  for (const client of bears) assert.deepEqual(await find({ client }), [disk, mail], client);
  const foxes = ['лиса', 'полярной', 'Полярная лиса, Мурманск', 'ООО "Полярная лиса"'];
  for (const client of foxes) assert.deepEqual(await find({ client }), [fire, other], client);
  for (const client of ['polar fox', 'olar', 'disk', 'full', String(disk), '§', '%', "'", '\\', 'a:*', '@'])
    assert.deepEqual(await find({ client }), [], client);
});

test('a client is found by the contact who has written, and by the alias of a ticket', async () => {
  const guest = await guestAt(instance, 'u-78', {
    id: 'm/1',
    name: 'Мария Кюри',
    email: 'maria@lab.example',
  });
  await done(guest.post(`/support/tickets/${other}/comments`, { body: 'From me' }));
  for (const client of ['кюри', 'Мария Кюри', 'MARIA@lab.example'])
    assert.deepEqual(await find({ client }), [other], client);

  await done(bear.patch(`/support/tickets/${disk}`, { client_aliased_name: 'Ursula Polarsen' }));
  assert.deepEqual(await find({ client: 'ursula' }), [disk]);
  assert.deepEqual(await find({ client: 'polar' }), [disk, mail], 'once, though two names match');
  assert.deepEqual(await find({ q: '@ursula' }), [disk]);
  await done(bear.patch(`/support/tickets/${disk}`, { client_aliased_name: null }));
  assert.deepEqual(await find({ client: 'ursula' }), []);
});

test('files of comments and of notes count', async () => {
  assert.deepEqual(await find({ has_files: true }), [disk]);
  assert.deepEqual(await find({ has_files: false }), [mail, fire, other]);
  const files = [(await done(agent.upload('internal.txt', 'Boxes'))).body.uuid];
  await done(agent.post(`/staff/tickets/${other}/comments`, { body: 'See', internal: true, files }));
  assert.deepEqual(await find({ has_files: true }), [disk, other]);
  await done(agent.post(`/staff/files/${files[0]}/redact`));
  assert.deepEqual(await find({ has_files: true }), [disk]);
});

test('a score is a range, in which tickets without a score are not', async () => {
  assert.deepEqual(await find({ score_to: 6 }), [mail]);
  assert.deepEqual(await find({ score_from: 7 }), [fire]);
  assert.deepEqual(await find({ score_from: 1, score_to: 10 }), [mail, fire]);
  assert.deepEqual(await find({ score_from: 3, score_to: 3 }), [mail]);
  assert.deepEqual(await find({ score_from: 9, score_to: 3 }), []);
  await done(fox.post(`/support/tickets/${fire}/vote`, { score: 4 }));
  assert.deepEqual(await find({ score_to: 6 }), [mail, fire], 'the score of now');
});

test('the filters narrow each other, and a search', async () => {
  assert.deepEqual(
    await find({
      is_closed: false,
      topic_key: 'servers',
      client: 'polar bear',
      has_files: true,
      created_from: '2026-01-01T00:00:00Z',
      q: '"is full"',
    }),
    [disk],
  );
  assert.deepEqual(await find({ client: 'bear', score_to: 6, q: 'late' }), [mail]);
  assert.deepEqual(await find({ client: 'bear', score_to: 6, q: 'full' }), []);
  assert.deepEqual(await find({ client: 'лиса', q: 'full' }), [fire]);
  assert.deepEqual(await find({ client: 'bear', account_id: fox.accountId }), []);
  assert.deepEqual(await find({ client: 'bear', has_files: false, is_closed: true }), [mail]);
  assert.deepEqual(await find({ client: 'bear', number: `${disk},${fire}` }), [disk]);
});

test('a snoozed ticket of a client is listed', async () => {
  await done(agent.post(`/staff/tickets/${other}/snooze`, { until_reply: true }));
  assert.deepEqual(await find({ client: 'лиса' }), [fire, other]);
  await done(agent.post(`/staff/tickets/${other}/unsnooze`));
});

test('a view keeps the filters', async () => {
  const filter = { client: 'polar bear', has_files: false, score_from: 1, score_to: 6 };
  const view = (await done(agent.post('/staff/views', { name: 'Unhappy bears', filter }))).body;
  assert.deepEqual(view.filter, filter);
  assert.deepEqual(await find({ view_id: view.view_id }), [mail]);
  assert.deepEqual(await find({ view_id: view.view_id, score_to: 2 }), []);
  const { items } = (await done(agent.get('/staff/counts/views'))).body;
  assert.deepEqual(items, [{ view_id: view.view_id, count: 1 }]);
});

test('what is no name, no score and no boolean is refused', async () => {
  const odd = ['client=', 'client=%20', `client=${'a'.repeat(1001)}`, 'has_files=yes', 'score_from=0'];
  for (const query of [...odd, 'score_to=11', 'score_to=1.5', 'score_to=', 'score_to=%3C7'])
    assertProblem(await agent.get(`/staff/tickets?${query}`), 400, 'invalid_request', query);
  for (const filter of [{ client: '' }, { has_files: 'yes' }, { score_to: 11 }, { score_from: '<7' }])
    assertProblem(await agent.post('/staff/views', { name: 'a', filter }), 400, 'invalid_request');
});

test('a name of any length is found by all of it, and by its beginning', async () => {
  for (const times of [1, 10, 100]) {
    for (const word of ['Bearly', 'Медведь ', '熊', 'a-', '🐻']) {
      const name = `Z${times} ${word.repeat(times)}`.slice(0, 255).trim();
      const account = await instance.client(`long-${times}-${word}`, { name });
      const { number } = await ticketIn('open', account, agent);
      const found = await find({ client: name });
      assert.ok(found.includes(number) && found.length <= 5, `${found} for ${name}`);
      const repeated = await find({ client: `${name} `.repeat(10).slice(0, 1000) });
      assert.ok(repeated.includes(number), name);
    }
    assert.equal((await find({ client: `Z${times}` })).length, 5);
  }
});

test('a name that very many clients and contacts have is complete', async () => {
  await instance.query(
    `insert into account_search (account_id, user_id, words)
     select $1, 'crowd/' || i, array_to_tsvector(array['crowd', 'crowd' || i]) from generate_series(1, 1500) as i`,
    [fox.accountId],
  );
  assert.deepEqual(await find({ client: 'crowd' }), []);
  await instance.query(
    `update account_search set words = words || array_to_tsvector(array['crowd'])
     where account_id = $1 and user_id in ('', 'm/1')`,
    [bear.accountId],
  );
  assert.deepEqual(await find({ client: 'crowd' }), [disk, mail]);
  await instance.query(
    `update account_search set words = words || array_to_tsvector(array['crowd']) where user_id = 'm/1'`,
  );
  assert.deepEqual(await find({ client: 'crowd' }), [disk, mail, other]);
  assert.deepEqual(await find({ client: 'crowd', q: 'disk' }), [disk]);
});

test('a client with more tickets than are listed has all of them, in their order', async () => {
  await instance.query(
    `insert into tickets (account_id, summary, is_client_author, topic_key, waiting_since)
     select $1, 'One of many', true, 'mass', now() from generate_series(1, 2100)`,
    [bear.accountId],
  );
  const { items, after: cursor } = (await done(agent.get('/staff/tickets?client=polar&sort=created&limit=2')))
    .body;
  assert.deepEqual(
    items.map(({ number }: { number: number }) => number),
    [disk, mail],
  );
  const next = await done(agent.get(`/staff/tickets?client=polar&sort=created&limit=2&after=${cursor}`));
  assert.equal(next.body.items[0].summary, 'One of many');
  assert.equal((await done(agent.get('/staff/counts/tickets?client=polar'))).body.count, 1000);
  assert.deepEqual(await find({ client: 'polar', topic_key: 'servers' }), [disk]);
  assert.deepEqual(await find({ client: 'лиса' }), [fire, other]);
});

test('where very many tickets have files and a score, the filters mean the same', async () => {
  await instance.query(
    `insert into comments (account_id, ticket_number, ticket_version, body, is_client_author, is_client_read, files)
     select account_id, number, 1, 'See', true, true, '[{"name": "a.txt"}]' from tickets where topic_key = 'mass'`,
  );
  await instance.query(
    `update tickets
     set has_reply = true, status_key = 'resolved', is_resolved = true, resolved_at = now(), waiting_since = null,
       vote = jsonb_build_object('score', 8, 'comment', null, 'created_at', now())
     where topic_key = 'mass'`,
  );
  const count = async (query: string) => (await done(agent.get(`/staff/counts/tickets?${query}`))).body.count;
  for (const query of [
    'has_files=true',
    'score_from=7',
    'score_to=9',
    'has_files=true&score_from=8&client=polar',
  ])
    assert.equal(await count(query), 1000, query);
  assert.equal(await count('has_files=false&topic_key=mass'), 0);
  assert.equal(await count('score_from=9'), 0);
  assert.deepEqual(await find({ has_files: true, topic_key: 'servers' }), [disk]);
  assert.deepEqual(await find({ score_from: 1, client: 'лиса' }), [fire]);
  assert.deepEqual(await find({ score_from: 1, q: 'late' }), [mail]);
  assert.deepEqual(await find({ has_files: true, q: 'full' }), [disk]);
});
