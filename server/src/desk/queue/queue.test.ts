import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import type { Caller } from '#test/caller.ts';
import { openInstance } from '#test/instance.ts';
import { assertProblem } from '#test/refusals.ts';
import { done, ticketIn } from '#test/tickets.ts';

const instance = await openInstance();
after(() => instance.close());
const [acme, globex] = [await instance.client('acme'), await instance.client('globex')];
const [anna, boris] = [await instance.staff(), await instance.staff('agent', 'Boris Orlov')];
const admin = await instance.staff('admin');

const staffIdOf = async ({ tokenId }: Caller): Promise<number> => {
  const [row] = await instance.query<{ staff_id: number }>(
    'select staff_id from tokens where token_id = $1',
    [tokenId],
  );
  return row?.staff_id ?? 0;
};
const [annaId, borisId] = [await staffIdOf(anna), await staffIdOf(boris)];

const queue = async (query: string, staff = anna) => (await done(staff.get(`/staff/tickets?${query}`))).body;
const numbers = async (query: string, staff = anna): Promise<number[]> =>
  (await queue(query, staff)).items.map(({ number }: { number: number }) => number);
const count = async (query: string) => (await done(anna.get(`/staff/counts/tickets?${query}`))).body.count;
const triage = (number: number, change: object, headers = {}) =>
  anna.patch(`/staff/tickets/${number}`, change, headers);

/** One ticket in each state, of two accounts, with different fields. */
const { number: fresh } = await ticketIn('open', acme, anna, {
  summary: 'Mail bounces',
  topic_key: 'servers',
});
const { number: replied } = await ticketIn('replied', acme, anna, {
  comment_body: 'vps-18.example.com is slow',
});
const { number: resolved } = await ticketIn('resolved', globex, anna);
const { number: closed } = await ticketIn('closed', globex, boris);
await done(triage(fresh, { priority: 'urgent', tags: ['VIP', 'vip', 'Billing'], assignee_id: annaId }));
await done(triage(replied, { assignee_id: borisId }));

test('each filter selects the matching tickets, and its count is their number', async () => {
  const expected: Record<string, number[]> = {
    '': [fresh, replied, resolved, closed],
    'is_closed=false': [fresh, replied, resolved],
    'status_key=new,closed': [fresh, closed],
    'topic_key=servers': [fresh],
    'topic_key=none': [replied, resolved, closed],
    'topic_key=servers,none': [fresh, replied, resolved, closed],
    [`account_id=${globex.accountId}`]: [resolved, closed],
    'assignee_id=me': [fresh],
    [`assignee_id=${borisId}`]: [replied],
    'assignee_id=none': [resolved, closed],
    'assignee_id=me,none': [fresh, resolved, closed],
    'priority=urgent': [fresh],
    'tag=vip': [fresh],
    'tag=nowhere': [],
    'waiting=support': [fresh],
    'waiting=client': [replied],
    'is_closed=true': [closed],
    'is_staff_read=false': [fresh],
    'is_staff_read=true': [replied, resolved, closed],
    'is_overdue=true': [],
    'is_overdue=false&status_key=resolved': [resolved],
    'created_from=2999-01-01T00:00:00Z': [],
    'created_to=2999-01-01T00:00:00Z&status_key=resolved': [resolved],
    'updated_to=2999-01-01T00:00:00Z&status_key=resolved': [resolved],
    'q=bounces': [fresh],
    'q=18.example': [replied],
    'q=bounces&status_key=closed': [],
    [`q=${closed}`]: [closed],
    'q=%2B%2B': [],
    [`number=${closed}`]: [closed],
    [`number=${closed},${fresh},999999999`]: [closed, fresh],
    [`number=${closed},${fresh}&waiting=support`]: [fresh],
    [`number=${closed},${fresh}&q=bounces`]: [fresh],
  };
  for (const [query, wanted] of Object.entries(expected)) {
    assert.deepEqual((await numbers(query)).sort(), [...wanted].sort(), query);
    assert.equal(await count(query), wanted.length, query);
  }
});

test('a row has the account, the last comment, and what staff need to know', async () => {
  const [item] = (await queue('status_key=new')).items;
  assert.equal(item.account_name, 'The acme company');
  assert.equal(item.assignee_name, 'Anna Petrova');
  assert.deepEqual([item.priority, item.tags], ['urgent', ['billing', 'vip']]);
  const { beginning, is_client_author, has_files } = item.last_comment;
  assert.deepEqual([beginning, is_client_author, has_files], ['Please help', true, false]);
  assert.equal(item.waiting_since, item.created_at);
});

