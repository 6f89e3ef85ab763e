import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { openInstance } from '#test/instance.ts';
import { assertProblem, storingNothing } from '#test/refusals.ts';
import { done, ticketIn } from '#test/tickets.ts';

const instance = await openInstance();
after(() => instance.close());
const acme = await instance.client('acme');
const [anna, boris, admin] = [
  await instance.staff(),
  await instance.staff('agent', 'Boris'),
  await instance.staff('admin'),
];
const { number } = await ticketIn('open', acme, anna, { topic_key: 'servers' });
await ticketIn('closed', acme, anna);

const views = async (staff = anna) => (await done(staff.get('/staff/views'))).body.items;

test('a view is private to its owner; a shared one is for everybody and changed by admins', async () => {
  const own = (await done(anna.post('/staff/views', { name: 'Mine', filter: { assignee_id: 'me' } }))).body;
  const input = {
    name: 'Servers',
    filter: { topic_key: 'servers', is_closed: false },
    is_shared: true,
    sort: 'waiting',
  };
  assertProblem(await anna.post('/staff/views', input), 403, 'forbidden');
  const shared = (await done(admin.post('/staff/views', input))).body;
  assert.deepEqual(
    [own.is_shared, own.sort, shared.is_shared, shared.sort],
    [false, '-updated', true, 'waiting'],
  );

  assert.deepEqual(await views(anna), [own, shared]);
  assert.deepEqual(await views(boris), [shared]);
  for (const other of [boris, admin]) {
    assertProblem(await other.patch(`/staff/views/${own.view_id}`, { name: 'a' }), 404, 'view_not_found');
    assertProblem(await other.delete(`/staff/views/${own.view_id}`), 404, 'view_not_found');
    assertProblem(await other.get(`/staff/tickets?view_id=${own.view_id}`), 404, 'view_not_found');
  }
  await storingNothing(instance, async () => {
    assertProblem(await anna.patch(`/staff/views/${shared.view_id}`, { name: 'a' }), 403, 'forbidden');
    assertProblem(await anna.delete(`/staff/views/${shared.view_id}`), 403, 'forbidden');
  });
  const changed = (await done(admin.patch(`/staff/views/${shared.view_id}`, { name: 'All servers' }))).body;
  assert.deepEqual({ ...changed, updated_at: '' }, { ...shared, name: 'All servers', updated_at: '' });
  await done(anna.delete(`/staff/views/${own.view_id}`));
  assert.deepEqual(await views(anna), [changed]);
});

test('changes of a member’s own views are only in their own feed', async () => {
  const feed = async (staff: typeof anna) => {
    const { items } = (await done(staff.get('/staff/events?limit=500'))).body;
    return items.filter(({ data }: { data: object }) => JSON.stringify(data)?.includes('Secret')).length;
  };
  for (const [by, is_shared] of [
    [anna, false],
    [admin, true],
  ] as const) {
    const { view_id } = (await done(by.post('/staff/views', { name: 'Secret', filter: {}, is_shared }))).body;
    await done(by.patch(`/staff/views/${view_id}`, { position: 1 }));
    await done(by.delete(`/staff/views/${view_id}`));
  }
  assert.deepEqual([await feed(anna), await feed(boris), await feed(admin)], [6, 3, 3]);
});

test('a view gives the queue its filter and order; other parameters narrow or override it', async () => {
  const input = { name: 'Servers', filter: { topic_key: 'servers' }, sort: 'created' };
  const { view_id } = (await done(anna.post('/staff/views', input))).body;
  const list = async (more = '') =>
    (await done(anna.get(`/staff/tickets?view_id=${view_id}${more}`))).body.items.map(
      (item: { number: number }) => item.number,
    );
  assert.deepEqual(await list(), [number]);
  assert.deepEqual(await list('&is_closed=true'), []);
  assert.deepEqual(await list(`&number=${number},${number + 1}`), [number]);
  assert.deepEqual(await list(`&number=${number + 1}`), []);
  assert.equal((await list('&topic_key=none')).length, 1);
  const counts = (await done(anna.get('/staff/counts/views'))).body.items;
  assert.equal(counts.find((one: { view_id: number }) => one.view_id === view_id).count, 1);
  assert.equal((await done(anna.get(`/staff/counts/tickets?view_id=${view_id}`))).body.count, 1);
});

