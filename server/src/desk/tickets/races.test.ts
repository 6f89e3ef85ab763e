/**
 * Concurrent splits, merges and other verbs: the results correspond to some sequential order, and nothing is lost or
 * duplicated.
 */
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import type { Response } from '#test/caller.ts';
import { openInstance } from '#test/instance.ts';
import { assertProblem } from '#test/refusals.ts';
import { done, ticketIn } from '#test/tickets.ts';

const instance = await openInstance();
after(() => instance.close());
const otherProcess = await instance.otherProcess();
const acme = await instance.client('acme');
const agent = await instance.staff('agent');
const other = await otherProcess.staff('agent');
const ROUNDS = 10;

const open = async () => (await ticketIn('open', acme, agent)).number;
const merge = (number: number, into: number, by = agent) =>
  by.post(`/staff/tickets/${number}/merge`, { into });
const codes = (responses: Response[]) =>
  responses.map(({ status, body }) => (status === 200 ? 'done' : body.code));
const ticket = async (number: number) => (await done(agent.get(`/staff/tickets/${number}`))).body;
const idsOn = async (number: number): Promise<number[]> => {
  const rows = await instance.query<{ id: number }>(
    'select id::int from comments where ticket_number = $1 order by id',
    [number],
  );
  return rows.map(({ id }) => id);
};

test('of two merges that would make a circle one succeeds', async () => {
  for (let round = 0; round < ROUNDS; round++) {
    const [one, two] = [await open(), await open()];
    const responses = await Promise.all([merge(one, two), merge(two, one, other)]);
    assert.deepEqual(codes(responses).sort(), ['done', 'ticket_merged']);
    const merged =
      (await ticket(one)).merged_into_ticket_number ?? (await ticket(two)).merged_into_ticket_number;
    assert.equal((await idsOn(merged)).length, 2);
  }
});

test('three merges that would make a circle leave a chain', async () => {
  for (let round = 0; round < ROUNDS; round++) {
    const [one, two, three] = [await open(), await open(), await open()];
    const responses = await Promise.all([merge(one, two), merge(two, three, other), merge(three, one)]);
    assert.ok(codes(responses).includes('ticket_merged'), String(codes(responses)));
    const parts = [await ticket(one), await ticket(two), await ticket(three)];
    const wholes = parts.filter(({ merged_into_ticket_number }) => merged_into_ticket_number === null);
    assert.equal(parts.length - wholes.length, codes(responses).filter((code) => code === 'done').length);
    const left = await Promise.all(wholes.map(({ number }) => idsOn(number)));
    assert.equal(left.flat().length, 3);
  }
});

test('a comment during a merge is moved, or refused with the target', async () => {
  for (let round = 0; round < ROUNDS; round++) {
    const [part, whole] = [await open(), await open()];
    const [merged, ...written] = await Promise.all([
      merge(part, whole, other),
      ...[1, 2, 3].map((i) => acme.post(`/support/tickets/${part}/comments`, { body: `Comment ${i}` })),
    ]);
    await done(Promise.resolve(merged));
    const taken = written.filter(({ status }) => status === 200).map(({ body }) => body.id);
    for (const refused of written.filter(({ status }) => status !== 200)) {
      assertProblem(refused, 409, 'ticket_merged');
      assert.match(refused.body.detail, new RegExp(`ticket ${whole}\\b`));
    }
    const stored = await idsOn(whole);
    assert.deepEqual(
      taken.filter((id) => !stored.includes(id)),
      [],
    );
    assert.equal(stored.length, taken.length + 2);
  }
});

test('a vote on a comment that is merged away counts where the comment is', async () => {
  for (let round = 0; round < ROUNDS; round++) {
    const { number: part, response: id } = await ticketIn('replied', acme, agent);
    const whole = await open();
    const [, vote] = await Promise.all([
      merge(part, whole, other),
      acme.post(`/support/comments/${id}/vote`, { score: 1 }),
    ]);
    if (vote.status !== 200) assertProblem(vote, 409, 'comment_moved');
    const votes = await instance.query('select ticket_number from votes where comment_id = $1', [id]);
    assert.deepEqual(votes, vote.status === 200 ? [{ ticket_number: whole }] : []);
  }
});

test('voting or closing concurrently with reopening gives the result of some order', async () => {
  for (let round = 0; round < ROUNDS; round++) {
    const { number } = await ticketIn('closed', acme, agent);
    const [reopened, vote, close] = await Promise.all([
      other.post(`/staff/tickets/${number}/reopen`),
      acme.post(`/support/tickets/${number}/vote`, { score: 5 }),
      acme.post(`/support/tickets/${number}/close`),
    ]);
    await done(Promise.resolve(reopened));
    assert.ok(['done', 'vote_not_allowed'].includes(codes([vote])[0]), vote.text);
    assert.ok(['done', 'ticket_closed'].includes(codes([close])[0]), close.text);
    const { is_closed, vote: shown, is_can_be_voted } = await ticket(number);
    assert.equal(is_closed, close.status === 200);
    assert.ok(shown === null || is_can_be_voted);
  }
});

test('of ten reopenings, and of ten undos, one succeeds', async () => {
  const ten = (verb: (by: typeof agent) => Promise<Response>) =>
    Promise.all(Array.from({ length: 10 }, (_, i) => verb(i % 2 ? agent : other)));
  const { number } = await ticketIn('closed', acme, agent);
  const whole = await open();
  const part = await open();
  await done(merge(part, whole));
  const replied = await ticketIn('replied', acme, agent);
  const split = { comment_ids: [replied.response], summary: 'a' };
  const target = (await done(agent.post(`/staff/tickets/${replied.number}/split`, split))).body.number;
  for (const [path, code] of [
    [`${number}/reopen`, 'ticket_not_closed'],
    [`${part}/unmerge`, 'ticket_not_merged'],
    [`${target}/unsplit`, 'split_undone'],
  ] as const) {
    const responses = await ten((by) => by.post(`/staff/tickets/${path}`));
    assert.deepEqual(codes(responses).sort(), ['done', ...Array(9).fill(code)].sort(), path);
  }
  const [state] = await instance.query<{ is_right: boolean }>(
    `select tickets_open = (select count(*) from tickets where account_id = $1 and not is_closed) as is_right
     from account_state where account_id = $1`,
    [acme.accountId],
  );
  assert.equal(state?.is_right, true);
});

test('a concurrent split and merge of one ticket lose no comment', async () => {
  for (let round = 0; round < ROUNDS; round++) {
    const { number: part, response: id } = await ticketIn('replied', acme, agent);
    const whole = await open();
    const [merged, split] = await Promise.all([
      merge(part, whole, other),
      agent.post(`/staff/tickets/${part}/split`, { comment_ids: [id], summary: 'a' }),
    ]);
    await done(Promise.resolve(merged));
    if (split.status !== 200) assertProblem(split, 400, 'unknown_comment');
    assert.equal((await idsOn(whole)).length, 3);
  }
});