test('an unknown order or field is refused, whatever its form', async () => {
  const odd = [
    'sort=updated_at',
    'sort=number;drop%20table%20tickets',
    'sort=-updated,created',
    'after=updated.1.1;select',
    'after=-updated.1',
    'after=secret.1.1',
    'assignee_id=1%20or%201=1',
    'status_key=new,',
    'limit=101',
    'number=0',
    'number=1,',
    'number=fresh',
    `number=${Array(51).fill('1').join(',')}`,
    'view_id=0x1',
  ];
  for (const query of odd)
    assertProblem(await anna.get(`/staff/tickets?${query}`), 400, 'invalid_request', query);
  assertProblem(await anna.get('/staff/tickets?view_id=999999'), 404, 'view_not_found');
});

test('an unknown parameter is refused, whatever its name is', async () => {
  for (const list of ['tickets', 'counts/tickets', 'views', 'accounts', 'tokens', 'members', 'events']) {
    for (const name of ['status', 'toString', '__proto__', 'hasOwnProperty']) {
      const response = await admin.get(`/staff/${list}?${name}=1`);
      assertProblem(response, 400, 'invalid_request', `${list} ${name}`);
      assert.equal(response.body.errors[0].pointer, name);
    }
  }
  const { errors } = (await anna.get('/staff/tickets?status=new')).body;
  assert.match(errors[0].detail, /is unknown. The parameters are status_key, is_closed, topic_key/);
});

test('several values of a parameter match any of them', async () => {
  assert.deepEqual(await numbers(`tag=vip,nowhere&account_id=${acme.accountId},${globex.accountId}`), [
    fresh,
  ]);
  const both = await numbers('waiting=support,client');
  assert.ok(both.includes(fresh) && both.includes(replied) && !both.includes(closed));
  await done(triage(resolved, { tags: ['x', 'big, blue'] }));
  for (const tag of ['X,y', 'y, x', 'Big, blue'])
    assert.deepEqual(await numbers(`tag=${tag}`), [resolved], tag);
  const tokens = await done(admin.get(`/staff/tokens?account_id=${acme.accountId},${globex.accountId}`));
  assert.equal(tokens.body.items.length, 2);
  const kinds = await done(admin.get('/staff/tokens?kind=client,staff&limit=500'));
  assert.equal(kinds.body.items.length, 5);
});

test('staff find words of notes and current words, and no longer those that were replaced', async () => {
  const { number } = await ticketIn('open', acme, anna, { summary: 'Foxglove' });
  await done(anna.post(`/staff/tickets/${number}/comments`, { body: 'He is a wolverine', internal: true }));
  assert.deepEqual(await numbers('q=wolverine'), [number]);
  assert.deepEqual(await numbers('q=foxglove'), [number]);
  assert.equal((await acme.get('/support/tickets?q=wolverine')).body.item_count, 0);
  await done(anna.patch(`/staff/tickets/${number}`, { summary: 'Bluebell' }));
  assert.deepEqual(await numbers('q=foxglove'), []);
  assert.deepEqual(await numbers('q=bluebell'), [number]);
  assert.deepEqual(await numbers('q=wolverine'), [number]);
});

test('words in few, many and very many texts are found alike, alone and together', async () => {
  await instance.query(
    `insert into search_texts (account_id, number, comment_id, words)
     select $1, place * 1000000 + i, 0, array_to_tsvector(array[word])
     from unnest(array['quokka', 'numbat', 'dunnart', 'bilby'], array[10, 2500, 2500, 21000])
       with ordinality as words (word, texts, place), generate_series(1, texts) as i`,
    [acme.accountId],
  );
  const text = { summary: 'Quokka, numbat', comment_body: 'dunnart, bilby' };
  const { number } = await ticketIn('open', acme, anna, text);
  for (const q of ['quokka', 'numbat', 'bilby', 'bilby+quokka', 'numbat+dunnart', 'bilby+numbat+dunnart']) {
    // The second search remembers how common the words are.
    assert.deepEqual([await numbers(`q=${q}`), await numbers(`q=${q}`)], [[number], [number]], q);
    assert.deepEqual([await count(`q=${q}`), await count(`q=${q}&is_closed=true`)], [1, 0], q);
    assert.deepEqual(await numbers(`q=${q}+absent`), [], q);
  }
});

