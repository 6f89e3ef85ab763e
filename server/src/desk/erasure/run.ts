/**
 * The job that erases, in small transactions. Each counts what it removed, so that a kill neither loses nor repeats
 * anything.
 */
import { system } from '#actor.ts';
import type { FileStore } from '#desk/files/store.ts';
import type { Database, Db, Tx } from '#platform/db/database.ts';
import { record } from '#platform/events/events.ts';
import { sql } from '#platform/sql.ts';
import { eraseAccountBatch } from './account.ts';
import { erasePersonBatch } from './person.ts';
import type { Erasure } from './schema.ts';

/** The result of a transaction. Bytes that no row refers to any more are removed after it. */
export interface Step {
  removed: Record<string, number>;
  blobs: string[];
  isDone: boolean;
}

/**
 * Continues all pending erasures. Several processes take different ones. A failing erasure does not block the others
 * and is retried by the next run.
 */
export async function runErasures(database: Database, files: FileStore): Promise<void> {
  const failed = new Map<number, unknown>();
  for (;;) {
    let erasure: Erasure | undefined;
    try {
      const blobs = await database.transact(async (tx) => {
        erasure = await lockNext(tx, [...failed.keys()]);
        return erasure && eraseBatch(tx, erasure);
      });
      if (!blobs) break;
      await removeBytes(database.db, files, blobs);
    } catch (error) {
      if (!erasure) throw error;
      failed.set(erasure.erasure_id, error);
    }
  }
  if (failed.size > 0)
    throw new AggregateError(failed.values(), `Erasures ${[...failed.keys()]} have failed.`);
}

async function lockNext(tx: Tx, except: number[]): Promise<Erasure | undefined> {
  const { rows } = await sql<Erasure>`
    select *
    from erasures
    where finished_at is null and erasure_id <> all(${except}::bigint[])
    order by erasure_id
    limit 1
    for update skip locked
  `.execute(tx);
  return rows[0];
}

async function eraseBatch(tx: Tx, erasure: Erasure): Promise<string[]> {
  const step = await (erasure.kind === 'account' ? eraseAccountBatch : erasePersonBatch)(tx, erasure);
  await recordStep(tx, erasure, step);
  return step.blobs;
}

async function recordStep(tx: Tx, erasure: Erasure, { removed: more, isDone }: Step) {
  const removed = { ...erasure.removed };
  for (const [what, count] of Object.entries(more))
    if (count > 0) removed[what] = (removed[what] ?? 0) + count;
  const { erasure_id, kind, account_id } = erasure;
  await sql`
    update erasures
    set removed = ${JSON.stringify(removed)},
        finished_at = ${isDone ? sql`now()` : sql`null`},
        user_id = ${isDone ? null : erasure.user_id}
    where erasure_id = ${erasure_id}
  `.execute(tx);
  if (isDone)
    await record(tx, system, 'erasure.finished', { data: { erasure_id, kind, account_id, removed } });
}

/** After a kill, the sweep of files removes the rest within the hour. */
async function removeBytes(db: Db, files: FileStore, blobs: string[]) {
  const { rows } = await sql<{ blob: string }>`
    select blob
    from unnest(${blobs}::uuid[]) as gone (blob)
    where not exists (select from files where files.blob = gone.blob)
  `.execute(db);
  for (const { blob } of rows) await files.remove(blob).catch(() => {});
}
