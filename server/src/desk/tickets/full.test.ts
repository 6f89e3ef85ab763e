/** A ticket has a maximum number of comments and bytes, for every writer and path, exact also under concurrency. */
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { sendDueReplies } from '#desk/delayed-replies/send.ts';
import { inactivityOn } from '#test/inactivity.ts';
import { openInstance } from '#test/instance.ts';
import { assertProblem, storingNothing } from '#test/refusals.ts';
import { done, type TicketState, ticketIn } from '#test/tickets.ts';
import { MAX_COMMENT_BYTES, MAX_COMMENTS } from './full.ts';

const instance = await openInstance();
after(() => instance.close());
const otherProcess = await instance.otherProcess();
const acme = await instance.client('acme');
const acmeAtOtherProcess = await otherProcess.client('acme');
const [agent, admin] = [await instance.staff(), await instance.staff('admin')];

const comments = (number: number) => `/support/tickets/${number}/comments`;
const s = (number: number, verb: string) => `/staff/tickets/${number}/${verb}`;

/** A ticket with room for only this many more comments, or bytes. */
async function withRoom(room: { comments?: number; bytes?: number }, state: TicketState = 'replied') {
  const { number } = await ticketIn(state, acme, agent);
  await instance.query('update tickets set comment_count = $2, comment_bytes = $3 where number = $1', [
    number,
    MAX_COMMENTS - (room.comments ?? 10),
    MAX_COMMENT_BYTES - (room.bytes ?? 1000),
  ]);
  return number;
}

const counted = async (number: number) =>
  (await instance.query('select comment_count, comment_bytes from tickets where number = $1', [number]))[0];

test('a full ticket accepts no comment, reply, note or delayed reply, and says to open a new one', async () => {
  const number = await withRoom({ comments: 0 });
  const closed = await withRoom({ comments: 0 }, 'closed');
  const body = { body: 'More' };
  await storingNothing(instance, async () => {
    const responses = [
      await acme.post(comments(number), body),
      await acme.post(`/support/tickets/${closed}/reopen`, body),
      await agent.post(s(number, 'comments'), body),
      await agent.post(s(number, 'comments'), { ...body, internal: true }),
      await agent.post(s(number, 'delayed-replies'), body),
    ];
    for (const response of responses) assertProblem(response, 409, 'ticket_full');
    assert.match(responses[0]?.body.detail, /new ticket/);
  });
  await done(agent.post(s(closed, 'reopen')));
});

test('the bytes of a text count, not its characters', async () => {
  const number = await withRoom({ bytes: 8 });
  assertProblem(await acme.post(comments(number), { body: '😀😀😀' }), 409, 'ticket_full');
  await done(acme.post(comments(number), { body: '😀' }));
  await done(agent.post(s(number, 'comments'), { body: 'note', internal: true }));
  assertProblem(await acme.post(comments(number), { body: 'x' }), 409, 'ticket_full');
  assert.deepEqual(await counted(number), {
    comment_count: MAX_COMMENTS - 8,
    comment_bytes: MAX_COMMENT_BYTES,
  });
});

test('of 20 comments at once over two processes exactly as many are written as there is room for', async () => {
  const number = await withRoom({ comments: 3 });
  const before = await instance.query('select from comments where ticket_number = $1', [number]);
  const responses = await Promise.all(
    Array.from({ length: 20 }, (_, i) =>
      [acme, acmeAtOtherProcess][i % 2]?.post(comments(number), { body: 'Mine' }),
    ),
  );
  assert.equal(responses.filter((response) => response?.status === 200).length, 3);
  assert.equal(responses.filter((response) => response?.body.code === 'ticket_full').length, 17);
  const rows = await instance.query('select from comments where ticket_number = $1', [number]);
  assert.equal(rows.length - before.length, 3);
});

