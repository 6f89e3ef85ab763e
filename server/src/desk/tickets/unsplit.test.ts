import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import type { Response } from '#test/caller.ts';
import { eventually } from '#test/eventually.ts';
import { openInstance } from '#test/instance.ts';
import { assertProblem, storingNothing } from '#test/refusals.ts';
import { done, ticketIn, uploadOf } from '#test/tickets.ts';

const instance = await openInstance();
after(() => instance.close());
const acme = await instance.client('acme');
const agent = await instance.staff('agent');

const open = async (more: object = {}): Promise<number> =>
  (await done(acme.post('/support/tickets', { summary: 'Disk full', comment_body: 'Help', ...more }))).body
    .number;
const write = async (number: number, more: object = {}): Promise<number> =>
  (await done(acme.post(`/support/tickets/${number}/comments`, { body: 'More', ...more }))).body.id;
const response = async (number: number, more: object = {}): Promise<number> =>
  (await done(agent.post(`/staff/tickets/${number}/comments`, { body: 'Done', ...more }))).body.id;
const split = async (number: number, ...comment_ids: number[]): Promise<number> =>
  (await done(agent.post(`/staff/tickets/${number}/split`, { comment_ids, summary: 'Pangolin' }))).body
    .number;
const unsplit = (number: number) => agent.post(`/staff/tickets/${number}/unsplit`);
const found = async (number: number) => (await done(acme.get(`/support/tickets/${number}`))).body;
const commentsOf = async (number: number) =>
  (await done(acme.get(`/support/tickets/${number}/comments`, { prefer: 'read-receipt=none' }))).body.items;
const numbersOf = ({ body }: Response) => body.items.map(({ number }: { number: number }) => number);
const refused = async (number: number, code: string) =>
  assertProblem(await storingNothing(instance, () => unsplit(number)), 409, code);

test('undone at once, the old ticket is as before the split, and the new one refers to it', async () => {
  const number = await open();
  const ids = [await write(number, { files: [await uploadOf(acme)] }), await response(number)];
  const before = { ticket: await found(number), comments: await commentsOf(number) };
  const target = await split(number, ...ids);
  const { body } = await done(unsplit(target));
  assert.deepEqual([body.is_closed, body.merged_into_ticket_number], [true, number]);
  const { updated_at, ...ticket } = await found(number);
  const { updated_at: earlier, ...was } = before.ticket;
  assert.deepEqual([ticket, updated_at >= earlier], [was, true]);
  assert.deepEqual(await commentsOf(number), before.comments);
  for (const copy of await commentsOf(target)) assert.equal(copy.splitted_to_ticket_number, number);
});

test('what was written on the new ticket comes back in order, with its files, votes and read marks', async () => {
  const number = await open();
  const target = await split(number, await response(number));
  const files = [await uploadOf(acme)];
  const mine = await write(target, { body: 'On the new one', files });
  const theirs = await response(target, { body: 'Answered there' });
  const note = await response(target, { body: 'Noted there', internal: true });
  const last = await write(number, { body: 'On the old one' });
  await done(acme.get(`/support/tickets/${target}/comments`));
  await done(acme.post(`/support/comments/${theirs}/vote`, { score: 1 }));
  const unread = await response(target);

  await done(unsplit(target));
  const { comments } = (await agent.get(`/staff/tickets/${number}`)).body;
  const since = comments.slice(2);
  const ids = [mine, theirs, note, last, unread];
  assert.deepEqual(
    since.map(({ id }: { id: number }) => id),
    ids,
  );
  assert.deepEqual(
    since[0].files.map(({ uuid }: { uuid: string }) => uuid),
    files,
  );
  assert.deepEqual([since[1].vote.score, since[1].is_client_read, since[4].is_client_read], [1, true, false]);
  assert.equal((await found(number)).is_client_read, false);
  const moved = await instance.query(
    `select comment_id as id, ticket_number from votes where comment_id = any($1)
     union all
     select comment_id, ticket_number from files where comment_id = any($1) order by id`,
    [ids],
  );
  assert.deepEqual(moved, [
    { id: mine, ticket_number: number },
    { id: theirs, ticket_number: number },
  ]);
});

test('an original is read if its copy was read, and has the later vote of the two', async () => {
  const number = await open();
  const [one, two] = [await response(number), await response(number)];
  await done(acme.post(`/support/comments/${one}/vote`, { score: -1 }));
  const target = await split(number, one, two);
  const [first, second] = await commentsOf(target);
  await done(acme.post(`/support/comments/${first.id}/vote`, { score: 1, comment: 'After all' }));
  await done(acme.post(`/support/comments/${second.id}/vote`, { score: 1 }));
  await done(acme.post(`/support/comments/${two}/vote`, { score: -1 }));
  await done(acme.post(`/support/tickets/${target}/read`));
  await done(unsplit(target));
  const [, read, later] = await commentsOf(number);
  assert.deepEqual([read.vote.comment, read.is_client_read], ['After all', true]);
  assert.equal(later.vote.score, -1);
  const votes = await instance.query('select count(*) from votes where comment_id = any($1)', [[one, two]]);
  assert.deepEqual(votes, [{ count: 4 }]);
});

