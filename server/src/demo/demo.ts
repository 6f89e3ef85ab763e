/** Demo data: a hosting company with eight customers and three months of tickets, all or nothing. */
import { sql } from 'kysely';
import type { Database, Tx } from '../db/database.ts';
import type { FileStore } from '../files/store.ts';

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

/** Makes demo data in an empty database; undefined when it is not empty. */
export async function makeDemo(
  database: Database,
  files: FileStore,
  dataDir: string,
): Promise<Demo | undefined> {
  return database.transact(async (tx) => {
    await sql`select pg_advisory_xact_lock(${DEMO_LOCK})`.execute(tx);
    const now = await nowIfEmpty(tx);
    if (now === undefined) return undefined;
    // Loaded here, as its texts cost every later start and command a tenth of its time.
    const { makeAll } = await import('./make.ts');
    return makeAll(tx, files, dataDir, now);
  });
}

/** The database's own clock, by which nothing of the demo lies in the future; in milliseconds since 1970. */
async function nowIfEmpty(tx: Tx): Promise<number | undefined> {
  const { rows } = await sql<{ now: string }>`
    select now()::timestamptz(3) as now
    where not exists (select from accounts)
  `.execute(tx);
  return rows[0] && Date.parse(rows[0].now);
}
