/** A delayed reply can be cancelled, and is restricted like a comment. */
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { openInstance } from '#test/instance.ts';
import { staffIdOf } from '#test/people.ts';
import { assertProblem, storingNothing } from '#test/refusals.ts';
import { done, ticketIn, uploadOf } from '#test/tickets.ts';

const instance = await openInstance();
after(() => instance.close());
const acme = await instance.client('acme');
const [anna, boris] = [await instance.staff(), await instance.staff('agent', 'Boris')];
const [annaId, borisId] = [await staffIdOf(instance, anna), await staffIdOf(instance, boris)];

const s = (number: number, verb = '') => `/staff/tickets/${number}${verb}`;
const delay = async (number: number, response: object) =>
  (await done(anna.post(s(number, '/delayed-replies'), response))).body;
const cancel = (id: number, who = anna) => who.delete(`/staff/delayed-replies/${id}`);

test('a delayed reply says when it will be sent, and the team sees it on the ticket until then', async () => {
  const { number, response } = await ticketIn('replied', acme, anna);
  const files = [await uploadOf(anna)];
  const input = {
    body: 'Done',
    files,
    status_key: 'resolved',
    mentions: [borisId],
    last_comment_id: response,
  };
  const delayed = await delay(number, input);
  const { delayed_reply_id, created_at, send_at, files: kept, ...rest } = delayed;
  assert.ok(Number.isInteger(delayed_reply_id));
  assert.equal(kept[0].uuid, files[0]);
  const { files: _files, ...same } = input;
  const whose = { ticket_number: number, staff_id: annaId, staff_name: 'Anna Petrova', is_internal: false };
  assert.deepEqual(rest, { ...same, ...whose });
  const delayMs = Date.parse(send_at) - Date.parse(created_at);
  assert.ok(Math.abs(delayMs - 8000) <= 1, `${delayMs} ms`);
  const note = await delay(number, { body: 'Look', internal: true, delay_seconds: 60 });
  const ticket = (await done(boris.get(s(number)))).body;
  assert.deepEqual(ticket.delayed_replies, [delayed, note]);
  assert.equal(ticket.comments.length, 2, 'nothing is written yet');
  assert.equal(ticket.status_key, 'await_client');
});

test('cancelling returns everything, once, and its files can be used again', async () => {
  const { number } = await ticketIn('open', acme, anna);
  const file = await uploadOf(anna);
  const draft = (await done(anna.put(s(number, '/draft'), { body: 'Done', files: [file] }))).body;
  await instance.query("update files set created_at = now() - interval '2 days' where uuid = $1", [file]);
  const delayed = await delay(number, { body: 'Done', files: [file], delay_seconds: 60 });
  assertProblem(await cancel(delayed.delayed_reply_id, boris), 404, 'delayed_reply_not_found');
  assert.deepEqual((await done(cancel(delayed.delayed_reply_id))).body, delayed);
  assertProblem(await cancel(delayed.delayed_reply_id), 404, 'delayed_reply_not_found');
  const ticket = (await done(anna.get(s(number)))).body;
  assert.deepEqual(ticket.delayed_replies, []);
  assert.deepEqual(ticket.drafts, [draft], 'the draft is where it was');
  const sent = await done(anna.post(s(number, '/comments'), { body: 'Done', files: [file] }));
  assert.equal(sent.body.files[0].uuid, file);
});

test('a reply that could not be sent now cannot be delayed either', async () => {
  const { number, response } = await ticketIn('replied', acme, anna);
  const closed = await ticketIn('closed', acme, anna);
  await done(acme.post(`/support/tickets/${number}/comments`, { body: 'Never mind' }));
  const odd: Array<[object, number, string]> = [
    [{ body: 'a', last_comment_id: response }, 412, 'changed_meanwhile'],
    [{ body: 'a', last_comment_id: 1 }, 400, 'unknown_comment'],
    [{ body: 'a', mentions: [999_999] }, 400, 'unknown_staff'],
    [{ body: 'a', files: [await uploadOf(acme)] }, 400, 'unknown_file'],
    [{ body: 'a', internal: true, status_key: 'resolved' }, 400, 'invalid_request'],
    [{ body: 'a', delay_seconds: 61 }, 400, 'invalid_request'],
    [{ body: 'a', delay_seconds: -1 }, 400, 'invalid_request'],
    [{ body: ' ' }, 400, 'invalid_request'],
  ];
  await storingNothing(instance, async () => {
    for (const [input, status, code] of odd) {
      assertProblem(await anna.post(s(number, '/delayed-replies'), input), status, code);
    }
    const late = await anna.post(s(closed.number, '/delayed-replies'), { body: 'a' });
    assertProblem(late, 409, 'ticket_closed');
    const stale = await anna.post(s(number, '/delayed-replies'), { body: 'a' }, { 'if-match': '"1-x"' });
    assertProblem(stale, 412, 'changed_meanwhile');
    assertProblem(await acme.post(s(number, '/delayed-replies'), { body: 'a' }), 403, 'forbidden');
  });
});

test('a retry with the same key creates only one delayed reply', async () => {
  const { number } = await ticketIn('open', acme, anna);
  const key = { 'idempotency-key': 'once' };
  const responses = [1, 2].map(() => anna.post(s(number, '/delayed-replies'), { body: 'Done' }, key));
  const [first, second] = [await responses[0], await responses[1]];
  const statuses = [first?.status, second?.status].sort();
  assert.ok(statuses[0] === 200 && [200, 409].includes(Number(statuses[1])));
  assert.equal((await anna.get(s(number))).body.delayed_replies.length, 1);
});

test('a client sees nothing of a delayed reply', async () => {
  const { number } = await ticketIn('replied', acme, anna);
  const before = (await acme.get(`/support/tickets/${number}`)).headers.etag;
  await delay(number, { body: 'wombat' });
  const response = await acme.get(`/support/tickets/${number}`);
  assert.equal(response.headers.etag, before);
  const list = await acme.get(`/support/tickets/${number}/comments`);
  assert.doesNotMatch(response.text + list.text, /wombat|delayed/);
  assert.equal((await acme.get('/support/tickets?q=wombat')).body.item_count, 0);
});
