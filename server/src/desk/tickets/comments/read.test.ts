/** What counts as read by the client, and which requests mark as read. */
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import type { Caller } from '#test/caller.ts';
import { openInstance } from '#test/instance.ts';
import { assertProblem, storingNothing } from '#test/refusals.ts';
import { done, ticketIn } from '#test/tickets.ts';

const instance = await openInstance();
after(() => instance.close());
const acme = await instance.client('acme');
const withoutMarks = await instance.client('acme', { marks_read: false });
const stranger = await instance.client('stranger');
const agent = await instance.staff('agent');

const replied = async () => (await ticketIn('replied', acme, agent)).number;
const response = async (number: number): Promise<number> =>
  (await done(agent.post(`/staff/tickets/${number}/comments`, { body: 'Done' }))).body.id;
const isRead = async (number: number) =>
  (await done(acme.get(`/support/tickets/${number}`))).body.is_client_read;
const marks = async (number: number, who: Caller = acme, headers: Record<string, string> = {}) => {
  const { items } = (await done(who.get(`/support/tickets/${number}/comments`, headers))).body;
  return items.map(({ is_client_read }: { is_client_read: boolean }) => is_client_read);
};

test('listing comments shows their read marks as before, and then marks them as read', async () => {
  const number = await replied();
  assert.equal(await isRead(number), false);
  assert.deepEqual(await marks(number), [true, false]);
  assert.equal(await isRead(number), true);
  assert.deepEqual(await marks(number), [true, true]);
  await response(number);
  assert.equal(await isRead(number), false);
  assert.deepEqual(await marks(number), [true, true, false]);
});

test('marking as read changes neither the ticket nor its position in the list', async () => {
  const number = await replied();
  const before = (await acme.get(`/support/tickets/${number}`)).body;
  await ticketIn('open', acme, agent);
  await marks(number);
  assert.deepEqual((await acme.get(`/support/tickets/${number}`)).body, { ...before, is_client_read: true });
  assert.notEqual((await acme.get('/support/tickets?items_per_page=1')).body.items[0].number, number);
});

const withoutMarking: Record<string, (number: number) => Promise<unknown>> = {
  'a listing that prefers not to': (number) => marks(number, acme, { prefer: 'read-receipt=none' }),
  'a listing with several preferences': (number) =>
    marks(number, acme, { prefer: 'wait=5, Read-Receipt=none' }),
  'a token that does not mark': (number) => marks(number, withoutMarks),
  HEAD: (number) => acme.send({ method: 'HEAD', url: `/support/tickets/${number}/comments` }),
  'the ticket itself': (number) => acme.get(`/support/tickets/${number}`),
  'the list of tickets': () => acme.get('/support/tickets'),
  'a search': () => acme.get('/support/tickets?q=disk'),
  'one comment': async (number) => {
    const { items } = (await withoutMarks.get(`/support/tickets/${number}/comments`)).body;
    await done(acme.get(`/support/comments/${items[1].id}`));
  },
  'staff who look': (number) => agent.get(`/staff/tickets/${number}`),
  'another account': (number) => stranger.get(`/support/tickets/${number}/comments`),
};
for (const [what, look] of Object.entries(withoutMarking)) {
  test(`${what} marks nothing`, async () => {
    const number = await replied();
    await storingNothing(instance, () => look(number));
    assert.equal(await isRead(number), false);
  });
}

test('a 304 marks nothing, because nothing was shown', async () => {
  const number = await replied();
  const { headers } = await acme.get(`/support/tickets/${number}/comments`, { prefer: 'read-receipt=none' });
  const known = { 'if-none-match': String(headers.etag) };
  const { status } = await storingNothing(instance, () =>
    acme.get(`/support/tickets/${number}/comments`, known),
  );
  assert.equal(status, 304);
  assert.equal(await isRead(number), false);
});

test('the ETag of a list from before an unmerge does not match any list after it', async () => {
  const [source, target] = [await replied(), await replied()];
  const list = `/support/tickets/${source}/comments`;
  const read = { prefer: 'read-receipt=none' };
  await done(agent.post(`/staff/tickets/${source}/merge`, { into: target }));
  const merged = await done(acme.get(list, read));
  const known = { ...read, 'if-none-match': String(merged.headers.etag) };
  assert.equal((await acme.get(list, known)).status, 304);
  await done(agent.post(`/staff/tickets/${source}/unmerge`));
  for (let i = 0; i < 12; i++) {
    const { items } = (await done(acme.get(list, known))).body;
    assert.notDeepEqual(items, merged.body.items);
    await done(acme.patch(`/support/tickets/${source}`, { client_aliased_name: `Ivan ${i}` }));
  }
});

test('the ETag of a list changes with everything it shows, such as the name of an author', async () => {
  const { number } = await ticketIn('replied', acme, agent);
  const list = `/support/tickets/${number}/comments`;
  const before = await done(withoutMarks.get(list));
  const known = { 'if-none-match': String(before.headers.etag) };
  assert.equal((await withoutMarks.get(list, known)).status, 304);
  await instance.query('update comments set author_name = $1 where ticket_number = $2', ['Another', number]);
  assert.notDeepEqual((await done(withoutMarks.get(list, known))).body, before.body);
});

test('a ticket can be marked as read without listing, also with a token that does not mark automatically', async () => {
  for (const who of [acme, withoutMarks]) {
    const number = await replied();
    const { body } = await done(who.post(`/support/tickets/${number}/read`));
    assert.equal(body.is_client_read, true);
    assert.deepEqual(await marks(number, withoutMarks), [true, true]);
    await storingNothing(instance, () => done(who.post(`/support/tickets/${number}/read`)));
  }
});

test('a ticket is unread while one of its replies is', async () => {
  const number = await replied();
  await marks(number);
  await Promise.all([response(number), response(number)]);
  await done(acme.post(`/support/tickets/${number}/comments`, { body: 'More' }));
  assert.equal(await isRead(number), false, 'writing is not reading');
  assert.deepEqual(await marks(number, withoutMarks), [true, true, false, false, true]);
});

test('a reply that arrives while comments are read stays unread unless it was shown', async () => {
  for (let round = 0; round < 20; round++) {
    const number = await replied();
    const [id, shown] = await Promise.all([
      response(number),
      acme.get(`/support/tickets/${number}/comments`),
    ]);
    const wasShown = shown.body.items.some((comment: { id: number }) => comment.id === id);
    assert.equal(await isRead(number), wasShown);
    assert.equal((await acme.get(`/support/comments/${id}`)).body.is_client_read, wasShown);
  }
});

test('marking an unknown ticket as read is a 404', async () => {
  assertProblem(await acme.post('/support/tickets/1/read'), 404, 'ticket_not_found');
});

test('marking as read records one event', async () => {
  const number = await replied();
  for (let i = 0; i < 3; i++) await marks(number);
  const events = await instance.query(
    "select from events where ticket_number = $1 and type = 'ticket.read'",
    [number],
  );
  assert.equal(events.length, 1);
});
