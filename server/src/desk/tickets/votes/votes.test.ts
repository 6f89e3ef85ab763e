import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { openInstance } from '#test/instance.ts';
import { assertProblem, storingNothing } from '#test/refusals.ts';
import { done, ticketIn } from '#test/tickets.ts';

const instance = await openInstance();
const otherProcess = await instance.otherProcess();
after(() => instance.close());
const acme = await instance.client('acme');
const acmeAtOtherProcess = await otherProcess.client('acme');
const stranger = await instance.client('stranger');
const agent = await instance.staff('agent');
const admin = await instance.staff('admin');

const found = async (number: number) => (await done(acme.get(`/support/tickets/${number}`))).body;
const vote = (number: number, body: object) => acme.post(`/support/tickets/${number}/vote`, body);
const voteOnComment = (id: number, body: object) => acme.post(`/support/comments/${id}/vote`, body);
const deleteVote = (id: number, by = acme) => by.delete(`/support/comments/${id}/vote`);
const versionOf = async (number: number) =>
  Number((await instance.query('select version from tickets where number = $1', [number]))[0]?.version);
const history = async (number: number) =>
  instance.query('select comment_id, score, comment from votes where ticket_number = $1 order by id', [
    number,
  ]);

test('a vote is returned as stored, and is part of the ticket', async () => {
  const { number } = await ticketIn('resolved', acme, agent);
  const { body } = await done(vote(number, { score: 9, comment: 'Quick' }));
  assert.deepEqual(body, { score: 9, comment: 'Quick', created_at: body.created_at });
  assert.match(body.created_at, /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
  const ticket = await found(number);
  assert.deepEqual(ticket.vote, body);
  assert.equal(ticket.updated_at, body.created_at);
  assert.equal((await done(vote(number, { score: 9 }))).body.comment, null);
});

test('a ticket can be voted on once staff have replied and it is resolved or closed', async () => {
  for (const [state, may] of [
    ['open', false],
    ['replied', false],
    ['resolved', true],
    ['closed', true],
  ] as const) {
    const { number } = await ticketIn(state, acme, agent);
    assert.equal((await found(number)).is_can_be_voted, may, state);
    if (may) await done(vote(number, { score: 1 }));
    else
      assertProblem(
        await storingNothing(instance, () => vote(number, { score: 1 })),
        409,
        'vote_not_allowed',
      );
  }
});

test('a ticket closed without a reply cannot be voted on; a note is no reply', async () => {
  const { number } = await ticketIn('open', acme, agent);
  await done(agent.post(`/staff/tickets/${number}/comments`, { body: 'A note', internal: true }));
  await done(acme.post(`/support/tickets/${number}/close`));
  assert.equal((await found(number)).is_can_be_voted, false);
  assertProblem(await storingNothing(instance, () => vote(number, { score: 1 })), 409, 'vote_not_allowed');
});

test('scores are integers from 1 to 10', async () => {
  const { number } = await ticketIn('resolved', acme, agent);
  await storingNothing(instance, async () => {
    for (const score of [0, 11, -1, 1.5, '5', true, null, [5], 2_147_483_648, undefined]) {
      assertProblem(await vote(number, { score }), 400, 'invalid_request', String(score));
    }
  });
  for (const score of [1, 10]) assert.equal((await done(vote(number, { score }))).body.score, score);
});

test('voting again replaces the vote and keeps the history, also after reopening', async () => {
  const { number } = await ticketIn('resolved', acme, agent);
  await done(vote(number, { score: 2, comment: 'Slow' }));
  await done(vote(number, { score: 8 }));
  assert.deepEqual([(await found(number)).vote.score, (await found(number)).vote.comment], [8, null]);
  await done(acme.post(`/support/tickets/${number}/close`, { score: 10 }));
  await done(acme.post(`/support/tickets/${number}/reopen`, { body: 'It is back' }));
  assert.equal((await found(number)).vote, null);
  assertProblem(await vote(number, { score: 1 }), 409, 'vote_not_allowed');
  await done(agent.post(`/staff/tickets/${number}/resolve`));
  await done(vote(number, { score: 1 }));
  assert.deepEqual(
    (await history(number)).map(({ score }) => score),
    [2, 8, 10, 1],
  );
});

test('the first comment of a ticket opened by staff can be voted on', async () => {
  const opened = { account_id: acme.accountId, summary: 'Maintenance', comment_body: 'On Sunday' };
  const { number } = (await done(agent.post('/staff/tickets', opened))).body;
  const [comment] = (await acme.get(`/support/tickets/${number}/comments`)).body.items;
  await done(voteOnComment(comment.id, { score: 1 }));
});

test('comments of staff are voted on with 1 or -1, in any state of the ticket, and the last vote counts', async () => {
  for (const state of ['replied', 'resolved', 'closed'] as const) {
    const { number, response } = await ticketIn(state, acme, agent);
    const { body: first } = await done(voteOnComment(response, { score: -1, comment: 'Rude' }));
    assert.deepEqual(first, { score: -1, comment: 'Rude', created_at: first.created_at });
    const { body: second } = await done(voteOnComment(response, { score: 1 }));
    assert.deepEqual((await acme.get(`/support/comments/${response}`)).body.vote, second);
    assert.equal((await found(number)).vote, null, 'the ticket itself has none');
    assert.deepEqual(await history(number), [
      { comment_id: response, score: -1, comment: 'Rude' },
      { comment_id: response, score: 1, comment: null },
    ]);
  }
});

test('a comment of the client cannot be voted on, and no other score is accepted', async () => {
  const { number, response } = await ticketIn('replied', acme, agent);
  const [mine] = (await acme.get(`/support/tickets/${number}/comments`)).body.items;
  assertProblem(
    await storingNothing(instance, () => voteOnComment(mine.id, { score: 1 })),
    409,
    'vote_not_allowed',
  );
  await storingNothing(instance, async () => {
    for (const score of [0, 2, -2, '1', 1.5, true, null, undefined]) {
      assertProblem(await voteOnComment(response, { score }), 400, 'invalid_request', String(score));
    }
  });
});

test('a vote on a comment is deleted for client and staff, in any state, and stays in the history', async () => {
  for (const state of ['replied', 'resolved', 'closed'] as const) {
    const { number, response } = await ticketIn(state, acme, agent);
    await done(voteOnComment(response, { score: 1 }));
    const { body: given } = await done(voteOnComment(response, { score: -1, comment: 'Rude' }));
    const version = await versionOf(number);
    assert.deepEqual((await done(deleteVote(response))).body, given);
    assert.ok((await versionOf(number)) > version, 'the ETag changes');
    assert.equal((await acme.get(`/support/comments/${response}`)).body.vote, null);
    const { items } = (await done(agent.get(`/staff/tickets/${number}/comments`))).body;
    assert.equal(items.find(({ id }: { id: number }) => id === response).vote, null);
    const audit = await done(admin.get(`/staff/audit?ticket_number=${number}&type=comment.voted`));
    const scores = audit.body.items.map(({ data }: { data: { score: number | null } }) => data.score);
    assert.deepEqual(scores, [null, -1, 1]);
    assert.equal((await history(number)).length, 2);
    assertProblem(await storingNothing(instance, () => deleteVote(response)), 404, 'vote_not_found');
    await done(voteOnComment(response, { score: 1 }));
    assert.equal((await acme.get(`/support/comments/${response}`)).body.vote.score, 1);
  }
});

test('what has no vote has none to delete', async () => {
  const { number, response } = await ticketIn('replied', acme, agent);
  const [mine] = (await acme.get(`/support/tickets/${number}/comments`)).body.items;
  assertProblem(await storingNothing(instance, () => deleteVote(response)), 404, 'vote_not_found');
  assertProblem(await storingNothing(instance, () => deleteVote(mine.id)), 409, 'vote_not_allowed');
  assertProblem(await storingNothing(instance, () => deleteVote(999_999_999)), 404, 'comment_not_found');
});

test('of 10 concurrent deletions on two processes one deletes the vote', async () => {
  const { response } = await ticketIn('replied', acme, agent);
  await done(voteOnComment(response, { score: 1 }));
  const deletions = await Promise.all(
    Array.from({ length: 10 }, (_, i) => deleteVote(response, i % 2 ? acmeAtOtherProcess : acme)),
  );
  assert.deepEqual(deletions.map(({ status }) => status).sort(), [200, ...Array(9).fill(404)]);
});

test('another account cannot vote', async () => {
  const { number, response } = await ticketIn('resolved', acme, agent);
  const onTicket = () => stranger.post(`/support/tickets/${number}/vote`, { score: 1 });
  const onComment = () => stranger.post(`/support/comments/${response}/vote`, { score: 1 });
  await done(voteOnComment(response, { score: 1 }));
  assertProblem(await storingNothing(instance, onTicket), 404, 'ticket_not_found');
  assertProblem(await storingNothing(instance, onComment), 404, 'comment_not_found');
  const deleting = () => deleteVote(response, stranger);
  assertProblem(await storingNothing(instance, deleting), 404, 'comment_not_found');
});

test('of 50 concurrent votes on two processes all are stored and one is shown', async () => {
  const { number, response } = await ticketIn('resolved', acme, agent);
  const votes = await Promise.all(
    Array.from({ length: 50 }, (_, i) => {
      const who = i % 2 ? acmeAtOtherProcess : acme;
      if (i % 5 === 0) return who.post(`/support/comments/${response}/vote`, { score: i % 2 ? 1 : -1 });
      return who.post(`/support/tickets/${number}/vote`, { score: (i % 10) + 1 });
    }),
  );
  assert.ok(votes.every(({ status }) => status === 200));
  const rows = await history(number);
  assert.equal(rows.length, 50);
  const shown = async (id: number | null) =>
    (
      await instance.query(
        `select score from votes where ticket_number = $1 and comment_id is not distinct from $2 order by id desc`,
        [number, id],
      )
    )[0]?.score;
  assert.equal((await found(number)).vote.score, await shown(null));
  assert.equal((await acme.get(`/support/comments/${response}`)).body.vote.score, await shown(response));
});

test('the event of a vote has its score, and of a deleted one null', async () => {
  const { number, response } = await ticketIn('resolved', acme, agent);
  await done(vote(number, { score: 7, comment: 'Fine' }));
  await done(voteOnComment(response, { score: -1 }));
  await done(deleteVote(response));
  const events = await instance.query(
    "select type, comment_id, data from events where ticket_number = $1 and type like '%voted' order by id",
    [number],
  );
  assert.deepEqual(events, [
    { type: 'ticket.voted', comment_id: null, data: { score: 7 } },
    { type: 'comment.voted', comment_id: response, data: { score: -1 } },
    { type: 'comment.voted', comment_id: response, data: { score: null } },
  ]);
});
