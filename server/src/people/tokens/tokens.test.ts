import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { openInstance } from '#test/instance.ts';
import { assertProblem, storingNothing } from '#test/refusals.ts';
import { done, ticketIn } from '#test/tickets.ts';

const instance = await openInstance();
after(() => instance.close());
const acme = await instance.client('acme');
const admin = await instance.staff('admin');
const agent = await instance.staff('agent');

const issue = async (more: object = {}) =>
  (await done(admin.post(`/staff/accounts/${acme.accountId}/tokens`, { name: 'panel', ...more }))).body;
const change = (id: number, body: object) => admin.patch(`/staff/tokens/${id}`, body);
const ask = (token: string, url = '/support/topics') => instance.anonymous.get(url, { 'x-token': token });
const opens = async (token: string) => (await ask(token)).status === 200;

test('a token is shown with its secret once, and afterwards without', async () => {
  const { token, ...rest } = await issue();
  assert.match(token, /^pdk_[\w-]{43}$/);
  assert.deepEqual(rest, {
    token_id: rest.token_id,
    kind: 'client',
    account_id: acme.accountId,
    staff_id: null,
    name: 'panel',
    scopes: null,
    allowed_addresses: [],
    marks_read: true,
    expires_at: null,
    disabled_at: null,
    last_used_at: null,
    created_at: rest.created_at,
  });
  assert.ok(await opens(token));
  const list = await done(admin.get(`/staff/accounts/${acme.accountId}/tokens`));
  const listed = list.body.items.find(({ token_id }: { token_id: number }) => token_id === rest.token_id);
  assert.deepEqual(listed, rest);
  assert.ok(!list.text.includes(token));
  assert.ok(!(await done(change(rest.token_id, { name: 'renamed' }))).text.includes(token));
  const rows = await instance.query<{ row: string }>('select tokens::text as row from tokens');
  assert.ok(
    rows.every(({ row }) => !row.includes(token.slice(4))),
    'the database knows its hash only',
  );
});

test('100 tokens have 100 different secrets', async () => {
  const tokens = await Promise.all(Array.from({ length: 100 }, () => issue()));
  assert.equal(new Set(tokens.map(({ token }) => token)).size, 100);
});

test('a disabled token gives no access until it is enabled', async () => {
  const { token, token_id } = await issue();
  assert.match((await done(change(token_id, { is_enabled: false }))).body.disabled_at, /^\d{4}-/);
  assertProblem(await ask(token), 401, 'unauthorized');
  assert.equal((await done(change(token_id, { is_enabled: true }))).body.disabled_at, null);
  assert.ok(await opens(token));
});

test('disabling a token twice keeps the first time', async () => {
  const { token_id } = await issue();
  const { disabled_at } = (await done(change(token_id, { is_enabled: false }))).body;
  await instance.query('update tokens set disabled_at = disabled_at - $2::interval where token_id = $1', [
    token_id,
    '1 day',
  ]);
  const again = (await done(change(token_id, { is_enabled: false }))).body.disabled_at;
  assert.equal(Date.parse(disabled_at) - Date.parse(again), 86_400_000);
});

test('a token expires at its time, unless that is moved or removed', async () => {
  const { token, token_id, expires_at } = await issue({ expires_at: '2050-01-01T00:00:00+03:00' });
  assert.equal(expires_at, '2049-12-31T21:00:00.000Z');
  assert.ok(await opens(token));
  await done(change(token_id, { expires_at: '2020-01-01T00:00:00Z' }));
  assertProblem(await ask(token), 401, 'unauthorized');
  await done(change(token_id, { expires_at: null }));
  assert.ok(await opens(token));
  await storingNothing(instance, async () => {
    const none = ['', 'tomorrow', '2050-01-01', '2050-02-30T00:00:00Z', '2050-01-01T25:00:00Z', 0];
    const far = [
      '+275760-09-13T00:00:00Z',
      '0000-01-01T00:00:00Z',
      '0001-01-01T00:00:00+01:00',
      '9999-12-31T23:59:59-12:00',
    ];
    for (const at of [...none, ...far, '2050-01-01T00:00:00+23:59']) {
      assertProblem(await change(token_id, { expires_at: at }), 400, 'invalid_request', String(at));
    }
  });
});