test('a delayed reply to a ticket that has become full becomes its author’s draft', async () => {
  const number = await withRoom({ comments: 1 });
  await done(agent.post(s(number, 'delayed-replies'), { body: 'Too late', delay_seconds: 0 }));
  await done(acme.post(comments(number), { body: 'The last one' }));
  await sendDueReplies(instance.database, (fault) => assert.fail(String(fault)));
  const { drafts, delayed_replies, history } = (await done(agent.get(`/staff/tickets/${number}`))).body;
  assert.deepEqual([drafts[0]?.body, delayed_replies], ['Too late', []]);
  assert.equal(history.at(-1).data.reason, 'ticket_full');
});

/** A ticket with this many comments. */
async function withComments(count: number) {
  const { number } = await ticketIn('open', acme, agent);
  await instance.query(
    `with more as (
       insert into comments (account_id, ticket_number, body, is_client_author, is_client_read, ticket_version)
       select account_id, number, 'x', true, true, 1 from tickets, generate_series(2, $2) where number = $1
       returning body
     )
     update tickets
     set comment_count = comment_count + (select count(*) from more),
         comment_bytes = comment_bytes + (select count(*) from more)
     where number = $1`,
    [number, count],
  );
  return number;
}

test('tickets that are too large together cannot be merged, and nothing is stored', async () => {
  const [number, fitting] = [await withComments(3), await withComments(2)];
  const into = await withComments(MAX_COMMENTS - 2);
  await storingNothing(instance, async () =>
    assertProblem(await agent.post(s(number, 'merge'), { into }), 409, 'ticket_full'),
  );
  await done(agent.post(s(fitting, 'merge'), { into }));
  assert.equal((await counted(into))?.comment_count, MAX_COMMENTS);
  assert.equal((await counted(fitting))?.comment_count, 0);
  await done(agent.post(s(fitting, 'unmerge')));
  assert.equal((await counted(fitting))?.comment_count, 2);
});

test('of many tickets those are merged for which there is room after the ones before', async () => {
  const into = await withComments(MAX_COMMENTS - 3);
  const ticket_numbers = [await withComments(2), await withComments(2), await withComments(1)];
  const { body } = await done(agent.post('/staff/bulk', { ticket_numbers, action: 'merge', into }));
  const results = body.items.map(({ result }: { result: string }) => result);
  assert.deepEqual(results, ['done', 'ticket_full', 'done']);
  assert.equal((await counted(into))?.comment_count, MAX_COMMENTS);
  await done(agent.post(`/staff/bulk/${body.bulk_id}/undo`));
  assert.equal((await counted(into))?.comment_count, MAX_COMMENTS - 3);
});

test('what a split has left in both tickets is counted once by a merge', async () => {
  const number = await withComments(MAX_COMMENTS);
  const [{ id }] = (await done(agent.get(`/staff/tickets/${number}/comments?limit=1`))).body.items;
  const split = { comment_ids: [id], summary: 'Another thing' };
  const { number: into } = (await done(agent.post(s(number, 'split'), split))).body;
  await done(agent.post(s(number, 'merge'), { into }));
  assert.equal((await counted(into))?.comment_count, MAX_COMMENTS);
});

test('a full ticket gets its reminder without a comment, once, and does not stop others', async () => {
  const { rules, inactive, run, types, ticket } = inactivityOn(instance, { acme, agent, admin });
  const canned = { title: 'Still there', shortcut: 'still', bodies: { en: 'Hello?' }, is_shared: true };
  const { canned_response_id } = (await done(admin.post('/staff/canned-responses', canned))).body;
  await rules({ remind_after_days: 3, close_after_days: 7, canned_response_id });
  const full = await inactive('replied', 3);
  const other = await inactive('replied', 3);
  await instance.query('update tickets set comment_count = $2 where number = $1', [full, MAX_COMMENTS]);
  await run();
  await run();
  const reminders = (await types(full)).filter((type) => type === 'ticket.reminded');
  assert.equal(reminders.length, 1);
  assert.equal((await ticket(full)).comments.length, 2);
  assert.equal((await ticket(other)).comments.length, 3);
});
