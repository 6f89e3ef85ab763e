import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { sql } from '#platform/sql.ts';
import { caller } from '#test/caller.ts';
import { eventually } from '#test/eventually.ts';
import { openInstance } from '#test/instance.ts';
import { assertProblem, storingNothing } from '#test/refusals.ts';
import { listen, openReader } from '#test/sse.ts';
import { done } from '#test/tickets.ts';
import { waitingFor } from '#test/waiting.ts';

const instance = await openInstance();
after(() => instance.close());
const acme = await instance.client('acme');
const agent = await instance.staff('agent');
const admin = await instance.staff('admin');
const service = await instance.service();

const url = '/staff/incidents';
const title = { en: 'No power in Amsterdam', ru: 'Нет питания в Амстердаме' };
const text = { en: 'We are <b>there</b>.', ru: 'Мы на месте.' };

const publish = async (more: object = {}) => (await done(service.post(url, { title, ...more }))).body;
const change = async (id: number, fields: object) => (await done(service.patch(`${url}/${id}`, fields))).body;
const forClients = async () => (await done(acme.get('/support/incidents'))).body.items;
const endAll = async () => {
  for (const { incident_id } of await forClients()) await change(incident_id, { is_ended: true });
};

test('what a service publishes is there for every client, newest first, until it has ended', async () => {
  const first = await publish({ text, link: 'https://status.host.example/1', topic_keys: ['servers'] });
  const { incident_id, created_at } = first;
  assert.deepEqual(first, {
    ...{ incident_id, title, text, link: 'https://status.host.example/1', topic_keys: ['servers'] },
    ...{ created_at, updated_at: created_at, ended_at: null },
  });
  const second = await publish();
  assert.deepEqual([second.text, second.link, second.topic_keys], [null, null, []]);
  assert.deepEqual(await forClients(), [second, first]);
  const stranger = await instance.client('stranger');
  assert.deepEqual((await stranger.get('/support/incidents')).body.items, [second, first]);

  const ended = await change(incident_id, { is_ended: true });
  assert.match(ended.ended_at, /^\d{4}-/);
  assert.deepEqual(await forClients(), [second]);
  assert.deepEqual((await done(agent.get(url))).body.items, [second, ended]);
  for (const again of [{ is_ended: true }, { topic_keys: [] }])
    assert.equal((await change(incident_id, again)).ended_at, ended.ended_at);
  assert.equal((await change(incident_id, { is_ended: false })).ended_at, null);
  await endAll();
});

test('a change leaves the other fields, and null removes text and link', async () => {
  const before = await publish({ text, link: 'http://host.example', topic_keys: ['servers'] });
  const renamed = await change(before.incident_id, { title: { en: 'a', ru: 'б' } });
  const { updated_at } = renamed;
  assert.deepEqual(renamed, { ...before, title: { en: 'a', ru: 'б' }, updated_at });
  const bare = await change(before.incident_id, { text: null, link: null, topic_keys: [] });
  assert.deepEqual([bare.text, bare.link, bare.topic_keys, bare.title], [null, null, [], renamed.title]);
  assertProblem(await admin.patch(`${url}/${before.incident_id}`, {}), 400, 'invalid_request');
  assertProblem(await admin.patch(`${url}/999999`, { is_ended: true }), 404, 'incident_not_found');
  await endAll();
});

test('ten can be open at a time, however they are opened', async () => {
  const { incident_id } = await publish();
  await endAll();
  for (let i = 0; i < 9; i++) await publish();
  const { sent } = await instance.database.transact(async (tx) => {
    await sql`lock table incidents in share mode`.execute(tx); // both may count, and neither may add
    const sent = Promise.all([service.post(url, { title }), service.post(url, { title })]);
    await waitingFor(instance, 2);
    return { sent };
  });
  const refused = (await sent).filter(({ status }) => status !== 200);
  assert.equal(refused.length, 1);
  for (const response of refused) {
    assertProblem(response, 400, 'too_many_incidents');
    assert.match(response.body.detail, /10 .* End one first/);
  }
  const again = await service.patch(`${url}/${incident_id}`, { is_ended: false });
  assertProblem(again, 400, 'too_many_incidents');
  assert.equal((await forClients()).length, 10);
  await change((await forClients())[0].incident_id, { title }); // one that is open stays so
  await endAll();
  await change(incident_id, { is_ended: false });
  await endAll();
});