test('a copied vote is gone if the client has deleted it on the copy or on the original, and a later one stays', async () => {
  const number = await open();
  const ids = [
    await response(number),
    await response(number),
    await response(number),
    await response(number),
  ];
  for (const id of ids) await done(acme.post(`/support/comments/${id}/vote`, { score: 1 }));
  const target = await split(number, ...ids);
  const copies: number[] = (await commentsOf(target)).map(({ id }: { id: number }) => id);
  const deleteVote = (id?: number) => done(acme.delete(`/support/comments/${id}/vote`));
  await deleteVote(copies[0]);
  await deleteVote(ids[1]);
  await deleteVote(copies[2]);
  await done(acme.post(`/support/comments/${copies[2]}/vote`, { score: -1 }));
  await done(unsplit(target));
  const votes = (await commentsOf(number))
    .slice(1)
    .map(({ vote }: { vote: { score: number } | null }) => vote?.score);
  assert.deepEqual(votes, [undefined, undefined, -1, 1]);
  const counted = await instance.query(
    'select comment_id as id, score from votes where comment_id = any($1) and deleted_at is null order by id, score',
    [ids],
  );
  assert.deepEqual(
    counted.map(({ id }) => id),
    [ids[2], ids[2], ids[3]],
  );
});

test('the new ticket leaves the open list, the counts and the search, and is found by its number', async () => {
  const client = await instance.client('seeker');
  const { number } = await ticketIn('open', client, agent);
  const id: number = (await done(client.post(`/support/tickets/${number}/comments`, { body: 'Axolotl' })))
    .body.id;
  const target = await split(number, id);
  await done(unsplit(target));
  assert.deepEqual(numbersOf(await client.get('/support/tickets?only_opened=true')), [number]);
  assert.equal((await client.get('/support/tickets?only_opened=true')).body.item_count, 1);
  for (const [q, expected] of [
    ['axolotl', [number]],
    ['pangolin', []],
    [String(target), [target]],
  ] as const) {
    assert.deepEqual(numbersOf(await client.get(`/support/tickets?q=${q}`)), expected, q);
    await eventually(async () => {
      const seen = await agent.get(`/staff/tickets?q=${q}&account_id=${client.accountId}`);
      return numbersOf(seen).join() === expected.join();
    });
  }
});

test('a comment that had a reply before the split does not wait for one again', async () => {
  const number = await open();
  const id = await write(number);
  await response(number);
  const target = await split(number, id);
  assert.equal((await found(target)).status_key, 'in_progress', 'alone it has no response');
  await done(unsplit(target));
  assert.equal((await found(number)).status_key, 'await_client');
});

test('a client who waits in the new ticket then waits in the old one', async () => {
  const number = await open();
  const target = await split(number, await write(number));
  await response(number);
  await write(target);
  await done(unsplit(target));
  assert.equal((await found(number)).status_key, 'in_progress');
});

test('a split whose tickets have changed too much cannot be undone, and the refusal says why', async () => {
  const number = await open();
  await refused(number, 'ticket_not_split');
  const target = await split(number, await write(number), await write(number));
  const [copy] = await commentsOf(target);
  const further = await split(target, copy.id);
  await refused(target, 'split_further');
  await done(unsplit(further));

  await done(agent.post(`/staff/tickets/${number}/close`));
  await refused(target, 'ticket_closed');
  await done(agent.post(`/staff/tickets/${number}/reopen`));
  await instance.query("update tickets set created_at = now() - interval '8 days' where number = $1", [
    target,
  ]);
  await refused(target, 'too_late_to_undo');
  await instance.query('update tickets set created_at = now() where number = $1', [target]);

  const other = await open();
  await done(agent.post(`/staff/tickets/${target}/merge`, { into: other }));
  await refused(target, 'ticket_merged');
  await done(agent.post(`/staff/tickets/${target}/unmerge`));
  await done(unsplit(target));
  await refused(target, 'split_undone');
  assertProblem(await agent.post(`/staff/tickets/${target}/unmerge`), 409, 'split_undone');
  assertProblem(await agent.post(`/staff/tickets/${target}/reopen`), 409, 'ticket_merged');
});

test('what was split off a merged ticket does not return to a ticket that no longer has it', async () => {
  const [part, whole] = [await open(), await open()];
  const id = await write(part);
  await done(agent.post(`/staff/tickets/${part}/merge`, { into: whole }));
  const target = await split(whole, id);
  await done(agent.post(`/staff/tickets/${part}/unmerge`));
  await refused(target, 'originals_moved');
  await done(agent.post(`/staff/tickets/${part}/merge`, { into: whole }));
  await done(unsplit(target));
});

test('an undone split can be made again', async () => {
  const number = await open();
  const id = await write(number);
  await done(unsplit(await split(number, id)));
  const again = await split(number, id);
  assert.equal((await commentsOf(again)).length, 1);
  await done(unsplit(again));
});
