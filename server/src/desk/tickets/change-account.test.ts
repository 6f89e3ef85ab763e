import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import type { Caller } from '#test/caller.ts';
import { openInstance } from '#test/instance.ts';
import { assertProblem, storingNothing } from '#test/refusals.ts';
import { listen, openReader } from '#test/sse.ts';
import { done, splitOff, ticketIn, uploadOf } from '#test/tickets.ts';
import { droppedTables, ticketTables } from './account-rows.ts';

const instance = await openInstance();
after(() => instance.close());
const [acme, other] = [await instance.client('acme'), await instance.client('other')];
const [agent, admin] = [await instance.staff('agent'), await instance.staff('admin')];

const move = (number: number, { accountId }: Caller, who = admin) =>
  who.post(`/staff/tickets/${number}/move`, { account_id: accountId });
const itemCount = async (who: Caller, query = '') =>
  (await done(who.get(`/support/tickets?${query}`))).body.item_count;

/** A ticket with a file, a reply, votes, a note, a draft, a delayed reply, tags, an assignee and contacts. */
async function furnished() {
  const file = await uploadOf(acme, 'graph.txt');
  const { number, response } = await ticketIn('replied', acme, agent, {
    summary: 'The zebrafish tank',
    client_aliased_name: 'Ivan of acme',
    client_emails: ['ivan@acme.example'],
    files: [file],
  });
  await done(acme.post(`/support/comments/${response}/vote`, { score: 1 }));
  await done(agent.post(`/staff/tickets/${number}/comments`, { body: 'A note', internal: true }));
  await done(agent.put(`/staff/tickets/${number}/draft`, { body: 'Begun' }));
  await done(agent.post(`/staff/tickets/${number}/delayed-replies`, { body: 'Soon', delay_seconds: 60 }));
  const me = (await done(agent.get('/staff/me'))).body.staff_id;
  await done(agent.patch(`/staff/tickets/${number}`, { tags: ['vip'], assignee_id: me, priority: 'high' }));
  return { number, response, file };
}

test('a moved ticket belongs to the other account with everything in it, and is gone from the first', async () => {
  const { number, response, file } = await furnished();
  const [before, counts] = [
    (await done(agent.get(`/staff/tickets/${number}`))).body,
    [await itemCount(acme, 'only_opened=true'), await itemCount(other, 'only_opened=true')] as const,
  ];
  const { body: moved } = await done(move(number, other));
  assert.equal(moved.account_id, other.accountId);

  const absent = {
    ticket: await acme.get('/support/tickets/999999'),
    comment: await acme.get('/support/comments/999999'),
  };
  const bytes = (text: string) => text.replace(/"request_id":"[^"]+"/, '');
  assert.equal(bytes((await acme.get(`/support/tickets/${number}`)).text), bytes(absent.ticket.text));
  assert.equal(bytes((await acme.get(`/support/comments/${response}`)).text), bytes(absent.comment.text));
  assertProblem(await acme.get(`/files/public/files/${file}`), 404, 'file_not_found');
  assert.equal(await itemCount(acme, 'q=zebrafish'), 0);
  assert.equal(await itemCount(other, 'q=zebrafish'), 1);
  assert.deepEqual(
    [await itemCount(acme, 'only_opened=true'), await itemCount(other, 'only_opened=true')],
    [counts[0] - 1, counts[1] + 1],
  );
  const seen = (await done(other.get(`/support/tickets/${number}`))).body;
  assert.deepEqual(
    [seen.client_emails, seen.client_aliased_name],
    [[], null],
    'the people of the first are not told',
  );
  const { items } = (await done(other.get(`/support/tickets/${number}/comments`))).body;
  assert.deepEqual([items.length, items[0].files[0].uuid, items[1].vote.score], [2, file, 1]);
  await done(other.get(`/files/public/files/${file}/content`));

  const after = (await done(agent.get(`/staff/tickets/${number}`))).body;
  for (const field of [
    'tags',
    'assignee_id',
    'priority',
    'drafts',
    'delayed_replies',
    'created_at',
    'waiting_since',
  ])
    assert.deepEqual(after[field], before[field], field);
  assert.deepEqual(
    after.history.slice(0, before.history.length),
    before.history,
    'what happened stays known',
  );
  const found = (await done(agent.get('/staff/tickets?q=zebrafish'))).body.items;
  assert.deepEqual(
    found.map((one: { account_id: number }) => one.account_id),
    [other.accountId],
  );
  await done(other.post(`/support/tickets/${number}/comments`, { body: 'It is ours' }));
});

