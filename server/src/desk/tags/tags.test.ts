import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { openInstance } from '#test/instance.ts';
import { assertProblem, storingNothing } from '#test/refusals.ts';
import { done, ticketIn } from '#test/tickets.ts';
import { createTasks } from '#worker.ts';

const instance = await openInstance();
after(() => instance.close());
const acme = await instance.client('acme');
const [agent, admin] = [await instance.staff(), await instance.staff('admin')];

async function tagged(...tags: string[]): Promise<number> {
  const { number } = await ticketIn('open', acme, agent);
  await done(agent.patch(`/staff/tickets/${number}`, { tags }));
  return number;
}

const read = async (number: number) => (await done(agent.get(`/staff/tickets/${number}`))).body;
const tagsOf = async (number: number) => (await read(number)).tags;
const all = async () => (await done(agent.get('/staff/tags'))).body.items;
const events = async () =>
  instance.query<{ type: string; data: object }>(
    `select type, data from events where type like 'tag.%' order by id`,
  );

test('tags are listed by name with the number of tickets', async () => {
  await tagged('b', 'a');
  await tagged('B ', 'ё/ж');
  assert.deepEqual(await all(), [
    { tag: 'a', ticket_count: 1 },
    { tag: 'b', ticket_count: 2 },
    { tag: 'ё/ж', ticket_count: 1 },
  ]);
});

test('a renamed tag has its new name in all tickets, and in the views that filter by it', async () => {
  const numbers = [await tagged('old', 'zoo'), await tagged('old')];
  const view = { name: 'Old', filter: { tag: 'Old ', is_closed: false } };
  const { view_id } = (await done(agent.post('/staff/views', view))).body;
  const etag = (await agent.get(`/staff/tickets/${numbers[0]}`)).headers.etag;
  const before = await acme.get(`/support/tickets/${numbers[0]}`);
  const { body } = await done(admin.patch('/staff/tags/OLD', { name: ' New ' }));
  assert.deepEqual(body, { tag: 'new', ticket_count: 2 });
  assert.deepEqual(await tagsOf(numbers[0] ?? 0), ['new', 'zoo']);
  const listed = async (query: string) =>
    (await done(agent.get(`/staff/tickets?${query}`))).body.items.length;
  assert.deepEqual([await listed(`view_id=${view_id}`), await listed('tag=NEW')], [2, 2]);
  assert.deepEqual((await events()).at(-1), {
    type: 'tag.renamed',
    data: { before: { tag: 'old', ticket_count: 2 }, after: { tag: 'new' } },
  });
  const stale = { 'if-match': String(etag) };
  assertProblem(await agent.patch(`/staff/tickets/${numbers[0]}`, { tags: [] }, stale), 412);
  assert.deepEqual((await acme.get(`/support/tickets/${numbers[0]}`)).text, before.text);
});

test('a tag renamed to another is merged into it, once per ticket', async () => {
  const [one, both] = [await tagged('disc'), await tagged('disc', 'disk')];
  const { body } = await done(admin.patch('/staff/tags/disc', { name: 'disk' }));
  assert.deepEqual(body, { tag: 'disk', ticket_count: 2 });
  assert.deepEqual([await tagsOf(one), await tagsOf(both)], [['disk'], ['disk']]);
});

test('a deleted tag is in no ticket, and its name can be used again', async () => {
  const number = await tagged('ё/ж', 'gone');
  const { body } = await done(admin.delete(`/staff/tags/${encodeURIComponent('Ё/Ж')}`));
  assert.deepEqual(body, { tag: 'ё/ж', ticket_count: 2 });
  assert.deepEqual(await tagsOf(number), ['gone']);
  assertProblem(await admin.delete(`/staff/tags/${encodeURIComponent('ё/ж')}`), 404, 'tag_not_found');
  await tagged('ё/ж');
});

test('more tickets than fit a batch are all changed, with one event', async () => {
  await instance.query(
    `insert into tickets (account_id, summary, is_client_author, waiting_since, tags)
     select $1, 'Many', true, now(), '{many}' from generate_series(1, 1200)`,
    [acme.accountId],
  );
  const before = (await events()).length;
  const { body } = await done(admin.patch('/staff/tags/many', { name: 'much' }));
  assert.deepEqual(body, { tag: 'much', ticket_count: 1200 });
  assert.equal((await events()).length, before + 1);
  const [left] = await instance.query(`select count(*) from tickets where 'many' = any(tags)`);
  assert.deepEqual(left, { count: 0 });
});

test('changes left by a killed process are finished by the scheduler, in order', async () => {
  const [one, two] = [await tagged('first'), await tagged('second')];
  await instance.query(`insert into tag_changes (tag, becomes) values ('first', 'second'), ('second', null)`);
  const apply = async () => createTasks(instance)['tags.apply']?.({}, {} as never); // the job does not use its helpers
  await Promise.all([apply(), apply(), apply()]);
  assert.deepEqual([await tagsOf(one), await tagsOf(two)], [[], []]);
  assert.deepEqual(await instance.query('select from tag_changes'), []);
});

test('an unknown tag is a 404, the same name a 409, and agents cannot change tags', async () => {
  await tagged('here');
  await storingNothing(instance, async () => {
    assertProblem(await admin.patch('/staff/tags/nowhere', { name: 'a' }), 404, 'tag_not_found');
    assertProblem(await admin.patch('/staff/tags/here', { name: 'HERE ' }), 409, 'tag_unchanged');
    assertProblem(await admin.patch('/staff/tags/here', { name: ' ' }), 400, 'invalid_request');
    assertProblem(await admin.patch('/staff/tags/here', { name: 'a'.repeat(51) }), 400, 'invalid_request');
    assertProblem(await agent.patch('/staff/tags/here', { name: 'a' }), 403, 'forbidden');
    assertProblem(await agent.delete('/staff/tags/here'), 403, 'forbidden');
  });
});
