import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { openInstance } from '#test/instance.ts';
import { assertProblem, storingNothing } from '#test/refusals.ts';
import { done, uploadOf } from '#test/tickets.ts';

const instance = await openInstance();
after(() => instance.close());
const acme = await instance.client('acme');
const stranger = await instance.client('stranger');
const agent = await instance.staff('agent', 'Anna Petrova');

const commentsOf = async (number: number) =>
  (await done(acme.get(`/support/tickets/${number}/comments`, { prefer: 'read-receipt=none' }))).body.items;
const found = async (number: number) => (await done(acme.get(`/support/tickets/${number}`))).body;
const idsOf = (comments: Array<{ id: number }>) => comments.map(({ id }) => id);
const numbersOf = (tickets: Array<{ number: number }>) => tickets.map(({ number }) => number);

const open = async (more: object = {}): Promise<number> =>
  (await done(acme.post('/support/tickets', { summary: 'Disk full', comment_body: 'Help', ...more }))).body
    .number;
const write = async (number: number, more: object = {}): Promise<number> =>
  (await done(acme.post(`/support/tickets/${number}/comments`, { body: 'And the invoice', ...more }))).body
    .id;
const response = async (number: number, more: object = {}): Promise<number> =>
  (await done(agent.post(`/staff/tickets/${number}/comments`, { body: 'Here it is', ...more }))).body.id;
const split = (number: number, comment_ids: number[], summary = 'Another thing') =>
  agent.post(`/staff/tickets/${number}/split`, { comment_ids, summary });

test('a split opens a ticket of the same account with the comments in order, and the old ticket refers to it', async () => {
  const number = await open({
    topic_key: 'servers',
    client_aliased_name: 'Ivan',
    client_emails: ['a@b.example'],
  });
  await done(agent.patch(`/staff/tickets/${number}`, { type: 'incident' }));
  const [mine, theirs] = [await write(number), await response(number)];
  const before = await commentsOf(number);
  const source = await found(number);

  const { body: target } = await done(split(number, [theirs, mine]));
  const { created_at, updated_at, ...ticket } = await found(target.number);
  const { created_at: _created, updated_at: wasUpdated, ...kept } = source;
  assert.deepEqual(ticket, {
    ...kept,
    number: target.number,
    summary: 'Another thing',
    splitted_from_ticket_number: number,
  });
  assert.ok(created_at === updated_at && created_at >= wasUpdated);

  const copies = await commentsOf(target.number);
  assert.deepEqual(copies, [
    { ...before[1], id: copies[0].id },
    { ...before[2], id: copies[1].id },
  ]);
  const now = await commentsOf(number);
  const gone = { splitted_at: now[1].splitted_at, splitted_to_ticket_number: target.number };
  assert.deepEqual(now, [before[0], { ...before[1], ...gone }, { ...before[2], ...gone }]);
  const { updated_at: moved, ...rest } = await found(number);
  const { updated_at: _moved, ...unmoved } = source;
  assert.deepEqual(rest, unmoved, 'the old ticket keeps its state');
  assert.ok(moved >= wasUpdated);
});

test('the new ticket can get a topic and an assignee of its own', async () => {
  const me = (await done(agent.get('/staff/me'))).body.staff_id;
  const admin = await instance.staff('admin');
  await done(admin.post('/staff/topics', { key: 'fax', name: { en: 'Fax', ru: 'Факс' } }));
  const number = await open({ topic_key: 'servers' });
  await done(agent.patch(`/staff/tickets/${number}`, { assignee_id: me }));
  const send = (comment: number, more: object) =>
    agent.post(`/staff/tickets/${number}/split`, { comment_ids: [comment], summary: 'Mail, too', ...more });
  const { body: other } = await done(send(await write(number), { topic_key: 'fax', assignee_id: null }));
  assert.deepEqual([other.topic_key, other.assignee_id], ['fax', null]);
  const { body: same } = await done(send(await write(number), {}));
  assert.deepEqual([same.topic_key, same.assignee_id], ['servers', me]);
  const { body: source } = await done(agent.get(`/staff/tickets/${number}`));
  assert.deepEqual([source.topic_key, source.assignee_id], ['servers', me]);

  const comment = await write(number);
  await storingNothing(instance, async () => {
    assertProblem(await send(comment, { topic_key: 'nowhere' }), 400, 'unknown_topic');
    assertProblem(await send(comment, { assignee_id: 999_999 }), 400, 'unknown_assignee');
  });
});

