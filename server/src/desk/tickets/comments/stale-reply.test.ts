/** A reply written without the latest comments is not sent. */
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import type { Caller, Response } from '#test/caller.ts';
import { openInstance } from '#test/instance.ts';
import { assertProblem, storingNothing } from '#test/refusals.ts';
import { done, ticketIn } from '#test/tickets.ts';

const instance = await openInstance();
after(() => instance.close());
const acme = await instance.client('acme');
const [anna, boris] = [await instance.staff(), await instance.staff('agent', 'Boris')];
const otherProcess = await instance.otherProcess();
const onOtherProcess = await otherProcess.client('acme');

const s = (number: number, verb = '') => `/staff/tickets/${number}${verb}`;
const write = async (who: Caller, number: number, body: object): Promise<number> =>
  (await done(who.post(s(number, '/comments'), body))).body.id;
const comment = async (number: number, body: string): Promise<number> =>
  (await done(acme.post(`/support/tickets/${number}/comments`, { body }))).body.id;
const idsOf = ({ body }: Response): number[] => body.comments.map(({ id }: { id: number }) => id);

test('a reply that misses a comment of the client gets a 412 with it, and nothing is stored', async () => {
  const { number, response } = await ticketIn('replied', acme, anna);
  const missed = [await comment(number, 'Never mind'), await comment(number, 'It works')];
  const refused = await storingNothing(instance, () =>
    boris.post(s(number, '/comments'), { body: 'Did you try it?', last_comment_id: response }),
  );
  assertProblem(refused, 412, 'changed_meanwhile');
  const { comments } = (await anna.get(s(number))).body;
  assert.deepEqual(refused.body.comments, comments.slice(-2), 'as staff see them');
  assert.deepEqual(idsOf(refused), missed);
  await write(boris, number, { body: 'Glad to hear', last_comment_id: missed.at(-1) });
});

test('a reply of another member counts, one’s own and notes do not, and a 412 includes notes', async () => {
  const { number, response } = await ticketIn('replied', acme, anna);
  await write(anna, number, { body: 'One more thing', last_comment_id: response });
  const note = await write(boris, number, { body: 'Call them', internal: true });
  const own = await write(anna, number, { body: 'And another', last_comment_id: response });
  const byBoris = await write(boris, number, { body: 'From me too' });
  const refused = await anna.post(s(number, '/comments'), { body: 'Well', last_comment_id: note });
  assertProblem(refused, 412, 'changed_meanwhile');
  assert.deepEqual(idsOf(refused), [own, byBoris]);
  const earlier = await anna.post(s(number, '/comments'), { body: 'Well', last_comment_id: response });
  assert.ok(idsOf(earlier).includes(note));
});

test('comments of a merged ticket count by when they were written; If-Match covers the rest', async () => {
  const part = await ticketIn('open', acme, anna);
  const { number, response } = await ticketIn('replied', acme, anna);
  const { etag } = (await anna.get(s(number))).headers;
  const later = await comment(part.number, 'By the way');
  await done(boris.post(s(part.number, '/merge'), { into: number }));
  const input = { body: 'Well', last_comment_id: response };
  assert.deepEqual(idsOf(await anna.post(s(number, '/comments'), input)), [later]);
  const seen = { ...input, last_comment_id: later };
  assertProblem(await anna.post(s(number, '/comments'), seen, { 'if-match': String(etag) }), 412);
  await write(anna, number, seen);
});

test('a note is written whatever was missed, because the client does not see it', async () => {
  const { number, response } = await ticketIn('replied', acme, anna);
  await comment(number, 'Never mind');
  await write(anna, number, { body: 'Look', internal: true, last_comment_id: response });
});

test('the last comment read must be one of the ticket', async () => {
  const { number } = await ticketIn('replied', acme, anna);
  const other = await ticketIn('replied', acme, anna);
  await storingNothing(instance, async () => {
    for (const last_comment_id of [other.response, 999_999_999]) {
      const refused = await anna.post(s(number, '/comments'), { body: 'Done', last_comment_id });
      assertProblem(refused, 400, 'unknown_comment');
      assert.equal(refused.body.errors[0].pointer, '/last_comment_id');
    }
    for (const last_comment_id of [0, -1, 1.5, '1', null, 2 ** 53]) {
      const refused = await anna.post(s(number, '/comments'), { body: 'Done', last_comment_id });
      assertProblem(refused, 400, 'invalid_request');
    }
    const url = `/support/tickets/${number}/comments`;
    assertProblem(await acme.post(url, { body: 'Hi', last_comment_id: 1 }), 400, 'invalid_request');
  });
});

test('If-Match applies as well: other changes may still refuse a reply', async () => {
  const { number, response } = await ticketIn('replied', acme, anna);
  const tag = String((await anna.get(s(number))).headers.etag);
  await done(acme.patch(`/support/tickets/${number}`, { client_aliased_name: 'Ivan' }));
  const input = { body: 'Done', last_comment_id: response };
  assertProblem(await anna.post(s(number, '/comments'), input, { 'if-match': tag }), 412);
  await write(anna, number, input);
});

test('of 50 people who reply to the same comment at once, exactly one succeeds', async () => {
  const { number } = await ticketIn('open', acme, anna);
  const last_comment_id = (await anna.get(s(number))).body.comments.at(-1).id;
  const crowd = await Promise.all(
    Array.from({ length: 50 }, (_, i) => (i % 2 ? instance : otherProcess).staff('agent', `Agent ${i}`)),
  );
  const responses = await Promise.all(
    crowd.map((who) => who.post(s(number, '/comments'), { body: `By ${who.tokenId}`, last_comment_id })),
  );
  const [sent] = responses.filter(({ status }) => status === 200);
  for (const response of responses.filter((one) => one !== sent)) {
    assertProblem(response, 412, 'changed_meanwhile');
    assert.deepEqual(idsOf(response), [sent?.body.id]);
  }
  const stored = await instance.query('select id from comments where ticket_number = $1 order by id', [
    number,
  ]);
  assert.deepEqual(
    stored.map(({ id }) => id),
    [last_comment_id, sent?.body.id],
  );
});

test('a reply racing with a comment of the client comes before it, or not at all', async () => {
  const { number } = await ticketIn('open', acme, anna);
  let last: number = (await anna.get(s(number))).body.comments.at(-1).id;
  for (let round = 0; round < 50; round++) {
    const [response, said] = await Promise.all([
      anna.post(s(number, '/comments'), { body: 'Done', last_comment_id: last }),
      onOtherProcess.post(`/support/tickets/${number}/comments`, { body: 'Wait' }),
    ]);
    assert.equal(said.status, 200);
    if (response.status === 200) assert.ok(response.body.id < said.body.id);
    else assertProblem(response, 412, 'changed_meanwhile');
    if (response.status === 412) assert.deepEqual(idsOf(response), [said.body.id]);
    last = said.body.id;
  }
});