test('`me` in a shared view is whoever opens it', async () => {
  const input = { name: 'My tickets', filter: { assignee_id: 'me' }, is_shared: true };
  const { view_id } = (await done(admin.post('/staff/views', input))).body;
  const [row] = await instance.query<{ staff_id: number }>(
    'select staff_id from tokens where token_id = $1',
    [boris.tokenId],
  );
  await done(anna.patch(`/staff/tickets/${number}`, { assignee_id: row?.staff_id }));
  assert.equal((await boris.get(`/staff/tickets?view_id=${view_id}`)).body.items.length, 1);
  assert.equal((await anna.get(`/staff/tickets?view_id=${view_id}`)).body.items.length, 0);
});

test('what a filter names must exist when it is saved, and may be archived later', async () => {
  const odd = [
    [{ topic_key: 'servers,gone' }, '/filter/topic_key'],
    [{ assignee_id: 'me,999999' }, '/filter/assignee_id'],
    [{ account_id: 999_999 }, '/filter/account_id'],
    [{ account_id: `${acme.accountId},999999` }, '/filter/account_id'],
  ] as const;
  await storingNothing(instance, async () => {
    for (const [filter, pointer] of odd) {
      const response = await anna.post('/staff/views', { name: 'a', filter });
      assertProblem(response, 400, 'invalid_filter');
      assert.equal(response.body.errors[0].pointer, pointer);
    }
    for (const filter of [
      { sql: 'true' },
      { number: '100042' },
      { status_key: 'open' },
      { q: '' },
      { created_from: 'yesterday' },
      'all',
    ]) {
      assertProblem(await anna.post('/staff/views', { name: 'a', filter }), 400, 'invalid_request');
    }
  });
  const { view_id } = (await done(anna.post('/staff/views', { name: 'a', filter: { topic_key: 'servers' } })))
    .body;
  await done(admin.patch('/staff/topics/servers', { is_archived: true }));
  assert.equal((await done(anna.get(`/staff/tickets?view_id=${view_id}`))).body.items.length, 1);
});

test('a view of several accounts has the tickets of each', async () => {
  const globex = await instance.client('globex');
  const other = await ticketIn('open', globex, anna);
  for (const [account_id, wanted] of [
    [globex.accountId, [other.number]],
    [`${acme.accountId},${globex.accountId}`, [number, other.number]],
  ] as const) {
    const filter = { account_id, is_closed: false };
    const { view_id } = (await done(anna.post('/staff/views', { name: 'a', filter }))).body;
    const { items } = (await done(anna.get(`/staff/tickets?view_id=${view_id}&sort=created`))).body;
    assert.deepEqual(
      items.map((item: { number: number }) => item.number),
      wanted,
    );
  }
});

test('a member has at most a hundred views, and so do all staff together for shared ones', async () => {
  const olga = await instance.staff('admin', 'Olga');
  const [shared] = await instance.query<{ count: number }>(
    'select count(*) from views where staff_id is null',
  );
  const add = (is_shared: boolean) => olga.post('/staff/views', { name: 'Many', filter: {}, is_shared });
  for (let i = 0; i < 100; i++) await done(add(false));
  for (let i = shared?.count ?? 0; i < 100; i++) await done(add(true));
  await storingNothing(instance, async () => {
    for (const isShared of [false, true]) assertProblem(await add(isShared), 400, 'too_many_views');
  });
  assert.equal((await views(olga)).length, 200);
});