test('a ticket that is moved back is as before, with its contacts', async () => {
  const { number } = await furnished();
  await instance.query(`insert into contacts (account_id, user_id, name) values ($1, '7', 'Ivan')`, [
    acme.accountId,
  ]);
  await instance.query(`insert into contacts (account_id, user_id, name) values ($1, '7', 'Not Ivan')`, [
    other.accountId,
  ]);
  await instance.query(`update comments set user_id = '7' where ticket_number = $1 and is_client_author`, [
    number,
  ]);
  const authors = async () =>
    (await done(agent.get(`/staff/tickets/${number}`))).body.comments.map(
      (one: { author_user: { name: string } | null }) => one.author_user?.name ?? null,
    );
  const before = (await done(agent.get(`/staff/tickets/${number}`))).body;
  await done(move(number, other));
  assert.deepEqual(await authors(), [null, null, null], 'nobody of the other account has written this');
  await done(other.patch(`/support/tickets/${number}`, { client_emails: ['b@other.example'] }));
  await done(move(number, acme));
  const after = (await done(agent.get(`/staff/tickets/${number}`))).body;
  assert.deepEqual(await authors(), ['Ivan', null, null]);
  const { version, updated_at, staff_version, history, ...rest } = after;
  for (const [field, value] of Object.entries(rest)) assert.deepEqual(value, before[field], field);
  assert.equal(await itemCount(other, 'q=zebrafish'), 1, 'the one of the test before');
  await done(move(number, other));
  assert.deepEqual((await done(other.get(`/support/tickets/${number}`))).body.client_emails, [
    'b@other.example',
  ]);
});

test('a project ticket is visible to all of the other account, and to the project again when moved back', async () => {
  const { number } = await ticketIn('open', acme, agent, {
    access_level: 'project_users',
    keystone_projects: ['p-1'],
  });
  const whose = async (who: Caller) => {
    const { access_level, keystone_projects } = (await done(who.get(`/support/tickets/${number}`))).body;
    return [access_level, keystone_projects];
  };
  const before = await whose(acme);
  await done(move(number, other));
  assert.deepEqual(await whose(other), ['account_users', []]);
  await done(move(number, acme));
  assert.deepEqual(await whose(acme), before);
});

test('the streams of both accounts get their own events, and none of the other account', async () => {
  const { number } = await furnished();
  const address = await listen(instance);
  const [first, second] = [
    await openReader(`${address}/support/events`, acme.token),
    await openReader(`${address}/support/events`, other.token),
  ];
  await done(move(number, other));
  await done(other.post(`/support/tickets/${number}/comments`, { body: 'quokka' }));
  await done(acme.post('/support/tickets', { summary: 'Last', comment_body: 'Last' }));
  const [removed, last] = await first.until(2);
  assert.deepEqual(
    [removed?.event, removed?.data.ticket, removed?.data.comment],
    ['ticket.removed', null, null],
  );
  assert.equal(last?.event, 'ticket.opened');
  const [moved, commented] = await second.until(2);
  assert.deepEqual([moved?.event, moved?.data.ticket.number], ['ticket.moved', number]);
  assert.equal(commented?.event, 'ticket.commented');
  assert.doesNotMatch(first.text, /quokka/);
  assert.doesNotMatch(second.text, /acme|"account_id"/);
  for (const reader of [first, second]) reader.close();
});

test('a ticket linked by a split or merge, or without a valid target, cannot be moved', async () => {
  const { number } = await ticketIn('replied', acme, agent);
  const split = await splitOff(acme, agent);
  const { number: into } = await ticketIn('open', acme, agent);
  const { number: part } = await ticketIn('open', acme, agent);
  await done(agent.post(`/staff/tickets/${part}/merge`, { into }));
  await storingNothing(instance, async () => {
    for (const linked of [split.number, split.number - 1, part, into])
      assertProblem(await move(linked, other), 409, 'ticket_linked', String(linked));
    assertProblem(await move(number, acme), 409, 'same_account');
    assertProblem(
      await admin.post(`/staff/tickets/${number}/move`, { account_id: 999_999 }),
      400,
      'invalid_request',
    );
    assertProblem(await move(999_999, other), 404, 'ticket_not_found');
    assertProblem(await move(number, other, agent), 403, 'forbidden');
  });
});

test('of ten moves at once each is complete', async () => {
  const { number } = await ticketIn('closed', acme, agent);
  const responses = await Promise.all(
    Array.from({ length: 10 }, (_, i) => move(number, i % 2 ? acme : other)),
  );
  assert.ok(responses.every(({ status }) => [200, 409].includes(status)));
  const rows = await instance.query('select account_id from tickets where number = $1', [number]);
  assert.equal(rows.length, 1);
  const wrong = await instance.query(
    `select account_id
     from account_state
     where (tickets_open, tickets_closed) <> (
       select count(*) filter (where not is_closed), count(*) filter (where is_closed)
       from tickets
       where tickets.account_id = account_state.account_id
     )`,
  );
  assert.deepEqual(wrong, []);
});

test('the move covers every table that has rows of tickets', async () => {
  const known = new Set([...Object.keys(ticketTables), ...Object.keys(droppedTables)]);
  const tables = await instance.query<{ name: string }>(
    `select table_name as name
     from information_schema.columns
     where table_schema = 'public' and column_name in ('number', 'ticket_number')
       and table_name in (
         select table_name from information_schema.columns
         where table_schema = 'public' and column_name = 'account_id'
       )`,
  );
  assert.deepEqual(
    tables.map(({ name }) => name).filter((name) => !known.has(name)),
    [],
  );
});
