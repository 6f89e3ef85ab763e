import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, test } from 'node:test';
import type { JobHelpers } from 'graphile-worker';
import type { Caller } from '#test/caller.ts';
import { openInstance } from '#test/instance.ts';
import { staffIdOf } from '#test/people.ts';
import { assertProblem, storingNothing } from '#test/refusals.ts';
import { done, ticketIn, uploadOf } from '#test/tickets.ts';
import { createTasks } from '#worker.ts';

const instance = await openInstance();
after(() => instance.close());
const acme = await instance.client('acme');
const [anna, boris] = [await instance.staff(), await instance.staff('agent', 'Boris')];
const [annaId, borisId] = [await staffIdOf(instance, anna), await staffIdOf(instance, boris)];

const s = (number: number, verb = '') => `/staff/tickets/${number}${verb}`;
const save = async (who: Caller, number: number, draft: object) =>
  (await done(who.put(s(number, '/draft'), draft))).body;
const send = async (who: Caller, number: number, comment: object) =>
  (await done(who.post(s(number, '/comments'), comment))).body;
const drafts = async (number: number) => (await done(anna.get(s(number)))).body.drafts;
const ageFile = (uuid: string) =>
  instance.query("update files set created_at = now() - interval '2 days' where uuid = $1", [uuid]);

test('each staff member has one draft per ticket, and the team sees who wrote what and since when', async () => {
  const { number } = await ticketIn('open', acme, anna);
  const file = await uploadOf(anna);
  const first = await save(anna, number, { body: 'Try', files: [file] });
  assert.equal(first.staff_id, annaId);
  assert.equal(first.staff_name, 'Anna Petrova');
  assert.equal(first.files[0].uuid, file);
  const second = await save(anna, number, { body: 'Try this', internal: true });
  assert.deepEqual(second, {
    ...first,
    body: 'Try this',
    is_internal: true,
    files: [],
    updated_at: second.updated_at,
  });
  assert.ok(second.updated_at > first.updated_at);
  const other = await save(boris, number, { body: '' });
  assert.equal(other.staff_id, borisId);
  assert.deepEqual(await drafts(number), [second, other]);
  assert.deepEqual(await drafts((await ticketIn('open', acme, anna)).number), []);
});

test('sending removes one’s own draft of that kind, and nobody else’s', async () => {
  const { number } = await ticketIn('open', acme, anna);
  await save(anna, number, { body: 'Try this' });
  const other = await save(boris, number, { body: 'Or that' });
  await send(anna, number, { body: 'Look', internal: true });
  assert.equal((await drafts(number)).length, 2, 'a note is not the response that was begun');
  await send(anna, number, { body: 'Try this' });
  assert.deepEqual(await drafts(number), [other]);
  await save(anna, number, { body: 'Hm', internal: true });
  await send(anna, number, { body: 'Hm', internal: true });
  assert.deepEqual(await drafts(number), [other]);
});

test('a refused reply leaves the draft unchanged', async () => {
  const { number } = await ticketIn('open', acme, anna);
  const { comments } = (await anna.get(s(number))).body;
  await save(anna, number, { body: 'Try this' });
  await done(acme.post(`/support/tickets/${number}/comments`, { body: 'Never mind' }));
  const stale = { body: 'Try this', last_comment_id: comments[0].id };
  await storingNothing(instance, async () => {
    assertProblem(await anna.post(s(number, '/comments'), stale), 412);
    const unknown = { body: 'Try this', files: [randomUUID()] };
    assertProblem(await anna.post(s(number, '/comments'), unknown), 400, 'unknown_file');
  });
  assert.equal((await drafts(number)).length, 1);
});

test('nothing else that happens to a ticket changes a draft', async () => {
  const { number, response } = await ticketIn('replied', acme, anna);
  const draft = await save(anna, number, { body: 'Try this' });
  await done(boris.patch(s(number), { assignee_id: borisId, priority: 'high', summary: 'Disk' }));
  await send(boris, number, { body: 'I have it' });
  await done(boris.post(s(number, '/split'), { comment_ids: [response], summary: 'More' }));
  const { number: into } = await ticketIn('open', acme, anna);
  await done(boris.post(s(number, '/merge'), { into }));
  assert.deepEqual(await drafts(number), [draft]);
  assert.deepEqual(await drafts(into), []);
  await done(boris.post(s(number, '/unmerge')));
  await done(acme.post(`/support/tickets/${number}/close`));
  assert.deepEqual(await drafts(number), [draft]);
  await done(acme.post(`/support/tickets/${number}/reopen`, { body: 'Again' }));
  await done(boris.post(s(number, '/close'), { reason: 'spam' }));
  assert.deepEqual(await drafts(number), [draft]);
  await save(anna, number, { body: 'It can still be written on' });
});

