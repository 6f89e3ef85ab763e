/** The life of an upload: who can see it, what a retry does, and its role in splits and notes. */
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, test } from 'node:test';
import type { Caller } from '#test/caller.ts';
import { eventually } from '#test/eventually.ts';
import { filesUnder, storedBlobs, ticketWith } from '#test/files.ts';
import { openInstance } from '#test/instance.ts';
import { assertProblem } from '#test/refusals.ts';

const instance = await openInstance();
after(() => instance.close());
const acme = await instance.client('acme');
const teamMember = await instance.client('acme');
const other = await instance.client('other');
const agent = await instance.staff('agent');

const onDisk = () => filesUnder(instance.folder).map((path) => path.slice(-36));
const upload = async (caller: Caller, content = 'a line'): Promise<string> =>
  (await caller.upload('log.txt', content)).body.uuid;

/** The status that each caller gets for a file: its description and its content. */
async function seenBy(caller: Caller, uuid: string): Promise<number[]> {
  const root = caller.accountId ? '/files/public/files' : '/staff/files';
  const responses = [await caller.get(`${root}/${uuid}/content`)];
  if (caller.accountId) responses.unshift(await caller.get(`${root}/${uuid}`));
  return responses.map(({ status }) => status);
}

test('an upload belongs to its account: all its clients see it, and nobody else', async () => {
  const uuid = await upload(acme);
  assert.deepEqual(await seenBy(acme, uuid), [200, 200]);
  assert.deepEqual(await seenBy(teamMember, uuid), [200, 200]);
  assert.deepEqual(await seenBy(other, uuid), [404, 404]);
  assert.deepEqual(await seenBy(agent, uuid), [404], 'support sees what was sent, not what waits');
  await ticketWith(acme, uuid);
  assert.deepEqual(await seenBy(agent, uuid), [200]);
  assert.deepEqual(await seenBy(other, uuid), [404, 404]);
});

test('a file of another account gets the same 404 as one that does not exist, byte for byte', async () => {
  const uuid = await upload(acme);
  const missing = await other.get(`/files/public/files/${randomUUID()}`);
  const foreign = await other.get(`/files/public/files/${uuid}`);
  assertProblem(missing, 404, 'file_not_found');
  assert.deepEqual({ ...foreign.body, request_id: '' }, { ...missing.body, request_id: '' });
});

test('an upload of staff is visible to staff only until it is sent, and then to the account', async () => {
  const uuid = await upload(agent);
  assert.deepEqual(await seenBy(agent, uuid), [200]);
  assert.deepEqual(await seenBy(acme, uuid), [404, 404]);
  const number = await ticketWith(acme, await upload(acme));
  await agent.post(`/staff/tickets/${number}/comments`, { body: 'See this', files: [uuid] });
  assert.deepEqual(await seenBy(acme, uuid), [200, 200]);
  assert.deepEqual(await seenBy(other, uuid), [404, 404]);
  assert.deepEqual(await seenBy(agent, uuid), [200]);
});

test('a file of an internal note is visible to staff only', async () => {
  const uuid = await upload(agent, 'between us');
  const number = await ticketWith(acme, await upload(acme));
  await agent.post(`/staff/tickets/${number}/comments`, { body: 'Look', internal: true, files: [uuid] });
  assert.deepEqual(await seenBy(agent, uuid), [200]);
  assert.deepEqual(await seenBy(acme, uuid), [404, 404]);
  const { text } = await acme.get(`/support/tickets/${number}/comments`);
  assert.ok(!text.includes(uuid));
});

test('a retried upload replays the first response and stores no second file', async () => {
  const key = { 'idempotency-key': randomUUID() };
  const first = await acme.upload('log.txt', 'once', key);
  const before = onDisk();
  const again = await acme.upload('log.txt', 'once', key);
  assert.equal(again.status, 200);
  assert.equal(again.text, first.text);
  assert.equal(again.headers['idempotency-replayed'], 'true');
  assertProblem(await acme.upload('log.txt', 'twice', key), 422, 'idempotency_key_reused');
  assert.deepEqual(onDisk(), before);
  assert.deepEqual(onDisk().sort(), await storedBlobs(instance));
});

test('of 20 duplicates of an upload one is stored, and every response is the first one or asks to retry', async () => {
  const key = { 'idempotency-key': randomUUID() };
  const before = (await storedBlobs(instance)).length;
  const duplicates = await Promise.all(
    Array.from({ length: 20 }, () => acme.upload('log.txt', 'otherProcess', key)),
  );
  const uuids = new Set(duplicates.filter(({ status }) => status === 200).map(({ body }) => body.uuid));
  assert.equal(uuids.size, 1);
  for (const { status } of duplicates) assert.ok(status === 200 || status === 409);
  assert.equal((await storedBlobs(instance)).length, before + 1);
});

test('an upload over the limit is refused and stores nothing', async () => {
  const limited = await openInstance({ env: { LIMIT_UPLOADS_PER_MINUTE: '2' } });
  after(() => limited.close());
  const client = await limited.client();
  for (const status of [200, 200, 429, 429]) assert.equal((await client.upload('a.txt', 'a')).status, status);
  assert.equal(filesUnder(limited.folder).length, 2);
});

test('an upload whose row cannot be written leaves no bytes behind', async () => {
  const before = onDisk();
  await instance.query('alter table files add constraint refused check (name <> $$refused.txt$$)');
  const response = await acme.upload('refused.txt', 'a line');
  assert.equal(response.status, 500, response.text);
  assert.deepEqual(await instance.query(`select from files where name = 'refused.txt'`), []);
  assert.deepEqual(onDisk(), before);
});

test('an upload whose commit may have happened keeps its bytes', async () => {
  const before = (await storedBlobs(instance)).length;
  // Fails at the commit: the row is written, then the commit fails as when the connection is lost.
  await instance.query(`create function cut() returns trigger language plpgsql as
    $$begin perform pg_terminate_backend(pg_backend_pid()); return null; end$$`);
  await instance.query(`create constraint trigger cut after insert on files deferrable initially deferred
    for each row execute function cut()`);
  const response = await acme.upload('log.txt', 'unknown');
  await instance.query('drop trigger cut on files');
  assert.equal(response.status, 503, response.text);
  assert.equal((await storedBlobs(instance)).length, before);
  await eventually(() => onDisk().length === before + 1);
});

test('a split copies the rows of files, which share the same bytes', async () => {
  const uuid = await upload(acme, 'shared');
  const number = await ticketWith(acme, await upload(acme));
  const comment = await acme.post(`/support/tickets/${number}/comments`, {
    body: 'Another matter',
    files: [uuid],
  });
  const before = onDisk();
  const split = await agent.post(`/staff/tickets/${number}/split`, {
    comment_ids: [comment.body.id],
    summary: 'Another matter',
  });
  const copy = (await acme.get(`/support/tickets/${split.body.number}/comments`)).body.items[0].files[0];
  assert.notEqual(copy.uuid, uuid);
  assert.deepEqual({ ...copy, uuid }, comment.body.files[0]);
  assert.deepEqual(onDisk(), before);
  for (const one of [uuid, copy.uuid]) {
    assert.equal((await acme.get(`/files/public/files/${one}/content`)).text, 'shared');
  }
});
