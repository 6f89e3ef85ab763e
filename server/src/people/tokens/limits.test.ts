/** What a token may do and from where: kinds, scopes, addresses. */
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { scopeOf, scopes } from '#people/access/scopes.ts';
import { accessOf, ask, nameOf } from '#test/call-route.ts';
import { openInstance } from '#test/instance.ts';
import { assertProblem, storingNothing } from '#test/refusals.ts';
import { listen, openReader } from '#test/sse.ts';
import { done, ticketIn } from '#test/tickets.ts';

const instance = await openInstance({ env: { TRUST_PROXY: '127.0.0.1' } });
after(() => instance.close());
const acme = await instance.client('acme');
const admin = await instance.staff('admin');
const agent = await instance.staff('agent');
const adminId = (await done(admin.get('/staff/me/tokens'))).body.items[0].staff_id;

const issue = async (body: object) =>
  (await done(admin.post('/staff/tokens', { name: 'limited', ...body }))).body;
const owners = {
  client: { kind: 'client', account_id: acme.accountId },
  staff: { kind: 'staff', staff_id: adminId },
  service: { kind: 'service' },
} as const;
const kinds = ['client', 'staff', 'service'] as const;
const by = (token: string, headers: object = {}) => ({ 'x-token': token, ...headers });
// Sessions have all rights of a client: routes for sessions only need no scope.
const scoped = instance.app.knownRoutes.filter(
  (route) => !['public', 'session'].includes(accessOf(route) ?? ''),
);

test('a token of each kind is issued, listed by kind and owner, and gives access to the routes of its kind', async () => {
  const issued = {
    client: await issue(owners.client),
    staff: await issue(owners.staff),
    service: await issue(owners.service),
  };
  for (const kind of kinds) {
    const { token, ...shown } = issued[kind];
    assert.deepEqual([shown.kind, shown.scopes, shown.allowed_addresses], [kind, null, []]);
    const list = await done(admin.get(`/staff/tokens?kind=${kind}&limit=500`));
    assert.deepEqual(list.body.items.at(-1), shown);
    assert.ok(list.body.items.every((one: { kind: string }) => one.kind === kind));
    assert.ok(!list.text.includes(token));
  }
  const ofAcme = (await done(admin.get(`/staff/tokens?account_id=${acme.accountId}`))).body.items;
  assert.deepEqual(
    ofAcme.map(({ token_id }: { token_id: number }) => token_id),
    [acme.tokenId, issued.client.token_id],
  );
  const page = `/staff/tokens?after=${acme.tokenId}&limit=1`;
  assert.equal((await done(admin.get(page))).body.items[0].token_id, admin.tokenId);
  const opens = { client: '/support/tickets', staff: '/staff/tickets', service: '/staff/accounts' };
  for (const kind of kinds) await done(instance.anonymous.get(opens[kind], by(issued[kind].token)));
});

test('a token needs one existing owner of its kind', () =>
  storingNothing(instance, async () => {
    for (const body of [
      { kind: 'client' },
      { kind: 'client', staff_id: adminId },
      { kind: 'client', account_id: acme.accountId, staff_id: adminId },
      { kind: 'client', account_id: 999_999 },
      { kind: 'staff' },
      { kind: 'staff', account_id: acme.accountId },
      { kind: 'staff', staff_id: 999_999 },
      { kind: 'service', account_id: acme.accountId },
      { kind: 'service', staff_id: adminId },
    ]) {
      const response = await admin.post('/staff/tokens', { name: 'a', ...body });
      assertProblem(response, 400, 'invalid_token_owner', JSON.stringify(body));
    }
    for (const body of [{}, { kind: 'system' }]) {
      assertProblem(await admin.post('/staff/tokens', { name: 'a', ...body }), 400, 'invalid_request');
    }
  }));

test('an invalid scope or network is refused, with a pointer to it', () =>
  storingNothing(instance, async () => {
    const wrong = { scopes: ['tickets:read', 'admin'], allowed_addresses: ['::1', '10.0.0.0/40'] };
    const response = await admin.post('/staff/tokens', { ...owners.client, name: 'a', ...wrong });
    assertProblem(response, 400, 'invalid_token_limits');
    assert.deepEqual(
      response.body.errors.map(({ pointer }: { pointer: string }) => pointer),
      ['/scopes/1', '/allowed_addresses/1'],
    );
    for (const limits of [
      { scopes: [] },
      { scopes: ['a', 'a'] },
      { scopes: 'admin' },
      { allowed_addresses: null },
    ]) {
      const body = { ...owners.service, name: 'a', ...limits };
      assertProblem(await admin.post('/staff/tokens', body), 400, 'invalid_request');
      assertProblem(await admin.patch(`/staff/tokens/${acme.tokenId}`, limits), 400, 'invalid_request');
    }
  }));

