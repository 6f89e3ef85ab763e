import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { openInstance } from '#test/instance.ts';
import { assertProblem, storingNothing } from '#test/refusals.ts';
import { done, ticketIn, uploadOf } from '#test/tickets.ts';

const instance = await openInstance();
after(() => instance.close());
const acme = await instance.client('acme');
const stranger = await instance.client('stranger');
const agent = await instance.staff('agent', 'Anna Petrova');

const found = async (number: number) => (await done(acme.get(`/support/tickets/${number}`))).body;
const comment = (number: number, body: object = { body: 'More' }) =>
  acme.post(`/support/tickets/${number}/comments`, body);
const response = (number: number, more: object = {}) =>
  agent.post(`/staff/tickets/${number}/comments`, { body: 'Done', ...more });

test('a comment of the client is created as read, and the ticket waits for staff', async () => {
  const { number } = await ticketIn('replied', acme, agent);
  const { body } = await done(comment(number, { body: ' More \n', files: [await uploadOf(acme)] }));
  assert.deepEqual(body, {
    id: body.id,
    body: ' More \n',
    files: body.files,
    is_client_author: true,
    is_client_read: true,
    author_name: 'The acme company',
    sent_at: body.sent_at,
    splitted_at: null,
    splitted_to_ticket_number: null,
    merged_from_ticket_number: null,
    vote: null,
    redacted_at: null,
    redacted_by: null,
    redacted_files: [],
    can: { redact: true, vote: false },
  });
  assert.deepEqual((await acme.get(`/support/comments/${body.id}`)).body, body);
  const ticket = await found(number);
  assert.deepEqual(
    [ticket.status_key, ticket.is_await_support, ticket.is_await_client],
    ['in_progress', true, false],
  );
  assert.equal(ticket.updated_at, body.sent_at);
});

test('a comment on a resolved ticket reopens it and removes its vote', async () => {
  const { number } = await ticketIn('resolved', acme, agent);
  await done(acme.post(`/support/tickets/${number}/vote`, { score: 3 }));
  await done(comment(number));
  const ticket = await found(number);
  assert.deepEqual(
    [ticket.status_key, ticket.is_resolved, ticket.is_can_be_voted, ticket.vote],
    ['in_progress', false, false, null],
  );
  assert.equal((await instance.query('select from votes where ticket_number = $1', [number])).length, 1);
});

test('a reply of staff is created as unread, shows its author, and the ticket waits for the client', async () => {
  const { number } = await ticketIn('open', acme, agent);
  const { body } = await done(response(number));
  assert.deepEqual(
    [body.is_client_author, body.is_client_read, body.author_name, body.is_internal, body.ticket_number],
    [false, false, 'Anna Petrova', false, number],
  );
  const ticket = await found(number);
  assert.deepEqual(
    [ticket.status_key, ticket.is_await_client, ticket.is_await_support, ticket.is_client_read],
    ['await_client', true, false, false],
  );
  const { ticket_number, is_internal, mentions, author_user, can, ...seen } = body;
  const { can: _can, ...visible } = (await acme.get(`/support/comments/${body.id}`)).body;
  assert.deepEqual(visible, seen, 'the client sees the rest of it');
});

test('staff choose with a reply whose turn is next', async () => {
  const { number } = await ticketIn('open', acme, agent);
  await done(response(number, { status_key: 'in_progress' }));
  assert.equal((await found(number)).status_key, 'in_progress');
  await done(response(number, { status_key: 'resolved' }));
  const ticket = await found(number);
  assert.deepEqual([ticket.status_key, ticket.is_resolved, ticket.is_can_be_voted], ['resolved', true, true]);
  await done(response(number));
  assert.deepEqual(
    [(await found(number)).status_key, (await found(number)).is_resolved],
    ['await_client', false],
  );
  for (const status_key of ['new', 'closed', 'unknown', '', null, 1]) {
    assertProblem(
      await storingNothing(instance, () => response(number, { status_key })),
      400,
      'invalid_request',
    );
  }
});

test('a note changes nothing that a client can see', async () => {
  const { number } = await ticketIn('resolved', acme, agent);
  const before = await acme.get(`/support/tickets/${number}`);
  const comments = await acme.get(`/support/tickets/${number}/comments`, { prefer: 'read-receipt=none' });
  const { body: note } = await done(response(number, { body: 'He means sdb', internal: true }));
  assert.deepEqual([note.is_internal, note.is_client_read], [true, true]);
  const after = await acme.get(`/support/tickets/${number}`);
  assert.deepEqual([after.text, after.headers.etag], [before.text, before.headers.etag]);
  const later = await acme.get(`/support/tickets/${number}/comments`, { prefer: 'read-receipt=none' });
  assert.deepEqual([later.text, later.headers.etag], [comments.text, comments.headers.etag]);
  assertProblem(await acme.get(`/support/comments/${note.id}`), 404, 'comment_not_found');
  assertProblem(await acme.post(`/support/comments/${note.id}/vote`, { score: 1 }), 404, 'comment_not_found');
  assert.equal((await acme.get('/support/tickets?q=sdb')).body.item_count, 0);
  const { comments: staffView } = (await agent.get(`/staff/tickets/${number}`)).body;
  assert.deepEqual(staffView.at(-1), note);
});

test('a note can be written on a closed ticket, and does not change its state', async () => {
  const { number } = await ticketIn('closed', acme, agent);
  await done(response(number, { internal: true }));
  assert.equal((await found(number)).is_closed, true);
  const refused = await storingNothing(instance, () =>
    response(number, { internal: true, status_key: 'resolved' }),
  );
  assertProblem(refused, 400, 'invalid_request');
  assert.equal(refused.body.errors[0].pointer, '/status_key');
});

test('comments are listed in order, under their own ticket, for their own account', async () => {
  const [one, two] = [await ticketIn('open', acme, agent), await ticketIn('open', acme, agent)];
  const written: number[] = [];
  for (let i = 0; i < 3; i++) {
    written.push((await done(comment(one.number))).body.id, (await done(response(one.number))).body.id);
    await done(comment(two.number));
  }
  const { items } = (await acme.get(`/support/tickets/${one.number}/comments`)).body;
  assert.deepEqual(
    items.slice(1).map(({ id }: { id: number }) => id),
    written,
  );
  for (const ask of [
    () => stranger.get(`/support/tickets/${one.number}/comments`),
    () => stranger.post(`/support/tickets/${one.number}/comments`, { body: 'a' }),
    () => stranger.post(`/support/tickets/${one.number}/read`),
  ]) {
    assertProblem(await storingNothing(instance, ask), 404, 'ticket_not_found');
  }
  assertProblem(await stranger.get(`/support/comments/${written[0]}`), 404, 'comment_not_found');
});

test('every comment records an event, and a note one for staff only', async () => {
  const { number } = await ticketIn('open', acme, agent);
  await done(comment(number));
  await done(response(number, { status_key: 'resolved' }));
  await done(response(number, { internal: true }));
  const events = await instance.query(
    'select type, actor_kind, is_client_visible as visible from events where ticket_number = $1 order by id',
    [number],
  );
  assert.deepEqual(
    events.map(({ type, actor_kind, visible }) => `${type} ${actor_kind} ${visible}`),
    [
      'ticket.opened client true',
      'ticket.commented client true',
      'ticket.commented staff true',
      'ticket.resolved staff true',
      'ticket.noted staff false',
    ],
  );
});