test('a draft is discarded by its author, once, and returned in the response', async () => {
  const { number } = await ticketIn('open', acme, anna);
  const draft = await save(anna, number, { body: 'Try this' });
  assertProblem(await boris.delete(s(number, '/draft')), 404, 'draft_not_found');
  assert.deepEqual((await done(anna.delete(s(number, '/draft')))).body, draft);
  assertProblem(await anna.delete(s(number, '/draft')), 404, 'draft_not_found');
  const types = await instance.query<{ type: string }>(
    "select type from events where ticket_number = $1 and type like 'draft.%' order by id",
    [number],
  );
  assert.deepEqual(
    types.map(({ type }) => type),
    ['draft.started', 'draft.discarded'],
  );
});

test('files of a draft are kept longer than unused uploads, and can be sent from it', async () => {
  const { number } = await ticketIn('open', acme, anna);
  const [kept, dropped] = [await uploadOf(anna), await uploadOf(anna)];
  await save(anna, number, { body: 'Both', files: [kept, dropped] });
  await Promise.all([ageFile(kept), ageFile(dropped)]);
  await save(anna, number, { body: 'One', files: [kept] });
  await createTasks(instance)['files.sweep']?.({}, {} as JobHelpers); // the job does not use its helpers
  const left = await instance.query('select uuid from files where uuid = any($1)', [[kept, dropped]]);
  assert.deepEqual(left, [{ uuid: kept }]);
  assert.equal((await anna.get(`/staff/files/${kept}/content`)).text, 'Some notes\n');
  const elsewhere = await ticketIn('open', acme, anna);
  const refused = await anna.post(s(elsewhere.number, '/comments'), { body: 'Here', files: [kept] });
  assertProblem(refused, 400, 'unknown_file');
  const comment = await send(anna, number, { body: 'One', files: [kept] });
  assert.equal(comment.files[0].uuid, kept);
  assert.deepEqual(await drafts(number), []);
});

test('an invalid draft is refused, and nothing is stored', async () => {
  const { number, response } = await ticketIn('replied', acme, anna);
  const clients = await uploadOf(acme);
  const own = await uploadOf(anna);
  await storingNothing(instance, async () => {
    for (const files of [[clients], [randomUUID()], [own, own]]) {
      const refused = await anna.put(s(number, '/draft'), { body: 'Try', files });
      assertProblem(refused, 400, 'unknown_file');
      assert.equal(refused.body.errors[0].pointer, `/files/${files.length - 1}`);
    }
    for (const odd of [{}, { body: null }, { body: 'a'.repeat(50_001) }, { body: 'a', status_key: 'new' }]) {
      assertProblem(await anna.put(s(number, '/draft'), odd), 400, 'invalid_request');
    }
    assertProblem(await anna.put(s(response, '/draft'), { body: 'a' }), 404, 'ticket_not_found');
    assertProblem(await acme.put(s(number, '/draft'), { body: 'a' }), 403, 'forbidden');
  });
});

test('a draft saved at every key-press of five people at once while it is sent is either there or sent', async () => {
  const { number } = await ticketIn('open', acme, anna);
  const team = await Promise.all(Array.from({ length: 5 }, (_, i) => instance.staff('agent', `Agent ${i}`)));
  for (let round = 0; round < 10; round++) {
    const saves = team.map((who) => who.put(s(number, '/draft'), { body: `Try ${round}` }));
    const sends = team.map((who) => who.post(s(number, '/comments'), { body: 'Done' }));
    for (const { status, text } of await Promise.all([...saves, ...sends])) assert.equal(status, 200, text);
  }
  for (const who of team) await save(who, number, { body: 'The last' });
  assert.equal((await drafts(number)).length, 5);
});

test('a client sees nothing of a draft', async () => {
  const { number } = await ticketIn('replied', acme, anna);
  const before = (await acme.get(`/support/tickets/${number}`)).headers.etag;
  await save(anna, number, { body: 'wombat' });
  const response = await acme.get(`/support/tickets/${number}`);
  assert.equal(response.headers.etag, before);
  const list = await acme.get(`/support/tickets/${number}/comments`);
  assert.doesNotMatch(response.text + list.text, /wombat|draft/);
  assert.equal((await acme.get('/support/tickets?q=wombat')).body.item_count, 0);
});
