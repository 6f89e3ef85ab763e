/** What becomes of a delayed reply when it is due: it is sent once, or returned to its author. */
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import type { JobHelpers } from 'graphile-worker';
import type { Caller, Response } from '#test/caller.ts';
import { openInstance } from '#test/instance.ts';
import { staffIdOf } from '#test/people.ts';
import { assertProblem, storingNothing } from '#test/refusals.ts';
import { done, ticketIn, uploadOf } from '#test/tickets.ts';
import { createTasks } from '#worker.ts';
import { sendDueReplies } from './send.ts';

const instance = await openInstance();
after(() => instance.close());
const otherProcess = await instance.otherProcess();
const acme = await instance.client('acme');
const [anna, boris] = [await instance.staff(), await instance.staff('agent', 'Boris')];
const annaId = await staffIdOf(instance, anna);

const s = (number: number, verb = '') => `/staff/tickets/${number}${verb}`;
const faults: unknown[] = [];
const sendDue = async (at = instance) => {
  while (await sendDueReplies(at.database, (fault) => faults.push(fault))) {
    // more is left
  }
};
const delay = async (number: number, response: object, who: Caller = anna): Promise<number> =>
  (await done(who.post(s(number, '/delayed-replies'), { delay_seconds: 0, ...response }))).body
    .delayed_reply_id;
const cancel = (id: number, who = anna): Promise<Response> => who.delete(`/staff/delayed-replies/${id}`);
const seen = async (number: number) => (await done(anna.get(s(number)))).body;
const stops = (number: number) =>
  instance.query<{ data: { reason: string }; actor_kind: string }>(
    "select data, actor_kind from events where ticket_number = $1 and type = 'delayed_reply.stopped' order by id",
    [number],
  );
const lastOf = ({ comments }: { comments: Array<{ id: number; body: string }> }) => comments.at(-1);

test('a due reply is sent as its author’s comment, with its files and state, and never early', async () => {
  const { number, response } = await ticketIn('replied', acme, anna);
  const files = [await uploadOf(anna)];
  const mentions = [await staffIdOf(instance, boris)];
  await done(anna.put(s(number, '/draft'), { body: 'Done', files }));
  const id = await delay(number, {
    body: 'Done',
    files,
    mentions,
    status_key: 'resolved',
    last_comment_id: response,
  });
  await delay(number, { body: 'Later', delay_seconds: 60 });
  await sendDue();
  const ticket = await seen(number);
  const comment = ticket.comments.at(-1);
  assert.equal(comment.body, 'Done');
  assert.equal(comment.author_name, 'Anna Petrova');
  assert.equal(comment.files[0].uuid, files[0]);
  assert.deepEqual(comment.mentions, mentions);
  assert.equal(ticket.status_key, 'resolved');
  assert.deepEqual(ticket.drafts, [], 'the draft that it was made of is sent');
  assert.deepEqual(
    ticket.delayed_replies.map(({ body }: { body: string }) => body),
    ['Later'],
  );
  const [event] = await instance.query(
    'select type, actor_kind, staff_id, token_id from events where comment_id = $1',
    [comment.id],
  );
  assert.deepEqual(event, {
    type: 'ticket.commented',
    actor_kind: 'staff',
    staff_id: annaId,
    token_id: anna.tokenId,
  });
  assertProblem(await cancel(id), 409, 'reply_sent');
});

test('a note can be delayed like a reply, on a closed ticket as well', async () => {
  const { number } = await ticketIn('closed', acme, anna);
  await delay(number, { body: 'Look', internal: true });
  await sendDue();
  const comment = lastOf(await seen(number));
  assert.equal(comment?.body, 'Look');
  assert.doesNotMatch((await acme.get(`/support/tickets/${number}/comments`)).text, /Look/);
});

