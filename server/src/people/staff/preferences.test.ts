import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { openInstance } from '#test/instance.ts';
import { assertProblem, storingNothing } from '#test/refusals.ts';
import { done } from '#test/tickets.ts';

const instance = await openInstance();
after(() => instance.close());
const [anna, boris] = [await instance.staff(), await instance.staff('admin', 'Boris')];
const acme = await instance.client('acme');

const save = async (preferences: object, staff = anna) =>
  (await done(staff.patch('/staff/me', { preferences }))).body.preferences;

test('preferences follow a member: saved ones are merged key by key, and null removes one', async () => {
  assert.deepEqual((await done(anna.get('/staff/me'))).body.preferences, {});
  const first = { theme: 'dark', 'key.resolve': 'e', width: 1.5, is_dense: false, name: 'Ёж' };
  assert.deepEqual(await save(first), first);
  assert.deepEqual(await save({ theme: 'light', width: null, unknown: null }), {
    theme: 'light',
    'key.resolve': 'e',
    is_dense: false,
    name: 'Ёж',
  });
  const me = (await done(anna.get('/staff/me'))).body;
  assert.deepEqual([me.name, me.preferences.theme, me.has_second_factor], ['Anna Petrova', 'light', false]);
});

test('preferences are nobody else’s: neither in the list of members nor in the feed', async () => {
  await save({ secret: 'cobalt' });
  assert.deepEqual((await done(boris.get('/staff/me'))).body.preferences, {});
  for (const url of ['/staff/members', '/staff/events', '/staff/audit'])
    assert.ok(!(await done(boris.get(url))).text.includes('cobalt'), url);
});

test('two devices that save at once both keep their keys', async () => {
  await Promise.all(Array.from({ length: 8 }, (_, i) => save({ [`device-${i}`]: i })));
  const saved = (await done(anna.get('/staff/me'))).body.preferences;
  for (let i = 0; i < 8; i++) assert.equal(saved[`device-${i}`], i);
});

test('all preferences together have at most 4 KiB', async () => {
  const olga = await instance.staff('agent', 'Olga');
  await save({ a: 'x'.repeat(1000), b: 'x'.repeat(1000), c: 'x'.repeat(1000), d: 'x'.repeat(1000) }, olga);
  await storingNothing(instance, async () => {
    const refused = await olga.patch('/staff/me', { preferences: { e: 'x'.repeat(100) } });
    assertProblem(refused, 400, 'preferences_too_large');
    assert.equal(refused.body.errors[0].pointer, '/preferences');
  });
  await save({ d: null, e: 'x'.repeat(100) }, olga);
});

test('values are texts, numbers and booleans', async () => {
  await storingNothing(instance, async () => {
    for (const preferences of [
      { a: [] },
      { a: {} },
      { a: 'x'.repeat(1001) },
      { '': 1 },
      { ['x'.repeat(101)]: 1 },
      { 'a\u0000': 1 },
      Object.fromEntries(Array.from({ length: 101 }, (_, i) => [i, i])),
      'dark',
    ]) {
      assertProblem(await anna.patch('/staff/me', { preferences }), 400, 'invalid_request');
    }
    assertProblem(await anna.patch('/staff/me', {}), 400, 'invalid_request');
    assertProblem(await anna.patch('/staff/me', { role: 'admin' }), 400, 'invalid_request');
  });
});

test('a key needs the scope "me"', async () => {
  assertProblem(await acme.patch('/staff/me', { preferences: {} }), 403, 'forbidden');
  const issue = async (scopes: string[]) =>
    (await done(anna.post('/staff/me/tokens', { name: scopes[0], scopes }))).body.token;
  const ask = async (token: string) =>
    instance.anonymous.patch('/staff/me', { preferences: { theme: 'dark' } }, { 'x-token': token });
  assertProblem(await ask(await issue(['tickets:write'])), 403, 'insufficient_scope');
  await done(ask(await issue(['me'])));
});
