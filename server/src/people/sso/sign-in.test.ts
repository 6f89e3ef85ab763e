/** One-time sign-in links of a panel, and the sessions that they open. */
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import type { Caller, Response } from '#test/caller.ts';
import { guestAt, newPerson, signInLinkAt } from '#test/guests.ts';
import { openInstance } from '#test/instance.ts';
import { assertProblem, storingNothing } from '#test/refusals.ts';
import { listen, openReader } from '#test/sse.ts';
import { done, ticketIn } from '#test/tickets.ts';
import { createTasks } from '#worker.ts';

const instance = await openInstance({ env: { PUBLIC_URL: 'https://desk.example/' } });
const otherProcess = await instance.otherProcess();
after(() => instance.close());
const acme = await instance.client('acme');
const admin = await instance.staff('admin');
const agent = await instance.staff('agent');
const service = await instance.service();
const ivan = { id: '7', name: 'Ivan Sidorov', email: 'ivan@clients.example' };

const exchange = (code: string, there = instance) => there.anonymous.post('/support/session', { code });
const codeOf = ({ body }: Response): string => body.url.split('#')[1];
const offer = async (by: Caller = service, body: object = { user: ivan, locale: 'ru' }) =>
  codeOf(await done(by.post(`/staff/accounts/${acme.accountId}/sessions`, body)));
const ask = (token: string, url = '/support/tickets') => instance.anonymous.get(url, { 'x-token': token });
const opens = async (token: string) => (await ask(token)).status === 200;
const sessionIds = () => instance.query('select session_id from client_sessions order by session_id');

