/** Failures specific to S3: unavailable, slow, paged listings, and foreign objects in the bucket. */
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { stat } from 'node:fs/promises';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { filesUnder } from '#test/files.ts';
import { openInstance } from '#test/instance.ts';
import { assertProblem } from '#test/refusals.ts';
import { type S3, startS3, storeAt } from '#test/s3.ts';

const folder = mkdtempSync(join(tmpdir(), 'paneldesk-s3-test-'));
const s3 = await startS3();
after(async () => {
  await s3.stop();
  rmSync(folder, { recursive: true });
});

async function put({ store }: S3, blob: string = randomUUID()): Promise<string> {
  const path = join(store.temporaryDir, blob);
  writeFileSync(path, 'a line');
  await store.put(blob, path, 6);
  return blob;
}

test('objects are addressed by path and named by UUID', async () => {
  const blob = await put(s3);
  assert.ok(filesUnder(s3.folder).some((path) => path.startsWith(`${blob}.`)));
});

test('a bucket of more than one page is listed completely, without foreign objects', async () => {
  const blobs = new Set<string>([...Array(1001)].map(() => randomUUID()));
  // Written directly to the server's folder, as a thousand requests would have done.
  for (const blob of [...blobs, 'logs-2026', `backup-${randomUUID()}`, randomUUID().toUpperCase()]) {
    writeFileSync(join(s3.folder, `${blob}._S3rver_object`), 'a line');
    writeFileSync(join(s3.folder, `${blob}._S3rver_metadata.json`), '{}');
  }
  const listed = [];
  for await (const blob of s3.store.list(new Date(Date.now() + 60_000)))
    if (blobs.delete(blob)) listed.push(blob);
  assert.equal(blobs.size, 0);
  assert.equal(listed.length, 1001);
  assert.equal(s3.log.filter((line) => line.includes('Fetched bucket')).length, 2, 'in two pages');
});

test('unavailable storage is a 503 with Retry-After, and stores nothing', async () => {
  const gone = await startS3();
  const instance = await openInstance({ files: await storeAt(gone.endpoint, join(folder, 'incoming')) });
  after(() => instance.close());
  const acme = await instance.client();
  const { uuid } = (await acme.upload('a.txt', 'a line')).body;
  await gone.stop();
  const upload = await acme.upload('b.txt', 'another line');
  const download = await acme.get(`/files/public/files/${uuid}/content`);
  for (const response of [upload, download]) {
    assertProblem(response, 503, 'storage_unavailable');
    assert.ok(Number(response.headers['retry-after']) > 0);
    assert.equal(response.headers['content-disposition'], undefined);
  }
  assert.deepEqual(await instance.query('select name from files'), [{ name: 'a.txt' }]);
  assert.deepEqual(filesUnder(join(folder, 'incoming')), []);
  assert.equal(
    (await acme.get(`/files/public/files/${uuid}`)).status,
    200,
    'what the database knows is still told',
  );
  assert.equal((await acme.post('/support/tickets', { summary: 'a', comment_body: 'b' })).status, 200);
});

test('storage that refuses is a 503, and the reason is only in the log', async () => {
  const instance = await openInstance({
    files: await storeAt(`${s3.endpoint}/no-such-bucket`, join(folder, 'refused')),
  });
  after(() => instance.close());
  const acme = await instance.client();
  const response = await acme.upload('a.txt', 'a line');
  assertProblem(response, 503, 'storage_unavailable');
  assert.doesNotMatch(response.text, /NoSuch|S3RVER/);
  assert.ok(
    instance.log.some((line) => line.includes('NoSuch')),
    instance.log.join(),
  );
  assert.deepEqual(await instance.query('select from files'), []);
});

test('a large file is streamed to S3, not held in memory', async () => {
  const stalled = createServer((socket) => socket.pause()).listen(0, '127.0.0.1');
  await once(stalled, 'listening');
  const { port } = stalled.address() as AddressInfo; // it listens on a port
  const store = await storeAt(`http://127.0.0.1:${port}`, join(folder, 'large'));
  const path = join(folder, 'large', 'file');
  writeFileSync(path, '');
  truncateSync(path, 300_000_000);
  const connected = once(stalled, 'connection');
  const refused = assert.rejects(store.put(randomUUID(), path, 300_000_000), { code: 'storage_unavailable' });
  const [socket] = await connected;
  // More event-loop turns than reading the whole file at once would take.
  for (let turn = 0; turn < 10_000; turn++) await stat(path);
  const { arrayBuffers } = process.memoryUsage();
  socket.destroy();
  await refused;
  stalled.close();
  assert.ok(arrayBuffers < 50_000_000, `${arrayBuffers} bytes are held`);
});