test('a token that would already be expired is not issued, for anybody', () =>
  storingNothing(instance, async () => {
    const past = { name: 'late', expires_at: '2020-01-01T00:00:00+03:00' };
    const asked = [
      ...kinds.map((kind) => admin.post('/staff/tokens', { ...owners[kind], ...past })),
      admin.post(`/staff/accounts/${acme.accountId}/tokens`, past),
      agent.post('/staff/me/tokens', past),
    ];
    for (const response of await Promise.all(asked)) {
      assertProblem(response, 400, 'invalid_token_limits');
      assert.equal(response.body.errors[0].pointer, '/expires_at');
    }
  }));

test('every route requires a scope from each kind of token, and names the missing one', async () => {
  const keys = new Map<string, { without: string; only: string }>();
  for (const kind of kinds) {
    for (const scope of scopes[kind]) {
      const others = scopes[kind].filter((one) => one !== scope);
      const without = (await issue({ ...owners[kind], scopes: others })).token;
      keys.set(`${kind} ${scope}`, {
        without,
        only: (await issue({ ...owners[kind], scopes: [scope] })).token,
      });
    }
  }
  for (const route of scoped) {
    const { access = '', service } = route.options.config ?? {};
    const asks = { method: route.method, url: route.url, access, service };
    const asked = kinds.flatMap((kind) => {
      const scope = scopeOf(kind, asks);
      return scope ? [{ kind, scope }] : [];
    });
    assert.ok(asked.length > 0, `${nameOf(route)} has no scope`);
    for (const { kind, scope } of asked) {
      const { without, only } =
        keys.get(`${kind} ${scope}`) ?? assert.fail(`${scope} is no scope of ${kind}`);
      const sample = { value: '999999999' };
      const refused = await ask(instance, route, { headers: by(without), sample });
      assert.equal(refused.status, 403, nameOf(route));
      if (route.method !== 'HEAD') {
        const { code, scope: named } = JSON.parse(refused.text);
        assert.deepEqual([code, named], ['insufficient_scope', scope], nameOf(route));
      }
      const taken = await ask(instance, route, { headers: by(only), sample });
      assert.doesNotMatch(taken.text, /insufficient_scope|"unauthorized"/, `${nameOf(route)} with ${scope}`);
    }
  }
});

test('a service sees no tickets and acts for nobody: it is refused wherever no service scope is declared', async () => {
  const service = await instance.service();
  await ticketIn('replied', acme, agent);
  for (const url of [
    '/support/tickets',
    '/staff/tickets',
    '/staff/events',
    '/staff/tokens',
    '/staff/views',
  ]) {
    assertProblem(await service.get(url), 403, 'forbidden', url);
  }
  const { body } = await done(
    service.put('/staff/accounts/by-external-id/synced', { name: 'Synced', email: 'it@synced.example' }),
  );
  assert.equal((await done(service.get(`/staff/accounts/${body.account_id}`))).body.name, 'Synced');
  const events = await instance.query(
    'select type, actor_kind, token_id, staff_id from events where account_id = $1',
    [body.account_id],
  );
  const actor = { actor_kind: 'service', token_id: service.tokenId, staff_id: null };
  assert.deepEqual(events, [{ type: 'account.created', ...actor }]);
});

test('a token without the right to write marks nothing as read', async () => {
  const { token } = await issue({ ...owners.client, scopes: ['tickets:read'] });
  const { number } = await ticketIn('replied', acme, agent);
  await done(instance.anonymous.get(`/support/tickets/${number}/comments`, by(token)));
  assert.equal((await acme.get(`/support/tickets/${number}`)).body.is_client_read, false);
});

test('a token works only from its addresses, as reported by a trusted proxy', async () => {
  const allowed_addresses = ['192.0.2.0/24', '2001:db8::/32'];
  for (const kind of kinds) {
    const { token } = await issue({ ...owners[kind], allowed_addresses });
    const url = { client: '/support/tickets', staff: '/staff/tickets', service: '/staff/accounts' }[kind];
    const from = (address: string) => instance.anonymous.get(url, by(token, { 'x-forwarded-for': address }));
    for (const address of ['192.0.2.7', '2001:db8::7', '::ffff:192.0.2.7', '198.51.100.1, 192.0.2.7']) {
      await done(from(address));
    }
    for (const address of ['198.51.100.1', '192.0.2.7, 198.51.100.1', '::1', 'nonsense', '']) {
      assertProblem(await from(address), 401, 'unauthorized', address);
    }
    const unknown = await instance.anonymous.get(url, by(`pdk_${'A'.repeat(43)}`));
    const refused = await from('198.51.100.1');
    assert.deepEqual({ ...refused.body, request_id: '' }, { ...unknown.body, request_id: '' });
  }
});

