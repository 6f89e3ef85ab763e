import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { openInstance } from '#test/instance.ts';
import { assertProblem, storingNothing } from '#test/refusals.ts';
import { done } from '#test/tickets.ts';

const instance = await openInstance();
after(() => instance.close());
const acme = await instance.client('acme');
const agent = await instance.staff('agent');
const admin = await instance.staff('admin');

const name = { en: 'Billing', ru: 'Оплата' };
const keys = (response: { body: { items: Array<{ key: string }> } }) =>
  response.body.items.map(({ key }) => key);
const forClients = async () => keys(await done(acme.get('/support/topics')));
const forStaff = async () => keys(await done(agent.get('/staff/topics')));

test('clients can choose a topic that an admin has added, by its names', async () => {
  const { body } = await done(admin.post('/staff/topics', { key: 'billing', name, position: 5 }));
  assert.deepEqual(body, { key: 'billing', name, position: 5, archived_at: null, assignee_ids: [] });
  const { items } = (await acme.get('/support/topics')).body;
  assert.deepEqual(items.at(-1), { key: 'billing', name });
  await done(acme.post('/support/tickets', { summary: 'a', comment_body: 'a', topic_key: 'billing' }));
});

test('topics are ordered by position and then by key', async () => {
  for (const [key, position] of [
    ['zeta', 1],
    ['alpha', 1],
    ['last', 10_000],
    ['first', 0],
  ] as const) {
    await done(admin.post('/staff/topics', { key, name, position }));
  }
  assert.deepEqual(await forClients(), ['first', 'servers', 'alpha', 'zeta', 'billing', 'last']);
  await done(admin.patch('/staff/topics/last', { position: 2 }));
  assert.deepEqual(await forClients(), ['first', 'servers', 'alpha', 'zeta', 'last', 'billing']);
});

test('a key is unique', async () => {
  await done(admin.post('/staff/topics', { key: 'domains', name }));
  assertProblem(
    await storingNothing(instance, () => admin.post('/staff/topics', { key: 'domains', name })),
    409,
    'topic_exists',
  );
  const responses = await Promise.all(
    Array.from({ length: 10 }, () => admin.post('/staff/topics', { key: 'dns', name })),
  );
  assert.deepEqual(responses.map(({ status }) => status).sort(), [200, ...Array(9).fill(409)]);
});

test('keys consist of lower-case letters, digits, - and _, and names exist in both languages', () =>
  storingNothing(instance, async () => {
    for (const key of [
      '',
      'A',
      'a b',
      '-a',
      '_a',
      'ключ',
      'a/b',
      'a.b',
      `a${'b'.repeat(100)}`,
      'a\n',
      'none',
      null,
      1,
    ]) {
      assertProblem(await admin.post('/staff/topics', { key, name }), 400, 'invalid_request', String(key));
    }
    for (const bad of [{ en: 'a' }, { ru: 'a' }, {}, { ...name, de: 'a' }, { en: '', ru: 'a' }, 'a', null]) {
      assertProblem(await admin.post('/staff/topics', { key: 'new', name: bad }), 400, 'invalid_request');
    }
    for (const position of [-1, 10_001, 1.5, '1']) {
      assertProblem(
        await admin.post('/staff/topics', { key: 'new', name, position }),
        400,
        'invalid_request',
      );
    }
  }));

test('an archived topic is not used for new tickets, stays on existing ones, and can be unarchived', async () => {
  await done(admin.post('/staff/topics', { key: 'fax', name }));
  const opened = { summary: 'a', comment_body: 'a', topic_key: 'fax' };
  const { number } = (await done(acme.post('/support/tickets', opened))).body;
  const { body } = await done(admin.patch('/staff/topics/fax', { is_archived: true }));
  assert.match(body.archived_at, /^\d{4}-/);
  assert.ok(!(await forClients()).includes('fax') && (await forStaff()).includes('fax'));
  assertProblem(await acme.post('/support/tickets', opened), 400, 'unknown_topic');
  assert.equal((await acme.get(`/support/tickets/${number}`)).body.topic_key, 'fax');

  assert.equal((await done(admin.patch('/staff/topics/fax', { is_archived: false }))).body.archived_at, null);
  await done(acme.post('/support/tickets', opened));
});

test('renaming a topic leaves its other fields', async () => {
  const { body } = await done(admin.patch('/staff/topics/billing', { name: { en: 'Money', ru: 'Деньги' } }));
  assert.deepEqual(body, {
    key: 'billing',
    name: { en: 'Money', ru: 'Деньги' },
    position: 5,
    archived_at: null,
    assignee_ids: [],
  });
  assertProblem(await admin.patch('/staff/topics/billing', {}), 400, 'invalid_request');
  assertProblem(await admin.patch('/staff/topics/unknown', { position: 1 }), 404, 'topic_not_found');
});

test('states are renamed in both languages, and every ticket shows it at once', async () => {
  const { number } = (await done(acme.post('/support/tickets', { summary: 'a', comment_body: 'a' }))).body;
  const renamed = { en: 'Received', ru: 'Принят' };
  const { body } = await done(admin.patch('/staff/statuses/new', { name: renamed }));
  assert.deepEqual(body, { key: 'new', name: renamed });
  assert.deepEqual((await acme.get(`/support/tickets/${number}`)).body.status, renamed);
  assert.deepEqual((await acme.get('/support/tickets')).body.items[0].status, renamed);
  assert.deepEqual(keys(await agent.get('/staff/statuses')), [
    'new',
    'in_progress',
    'await_client',
    'resolved',
    'closed',
  ]);
  assertProblem(await admin.patch('/staff/statuses/unknown', { name }), 404, 'status_not_found');
});

test('an agent can see but not change topics and states', async () => {
  await done(agent.get('/staff/topics'));
  await storingNothing(instance, async () => {
    assertProblem(await agent.post('/staff/topics', { key: 'new', name }), 403, 'forbidden');
    assertProblem(await agent.patch('/staff/topics/servers', { name }), 403, 'forbidden');
    assertProblem(await agent.patch('/staff/statuses/new', { name }), 403, 'forbidden');
    assertProblem(await acme.get('/staff/topics'), 403, 'forbidden');
  });
});

test('every change of a topic or a state is in the audit, and no client sees it', async () => {
  const before = (await instance.query('select from events')).length;
  await done(admin.post('/staff/topics', { key: 'audit', name }));
  await done(admin.patch('/staff/topics/audit', { position: 3 }));
  await done(admin.patch('/staff/statuses/closed', { name: { en: 'Done', ru: 'Готово' } }));
  const events = await instance.query('select type, is_client_visible from events order by id offset $1', [
    before,
  ]);
  assert.deepEqual(
    events.map(({ type }) => type),
    ['topic.added', 'topic.changed', 'status.changed'],
  );
  assert.ok(events.every(({ is_client_visible }) => is_client_visible === false));
});
