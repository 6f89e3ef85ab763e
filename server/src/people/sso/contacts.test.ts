/** Contacts as authors: shown to staff with all data, and to other clients by name only. */
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { guestAt, type Person } from '#test/guests.ts';
import { openInstance } from '#test/instance.ts';
import { done } from '#test/tickets.ts';

const instance = await openInstance();
after(() => instance.close());
const acme = await instance.client('acme');
const agent = await instance.staff('agent');
const ivan: Person = { id: 'u-7', name: 'Ivan Sidorov', email: 'ivan@clients.example' };
const olga: Person = { id: 'u-8', name: 'Olga', email: 'olga@clients.example' };

const t = (number: number, verb = '') => `/support/tickets/${number}${verb}`;
const authorsOf = async (number: number) =>
  (await done(agent.get(`/staff/tickets/${number}`))).body.comments.map(
    ({ author_name, author_user }: Record<string, unknown>) => [author_name, author_user],
  );

test("a comment shows its contact's name, and staff also see the id and address", async () => {
  const [first, second] = [await guestAt(instance, 'acme', ivan), await guestAt(instance, 'acme', olga)];
  const opened = await done(first.post('/support/tickets', { summary: 'Disk full', comment_body: 'Help' }));
  const { number } = opened.body;
  await done(second.post(t(number, '/comments'), { body: 'I see it too' }));
  await done(acme.post(t(number, '/comments'), { body: 'By the key of the account' }));
  await done(agent.post(`/staff/tickets/${number}/comments`, { body: 'Done' }));
  assert.deepEqual(await authorsOf(number), [
    ['Ivan Sidorov', ivan],
    ['Olga', olga],
    ['The acme company', null],
    ['Anna Petrova', null],
  ]);
  const rows = await instance.query(
    'select user_id, token_id from comments where ticket_number = $1 order by id',
    [number],
  );
  assert.deepEqual(rows.slice(0, 2), [
    { user_id: 'u-7', token_id: null },
    { user_id: 'u-8', token_id: null },
  ]);
  const { items } = (await done(second.get(t(number, '/comments')))).body;
  assert.deepEqual(
    items.map(({ author_name }: { author_name: string }) => author_name),
    ['Ivan Sidorov', 'Olga', 'The acme company', 'Anna Petrova'],
  );
});

test('no client sees the address or id of another contact, in any response or event', async () => {
  const [writer, reader] = [await guestAt(instance, 'acme', ivan), await guestAt(instance, 'acme', olga)];
  const { number } = (await done(writer.post('/support/tickets', { summary: 'a', comment_body: 'a' }))).body;
  const response = await done(agent.post(`/staff/tickets/${number}/comments`, { body: 'Done' }));
  const { etag = '' } = (await reader.get(t(number))).headers;
  await done(writer.post(t(number, '/comments'), { body: 'b' }));
  const seen = [
    await reader.get(t(number)),
    await reader.get(t(number, '/comments')),
    await reader.get(`/support/comments/${response.body.id}`),
    await reader.get('/support/tickets?q=ivan'),
    await reader.post(t(number, '/comments'), { body: 'c' }, { 'if-match': String(etag) }),
  ];
  assert.equal(seen.at(-1)?.status, 412);
  const stream = await instance.app.inject({
    url: '/support/events?after=0.0.0',
    headers: { 'x-token': reader.token },
    payloadAsStream: true,
  });
  let events = '';
  for await (const chunk of stream.stream()) {
    events += chunk;
    if (events.includes(`"number":${number}`)) break;
  }
  for (const text of [...seen.map((one) => one.text), events]) {
    assert.doesNotMatch(text, /ivan@clients\.example|u-7|author_user|user_id/);
  }
});

test("a ticket's alias replaces the contact's name for clients, and hides nobody from staff", async () => {
  const guest = await guestAt(instance, 'acme', ivan);
  const body = { summary: 'a', comment_body: 'a', client_aliased_name: 'Night shift' };
  const { number } = (await done(guest.post('/support/tickets', body))).body;
  await done(guest.patch(t(number), { client_aliased_name: null }));
  await done(guest.post(t(number, '/comments'), { body: 'b' }));
  assert.deepEqual(await authorsOf(number), [
    ['Night shift', ivan],
    ['Ivan Sidorov', ivan],
  ]);
});

test('events and history name the contact; a new sign-on updates the name, and comments keep theirs', async () => {
  const guest = await guestAt(instance, 'acme', ivan);
  const { number } = (await done(guest.post('/support/tickets', { summary: 'a', comment_body: 'a' }))).body;
  await guestAt(instance, 'acme', { ...ivan, name: 'Ivan Petrov', email: null });
  assert.deepEqual(await authorsOf(number), [
    ['Ivan Sidorov', { id: 'u-7', name: 'Ivan Petrov', email: null }],
  ]);
  const { history } = (await done(agent.get(`/staff/tickets/${number}`))).body;
  assert.deepEqual([history[0].user_id, history[0].user_name], ['u-7', 'Ivan Petrov']);
  const feed = (await done(agent.get('/staff/events?limit=500'))).body.items;
  const event = feed.findLast(
    ({ ticket }: { ticket: { number: number } | null }) => ticket?.number === number,
  );
  assert.deepEqual([event.user_id, event.token_id, event.actor_kind], ['u-7', null, 'client']);
});

test('a comment that is split off keeps its contact', async () => {
  const guest = await guestAt(instance, 'acme', olga);
  const { number } = (await done(guest.post('/support/tickets', { summary: 'a', comment_body: 'a' }))).body;
  const { id } = (await done(guest.post(t(number, '/comments'), { body: 'b' }))).body;
  const split = await done(agent.post(`/staff/tickets/${number}/split`, { comment_ids: [id], summary: 'b' }));
  assert.deepEqual(await authorsOf(split.body.number), [['Olga', olga]]);
});

test('an id identifies one contact of one account only', async () => {
  await guestAt(instance, 'acme', ivan);
  await guestAt(instance, 'other', { ...ivan, name: 'Another Ivan' });
  const users = await instance.query('select name from contacts where user_id = $1 order by name', [ivan.id]);
  assert.deepEqual(users, [{ name: 'Another Ivan' }, { name: 'Ivan Sidorov' }]);
});
