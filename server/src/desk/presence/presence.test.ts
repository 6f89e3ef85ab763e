import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import type { JobHelpers } from 'graphile-worker';
import type { Caller } from '#test/caller.ts';
import { eventually } from '#test/eventually.ts';
import { openInstance } from '#test/instance.ts';
import { staffIdOf } from '#test/people.ts';
import { assertProblem, storingNothing } from '#test/refusals.ts';
import { listen, openReader, type Reader } from '#test/sse.ts';
import { done, ticketIn } from '#test/tickets.ts';
import { createTasks } from '#worker.ts';

const instance = await openInstance();
after(() => instance.close());
const otherProcess = await instance.otherProcess();
const acme = await instance.client('acme');
const [anna, boris] = [await instance.staff(), await otherProcess.staff('agent', 'Boris')];
const annaId = await staffIdOf(instance, anna);
const home = await listen(instance);
const otherHome = await listen(otherProcess);

const s = (number: number, verb = '') => `/staff/tickets/${number}${verb}`;
const enter = async (who: Caller, number: number, state: 'viewing' | 'writing') =>
  (await done(who.put(s(number, '/presence'), { state }))).body;
const presentOn = async (number: number) => (await done(boris.get(s(number)))).body.presence;
const everywhere = async () => (await done(boris.get('/staff/presence'))).body.items;
const heard = ({ frames }: Reader) => frames.filter(({ event }) => event === 'presence');
const setBack = () => instance.query("update presence set expires_at = expires_at - interval '45 seconds'");

/** An open stream. */
async function stream(who: Caller, at = home): Promise<Reader> {
  const reader = await openReader(`${at}/${who.accountId ? 'support' : 'staff'}/events`, who.token);
  await eventually(() => reader.text !== '');
  return reader;
}

test('team members see who is on a ticket and what they do, whichever process they are connected to', async () => {
  const { number } = await ticketIn('open', acme, anna);
  const other = await ticketIn('open', acme, anna);
  const viewing = await enter(anna, number, 'viewing');
  const { expires_at, ...rest } = viewing;
  assert.deepEqual(rest, {
    ticket_number: number,
    staff_id: annaId,
    staff_name: 'Anna Petrova',
    state: 'viewing',
  });
  const leftMs = Date.parse(expires_at) - Date.now();
  assert.ok(leftMs > 35_000 && leftMs <= 46_000, `${leftMs} ms`);
  assert.deepEqual(await presentOn(number), [viewing]);

  const writing = await enter(anna, number, 'writing');
  const elsewhere = await enter(anna, other.number, 'viewing');
  const boriss = await enter(boris, number, 'viewing');
  assert.deepEqual(await presentOn(number), [writing, boriss]);
  assert.deepEqual(await everywhere(), [writing, boriss, elsewhere]);
  const left = (await done(anna.delete(s(number, '/presence')))).body;
  assert.deepEqual(left, { ...writing, state: null, expires_at: null });
  assert.deepEqual(await everywhere(), [boriss, elsewhere]);
  await done(anna.delete(s(number, '/presence')));
});

test('presence that is not renewed expires after 45 seconds', async () => {
  const { number } = await ticketIn('open', acme, anna);
  await enter(anna, number, 'viewing');
  await setBack();
  assert.deepEqual(await presentOn(number), []);
  assert.deepEqual(await everywhere(), []);
  assert.equal((await enter(anna, number, 'writing')).state, 'writing');
  assert.equal((await presentOn(number)).length, 1);
  await setBack();
  await createTasks(instance)['presence.sweep']?.({}, {} as JobHelpers); // the job does not use its helpers
  assert.equal((await instance.query('select from presence')).length, 0);
});

test('staff streams of every process get presence, without an event id, and client streams never do', async () => {
  const { number } = await ticketIn('open', acme, anna);
  const readers = [await stream(anna), await stream(boris, otherHome)];
  const clients = await stream(acme);
  await eventually(() => readers.every(({ lastId }) => lastId !== ''));
  const marks = readers.map(({ lastId }) => lastId);
  const told = [await enter(anna, number, 'viewing'), await enter(anna, number, 'writing')];
  told.push((await done(anna.delete(s(number, '/presence')))).body);
  for (const [i, reader] of readers.entries()) {
    await eventually(() => heard(reader).length >= 3);
    assert.deepEqual(
      heard(reader).map(({ id, data }) => ({ id, data })),
      told.map((data) => ({ id: '', data })),
    );
    const moved = reader.frames.filter(({ event }) => event !== 'presence').at(-1)?.id;
    assert.equal(reader.lastId, moved ?? marks[i], 'the cursor stays');
  }
  await done(acme.post(`/support/tickets/${number}/comments`, { body: 'The last word' }));
  await eventually(() => clients.text.includes('The last word'));
  assert.doesNotMatch(clients.text, /presence|Anna/);
  for (const reader of [...readers, clients]) reader.close();
});

test('presence is in no feed and changes no version or ETag', async () => {
  const { number } = await ticketIn('open', acme, anna);
  const tag = (await acme.get(`/support/tickets/${number}`)).headers.etag;
  const staffTag = String((await anna.get(s(number))).headers.etag);
  const events = await instance.query('select id from events');
  await enter(boris, number, 'writing');
  const response = await acme.get(`/support/tickets/${number}`);
  assert.equal(response.headers.etag, tag);
  assert.doesNotMatch(response.text, /presence|writing/);
  assert.deepEqual(await instance.query('select id from events'), events);
  await done(anna.patch(s(number), { priority: 'high' }, { 'if-match': staffTag }));
});

test('concurrent and repeated reports leave one presence per member', async () => {
  const { number } = await ticketIn('open', acme, anna);
  const crowd = await Promise.all(
    Array.from({ length: 20 }, (_, i) => (i % 2 ? instance : otherProcess).staff('agent', `Agent ${i}`)),
  );
  await Promise.all([...crowd, ...crowd, ...crowd].map((who) => enter(who, number, 'writing')));
  assert.equal((await presentOn(number)).length, 20);
});

test('an invalid presence is refused, and nothing is stored', async () => {
  const { number } = await ticketIn('open', acme, anna);
  await storingNothing(instance, async () => {
    for (const odd of [{}, { state: 'asleep' }, { state: null }, { state: 'viewing', staff_id: 1 }]) {
      assertProblem(await anna.put(s(number, '/presence'), odd), 400, 'invalid_request');
    }
    const state = { state: 'viewing' };
    assertProblem(await anna.put(s(999_999_999, '/presence'), state), 404, 'ticket_not_found');
    assertProblem(await anna.delete(s(999_999_999, '/presence')), 404, 'ticket_not_found');
    assertProblem(await acme.put(s(number, '/presence'), state), 403, 'forbidden');
    assertProblem(await acme.get('/staff/presence'), 403, 'forbidden');
  });
});
