import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { openInstance } from '#test/instance.ts';

const instance = await openInstance();
after(() => instance.close());
const acme = await instance.client('acme');
const agent = await instance.staff('agent');

const open = async () =>
  (await acme.post('/support/tickets', { summary: 'Disk full', comment_body: 'Help' })).body.number;
const counters = async () =>
  (await instance.query('select tickets_open, tickets_closed from account_state'))[0];

test('closing by the client marks the ticket as resolved and updates the counters', async () => {
  const number = await open();
  const before = await counters();
  const { status, body } = await acme.post(`/support/tickets/${number}/close`, {});
  assert.equal(status, 200);
  assert.equal(body.status_key, 'closed');
  assert.deepEqual(body.status, { en: 'Closed', ru: 'Закрыт' });
  assert.ok(body.is_closed && body.is_resolved);
  assert.equal(body.closed_at, body.updated_at);
  assert.deepEqual(await counters(), {
    tickets_open: Number(before?.tickets_open) - 1,
    tickets_closed: Number(before?.tickets_closed) + 1,
  });
});

test('a closed ticket refuses closing, comments and replies, and says how to continue', async () => {
  const number = await open();
  await acme.post(`/support/tickets/${number}/close`);
  for (const response of [
    await acme.post(`/support/tickets/${number}/close`, {}),
    await acme.post(`/support/tickets/${number}/comments`, { body: 'More' }),
    await agent.post(`/staff/tickets/${number}/comments`, { body: 'More' }),
    await agent.post(`/staff/tickets/${number}/resolve`),
  ]) {
    assert.equal(response.status, 409);
    assert.equal(response.body.code, 'ticket_closed');
    assert.match(response.body.detail, /[Rr]eopen/);
  }
  const [row] = await instance.query('select count(*) as comments from comments where ticket_number = $1', [
    number,
  ]);
  assert.equal(row?.comments, 1);
});

test('closing with a score votes in the same transaction, and needs an earlier reply', async () => {
  const number = await open();
  const early = await acme.post(`/support/tickets/${number}/close`, { score: 9 });
  assert.equal(early.body.code, 'vote_not_allowed');
  assert.equal(
    (await acme.get(`/support/tickets/${number}`)).body.is_closed,
    false,
    'nothing of the refused close stays',
  );

  await agent.post(`/staff/tickets/${number}/comments`, { body: 'Done' });
  const { body } = await acme.post(`/support/tickets/${number}/close`, { score: 9, comment: 'Quick' });
  assert.deepEqual(
    { ...body.vote, created_at: undefined },
    { score: 9, comment: 'Quick', created_at: undefined },
  );
});

test('a comment without a score is saved as feedback, not as a comment of the conversation', async () => {
  const number = await open();
  const { body } = await acme.post(`/support/tickets/${number}/close`, { comment: 'Found it myself' });
  assert.equal(body.vote, null);
  assert.equal((await acme.get(`/support/tickets/${number}/comments`)).body.items.length, 1);
  const votes = await instance.query('select score, comment from votes where ticket_number = $1', [number]);
  assert.deepEqual(votes, [{ score: null, comment: 'Found it myself' }]);
});

test('staff close for an internal reason, and the ticket counts as resolved only if it was', async () => {
  const number = await open();
  const { body } = await agent.post(`/staff/tickets/${number}/close`, { reason: 'spam' });
  assert.equal(body.is_resolved, false);
  assert.equal(body.close_reason, 'spam');
  assert.equal('close_reason' in (await acme.get(`/support/tickets/${number}`)).body, false);
});

test('reopening needs a comment, makes the ticket active again and hides the vote, which stays in history', async () => {
  const number = await open();
  await agent.post(`/staff/tickets/${number}/comments`, { body: 'Done' });
  await acme.post(`/support/tickets/${number}/close`, { score: 2 });
  assert.equal((await acme.post(`/support/tickets/${number}/reopen`, {})).status, 400);

  const { status, body } = await acme.post(`/support/tickets/${number}/reopen`, { body: 'It is back' });
  assert.equal(status, 200);
  assert.equal(body.status_key, 'in_progress');
  assert.deepEqual([body.is_closed, body.is_resolved, body.closed_at, body.vote], [false, false, null, null]);
  assert.equal((await instance.query('select from votes where ticket_number = $1', [number])).length, 1);
  assert.equal(
    (await acme.post(`/support/tickets/${number}/reopen`, { body: 'Again' })).body.code,
    'ticket_not_closed',
  );
});

test('50 concurrent closes close once', async () => {
  const number = await open();
  const responses = await Promise.all(
    Array.from({ length: 50 }, () => acme.post(`/support/tickets/${number}/close`, {})),
  );
  assert.equal(responses.filter(({ status }) => status === 200).length, 1);
  assert.equal(responses.filter(({ status }) => status === 409).length, 49);
});

test('staff reopen without a comment: the ticket waits for staff, and is open in lists, counts and search', async () => {
  const number = await open();
  await agent.post(`/staff/tickets/${number}/comments`, { body: 'Done' });
  await acme.post(`/support/tickets/${number}/close`, { score: 7 });
  const before = await counters();
  const { status, body } = await agent.post(`/staff/tickets/${number}/reopen`);
  assert.equal(status, 200);
  assert.deepEqual(
    [body.status_key, body.is_closed, body.is_resolved, body.closed_at, body.close_reason, body.vote],
    ['in_progress', false, false, null, null, null],
  );
  assert.ok(body.waiting_since);
  assert.deepEqual(await counters(), {
    tickets_open: Number(before?.tickets_open) + 1,
    tickets_closed: Number(before?.tickets_closed) - 1,
  });
  assert.equal((await acme.get(`/support/tickets?only_opened=true&q=${number}`)).body.item_count, 1);
  const votes = await instance.query('select score from votes where ticket_number = $1', [number]);
  assert.deepEqual(votes, [{ score: 7 }], 'the vote stays in history');
  const again = await agent.post(`/staff/tickets/${number}/reopen`);
  assert.deepEqual([again.status, again.body.code], [409, 'ticket_not_closed']);
});
