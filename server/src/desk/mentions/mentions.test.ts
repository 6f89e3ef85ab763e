import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import type { Caller } from '#test/caller.ts';
import { openInstance } from '#test/instance.ts';
import { staffIdOf } from '#test/people.ts';
import { assertProblem, storingNothing } from '#test/refusals.ts';
import { done, ticketIn } from '#test/tickets.ts';

const instance = await openInstance();
after(() => instance.close());
const acme = await instance.client('acme');
const [anna, boris, clara] = [
  await instance.staff(),
  await instance.staff('agent', 'Boris'),
  await instance.staff('admin', 'Clara'),
];
const [annaId, borisId, claraId] = [
  await staffIdOf(instance, anna),
  await staffIdOf(instance, boris),
  await staffIdOf(instance, clara),
];

const comments = (number: number) => `/staff/tickets/${number}/comments`;
const mentionedIn = async (who: Caller): Promise<number[]> =>
  (await done(who.get('/staff/tickets?mentioned=me'))).body.items.map(
    ({ number }: { number: number }) => number,
  );
const count = async (who: Caller) => (await done(who.get('/staff/counts/tickets?mentioned=me'))).body.count;

test('a mentioned member finds the ticket in their queue until they read it, for notes and replies alike', async () => {
  const { number } = await ticketIn('open', acme, anna);
  const other = await ticketIn('open', acme, anna);
  const note = { body: 'Look', internal: true, mentions: [borisId, claraId, annaId] };
  assert.deepEqual((await done(anna.post(comments(number), note))).body.mentions, note.mentions);
  await done(anna.post(comments(other.number), { body: 'Boris will help', mentions: [borisId] }));
  assert.deepEqual(await mentionedIn(boris), [other.number, number]);
  assert.deepEqual(await mentionedIn(clara), [number]);
  assert.deepEqual(await mentionedIn(anna), [], 'nobody has to ask for their own attention');
  assert.equal(await count(boris), 2);

  await boris.get(`/staff/tickets/${number}`); // reading alone marks nothing
  assert.equal(await count(boris), 2);
  await done(boris.post(`/staff/tickets/${number}/read`));
  assert.deepEqual(await mentionedIn(boris), [other.number]);
  await done(boris.post(comments(other.number), { body: 'Here I am' }));
  assert.deepEqual(await mentionedIn(boris), []);
  assert.deepEqual(await mentionedIn(clara), [number], 'looking is everybody’s own');

  await done(anna.post(comments(number), { ...note, mentions: [borisId] }));
  assert.deepEqual(await mentionedIn(boris), [number], 'and asked again');
});

test('marking as read is recorded also when only the mention was unread', async () => {
  const { number } = await ticketIn('replied', acme, anna);
  await done(anna.post(comments(number), { body: 'Look', internal: true, mentions: [claraId] }));
  const seen = () =>
    instance.query("select from events where ticket_number = $1 and type = 'ticket.staff_read'", [number]);
  await done(clara.post(`/staff/tickets/${number}/read`));
  assert.equal((await seen()).length, 1);
  await done(clara.post(`/staff/tickets/${number}/read`));
  assert.equal((await seen()).length, 1);
});

test('only enabled staff can be mentioned, and at most twenty', async () => {
  const { number } = await ticketIn('open', acme, anna);
  const gone = await instance.staff('agent', 'Gone');
  const goneId = await staffIdOf(instance, gone);
  await instance.query('update staff set disabled_at = now() where staff_id = $1', [goneId]);
  await storingNothing(instance, async () => {
    const mentions = [borisId, goneId, 999_999];
    for (const internal of [true, false]) {
      const refused = await anna.post(comments(number), { body: 'Look', internal, mentions });
      assertProblem(refused, 400, 'unknown_staff');
      const pointers = refused.body.errors.map(({ pointer }: { pointer: string }) => pointer);
      assert.deepEqual(pointers, ['/mentions/1', '/mentions/2']);
    }
    const twentyOne = Array.from({ length: 21 }, (_, i) => i + 1);
    for (const odd of [[borisId, borisId], twentyOne, [0], ['1'], borisId]) {
      const refused = await anna.post(comments(number), { body: 'Look', mentions: odd });
      assertProblem(refused, 400, 'invalid_request');
    }
    assertProblem(await anna.get('/staff/tickets?mentioned=boris'), 400, 'invalid_request');
  });
});

test('the feed shows mentions to staff, and no trace of them to clients', async () => {
  const { number } = await ticketIn('open', acme, anna);
  const { body } = await done(anna.post(comments(number), { body: 'Done', mentions: [borisId] }));
  const [event] = await instance.query(
    'select type, data from events where ticket_number = $1 order by id desc',
    [number],
  );
  const data = { status_key: 'await_client', mentions: [borisId] };
  assert.deepEqual(event, { type: 'ticket.commented', data });
  const feed = await done(anna.get('/staff/events?limit=500'));
  assert.deepEqual(feed.body.items.at(-1).data, data);

  const list = (await done(acme.get(`/support/tickets/${number}/comments`))).body.items;
  const one = (await done(acme.get(`/support/comments/${body.id}`))).body;
  assert.ok([...list, one].every((comment) => !('mentions' in comment)));
  const url = `/support/tickets/${number}/comments`;
  assertProblem(await acme.post(url, { body: 'Hi', mentions: [borisId] }), 400, 'invalid_request');
  assertProblem(await acme.get('/staff/tickets?mentioned=me'), 403, 'forbidden');
});

test('a split copies the mentions of a comment but notifies nobody again', async () => {
  const { number } = await ticketIn('open', acme, anna);
  const { id } = (await done(anna.post(comments(number), { body: 'Done', mentions: [claraId] }))).body;
  await done(clara.post(`/staff/tickets/${number}/read`));
  const split = { comment_ids: [id], summary: 'Another thing' };
  const target = (await done(anna.post(`/staff/tickets/${number}/split`, split))).body.number;
  const copy = (await done(anna.get(`/staff/tickets/${target}`))).body.comments[0];
  assert.deepEqual(copy.mentions, [claraId]);
  assert.ok(!(await mentionedIn(clara)).includes(target));
});

test('a shared view of mentions shows those of whoever opens it', async () => {
  const { number } = await ticketIn('open', acme, anna);
  const view = { name: 'Mentions', filter: { mentioned: 'me' }, is_shared: true };
  const { view_id } = (await done(clara.post('/staff/views', view))).body;
  await done(anna.post(comments(number), { body: 'Look', internal: true, mentions: [borisId] }));
  const seenBy = async (who: Caller) =>
    (await done(who.get(`/staff/tickets?view_id=${view_id}`))).body.items.map(
      (item: { number: number }) => item.number,
    );
  assert.ok((await seenBy(boris)).includes(number));
  assert.ok(!(await seenBy(anna)).includes(number));
});
