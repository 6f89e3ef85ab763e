/** Demo data: a hosting company with eight customers and three months of tickets, all or nothing. */
import { setTimeout as wait } from 'node:timers/promises';
import { sql } from 'kysely';
import type { FileStore } from '#desk/files/store.ts';
import type { Database, Tx } from '#platform/db/database.ts';

/** The file with the keys, and how much there is to see. */
export interface Demo {
  credentials_file: string;
  accounts: number;
  staff: number;
  tickets: number;
  comments: number;
  files: number;
}

const DEMO_LOCK = 7_263_355; // advisory lock: of servers that start at once, one makes the demo

/**
 * Makes demo data in an empty database; undefined when it is not empty, or when another process has just made it. When
 * `stopping` is aborted, it throws its reason and nothing of the demo is stored.
 */
export async function makeDemo(
  database: Database,
  files: FileStore,
  dataDir: string,
  stopping?: AbortSignal,
): Promise<Demo | undefined> {
  for (;;) {
    stopping?.throwIfAborted();
    const made = await database.transact((tx) => makeIfEmpty(tx, files, dataDir, stopping));
    if (made !== 'busy') return made;
    await wait(100); // rather than for the lock: the demo may take longer than any statement may wait
  }
}

async function makeIfEmpty(
  tx: Tx,
  files: FileStore,
  dataDir: string,
  stopping?: AbortSignal,
): Promise<Demo | undefined | 'busy'> {
  if (!(await isMine(tx))) return 'busy';
  const now = await nowIfEmpty(tx); // a statement of its own: it sees what the lock's last holder has committed
  if (now === undefined) return undefined;
  // Loaded here, as its texts cost every later start and command a tenth of its time.
  const { makeAll } = await import('./make.ts');
  return makeAll(tx, files, dataDir, now, stopping);
}

async function isMine(tx: Tx): Promise<boolean | undefined> {
  const { rows } = await sql<{ is_mine: boolean }>`
    select pg_try_advisory_xact_lock(${DEMO_LOCK}) as is_mine
  `.execute(tx);
  return rows[0]?.is_mine;
}

/** The database's own clock, by which nothing of the demo lies in the future; in milliseconds since 1970. */
async function nowIfEmpty(tx: Tx): Promise<number | undefined> {
  const { rows } = await sql<{ now: string }>`
    select now()::timestamptz(3) as now
    where not exists (select from accounts)
  `.execute(tx);
  return rows[0] && Date.parse(rows[0].now);
}