test('the new ticket is in the state that its last comment leaves it in', async () => {
  const byClient = await open();
  await response(byClient);
  const last = await write(byClient);
  const waiting = await found((await done(split(byClient, [last]))).body.number);
  assert.deepEqual(
    [waiting.status_key, waiting.is_client_author, waiting.is_await_support],
    ['in_progress', true, true],
  );

  const bySupport = await open();
  const only = await response(bySupport);
  const asked = await found((await done(split(bySupport, [only]))).body.number);
  assert.deepEqual(
    [asked.status_key, asked.is_client_author, asked.is_await_client],
    ['await_client', false, true],
  );
  await done(acme.post(`/support/tickets/${asked.number}/close`, { score: 10 }));
});

test('comments split off a closed ticket make an open one, and the account counts it', async () => {
  const number = await open();
  const id = await response(number);
  await done(acme.post(`/support/tickets/${number}/close`));
  const counters = async () =>
    (
      await instance.query('select tickets_open, tickets_closed from account_state where account_id = $1', [
        acme.accountId,
      ])
    )[0];
  const before = await counters();
  const { body } = await done(split(number, [id]));
  assert.deepEqual([body.is_closed, body.is_resolved, body.closed_at], [false, false, null]);
  assert.equal((await found(number)).is_closed, true);
  assert.deepEqual(await counters(), { ...before, tickets_open: Number(before?.tickets_open) + 1 });
});

test('copied files have their own UUIDs and the same bytes', async () => {
  const number = await open();
  const files = [await uploadOf(acme, 'b.txt'), await uploadOf(acme, 'a.txt')];
  const id = await write(number, { files });
  const { body: target } = await done(split(number, [id]));
  const [copy] = await commentsOf(target.number);
  const original = (await commentsOf(number))[1];
  assert.deepEqual(
    original.files.map(({ uuid }: { uuid: string }) => uuid),
    files,
    'the old ticket keeps its files',
  );
  for (const [i, file] of copy.files.entries()) {
    assert.deepEqual({ ...file, uuid: files[i] }, original.files[i]);
    assert.ok(!files.includes(file.uuid));
    assert.deepEqual((await acme.get(`/files/public/files/${file.uuid}`)).body, file);
    const contents = [file.uuid, files[i]].map((uuid) => acme.get(`/files/public/files/${uuid}/content`));
    const [copied, first] = await Promise.all(contents);
    assert.equal(copied?.status, 200);
    assert.equal(copied?.text, first?.text);
    assert.equal((await stranger.get(`/files/public/files/${file.uuid}`)).status, 404);
  }
  assert.equal(copy.files.length, 2);
});

test('read marks and votes on comments are copied', async () => {
  const number = await open();
  const read = await response(number);
  await done(acme.post(`/support/tickets/${number}/read`));
  await done(acme.post(`/support/comments/${read}/vote`, { score: -1, comment: 'Too late' }));
  const unread = await response(number);
  const readOne = (await done(split(number, [read]))).body.number;
  const [copy] = await commentsOf(readOne);
  assert.deepEqual([copy.is_client_read, copy.vote.score, copy.vote.comment], [true, -1, 'Too late']);
  assert.equal((await found(readOne)).is_client_read, true);
  assert.deepEqual(copy.vote, (await commentsOf(number))[1].vote);

  const unreadOne = (await done(split(number, [unread]))).body.number;
  assert.equal((await found(unreadOne)).is_client_read, false);
  await done(acme.get(`/support/tickets/${unreadOne}/comments`));
  assert.equal((await found(unreadOne)).is_client_read, true, 'and is read on its own');
});

