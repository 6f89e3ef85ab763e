/** Demo data: a hosting company with eight customers and three months of tickets. All of it is made, or nothing. */
import { setTimeout as wait } from 'node:timers/promises';
import type { FileStore } from '#desk/files/store.ts';
import type { Database } from '#platform/db/database.ts';
import { sql } from '#platform/sql.ts';
import type { Place } from './make.ts';

const DEMO_LOCK = 7_263_355; // advisory lock: of servers that start at once, one makes the demo

/**
 * Makes demo data in an empty database; undefined when it is not empty, or when another process has just made it. When
 * `stopping` is aborted, it throws its reason and nothing of the demo is stored.
 */
export async function makeDemo(
  database: Database,
  store: FileStore,
  dataDir: string,
  stopping?: AbortSignal,
) {
  for (;;) {
    stopping?.throwIfAborted();
    const made = await database.transact((tx) => makeIfEmpty({ tx, database, store, dataDir }, stopping));
    if (made !== 'busy') return made;
    await wait(100); // rather than for the lock: the demo may take longer than any statement may wait
  }
}

async function makeIfEmpty(place: Place, stopping?: AbortSignal) {
  const lock = await sql<{ is_mine: boolean }>`
    select pg_try_advisory_xact_lock(${DEMO_LOCK}) as is_mine
  `.execute(place.tx);
  if (!lock.rows[0]?.is_mine) return 'busy';
  // A statement of its own: it sees what the lock's last holder has committed. By the database's own clock nothing of
  // the demo lies in the future.
  const empty = await sql<{ now: string }>`
    select now()::timestamptz(3) as now
    where not exists (select from accounts)
  `.execute(place.tx);
  if (!empty.rows[0]) return undefined;
  // Loaded here, as other starts and commands do without what it needs.
  const { makeAll } = await import('./make.ts');
  return makeAll(place, Date.parse(empty.rows[0].now), stopping);
}
