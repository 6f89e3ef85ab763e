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
const [anna, boris] = [await instance.staff(), await instance.staff('admin', 'Boris')];
const annaId = await staffIdOf(instance, anna);

const setAvailability = async (availability: string) =>
  (await done(anna.patch('/staff/me', { availability }))).body;
const listedFor = async (who: Caller) => {
  const { items } = (await done(who.get('/staff/members'))).body;
  return items.find(({ staff_id }: { staff_id: number }) => staff_id === annaId).availability;
};
const changes = () =>
  instance.query<{ data: object }>(
    "select staff_id, data from events where type = 'staff.availability_changed' order by id",
  );

test('a member is online until they say otherwise, and the team sees what they say', async () => {
  assert.equal((await done(anna.get('/staff/me'))).body.availability, 'online');
  assert.equal(await listedFor(boris), 'online');
  for (const availability of ['busy', 'away', 'online']) {
    assert.equal((await setAvailability(availability)).availability, availability);
    assert.equal(await listedFor(boris), availability);
  }
  assert.equal((await done(boris.get('/staff/me'))).body.availability, 'online', 'of nobody else');
});

test('the team gets a change in the feed, and the same again is no change', async () => {
  await setAvailability('online');
  const before = (await changes()).length;
  await setAvailability('busy');
  await setAvailability('busy');
  const [change, ...more] = (await changes()).slice(before);
  assert.deepEqual(change, { staff_id: annaId, data: { staff_id: annaId, availability: 'busy' } });
  assert.deepEqual(more, []);
  const { items } = (await done(boris.get('/staff/events?limit=500'))).body;
  assert.deepEqual(items.at(-1).data, { staff_id: annaId, availability: 'busy' });
});

test('of concurrent changes to the same, one is recorded', async () => {
  await setAvailability('online');
  const before = (await changes()).length;
  await Promise.all(Array.from({ length: 8 }, () => setAvailability('away')));
  assert.equal((await changes()).length, before + 1);
});

test('availability and preferences change together, and each by itself leaves the other', async () => {
  const preferences = { theme: 'dark' };
  const both = (await done(anna.patch('/staff/me', { availability: 'away', preferences }))).body;
  assert.deepEqual([both.availability, both.preferences], ['away', preferences]);
  assert.deepEqual((await setAvailability('busy')).preferences, preferences);
  const later = (await done(anna.patch('/staff/me', { preferences: { theme: 'light' } }))).body;
  assert.equal(later.availability, 'busy');
});

test('whoever is away or busy can be assigned and mentioned', async () => {
  const { number } = await ticketIn('open', acme, boris);
  for (const availability of ['away', 'busy']) {
    await setAvailability(availability);
    const { body } = await done(boris.patch(`/staff/tickets/${number}`, { assignee_id: annaId }));
    assert.equal(body.assignee_id, annaId);
    const note = { body: 'Look', internal: true, mentions: [annaId] };
    await done(boris.post(`/staff/tickets/${number}/comments`, note));
    await done(boris.patch(`/staff/tickets/${number}`, { assignee_id: null }));
  }
});

test('another word is refused, and a preference that is too large changes nothing', async () => {
  await setAvailability('online');
  await storingNothing(instance, async () => {
    for (const availability of ['asleep', '', null, true, ['busy']])
      assertProblem(await anna.patch('/staff/me', { availability }), 400, 'invalid_request');
    const preferences = Object.fromEntries([...'abcde'].map((key) => [key, 'x'.repeat(1000)]));
    const refused = await anna.patch('/staff/me', { availability: 'busy', preferences });
    assertProblem(refused, 400, 'preferences_too_large');
    assertProblem(await acme.patch('/staff/me', { availability: 'busy' }), 403, 'forbidden');
  });
  assert.equal(await listedFor(boris), 'online');
});