test('a note is copied as a note: no client sees or finds it', async () => {
  const number = await open();
  const note = await response(number, { body: 'He means the chinchilla', internal: true });
  const mine = await write(number);
  const { body: target } = await done(split(number, [note, mine]));
  assert.equal((await commentsOf(target.number)).length, 1);
  const { comments } = (await agent.get(`/staff/tickets/${target.number}`)).body;
  assert.deepEqual(
    comments.map(({ body, is_internal }: { body: string; is_internal: boolean }) => [body, is_internal]),
    [
      ['He means the chinchilla', true],
      ['And the invoice', false],
    ],
  );
  assert.equal((await acme.get('/support/tickets?q=chinchilla')).body.item_count, 0);
});

test('the new ticket is found by its summary and its comments', async () => {
  const number = await open();
  const id = await write(number, { body: 'The capybara invoice' });
  const { body: target } = await done(split(number, [id], 'Axolotl'));
  const find = async (q: string) => numbersOf((await acme.get(`/support/tickets?q=${q}`)).body.items).sort();
  assert.deepEqual(await find('axolotl'), [target.number]);
  assert.deepEqual(await find('capybara'), [number, target.number]);
  assert.deepEqual(await find(String(target.number)), [target.number]);
});

test('a split that would lose, duplicate or hide something is refused', async () => {
  const number = await open();
  const [gone, mine] = [await write(number), await write(number)];
  const note = await response(number, { internal: true });
  await done(split(number, [gone]));
  const first = idsOf(await commentsOf(number))[0] as number;
  const refusals: Array<[ids: number[], status: number, code: string]> = [
    [[gone], 409, 'comment_already_split'],
    [[mine, gone], 409, 'comment_already_split'],
    [[note], 409, 'nothing_to_split'],
    [[first, mine], 409, 'nothing_left'],
    [[first, mine, note], 409, 'nothing_left'],
    [[], 400, 'invalid_request'],
    [[mine, mine], 400, 'invalid_request'],
  ];
  for (const [ids, status, code] of refusals) {
    assertProblem(await storingNothing(instance, () => split(number, ids)), status, code);
  }
});

test('comments of other tickets and comments that do not exist get the same refusal', async () => {
  const number = await open();
  const mine = await write(number);
  const elsewhere = await write(await open());
  const foreign = await done(stranger.post('/support/tickets', { summary: 'a', comment_body: 'a' }));
  const { items } = (await stranger.get(`/support/tickets/${foreign.body.number}/comments`)).body;
  for (const id of [elsewhere, items[0].id, 1, Number.MAX_SAFE_INTEGER]) {
    const refused = await storingNothing(instance, () => split(number, [mine, id]));
    assertProblem(refused, 400, 'unknown_comment');
    assert.deepEqual(refused.body.errors, [
      { pointer: '/comment_ids/1', detail: 'is not a comment of this ticket' },
    ]);
  }
});

test('a copy can be split off again, and the chain of references stays', async () => {
  const number = await open();
  const ids = [await write(number), await write(number)];
  const { body: second } = await done(split(number, ids));
  const copies = idsOf(await commentsOf(second.number));
  const { body: third } = await done(split(second.number, [copies[1] as number]));
  assert.equal(third.splitted_from_ticket_number, second.number);
  assert.equal((await commentsOf(third.number))[0].body, 'And the invoice');
});

test('of ten splits of one comment at once one succeeds', async () => {
  const number = await open();
  const id = await write(number);
  const responses = await Promise.all(Array.from({ length: 10 }, () => split(number, [id])));
  assert.equal(responses.filter(({ status }) => status === 200).length, 1);
  for (const one of responses) if (one.status !== 200) assertProblem(one, 409, 'comment_already_split');
  const made = await instance.query('select from tickets where splitted_from_ticket_number = $1', [number]);
  assert.equal(made.length, 1);
});