test('a reply written before the client’s latest comment becomes a draft, and an event says why', async () => {
  const { number, response } = await ticketIn('replied', acme, anna);
  const files = [await uploadOf(anna)];
  const id = await delay(number, { body: 'Try this', files, last_comment_id: response });
  const blind = await delay(number, { body: 'Whatever you say' });
  await done(acme.post(`/support/tickets/${number}/comments`, { body: 'It works' }));
  await sendDue();
  const ticket = await seen(number);
  assert.equal(lastOf(ticket)?.body, 'Whatever you say', 'an author who does not ask is not held back');
  assert.equal(ticket.drafts[0].body, 'Try this');
  assert.equal(ticket.drafts[0].staff_id, annaId);
  assert.equal(ticket.drafts[0].files[0].uuid, files[0]);
  assert.deepEqual(await stops(number), [
    { data: { delayed_reply_id: id, staff_id: annaId, reason: 'changed_meanwhile' }, actor_kind: 'system' },
  ]);
  assertProblem(await cancel(id), 409, 'reply_stopped');
  assertProblem(await cancel(blind), 409, 'reply_sent');
  await done(anna.post(s(number, '/comments'), { body: 'Try this', files }));
});

test('nothing is sent to a ticket that was closed, or from a disabled author or token', async () => {
  const closing = await ticketIn('replied', acme, anna);
  await delay(closing.number, { body: 'Try this' });
  await done(acme.post(`/support/tickets/${closing.number}/close`));
  const gone = await instance.staff('agent', 'Gone');
  const disabling = await ticketIn('replied', acme, anna);
  await delay(disabling.number, { body: 'Try that' }, gone);
  await instance.query('update staff set disabled_at = now() where staff_id = $1', [
    await staffIdOf(instance, gone),
  ]);
  const leaked = await instance.staff('agent', 'Leaked');
  const revoking = await ticketIn('replied', acme, anna);
  await delay(revoking.number, { body: 'Try neither' }, leaked);
  const narrowed = await instance.staff('agent', 'Narrowed');
  const limiting = await ticketIn('replied', acme, anna);
  await delay(limiting.number, { body: 'Try nothing' }, narrowed);
  const admin = await instance.staff('admin');
  await done(admin.delete(`/staff/tokens/${leaked.tokenId}`));
  await done(admin.patch(`/staff/tokens/${narrowed.tokenId}`, { scopes: ['tickets:read'] }));
  await sendDue();
  for (const [{ number }, body, reason] of [
    [closing, 'Try this', 'ticket_closed'],
    [disabling, 'Try that', 'author_disabled'],
    [revoking, 'Try neither', 'author_key_ended'],
    [limiting, 'Try nothing', 'author_key_ended'],
  ] as const) {
    const ticket = await seen(number);
    assert.equal(ticket.comments.length, 2);
    assert.equal(ticket.drafts[0].body, body);
    assert.deepEqual(
      (await stops(number)).map(({ data }) => data.reason),
      [reason],
    );
  }
});

test('a later draft is never lost, whether the reply is sent or returned', async () => {
  const { number, response } = await ticketIn('replied', acme, anna);
  const [first, second] = [await uploadOf(anna), await uploadOf(anna)];
  await delay(number, { body: 'One' });
  await done(anna.put(s(number, '/draft'), { body: 'Two', files: [first] }));
  await sendDue();
  assert.equal((await seen(number)).drafts[0].body, 'Two');

  const last_comment_id = lastOf(await seen(number))?.id;
  assert.ok(last_comment_id !== response);
  await delay(number, { body: 'Two', files: [first, second], last_comment_id });
  await done(anna.put(s(number, '/draft'), { body: 'Three', internal: true, files: [first] }));
  await done(acme.post(`/support/tickets/${number}/comments`, { body: 'Wait' }));
  await sendDue();
  const [draft] = (await seen(number)).drafts;
  assert.equal(draft.body, 'Two\n\nThree');
  assert.equal(draft.is_internal, true, 'what was for staff only does not become a response');
  assert.deepEqual(
    draft.files.map(({ uuid }: { uuid: string }) => uuid),
    [first, second],
  );
});