test('a client notices nothing of internal changes by staff', async () => {
  const { number } = await ticketIn('open', acme, anna);
  const seen = await acme.get(`/support/tickets/${number}`);
  await done(triage(number, { priority: 'low', tags: ['a'], assignee_id: borisId }));
  await done(anna.post(`/staff/tickets/${number}/read`));
  const now = await acme.get(`/support/tickets/${number}`);
  assert.equal(now.text, seen.text);
  assert.equal(now.headers.etag, seen.headers.etag);
  const event = 'select is_client_visible from events where ticket_number = $1 and type <> $2';
  for (const { is_client_visible } of await instance.query(event, [number, 'ticket.opened'])) {
    assert.equal(is_client_visible, false);
  }
});

test('of two agents who assign a ticket that both have read, one learns that it has changed', async () => {
  const { number } = await ticketIn('open', acme, anna);
  const { etag } = (await anna.get(`/staff/tickets/${number}`)).headers;
  const both = await Promise.all([
    anna.patch(`/staff/tickets/${number}`, { assignee_id: annaId }, { 'if-match': String(etag) }),
    boris.patch(`/staff/tickets/${number}`, { assignee_id: borisId }, { 'if-match': String(etag) }),
  ]);
  const [won, lost] = both.toSorted((a, b) => a.status - b.status);
  assert.equal(won?.status, 200);
  if (lost) assertProblem(lost, 412, 'changed_meanwhile');
  const { assignee_id } = (await anna.get(`/staff/tickets/${number}`)).body;
  assert.equal(assignee_id, won?.body.assignee_id);
  const history = (await anna.get(`/staff/tickets/${number}`)).body.history;
  assert.deepEqual(history.at(-1).data, { before: { assignee_id: null }, after: { assignee_id } });
});

test('a member who does not exist or is disabled cannot be assigned', async () => {
  const clara = await instance.staff('agent', 'Clara');
  const claraId = await staffIdOf(clara);
  await instance.query('update staff set disabled_at = now() where staff_id = $1', [claraId]);
  for (const assignee_id of [claraId, 999_999]) {
    assertProblem(await triage(fresh, { assignee_id }), 400, 'unknown_assignee');
  }
  assert.equal((await anna.get(`/staff/tickets/${fresh}`)).body.assignee_id, annaId);
});

test('only a client’s comment makes a ticket unread, and any staff member can mark it as read', async () => {
  const { number } = await ticketIn('open', acme, anna);
  const isRead = async () => (await anna.get(`/staff/tickets/${number}`)).body.is_staff_read;
  assert.equal(await isRead(), false);
  await done(boris.post(`/staff/tickets/${number}/read`));
  assert.equal(await isRead(), true);
  await done(anna.post(`/staff/tickets/${number}/comments`, { body: 'Done' }));
  await done(admin.patch(`/staff/tickets/${number}`, { assignee_id: borisId }));
  assert.equal(await isRead(), true);
  await done(acme.post(`/support/tickets/${number}/comments`, { body: 'Still broken' }));
  assert.equal(await isRead(), false);
  await done(anna.post(`/staff/tickets/${number}/comments`, { body: 'Done again' }));
  assert.equal(await isRead(), true);
  await done(anna.post(`/staff/tickets/${number}/unread`));
  assert.equal(await isRead(), false);
});

test('the waiting time of a client starts at the first comment without a reply', async () => {
  const { number } = await ticketIn('replied', acme, anna);
  const waiting = async () => (await anna.get(`/staff/tickets/${number}`)).body;
  assert.equal((await waiting()).waiting_since, null);
  const { sent_at } = (await done(acme.post(`/support/tickets/${number}/comments`, { body: 'One' }))).body;
  await done(acme.post(`/support/tickets/${number}/comments`, { body: 'Two' }));
  assert.equal((await waiting()).waiting_since, sent_at);
  await done(anna.post(`/staff/tickets/${number}/comments`, { body: 'Done', status_key: 'resolved' }));
  const { waiting_since, resolved_at, first_response_at, created_at } = await waiting();
  assert.equal(waiting_since, null);
  assert.ok(resolved_at > sent_at && first_response_at >= created_at && first_response_at < sent_at);
});