test('a limited token creates and changes no tokens, so that it cannot lift its limits, but may revoke some', async () => {
  for (const limits of [
    { scopes: ['admin', 'me'] },
    { allowed_addresses: ['127.0.0.1'] },
    { expires_at: '2050-01-01T00:00:00Z' },
  ]) {
    const { token, token_id } = await issue({ ...owners.staff, ...limits });
    const send = (method: 'POST' | 'PATCH', url: string, body: object) =>
      instance.anonymous.send({
        method,
        url,
        headers: by(token, { 'content-type': 'application/json' }),
        payload: JSON.stringify(body),
      });
    const other = await issue(owners.client);
    await storingNothing(instance, async () => {
      assertProblem(await send('POST', '/staff/tokens', { ...owners.client, name: 'a' }), 403, 'forbidden');
      const ofAccount = `/staff/accounts/${acme.accountId}/tokens`;
      assertProblem(await send('POST', ofAccount, { name: 'a' }), 403, 'forbidden');
      assertProblem(await send('POST', '/staff/tokens', { ...owners.staff, name: 'a' }), 403, 'forbidden');
      assertProblem(await send('POST', '/staff/tokens', { ...owners.service, name: 'a' }), 403, 'forbidden');
      assertProblem(await send('POST', '/staff/me/tokens', { name: 'a' }), 403, 'forbidden');
      assertProblem(await send('PATCH', `/staff/tokens/${token_id}`, { scopes: null }), 403, 'forbidden');
      assertProblem(
        await send('PATCH', `/staff/tokens/${other.token_id}`, { scopes: null }),
        403,
        'forbidden',
      );
    });
    await done(
      instance.anonymous.send({
        method: 'DELETE',
        url: `/staff/tokens/${other.token_id}`,
        headers: by(token),
      }),
    );
  }
});

test('staff issue, list and revoke their own tokens, and nobody else’s', async () => {
  const { token, ...mine } = (
    await done(agent.post('/staff/me/tokens', { name: 'script', scopes: ['tickets:read'] }))
  ).body;
  assert.deepEqual([mine.kind, mine.scopes], ['staff', ['tickets:read']]);
  await done(instance.anonymous.get('/staff/tickets', by(token)));
  const own = (await done(agent.get('/staff/me/tokens'))).body.items;
  assert.deepEqual(own.at(-1), mine);
  assert.ok(own.every(({ staff_id }: { staff_id: number }) => staff_id === mine.staff_id));
  await storingNothing(instance, async () => {
    for (const { tokenId } of [admin, acme]) {
      assertProblem(await agent.delete(`/staff/me/tokens/${tokenId}`), 404, 'token_not_found');
    }
  });
  await done(agent.delete(`/staff/me/tokens/${mine.token_id}`));
  assertProblem(await instance.anonymous.get('/staff/tickets', by(token)), 401, 'unauthorized');
});

test('a change of a token’s rights is in the audit with the values before and after', async () => {
  const { token_id } = await issue(owners.service);
  const limits = { scopes: ['accounts:read'], allowed_addresses: ['192.0.2.0/24'] };
  await done(admin.patch(`/staff/tokens/${token_id}`, limits));
  const [event] = await instance.query<{ data: object }>(
    "select data from events where type = 'token.changed' order by id desc limit 1",
  );
  const before = { scopes: null, allowed_addresses: [] };
  assert.deepEqual(event?.data, { token_id, before, after: limits });
});

test('the last use of a service token is recorded, and a disabled or expired one gives no access', async () => {
  const { token, token_id } = await issue({ ...owners.service, expires_at: '2050-01-01T00:00:00Z' });
  const opens = async () => (await instance.anonymous.get('/staff/accounts', by(token))).status === 200;
  assert.ok(await opens());
  await done(admin.patch(`/staff/tokens/${token_id}`, { is_enabled: false }));
  assert.ok(!(await opens()));
  await done(admin.patch(`/staff/tokens/${token_id}`, { is_enabled: true }));
  assert.ok(await opens());
  await done(admin.patch(`/staff/tokens/${token_id}`, { expires_at: '2020-01-01T00:00:00Z' }));
  assert.ok(!(await opens()));
});

test('a stream ends within 5 seconds after its token loses its address or its right to read', async () => {
  const home = await listen(instance);
  const open = async (key: { token: string }) => openReader(`${home}/support/events`, key.token);
  const [barred, unread, staying] = [
    await issue(owners.client),
    await issue(owners.client),
    await issue(owners.client),
  ];
  const [first, second, third] = [await open(barred), await open(unread), await open(staying)];
  const started = performance.now();
  await done(admin.patch(`/staff/tokens/${barred.token_id}`, { allowed_addresses: ['192.0.2.0/24'] }));
  await done(admin.patch(`/staff/tokens/${unread.token_id}`, { scopes: ['files:read'] }));
  await done(admin.patch(`/staff/tokens/${staying.token_id}`, { scopes: ['tickets:read'] }));
  await Promise.all([first.ended, second.ended]);
  assert.ok(performance.now() - started < 5000);
  assert.ok(!third.isEnded);
  third.close();
});
