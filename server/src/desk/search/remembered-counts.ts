/**
 * Exact counts of earlier searches. Each is kept with the snapshot in which it was made, and holds as long as no event
 * of its account has been committed since: every change of a ticket's words records one in its transaction.
 */
import { sql } from 'kysely';
import type { Db, Tx } from '#platform/db/database.ts';
import { oneRow } from '#platform/db/one-row.ts';

const MAX_KEPT = 2000;
const MAX_QUERY = 2000; // characters: longer searches are seldom made twice

interface Moment {
  epoch: number;
  snapshot: string;
}

interface Remembered extends Moment {
  matches: number;
}

const kept = new WeakMap<Db, Map<string, Remembered>>();

/** The count that is known for `query` in this account, or else `count`; within a transaction of one snapshot. */
export async function rememberedCount(
  db: Db,
  tx: Tx,
  { accountId, query }: { accountId: number; query: string },
  count: () => Promise<number>,
): Promise<number> {
  const counts = kept.get(db) ?? new Map<string, Remembered>();
  kept.set(db, counts);
  const key = `${accountId} ${query}`;
  const known = counts.get(key);
  const { holds, ...moment } = await compare(tx, accountId, known);
  if (known && holds) return known.matches;
  const matches = await count();
  if (query.length <= MAX_QUERY) {
    counts.delete(key); // the one counted last stands last
    counts.set(key, { ...moment, matches });
    if (counts.size > MAX_KEPT) counts.delete(counts.keys().next().value ?? '');
  }
  return matches;
}

/** The moment of this snapshot, and whether it shows no event of the account that an earlier one did not. */
async function compare(tx: Tx, accountId: number, earlier: Moment | undefined) {
  const { rows } = await sql<Moment & { holds: boolean }>`
    select coalesce((select max(epoch) from events where account_id = ${accountId}), 0) as epoch,
      pg_current_snapshot()::text as snapshot,
      ${earlier ? isUnchanged(accountId, earlier) : sql`false`} as holds
  `.execute(tx);
  return oneRow({ rows });
}

const isUnchanged = (accountId: number, { epoch, snapshot }: Moment) => sql`not exists (
  select from events
  where account_id = ${accountId}
    and (epoch, xid) >= (${epoch}::int, pg_snapshot_xmin(${snapshot}::pg_snapshot))
    and (epoch > ${epoch}::int or not pg_visible_in_snapshot(xid, ${snapshot}::pg_snapshot))
)`;