test('of two replies with the same file, the first gets it and the second is returned', async () => {
  const { number } = await ticketIn('open', acme, anna);
  const files = [await uploadOf(anna)];
  await delay(number, { body: 'One', files });
  await delay(number, { body: 'Two', files });
  await sendDue();
  const ticket = await seen(number);
  assert.equal(ticket.comments.length, 2);
  assert.equal(ticket.drafts.length, 1);
  assert.deepEqual(
    (await stops(number)).map(({ data }) => data.reason),
    ['unknown_file'],
  );
});

test('replies that two processes find due at once are sent once each', async () => {
  const { number } = await ticketIn('open', acme, anna);
  const bodies = Array.from({ length: 40 }, (_, i) => `Response ${i}`);
  await Promise.all(bodies.map((body) => delay(number, { body })));
  await Promise.all([sendDue(), sendDue(otherProcess), sendDue(), sendDue(otherProcess)]);
  const { comments } = await seen(number);
  const sent = comments.slice(1).map(({ body }: { body: string }) => body);
  assert.deepEqual(sent.sort(), bodies.sort());
});

test('a reply cancelled while it is sent is either cancelled or sent, never both or neither', async () => {
  const { number } = await ticketIn('open', acme, anna);
  const outcomes = { cancelled: 0, sent: 0 };
  for (let round = 0; round < 200; round++) {
    const body = `Response ${round}`;
    const id = await delay(number, { body });
    const cancelling = async () => {
      for (let i = 0; i < round % 8; i++) await new Promise((resolve) => setImmediate(resolve));
      return cancel(id);
    };
    const [response] = await Promise.all([cancelling(), sendDue(round % 2 ? instance : otherProcess)]);
    const stored = await instance.query('select from comments where ticket_number = $1 and body = $2', [
      number,
      body,
    ]);
    if (response.status !== 200) assertProblem(response, 409, 'reply_sent');
    assert.equal(stored.length, response.status === 200 ? 0 : 1);
    outcomes[response.status === 200 ? 'cancelled' : 'sent']++;
  }
  assert.ok(outcomes.cancelled > 0 && outcomes.sent > 0, JSON.stringify(outcomes));
  assert.deepEqual((await seen(number)).delayed_replies, []);
});

test('an internal error is retried, and after a minute the reply is returned to its author', async () => {
  const { number } = await ticketIn('open', acme, anna);
  const [late, young] = [await delay(number, { body: 'Late' }), await delay(number, { body: 'Young' })];
  const setBack =
    "update delayed_replies set send_at = send_at - interval '2 minutes' where delayed_reply_id = $1";
  await instance.query(setBack, [late]);
  await instance.query("alter table comments add constraint full_disk check (body not in ('Late', 'Young'))");
  faults.length = 0;
  await sendDue();
  assert.equal(faults.length, 1);
  assert.deepEqual(
    (await stops(number)).map(({ data }) => data.reason),
    ['not_sent'],
  );
  await instance.query('alter table comments drop constraint full_disk');
  await sendDue();
  const ticket = await seen(number);
  assert.equal(lastOf(ticket)?.body, 'Young');
  assert.equal(ticket.drafts[0].body, 'Late');
  assertProblem(await cancel(young), 409, 'reply_sent');
});

test('the outcome of a reply is deleted after a day; a waiting reply is not', async () => {
  const { number } = await ticketIn('open', acme, anna);
  const sent = await delay(number, { body: 'One' });
  await sendDue();
  const waiting = await delay(number, { body: 'Two', delay_seconds: 60 });
  await storingNothing(instance, async () =>
    createTasks(instance)['delayed-replies.sweep']?.({}, {} as JobHelpers),
  ); // the job does not use its helpers
  await instance.query("update delayed_replies set send_at = send_at - interval '1 day'");
  await createTasks(instance)['delayed-replies.sweep']?.({}, {} as JobHelpers);
  assertProblem(await cancel(sent), 404, 'delayed_reply_not_found');
  await done(cancel(waiting));
});
