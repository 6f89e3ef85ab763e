/** The sweep of files: unused uploads, and bytes that no row refers to. */
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { mkdirSync, utimesSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { after, test } from 'node:test';
import type { JobHelpers } from 'graphile-worker';
import { filesUnder, ticketWith } from '#test/files.ts';
import { openInstance } from '#test/instance.ts';
import { createTasks } from '#worker.ts';

const instance = await openInstance();
after(() => instance.close());
const acme = await instance.client('acme');
const agent = await instance.staff('agent');

const root = join(instance.folder, 'files');
const pathOf = (blob: string) => join(root, blob.slice(0, 2), blob);
const minutesAgo = (minutes: number) => new Date(Date.now() - minutes * 60_000);
const ageFile = (path: string, minutes: number) => utimesSync(path, minutesAgo(minutes), minutesAgo(minutes));

async function sweep() {
  await createTasks(instance)['files.sweep']?.({}, {} as JobHelpers); // the job does not use its helpers
}

/** An upload of this age, with its row and bytes. */
async function uploaded(age: { minutes: number }, caller = acme) {
  const { uuid } = (await caller.upload('a.txt', 'a line')).body;
  const [row] = await instance.query<{ blob: string }>(
    `update files set created_at = now() - $2 * interval '1 minute' where uuid = $1 returning blob`,
    [uuid, age.minutes],
  );
  const blob = String(row?.blob);
  ageFile(pathOf(blob), age.minutes);
  return { uuid: String(uuid), blob };
}

function orphan(minutes: number, path = pathOf(randomUUID())): string {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, 'nobody names this');
  ageFile(path, minutes);
  return path;
}

const DAY = 24 * 60;

test('an upload not used within 24 hours is deleted with its bytes; a younger or used one stays', async () => {
  const used = await uploaded({ minutes: 1 });
  await ticketWith(acme, used.uuid);
  await instance.query(`update files set created_at = now() - interval '1 year' where uuid = $1`, [
    used.uuid,
  ]);
  ageFile(pathOf(used.blob), 365 * DAY);
  const expired = await uploaded({ minutes: DAY + 1 });
  const expiredOfStaff = await uploaded({ minutes: DAY + 1 }, agent);
  const young = await uploaded({ minutes: DAY - 1 });
  await sweep();
  const left = (await instance.query<{ uuid: string }>('select uuid from files order by created_at')).map(
    ({ uuid }) => uuid,
  );
  assert.deepEqual(left, [used.uuid, young.uuid]);
  const onDisk = filesUnder(root).map((path) => path.slice(-36));
  assert.deepEqual(onDisk, [used.blob, young.blob].sort());
  assert.ok(![expired.blob, expiredOfStaff.blob].some((blob) => onDisk.includes(blob)));
  assert.equal((await acme.get(`/files/public/files/${used.uuid}/content`)).text, 'a line');
});

test('bytes without a row are removed after an hour, not before: their row may still be written', async () => {
  const [old, young] = [orphan(61), orphan(59)].map((path) => path.slice(-36));
  await sweep();
  const onDisk = filesUnder(root).map((path) => path.slice(-36));
  assert.ok(!onDisk.includes(String(old)));
  assert.ok(onDisk.includes(String(young)));
});

test('a partial upload left by a killed server is removed after an hour', async () => {
  const incoming = (minutes: number) => orphan(minutes, join(root, 'incoming', randomUUID()));
  const [, young] = [incoming(61), incoming(1)];
  await sweep();
  assert.deepEqual(filesUnder(join(root, 'incoming')), [String(young).slice(-36)]);
});

test('foreign files in the folder are left alone and stop nothing', async () => {
  const foreign = ['00/.nfs000000', '00/readme.txt', 'lost+found/file', 'notes.txt'].map((path) =>
    orphan(DAY, join(root, path)),
  );
  const own = orphan(DAY);
  await sweep();
  const onDisk = filesUnder(root);
  for (const path of foreign) assert.ok(onDisk.includes(path.slice(root.length + 1)), path);
  assert.ok(!onDisk.includes(own.slice(root.length + 1)));
});

test('a sweep over more bytes than fit one batch keeps exactly those with a row', async () => {
  for (let i = 0; i < 1100; i++) orphan(DAY);
  const kept = await uploaded({ minutes: 90 });
  await sweep();
  const old = filesUnder(root).map((path) => path.slice(-36));
  assert.ok(old.includes(kept.blob));
  assert.ok(old.length < 20);
});
