/** The life of an upload: whose it is, what a retry does, and what a split and a note make of it. */
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, test } from 'node:test';
import { filesUnder, storedBlobs, ticketWith } from '../../test/files.ts';
import { assertProblem, type Caller, eventually, openDesk } from '../../test/support.ts';

const desk = await openDesk();
after(() => desk.close());
const acme = await desk.client('acme');
const colleague = await desk.client('acme');
const other = await desk.client('other');
const agent = await desk.staff('agent');

const onDisk = () => filesUnder(desk.folder).map((path) => path.slice(-36));
const upload = async (caller: Caller, content = 'a line'): Promise<string> =>
  (await caller.upload('log.txt', content)).body.uuid;

/** What each caller gets for a file: its description and its content, by status. */
async function seenBy(caller: Caller, uuid: string): Promise<number[]> {
  const root = caller.accountId ? '/files/public/files' : '/staff/files';
  const answers = [await caller.get(`${root}/${uuid}/content`)];
  if (caller.accountId) answers.unshift(await caller.get(`${root}/${uuid}`));
  return answers.map(({ status }) => status);
}

test('an upload belongs to its account: every client of it sees it, nobody else', async () => {
  const uuid = await upload(acme);
  assert.deepEqual(await seenBy(acme, uuid), [200, 200]);
  assert.deepEqual(await seenBy(colleague, uuid), [200, 200]);
  assert.deepEqual(await seenBy(other, uuid), [404, 404]);
  assert.deepEqual(await seenBy(agent, uuid), [404], 'support sees what was sent, not what waits');
  await ticketWith(acme, uuid);
  assert.deepEqual(await seenBy(agent, uuid), [200]);
  assert.deepEqual(await seenBy(other, uuid), [404, 404]);
});

test('a file of another account answers as one that does not exist, byte for byte', async () => {
  const uuid = await upload(acme);
  const missing = await other.get(`/files/public/files/${randomUUID()}`);
  const foreign = await other.get(`/files/public/files/${uuid}`);
  assertProblem(missing, 404, 'file_not_found');
  assert.deepEqual({ ...foreign.body, request_id: '' }, { ...missing.body, request_id: '' });
});

test("support's upload is seen by support alone until it is sent, then by that account", async () => {
  const uuid = await upload(agent);
  assert.deepEqual(await seenBy(agent, uuid), [200]);
  assert.deepEqual(await seenBy(acme, uuid), [404, 404]);
  const number = await ticketWith(acme, await upload(acme));
  await agent.post(`/staff/tickets/${number}/comments`, { body: 'See this', files: [uuid] });
  assert.deepEqual(await seenBy(acme, uuid), [200, 200]);
  assert.deepEqual(await seenBy(other, uuid), [404, 404]);
  assert.deepEqual(await seenBy(agent, uuid), [200]);
});

test("a note's file is for support alone", async () => {
  const uuid = await upload(agent, 'between us');
  const number = await ticketWith(acme, await upload(acme));
  await agent.post(`/staff/tickets/${number}/comments`, { body: 'Look', internal: true, files: [uuid] });
  assert.deepEqual(await seenBy(agent, uuid), [200]);
  assert.deepEqual(await seenBy(acme, uuid), [404, 404]);
  const { text } = await acme.get(`/support/tickets/${number}/comments`);
  assert.ok(!text.includes(uuid));
});

test('a retried upload gives the first answer again and keeps no second file', async () => {
  const key = { 'idempotency-key': randomUUID() };
  const first = await acme.upload('log.txt', 'once', key);
  const before = onDisk();
  const again = await acme.upload('log.txt', 'once', key);
  assert.equal(again.status, 200);
  assert.equal(again.text, first.text);
  assert.equal(again.headers['idempotency-replayed'], 'true');
  assertProblem(await acme.upload('log.txt', 'twice', key), 422, 'idempotency_key_reused');
  assert.deepEqual(onDisk(), before);
  assert.deepEqual(onDisk().sort(), await storedBlobs(desk));
});

test('of 20 twins of an upload one is kept, and every answer is that one or a retry', async () => {
  const key = { 'idempotency-key': randomUUID() };
  const before = (await storedBlobs(desk)).length;
  const twins = await Promise.all(Array.from({ length: 20 }, () => acme.upload('log.txt', 'twin', key)));
  const uuids = new Set(twins.filter(({ status }) => status === 200).map(({ body }) => body.uuid));
  assert.equal(uuids.size, 1);
  for (const { status } of twins) assert.ok(status === 200 || status === 409);
  assert.equal((await storedBlobs(desk)).length, before + 1);
});

test('an upload over the limit is refused and keeps nothing', async () => {
  const limited = await openDesk({ env: { LIMIT_UPLOADS_PER_MINUTE: '2' } });
  after(() => limited.close());
  const client = await limited.client();
  for (const status of [200, 200, 429, 429]) assert.equal((await client.upload('a.txt', 'a')).status, status);
  assert.equal(filesUnder(limited.folder).length, 2);
});

test('a row that cannot be written leaves no bytes behind', async () => {
  const before = onDisk();
  await desk.query('alter table files add constraint refused check (name <> $$refused.txt$$)');
  const answer = await acme.upload('refused.txt', 'a line');
  assert.equal(answer.status, 500, answer.text);
  assert.deepEqual(await desk.query(`select from files where name = 'refused.txt'`), []);
  assert.deepEqual(onDisk(), before);
});

test('an upload whose commit is not known to have happened keeps its bytes for a row that may be there', async () => {
  const before = (await storedBlobs(desk)).length;
  // Deferred to the commit: the row is written, then the commit fails as it does when the connection is lost.
  await desk.query(`create function cut() returns trigger language plpgsql as
    $$begin perform pg_terminate_backend(pg_backend_pid()); return null; end$$`);
  await desk.query(`create constraint trigger cut after insert on files deferrable initially deferred
    for each row execute function cut()`);
  const answer = await acme.upload('log.txt', 'unknown');
  await desk.query('drop trigger cut on files');
  assert.equal(answer.status, 503, answer.text);
  assert.equal((await storedBlobs(desk)).length, before);
  await eventually(() => onDisk().length === before + 1);
});

test('copies that a split makes have files of their own over the same bytes', async () => {
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
