/** What every file store does, in a folder and in S3 alike. */
import assert from 'node:assert/strict';
import { randomBytes, randomUUID } from 'node:crypto';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { after, describe, test } from 'node:test';
import { filesUnder, ticketWith } from '#test/files.ts';
import { openInstance } from '#test/instance.ts';
import { assertProblem } from '#test/refusals.ts';
import { startS3 } from '#test/s3.ts';
import { createTasks } from '#worker.ts';
import { openFolderStore } from './folder-store.ts';
import type { FileStore } from './store.ts';

const folder = mkdtempSync(join(tmpdir(), 'paneldesk-store-'));
const s3 = await startS3();
after(async () => {
  await s3.stop();
  rmSync(folder, { recursive: true });
});

const stores: Array<[name: string, store: FileStore]> = [
  ['a folder', await openFolderStore(folder)],
  ['S3', s3.store],
];
const later = () => new Date(Date.now() + 60_000);

for (const [name, store] of stores) {
  describe(`files in ${name}`, () => {
    const content = randomBytes(300_000);

    async function put(bytes = content): Promise<string> {
      const blob = randomUUID();
      const path = join(store.temporaryDir, blob);
      writeFileSync(path, bytes);
      await store.put(blob, path, bytes.length);
      assert.ok(!existsSync(path), 'the temporary file is used up');
      return blob;
    }

    async function listed(before: Date): Promise<string[]> {
      const blobs: string[] = [];
      for await (const blob of store.list(before)) blobs.push(blob);
      return blobs;
    }

    test('stored bytes are read back, whole and in parts', async () => {
      const blob = await put();
      for (const [start, end] of [
        [0, content.length - 1],
        [1, 1], // not 0 to 0, for which s3rver returns the whole file
        [100_000, 199_999],
        [content.length - 1, content.length - 1],
      ] as const) {
        const part = await buffer(await store.read(blob, { start, end }));
        assert.ok(part.equals(content.subarray(start, end + 1)), `${start} to ${end}: ${part.length} bytes`);
      }
    });

    test('removed bytes are gone, and removing them again does nothing', async () => {
      const blob = await put();
      await store.remove(blob);
      await store.remove(blob);
      await assert.rejects(store.read(blob, { start: 0, end: 0 }), {
        status: 503,
        code: 'storage_unavailable',
      });
    });

    test('everything stored before a given time is listed, and nothing after it', async () => {
      const blobs = await Promise.all(Array.from({ length: 5 }, () => put(Buffer.from('a'))));
      const found = await listed(later());
      for (const blob of blobs) assert.ok(found.includes(blob));
      assert.deepEqual(await listed(new Date(Date.now() - 60_000)), []);
    });

    test('a reader that disconnects early releases everything', async () => {
      const bytes = await store.read(await put(), { start: 0, end: content.length - 1 });
      for await (const _ of bytes) break;
      assert.ok(bytes.destroyed);
    });

    test('an upload over HTTP is attached, downloaded, ranged over and swept', async () => {
      const instance = await openInstance({ files: store });
      after(() => instance.close());
      const acme = await instance.client();
      const text = 'a line\n'.repeat(50_000);
      const { uuid } = (await acme.upload('журнал.log', text)).body;
      await ticketWith(acme, uuid);
      const url = `/files/public/files/${uuid}/content`;
      assert.equal((await acme.get(url)).text, text);
      const part = await acme.get(url, { range: 'bytes=-7' });
      assert.deepEqual([part.status, part.text], [206, 'a line\n']);
      assert.equal((await acme.send({ method: 'HEAD', url })).headers['content-length'], String(text.length));
      assertProblem(await acme.upload('a.exe', 'MZ'), 415, 'file_type_not_allowed');
      await createTasks({ database: instance.database, files: store })['files.sweep']?.({}, {} as never); // the job does not use its helpers
      assert.equal((await acme.get(url)).status, 200, 'a young or used file is not swept');
      assert.deepEqual(filesUnder(store.temporaryDir), []);
    });
  });
}