test('a list for staff has a hundred, and goes on before the last one', async () => {
  await instance.query(
    `insert into incidents (title, ended_at) select $1::jsonb, now() from generate_series(1, 101)`,
    [JSON.stringify(title)],
  );
  const [{ count } = { count: 0 }] = await instance.query<{ count: number }>(
    'select count(*) from incidents',
  );
  const ids = async (query = '') =>
    (await done(agent.get(url + query))).body.items.map(
      ({ incident_id }: { incident_id: number }) => incident_id,
    );
  const first = await ids();
  const rest = await ids(`?before=${first.at(-1)}`);
  assert.deepEqual([first.length, rest.length], [100, count - 100]);
  assert.deepEqual(
    [...first, ...rest],
    [...first, ...rest].toSorted((one, other) => other - one),
  );
});

test('links that are no web addresses, unknown topics and long texts are refused', () =>
  storingNothing(instance, async () => {
    const refused = async (fields: object, pointer: string) => {
      const response = await admin.post(url, { title, ...fields });
      assert.equal(response.status, 400, JSON.stringify(fields));
      assert.equal(response.body.errors[0].pointer, pointer, JSON.stringify(fields));
    };
    for (const link of [
      ...['javascript:alert(1)', 'JavaScript:alert(1)', ' https://host.example', 'data:text/html,a'],
      ...['//host.example', 'ftp://host.example', 'https://', 'https:///', 'https://a b', 'http://[', ''],
      `https://host.example/${'a'.repeat(2000)}`,
    ])
      await refused({ link }, '/link');
    await refused({ topic_keys: ['servers', 'unknown'] }, '/topic_keys/1');
    await refused({ topic_keys: ['servers', 'servers'] }, '/topic_keys');
    await refused({ topic_keys: Array.from({ length: 51 }, (_, i) => `t${i}`) }, '/topic_keys');
    await refused({ title: { en: 'a' } }, '/title/ru');
    await refused({ title: { en: 'a', ru: ' ' } }, '/title/ru');
    await refused({ title: { en: 'a'.repeat(201), ru: 'a' } }, '/title/en');
    await refused({ text: { ...text, en: 'a'.repeat(2001) } }, '/text/en');
    await refused({ text: { ...text, de: 'a' } }, '/text/de');
  }));

test('admins and services with the scope publish; agents read; clients see only what is open', async () => {
  await done(admin.post(url, { title }));
  const issue = async (scopes: string[]) =>
    caller(
      instance.app,
      (await done(admin.post('/staff/tokens', { kind: 'service', name: 'panel', scopes }))).body,
    );
  const reading = await issue(['incidents:read']);
  const other = await issue(['accounts:write']);
  await done(reading.get(url));
  await storingNothing(instance, async () => {
    assertProblem(await reading.post(url, { title }), 403, 'insufficient_scope');
    assertProblem(await other.get(url), 403, 'insufficient_scope');
    assertProblem(await agent.post(url, { title }), 403, 'forbidden');
    assertProblem(await acme.get(url), 403, 'forbidden');
    assertProblem(await acme.post(url, { title }), 403, 'forbidden');
  });
  await endAll();
});

test('a retry with the same key publishes once', async () => {
  const headers = { 'idempotency-key': 'status-page-318' };
  const [first, again] = [
    await done(service.post(url, { title }, headers)),
    await done(service.post(url, { title }, headers)),
  ];
  assert.deepEqual(again.body, first.body);
  assert.equal((await forClients()).length, 1);
  await endAll();
});

test('streams of clients are told of each change, and the feed and the audit of staff have it', async () => {
  const base = await listen(instance);
  const ofClient = await openReader(`${base}/support/events`, acme.token);
  const ofStaff = await openReader(`${base}/staff/events/stream`, agent.token);
  const { incident_id } = await publish();
  await change(incident_id, { is_ended: true });
  const told = { id: '', event: 'incidents', data: { incident_id } };
  await eventually(() => ofClient.frames.length === 2);
  assert.deepEqual(ofClient.frames, [told, told]);
  await eventually(() => ofStaff.frames.length === 2);
  assert.deepEqual(
    ofStaff.frames.map(({ event, data }) => [event, data.actor_kind, data.data.incident_id]),
    [
      ['incident.published', 'service', incident_id],
      ['incident.changed', 'service', incident_id],
    ],
  );
  const { before, after: changed } = ofStaff.frames[1]?.data.data ?? {};
  assert.equal(before.ended_at, null);
  assert.notEqual(changed.ended_at, null);
  const { items } = (await done(admin.get('/staff/audit'))).body;
  assert.equal(items[0].type, 'incident.changed');
  ofClient.close();
  ofStaff.close();
});
