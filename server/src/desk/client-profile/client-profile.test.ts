import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { guestAt } from '#test/guests.ts';
import { openInstance } from '#test/instance.ts';
import { assertProblem } from '#test/refusals.ts';
import { done } from '#test/tickets.ts';
import { cachedFirstResponse, medianFirstResponse } from './first-response.ts';

const instance = await openInstance({ env: { MAX_FILE_BYTES: '1000' } });
after(() => instance.close());
const acme = await instance.client('acme');
const staff = await instance.staff();
const admin = await instance.staff('admin');

const me = async (client = acme) => (await done(client.get('/support/me'))).body;

/** Tickets whose first response came so many seconds after they were opened, this many days ago. */
const responded = (seconds: number[], daysAgo = 1) =>
  instance.query(
    `insert into tickets (account_id, summary, is_client_author, status_key, created_at, first_response_at, updated_at)
     select $1, 'Slow', true, 'await_client', at, at + make_interval(secs => seconds), greatest(at, now() - interval '29 days')
     from unnest($2::int[]) as seconds, (select now() - make_interval(days => $3) as at) as opened`,
    [acme.accountId, seconds, daysAgo],
  );

test('a key of an account gets the account, no contact, and the limits of files', async () => {
  const { extensions, ...profile } = await me();
  assert.deepEqual(profile, {
    account: { id: acme.accountId, external_id: 'acme', name: 'The acme company', locale: 'en' },
    user: null,
    max_file_bytes: 1000,
    max_files: 10,
    first_response_minutes: null,
  });
  assert.deepEqual(extensions, (await done(acme.get('/files/public/files/extensions'))).body.items);
  const { max_file_bytes, max_files } = profile;
  const forStaff = (await done(staff.get('/staff/files/limits'))).body;
  assert.deepEqual(forStaff, { max_file_bytes, max_files, extensions });
});

test('a session gets its contact, in the language of the account if the panel gave none', async () => {
  const guest = await guestAt(instance);
  const ivan = { id: '7', name: 'Ivan Sidorov', email: 'ivan@clients.example' };
  assert.deepEqual((await me(guest)).user, { ...ivan, locale: 'en' });
  await instance.query(`update contacts set locale = 'ru' where user_id = '7'`);
  assert.deepEqual((await me(guest)).user, { ...ivan, locale: 'ru' });
  assert.equal((await me(guest)).account.id, acme.accountId);
  assert.equal((await me()).user, null);
});

test('only clients who may read tickets have a profile', async () => {
  assertProblem(await staff.get('/support/me'), 403, 'forbidden');
  assertProblem(await instance.anonymous.get('/support/me'), 401, 'unauthorized');
  const { token } = (
    await done(
      admin.post(`/staff/accounts/${acme.accountId}/tokens`, { name: 'files', scopes: ['files:read'] }),
    )
  ).body;
  const response = await instance.anonymous.get('/support/me', { 'x-token': token });
  assertProblem(response, 403, 'insufficient_scope');
});

test('the first response is the median of the last 30 days, rounded up, from 20 tickets on', async () => {
  const { db } = instance.database;
  await responded(Array.from({ length: 19 }, (_, i) => 60 + i)); // 60 to 78 seconds
  await responded(Array(30).fill(90_000), 40); // too long ago
  assert.equal(await medianFirstResponse(db), null);
  await responded([30]);
  assert.equal(await medianFirstResponse(db), 2);
  await responded(Array(40).fill(601));
  assert.equal(await medianFirstResponse(db), 11);
});

test('a process reads the first response once in ten minutes', async ({ mock }) => {
  assert.equal((await me()).first_response_minutes, null); // as it was at the first request
  mock.timers.enable({ apis: ['Date'], now: Date.now() });
  const minutes = cachedFirstResponse(instance.database.db);
  assert.equal(await minutes(), 11);
  await responded(Array(100).fill(60));
  mock.timers.tick(599_000);
  assert.equal(await minutes(), 11);
  mock.timers.tick(1000);
  assert.equal(await minutes(), 1);
});