test('a revoked token gives no access, is in no list, and cannot be enabled', async () => {
  const { token, token_id } = await issue();
  await done(admin.delete(`/staff/tokens/${token_id}`));
  assertProblem(await ask(token), 401, 'unauthorized');
  assertProblem(await change(token_id, { is_enabled: true }), 404, 'token_not_found');
  assertProblem(await admin.delete(`/staff/tokens/${token_id}`), 404, 'token_not_found');
  assert.deepEqual(await instance.query('select from tokens where token_id = $1', [token_id]), []);
});

test('what was done with a revoked token stays', async () => {
  const caller = await instance.client('acme');
  const { number } = await ticketIn('open', caller, agent);
  await done(admin.delete(`/staff/tokens/${caller.tokenId}`));
  assert.equal((await acme.get(`/support/tickets/${number}`)).status, 200);
  const events = await instance.query('select token_id from events where ticket_number = $1', [number]);
  assert.deepEqual(events, [{ token_id: caller.tokenId }]);
});

test('unknown, disabled, expired and revoked tokens get the same response', async () => {
  const [disabled, expired, revoked] = [await issue(), await issue(), await issue()];
  await done(change(disabled.token_id, { is_enabled: false }));
  await done(change(expired.token_id, { expires_at: '2020-01-01T00:00:00Z' }));
  await done(admin.delete(`/staff/tokens/${revoked.token_id}`));
  const tokens = [disabled.token, expired.token, revoked.token, `pdk_${'A'.repeat(43)}`, 'nonsense', ' ', ''];
  const responses = await Promise.all(tokens.map((token) => ask(token)));
  for (const response of responses) {
    assertProblem(response, 401, 'unauthorized');
    assert.deepEqual({ ...response.body, request_id: '' }, { ...responses[0]?.body, request_id: '' });
    assert.equal(response.headers['www-authenticate'], responses[0]?.headers['www-authenticate']);
  }
});

test('a token can be set to mark nothing as read, and back', async () => {
  const { token, token_id } = await issue({ marks_read: false });
  const { number } = await ticketIn('replied', acme, agent);
  const isRead = async () => (await acme.get(`/support/tickets/${number}`)).body.is_client_read;
  await done(ask(token, `/support/tickets/${number}/comments`));
  assert.equal(await isRead(), false);
  await done(change(token_id, { marks_read: true }));
  await done(ask(token, `/support/tickets/${number}/comments`));
  assert.equal(await isRead(), true);
});

test('a change leaves other fields unchanged, and an empty change is refused', async () => {
  const { token, ...before } = await issue({ expires_at: '2050-01-01T00:00:00Z' });
  const { body } = await done(change(before.token_id, { name: 'renamed' }));
  assert.deepEqual(body, { ...before, name: 'renamed' });
  await storingNothing(instance, async () => {
    assertProblem(await change(before.token_id, {}), 400, 'invalid_request');
    assertProblem(await change(999_999, { name: 'a' }), 404, 'token_not_found');
    assertProblem(await admin.post('/staff/accounts/999999/tokens', { name: 'a' }), 404, 'account_not_found');
  });
  assert.ok(await opens(token));
});

test('only admins can manage tokens', () =>
  storingNothing(instance, async () => {
    for (const caller of [agent, acme]) {
      assertProblem(await caller.get(`/staff/accounts/${acme.accountId}/tokens`), 403, 'forbidden');
      assertProblem(
        await caller.post(`/staff/accounts/${acme.accountId}/tokens`, { name: 'a' }),
        403,
        'forbidden',
      );
      assertProblem(await caller.patch(`/staff/tokens/${acme.tokenId}`, { name: 'a' }), 403, 'forbidden');
      assertProblem(await caller.delete(`/staff/tokens/${acme.tokenId}`), 403, 'forbidden');
    }
  }));

test('issuing, changing and revoking are in the audit, without the secret', async () => {
  const { token, token_id } = await issue();
  await done(change(token_id, { is_enabled: false }));
  await done(admin.delete(`/staff/tokens/${token_id}`));
  const events = await instance.query<{ type: string; data: object }>(
    "select type, data from events where data ->> 'token_id' = $1 order by id",
    [String(token_id)],
  );
  assert.deepEqual(
    events.map(({ type }) => type),
    ['token.issued', 'token.changed', 'token.revoked'],
  );
  assert.ok(!JSON.stringify(events).includes(token));
});