test("a link signs a person in with the panel's data for fifteen minutes", async () => {
  const link = await done(
    service.post('/staff/accounts/by-external-id/acme/sessions', { user: ivan, locale: 'ru' }),
  );
  assert.match(link.body.url, /^https:\/\/desk\.example\/support\/session#\d+\.[\w-]{43}$/);
  const seconds = (Date.parse(link.body.expires_at) - Date.now()) / 1000;
  assert.ok(seconds > 50 && seconds <= 60, `${seconds} s`);

  const { token, expires_at, renewable_until, ...who } = (await done(exchange(codeOf(link)))).body;
  assert.deepEqual(who, {
    account: { external_id: 'acme', name: 'The acme company' },
    user: { ...ivan, projects: [], locale: 'ru' },
  });
  const minutes = (Date.parse(expires_at) - Date.now()) / 60_000;
  assert.ok(minutes > 14.5 && minutes <= 15.1, `${minutes} min`);
  assert.equal(Math.round((Date.parse(renewable_until) - Date.now()) / 3_600_000), 12);
  const { number } = await ticketIn('open', acme, agent);
  assert.equal((await done(ask(token, `/support/tickets/${number}`))).body.number, number);
  assertProblem(await ask(token, '/staff/tickets'), 403, 'forbidden');
});

test('the database stores neither the code nor the secret of a session, and no event contains them', async () => {
  const code = await offer();
  const { token } = (await done(exchange(await offer()))).body;
  for (const table of ['sign_in_links', 'client_sessions', 'contacts', 'events', 'idempotency_keys']) {
    const rows = await instance.query<{ row: string }>(`select ${table}::text as row from ${table}`);
    for (const secret of [code, token]) {
      assert.ok(
        rows.every(({ row }) => !row.includes(secret.slice(-43))),
        table,
      );
    }
  }
});

test('of forty uses of one code on two processes at once, one succeeds', async () => {
  for (let round = 0; round < 3; round++) {
    const code = await offer();
    const before = (await sessionIds()).length;
    const asked = Array.from({ length: 40 }, (_, i) => exchange(code, i % 2 ? otherProcess : instance));
    const responses = await Promise.all(asked);
    assert.equal(responses.filter(({ status }) => status === 200).length, 1);
    for (const response of responses.filter(({ status }) => status !== 200)) assertProblem(response, 401);
    assert.equal((await sessionIds()).length, before + 1);
  }
});

test('a code that is used, expired, unknown or of a revoked service gets the same 401', async () => {
  const used = await offer();
  await done(exchange(used));
  const stale = await offer();
  await instance.query('update sign_in_links set expires_at = now()');
  const [revoked, disabled] = [await instance.service(), await instance.service()];
  const orphans = [await offer(revoked), await offer(disabled)];
  await done(admin.delete(`/staff/tokens/${revoked.tokenId}`));
  await done(admin.patch(`/staff/tokens/${disabled.tokenId}`, { is_enabled: false }));
  await done(admin.patch(`/staff/tokens/${disabled.tokenId}`, { is_enabled: true }));
  const moved = (await offer()).replace(/^\d+/, '999');
  const odd = [
    '',
    ' ',
    'null',
    '0',
    `${acme.accountId}.`,
    `${acme.accountId}.${'A'.repeat(43)}`,
    '1\0',
    '9'.repeat(99),
  ];
  const responses: Response[] = [];
  await storingNothing(instance, async () => {
    for (const code of [used, stale, ...orphans, moved, ...odd]) responses.push(await exchange(code));
  });
  const [first] = responses;
  for (const [i, response] of responses.entries()) {
    if (response.status === 400) continue; // NUL is refused in any body
    assertProblem(response, 401, 'unauthorized', `${i}: ${response.text}`);
    assert.deepEqual({ ...response.body, request_id: '' }, { ...first?.body, request_id: '' });
  }
});

test('an exchange takes exactly one of code and token', () =>
  storingNothing(instance, async () => {
    for (const body of [
      {},
      { code: 'a', token: 'b' },
      { code: 7 },
      { token: 'x'.repeat(8001) },
      { key: 'a' },
    ]) {
      const response = await instance.anonymous.post('/support/session', body);
      assertProblem(response, 400, 'invalid_request', JSON.stringify(body));
    }
  }));

test('only a service with the scope can create links, and only for a person with a name', async () => {
  const reader = (
    await done(admin.post('/staff/tokens', { kind: 'service', name: 'a', scopes: ['accounts:read'] }))
  ).body;
  const url = `/staff/accounts/${acme.accountId}/sessions`;
  await storingNothing(instance, async () => {
    const headers = { 'x-token': reader.token };
    assertProblem(await instance.anonymous.post(url, { user: ivan }, headers), 403, 'insufficient_scope');
    for (const caller of [admin, agent, acme])
      assertProblem(await caller.post(url, { user: ivan }), 403, 'forbidden');
    assertProblem(
      await service.post('/staff/accounts/999999/sessions', { user: ivan }),
      404,
      'account_not_found',
    );
    const unknown = '/staff/accounts/by-external-id/nobody/sessions';
    assertProblem(await service.post(unknown, { user: ivan }), 404, 'account_not_found');
    for (const user of [
      {},
      { id: '7' },
      { ...ivan, name: ' ' },
      { ...ivan, email: 'none' },
      { ...ivan, admin: true },
    ]) {
      assertProblem(await service.post(url, { user }), 400, 'invalid_request', JSON.stringify(user));
    }
    assertProblem(await service.post(url, { user: ivan, locale: 'de' }), 400, 'invalid_request');
  });
});

test('two services may use the same Idempotency-Key, and a retry of either says that its link was shown', async () => {
  const headers = { 'idempotency-key': 'sign-in-1' };
  const url = `/staff/accounts/${acme.accountId}/sessions`;
  for (const one of [service, await instance.service()]) {
    await done(one.post(url, { user: ivan }, headers));
    assertProblem(await one.post(url, { user: ivan }, headers), 409, 'secret_shown_once');
  }
});

test('a session is renewed for fifteen minutes at a time, up to twelve hours', async () => {
  const guest = await guestAt(instance);
  await instance.query("update client_sessions set expires_at = now() + interval '1 minute'");
  const { body } = await done(guest.post('/support/session/renew'));
  assert.ok(Date.parse(body.expires_at) - Date.now() > 14 * 60_000);
  await instance.query("update client_sessions set created_at = now() - interval '11 hours 59 minutes'");
  const last = (await done(guest.post('/support/session/renew'))).body;
  assert.equal(last.expires_at, last.renewable_until);
  assert.ok(Date.parse(last.expires_at) - Date.now() <= 60_000);
  await instance.query('update client_sessions set expires_at = now()');
  assertProblem(await guest.post('/support/session/renew'), 401, 'unauthorized');
  assertProblem(await acme.post('/support/session/renew'), 403, 'forbidden');
});

test("signing out ends the person's session and no other", async () => {
  const [leaving, staying] = [await guestAt(instance), await guestAt(instance)];
  await done(leaving.delete('/support/session'));
  assertProblem(await leaving.get('/support/tickets'), 401, 'unauthorized');
  assertProblem(await leaving.delete('/support/session'), 401, 'unauthorized');
  await done(staying.get('/support/tickets'));
});

test('of many requests that end one session at once, one does', async () => {
  const guest = await guestAt(instance);
  const responses = await Promise.all(Array.from({ length: 20 }, () => guest.delete('/support/session')));
  assert.deepEqual(responses.map(({ status }) => status).sort(), [200, ...Array(19).fill(401)]);
  const [ended] = await instance.query(
    `select count(*)
     from events
     where type = 'client_session.ended' and data ->> 'session_id' = (
       select max((data ->> 'session_id')::bigint)::text from events where type = 'client_session.opened'
     )`,
  );
  assert.equal(ended?.count, 1);
});

test('the open sessions of an account are listed with their people, and ended together', async () => {
  const [maria, petr] = [newPerson('Maria'), newPerson('Petr')];
  const guests = [await guestAt(instance, 'crowd', maria), await guestAt(instance, 'crowd', petr)];
  const neighbour = await guestAt(instance, 'acme');
  const url = `/staff/accounts/${guests[0]?.accountId}/sessions`;
  const { items } = (await done(admin.get(url))).body;
  assert.deepEqual(
    items.map(({ user }: { user: object }) => user),
    [petr, maria],
  );
  assert.deepEqual((await done(service.delete(url))).body, { ended: 2 });
  assert.deepEqual((await done(admin.get(url))).body.items, []);
  for (const guest of guests) assertProblem(await guest.get('/support/tickets'), 401);
  await done(neighbour.get('/support/tickets'));
});

test('an account has at most five hundred open sessions, exactly, also over two processes', async () => {
  const { accountId } = await guestAt(instance, 'full');
  await instance.query(
    `insert into client_sessions (account_id, user_id, secret_hash, kid, expires_at)
     select account_id, user_id, '', 'none', expires_at
     from client_sessions, generate_series(1, 494)
     where account_id = $1`,
    [accountId],
  );
  const codes = await Promise.all(Array.from({ length: 10 }, () => signInLinkAt(instance, 'full')));
  const responses = await Promise.all(
    codes.map((code, i) => exchange(code, i % 2 ? otherProcess : instance)),
  );
  assert.equal(responses.filter(({ status }) => status === 200).length, 5);
  for (const response of responses.filter(({ status }) => status !== 200)) {
    assertProblem(response, 429, 'too_many_requests');
  }
});

test('disabling or revoking a service ends its sessions for good, and their streams within 5 seconds', async () => {
  const home = await listen(instance);
  const by = async (one: Caller) => (await done(exchange(await offer(one)))).body.token as string;
  const [disabled, revoked, alive] = [
    await instance.service(),
    await instance.service(),
    await instance.service(),
  ];
  const [first, second, third] = [await by(disabled), await by(revoked), await by(alive)];
  const leaving = await guestAt(instance);
  const streams = await Promise.all(
    [first, second, leaving.token, third].map((token) => openReader(`${home}/support/events`, token)),
  );
  assert.ok(streams.every(({ status }) => status === 200));
  const started = performance.now();
  await done(admin.patch(`/staff/tokens/${disabled.tokenId}`, { is_enabled: false }));
  await done(admin.delete(`/staff/tokens/${revoked.tokenId}`));
  await done(leaving.delete('/support/session'));
  for (const token of [first, second]) assertProblem(await ask(token), 401, 'unauthorized');
  await done(admin.patch(`/staff/tokens/${disabled.tokenId}`, { is_enabled: true }));
  assert.equal(await opens(first), false, 'what has ended stays so');
  await Promise.all(streams.slice(0, 3).map(({ ended }) => ended));
  assert.ok(performance.now() - started < 5000);
  assert.ok(await opens(third));
  assert.equal(streams[3]?.isEnded, false);
  streams[3]?.close();
  const [{ data } = {}] = await instance.query<{ data: object }>(
    "select data from events where type = 'token.revoked' order by id desc limit 1",
  );
  assert.deepEqual(data, {
    token_id: revoked.tokenId,
    kind: 'service',
    staff_id: null,
    name: 'panel',
    sessions_ended: 1,
  });
});

test('an expiring service token ends its sessions', async () => {
  const ending = await instance.service();
  const { token } = (await done(exchange(await offer(ending)))).body;
  await instance.query('update tokens set expires_at = now() where token_id = $1', [ending.tokenId]);
  assert.equal(await opens(token), false);
});

test('the sweep deletes expired rows and nothing else', async () => {
  const guest = await guestAt(instance);
  await offer();
  await instance.query(
    "insert into used_sso_tokens values ('a', 'old', now() - interval '61 minutes'), ('a', 'new', now())",
  );
  const counts = () =>
    instance.query(
      `select (select count(*) from sign_in_links) as links,
         (select count(*) from client_sessions) as sessions,
         (select string_agg(jti, '') from used_sso_tokens) as uses`,
    );
  const [before] = await counts();
  await createTasks(instance)['sso.sweep']?.({}, undefined as never); // the job uses neither
  const [after] = await counts();
  assert.ok(Number(after?.sessions) <= Number(before?.sessions));
  assert.equal(after?.uses, 'new');
  await done(guest.get('/support/tickets'));
  await instance.query('update client_sessions set expires_at = now()');
  await instance.query('update sign_in_links set expires_at = now()');
  await createTasks(instance)['sso.sweep']?.({}, undefined as never);
  assert.deepEqual(await counts(), [{ links: 0, sessions: 0, uses: 'new' }]);
});
