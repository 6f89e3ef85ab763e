import { randomUUID } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { FileStore } from '#desk/files/store.ts';
import { listSlaTargets } from '#desk/sla/recount.ts';
import { hashPassword, savePassword } from '#people/staff/passwords.ts';
import type { Tx } from '#platform/db/database.ts';
import { writeCredentials } from './credentials.ts';
import type { Demo } from './demo.ts';
import { countIds, historyOf } from './history.ts';
import { drawIds, insertHistory } from './insert.ts';
import { openInstance } from './open-desk.ts';
import { countPromises } from './promises.ts';
import { type Cast, makeStories } from './stories.ts';
import { openTwice, workOn } from './today.ts';

/** Fills an empty database; `now` is in milliseconds since 1970. */
export async function makeAll(
  tx: Tx,
  store: FileStore,
  dataDir: string,
  now: number,
  stopping?: AbortSignal,
): Promise<Demo> {
  const { cast, credentials } = await openInstance(tx, now);
  const hashes = Promise.all(credentials.staff.map(({ password }) => hashPassword(password))); // by other threads
  const told = makeStories(cast, now);
  const twice = openTwice(cast, told, now);
  const stories = [...told, ...twice.map(({ again }) => again)];
  const count = countIds(stories);
  const numbers = await drawIds(tx, 'ticket_numbers', count.tickets);
  const commentIds = await drawIds(tx, 'comment_ids', count.comments);
  const history = historyOf(stories, numbers, commentIds);
  countPromises(history, await listSlaTargets(tx), now);
  await storeBlobs(store, history.blobs, stopping);
  await insertHistory(tx, history, stopping);
  await workOn(tx, cast, history, twice);
  await keepPasswords(tx, cast, await hashes);
  stopping?.throwIfAborted();
  // Before the commit: a crash in between leaves keys that open nothing, replaced by the next start. The other way
  // round it could leave a demo that nobody can enter, as the database knows only the hashes.
  const credentials_file = await writeCredentials(dataDir, credentials);
  const { tickets, comments, files } = history;
  return {
    credentials_file,
    accounts: cast.clients.length,
    staff: cast.staff.length,
    tickets: tickets.length,
    comments: comments.length,
    files: files.length,
  };
}

/** In the order of the staff. */
async function keepPasswords(tx: Tx, { staff }: Cast, hashes: string[]) {
  for (const [i, hash] of hashes.entries()) await savePassword(tx, staff[i]?.actor.staffId ?? 0, hash);
}

/** Bytes first, as with uploads: what a killed start leaves of them is swept, and no row ever lacks its bytes. */
async function storeBlobs(store: FileStore, blobs: Map<string, Buffer>, stopping?: AbortSignal) {
  const waiting = blobs.entries(); // shared, so that each is taken once
  const storeSome = async () => {
    for (const [blob, content] of waiting) {
      stopping?.throwIfAborted();
      const path = join(store.temporaryDir, randomUUID());
      await writeFile(path, content, { mode: 0o600 });
      await store.put(blob, path, content.length);
    }
  };
  await Promise.all(Array.from({ length: 8 }, storeSome));
}
