/**
 * Rebuilds the search rows of all tickets, after an update of the product that indexes other words. Goes through the
 * tickets in order of their numbers and saves its position, so that it continues after a restart.
 */
import type { Database, Db } from '#platform/db/database.ts';
import { findWalk, moveWalk } from '#platform/events/walks.ts';
import { sql } from '#platform/sql.ts';
import { forgetTicket, indexTicket } from './texts.ts';

const RUN_MS = 50_000; // the scheduler starts the job every minute

/** Returns when everything is done, or when its time is up. */
export async function reindexSearch(database: Database, runMs = RUN_MS): Promise<void> {
  const until = Date.now() + runMs;
  while (Date.now() < until && (await reindexNext(database)));
}

/** Reindexes the next ticket; false when there is none. */
async function reindexNext({ db, transact }: Database): Promise<boolean> {
  const after = await findWalk(db, 'search_reindex');
  if (after === '') return false;
  const ticket = await findNext(db, after);
  if (!ticket) {
    await moveWalk(db, 'search_reindex', after, '');
    return false;
  }
  const { account_id, number } = ticket;
  await transact(async (tx) => {
    // Writing on a ticket locks it. One that has moved to another account was indexed there.
    const { rows } = await sql`
      select from tickets where account_id = ${account_id} and number = ${number} for update
    `.execute(tx);
    const isOurs = await moveWalk(tx, 'search_reindex', after, String(number)); // or another process has done it
    if (!isOurs || rows.length === 0) return;
    await forgetTicket(tx, account_id, number);
    await indexTicket(tx, account_id, number);
  });
  return true;
}

async function findNext(db: Db, after: string) {
  const { rows } = await sql<{ account_id: number; number: number }>`
    select account_id, number
    from tickets
    where number > ${after}::bigint
    order by number
    limit 1
  `.execute(db);
  return rows[0];
}
