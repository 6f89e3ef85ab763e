import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { openInstance } from '#test/instance.ts';
import { assertProblem, storingNothing } from '#test/refusals.ts';
import { done } from '#test/tickets.ts';

const instance = await openInstance();
const otherProcess = await instance.otherProcess();
after(() => instance.close());
const admin = await instance.staff('admin');
const agent = await instance.staff('agent');
const adminAtOtherProcess = await otherProcess.staff('admin');
const put = (externalId: string, body: object) =>
  admin.put(`/staff/accounts/by-external-id/${encodeURIComponent(externalId)}`, body);
const full = { name: 'The Acme company', email: 'it@acme.example', locale: 'ru', note: 'Pays late' };

test('a PUT creates an account that does not exist, ready to open tickets', async () => {
  const { body } = await done(put('new', full));
  const { account_id, created_at } = body;
  assert.deepEqual(body, { account_id, external_id: 'new', ...full, created_at, updated_at: created_at });
  assert.deepEqual((await agent.get(`/staff/accounts/${account_id}`)).body, body);

  const { token } = (await done(admin.post(`/staff/accounts/${account_id}/tokens`, { name: 'panel' }))).body;
  const headers = { 'x-token': token, 'content-type': 'application/json' };
  const payload = JSON.stringify({ summary: 'a', comment_body: 'a' });
  await done(instance.anonymous.send({ method: 'POST', url: '/support/tickets', headers, payload }));
});

test('a PUT changes the fields it names and leaves the others', async () => {
  const { body: first } = await done(put('changing', full));
  const { body: second } = await done(put('changing', { name: 'Renamed', note: null }));
  assert.deepEqual(second, { ...first, name: 'Renamed', note: null, updated_at: second.updated_at });
  assert.ok(second.updated_at >= first.updated_at);
  const { body: plain } = await done(put('plain', { name: 'Plain' }));
  assert.deepEqual([plain.email, plain.locale, plain.note], [null, 'en', null]);
});

test('40 duplicates of a sync over two processes create one account', async () => {
  for (let round = 0; round < 5; round++) {
    const responses = await Promise.all(
      Array.from({ length: 40 }, (_, i) =>
        (i % 2 ? adminAtOtherProcess : admin).put(`/staff/accounts/by-external-id/sync-${round}`, {
          name: `Name ${i}`,
        }),
      ),
    );
    assert.ok(responses.every(({ status }) => status === 200));
    assert.equal(new Set(responses.map(({ body }) => body.account_id)).size, 1);
    const rows = await instance.query(
      'select from accounts join account_state using (account_id) where external_id = $1',
      [`sync-${round}`],
    );
    assert.equal(rows.length, 1);
  }
});

test('an external id is any text of 1 to 200 characters, compared exactly', async () => {
  for (const id of [
    'a b',
    'id/with/slashes',
    'Ünïcode',
    'x'.repeat(200),
    '\u{1f600}'.repeat(200),
    '0',
    'a%2fb',
    'A',
  ]) {
    const { body } = await done(put(id, { name: 'Any' }));
    assert.equal(body.external_id, id);
  }
  assert.notEqual(
    (await put('A', { name: 'Any' })).body.account_id,
    (await put('a', { name: 'Any' })).body.account_id,
  );
  await storingNothing(instance, async () => {
    for (const id of [' ', '\u200b', 'x'.repeat(201), '\u{1f600}'.repeat(201)]) {
      assertProblem(await put(id, { name: 'Any' }), 400, 'invalid_external_id', id);
    }
  });
});

test('an invalid account is refused', () =>
  storingNothing(instance, async () => {
    for (const body of [
      {},
      { name: '' },
      { ...full, email: 'none' },
      { ...full, email: 'a@b.example, c@d.example' },
      { ...full, locale: 'de' },
      { ...full, note: '' },
      { ...full, name: null },
      { ...full, external_id: 'other' },
    ]) {
      assertProblem(await put('refused', body), 400, 'invalid_request', JSON.stringify(body));
    }
  }));

test('accounts are listed in order of creation, page by page', async () => {
  const all = (await done(agent.get('/staff/accounts'))).body.items;
  assert.ok(all.length > 10);
  const seen: object[] = [];
  for (let after = 0; ; ) {
    const { items } = (await done(agent.get(`/staff/accounts?after=${after}&limit=3`))).body;
    if (items.length === 0) break;
    seen.push(...items);
    after = items.at(-1).account_id;
  }
  assert.deepEqual(seen, all);
});

test('an agent can read but not write accounts; a client can do neither', async () => {
  const client = await instance.client('acme');
  await storingNothing(instance, async () => {
    assertProblem(await agent.put('/staff/accounts/by-external-id/a', { name: 'a' }), 403, 'forbidden');
    assertProblem(await client.put('/staff/accounts/by-external-id/a', { name: 'a' }), 403, 'forbidden');
    assertProblem(await client.get(`/staff/accounts/${client.accountId}`), 403, 'forbidden');
    assertProblem(await agent.get('/staff/accounts/999999'), 404, 'account_not_found');
  });
});

test('the note belongs to staff: a service cannot read or write it, and a sync leaves it unchanged', async () => {
  const { body: made } = await done(put('noted', full));
  const service = await instance.service();
  for (const { body } of [
    await done(service.get(`/staff/accounts/${made.account_id}`)),
    await done(service.put('/staff/accounts/by-external-id/noted', { name: 'Synced' })),
  ]) {
    assert.deepEqual([body.account_id, body.note], [made.account_id, null]);
  }
  const { items } = (await done(service.get('/staff/accounts?limit=500'))).body;
  assert.ok(items.length > 1 && items.every(({ note }: { note: unknown }) => note === null));
  await storingNothing(instance, async () => {
    const own = { name: 'Synced', note: 'Of a program' };
    assertProblem(await service.put('/staff/accounts/by-external-id/noted', own), 403, 'forbidden');
  });
  assert.equal((await done(agent.get(`/staff/accounts/${made.account_id}`))).body.note, full.note);
});
