import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { openInstance } from '#test/instance.ts';
import { assertProblem, storingNothing } from '#test/refusals.ts';
import { done, uploadOf } from '#test/tickets.ts';

const instance = await openInstance();
after(() => instance.close());
const acme = await instance.client('acme');
const agent = await instance.staff('agent', 'Anna Petrova');
const admin = await instance.staff('admin');

const opened = { summary: 'Disk full', comment_body: 'Help' };
const commentsOf = async (number: number) =>
  (await acme.get(`/support/tickets/${number}/comments`)).body.items;

test('a ticket opened by its client is new, read, waits for staff, and has its first comment', async () => {
  const { status, body: ticket } = await acme.post('/support/tickets', opened);
  assert.equal(status, 200);
  const { number, created_at } = ticket;
  assert.deepEqual(ticket, {
    number,
    summary: 'Disk full',
    status: { en: 'Open', ru: 'Открыт' },
    status_key: 'new',
    type: null,
    topic_key: null,
    is_closed: false,
    is_resolved: false,
    is_client_author: true,
    is_client_read: true,
    is_await_client: false,
    is_await_support: true,
    is_can_be_voted: false,
    client_aliased_name: null,
    client_emails: [],
    splitted_from_ticket_number: null,
    merged_into_ticket_number: null,
    access_level: 'account_users',
    keystone_projects: [],
    notice_id: null,
    vote: null,
    can: { close: true, close_with_vote: false, reopen: false, comment: true, vote: false },
    created_at,
    updated_at: created_at,
    closed_at: null,
  });
  assert.deepEqual((await acme.get(`/support/tickets/${number}`)).body, ticket);
  const [comment, ...more] = await commentsOf(number);
  assert.deepEqual(more, []);
  assert.deepEqual(comment, {
    id: comment.id,
    body: 'Help',
    files: [],
    is_client_author: true,
    is_client_read: true,
    author_name: 'The acme company',
    can: { redact: true, vote: false },
    sent_at: created_at,
    splitted_at: null,
    splitted_to_ticket_number: null,
    merged_from_ticket_number: null,
    redacted_at: null,
    redacted_by: null,
    redacted_files: [],
    vote: null,
  });
  const events = await instance.query(
    'select type, comment_id, actor_kind from events where ticket_number = $1',
    [number],
  );
  assert.deepEqual(events, [{ type: 'ticket.opened', comment_id: comment.id, actor_kind: 'client' }]);
});

test('all fields of a new ticket are stored as sent, with distinct addresses in lower case', async () => {
  const file = await uploadOf(acme);
  const { body } = await done(
    acme.post('/support/tickets', {
      summary: ' Диск\u00a0full \u{1f4be} ',
      comment_body: '\n<b>Help</b>\t',
      topic_key: 'servers',
      client_aliased_name: 'Ivan (night shift)',
      client_emails: ['Ivan@Clients.example', 'a@b.example', 'ivan@clients.EXAMPLE'],
      files: [file],
    }),
  );
  const { summary, topic_key, client_aliased_name, client_emails } = body;
  assert.deepEqual(
    { summary, topic_key, client_aliased_name, client_emails },
    {
      summary: ' Диск\u00a0full \u{1f4be} ',
      topic_key: 'servers',
      client_aliased_name: 'Ivan (night shift)',
      client_emails: ['ivan@clients.example', 'a@b.example'],
    },
  );
  const [comment] = await commentsOf(body.number);
  assert.equal(comment.body, '\n<b>Help</b>\t');
  assert.equal(comment.author_name, 'Ivan (night shift)');
  assert.equal(comment.files[0].uuid, file);
});

test('an unknown or archived topic is refused', async () => {
  await done(admin.post('/staff/topics', { key: 'fax', name: { en: 'Fax', ru: 'Факс' } }));
  await done(acme.post('/support/tickets', { ...opened, topic_key: 'fax' }));
  await done(admin.patch('/staff/topics/fax', { is_archived: true }));
  for (const topic_key of ['fax', 'unknown', 'SERVERS', 'servers ', "servers'"]) {
    const response = await storingNothing(instance, () =>
      acme.post('/support/tickets', { ...opened, topic_key }),
    );
    assertProblem(response, 400, 'unknown_topic');
    assert.equal(response.body.errors[0].pointer, '/topic_key');
  }
});

test('a ticket opened by staff waits for the client, is unread, and can be voted on once it is resolved', async () => {
  const { body: ticket } = await done(
    agent.post('/staff/tickets', { account_id: acme.accountId, ...opened }),
  );
  assert.equal(ticket.account_id, acme.accountId);
  const { body: seen } = await acme.get(`/support/tickets/${ticket.number}`);
  assert.equal(seen.status_key, 'await_client');
  assert.deepEqual(
    [seen.is_client_author, seen.is_client_read, seen.is_await_client, seen.is_can_be_voted],
    [false, false, true, false],
  );
  const [comment] = await commentsOf(ticket.number);
  assert.deepEqual(
    [comment.is_client_author, comment.is_client_read, comment.author_name],
    [false, false, 'Anna Petrova'],
  );
  await done(agent.post(`/staff/tickets/${ticket.number}/resolve`));
  assert.equal((await acme.get(`/support/tickets/${ticket.number}`)).body.is_can_be_voted, true);
});

test('staff cannot open a ticket for an account that does not exist', async () => {
  for (const account_id of [999_999, Number.MAX_SAFE_INTEGER]) {
    const response = await storingNothing(instance, () =>
      agent.post('/staff/tickets', { account_id, ...opened }),
    );
    assertProblem(response, 400, 'invalid_request');
    assert.equal(response.body.errors[0].pointer, '/account_id');
  }
});

test('100 tickets opened at once have different numbers, and the account counts them', async () => {
  const client = await instance.client('busy');
  const responses = await Promise.all(
    Array.from({ length: 100 }, () => client.post('/support/tickets', opened)),
  );
  assert.equal(new Set(responses.map(({ body }) => body.number)).size, 100);
  const state = await instance.query('select tickets_open from account_state where account_id = $1', [
    client.accountId,
  ]);
  assert.deepEqual(state, [{ tickets_open: 100 }]);
});
