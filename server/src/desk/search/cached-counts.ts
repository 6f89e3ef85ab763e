/**
 * Caches exact counts of searches. Each is stored with its snapshot and is valid until an event of its account is
 * committed: every change of a ticket's words records one in its transaction.
 */
import { sql } from 'kysely';
import type { Db, Tx } from '#platform/db/database.ts';
import { oneRow } from '#platform/db/one-row.ts';

const MAX_CACHED = 2000;
const MAX_QUERY = 2000; // characters; longer searches are seldom repeated

interface Snapshot {
  epoch: number;
  snapshot: string;
}

interface CachedCount extends Snapshot {
  matches: number;
}

const countsByAccount = new WeakMap<Db, Map<string, CachedCount>>();

/**
 * The cached count of `query` in this account, or else the result of `count`. Needs a transaction with a single
 * snapshot.
 */
export async function cachedCount(
  db: Db,
  tx: Tx,
  { accountId, query }: { accountId: number; query: string },
  count: () => Promise<number>,
): Promise<number> {
  const counts = countsByAccount.get(db) ?? new Map<string, CachedCount>();
  countsByAccount.set(db, counts);
  const key = `${accountId} ${query}`;
  const known = counts.get(key);
  const { holds: isValid, ...moment } = await compare(tx, accountId, known);
  if (known && isValid) return known.matches;
  const matches = await count();
  if (query.length <= MAX_QUERY) {
    counts.delete(key); // reinserted as the most recent
    counts.set(key, { ...moment, matches });
    if (counts.size > MAX_CACHED) counts.delete(counts.keys().next().value ?? '');
  }
  return matches;
}

/** The current snapshot, and whether it contains no event of the account that the earlier snapshot lacks. */
async function compare(tx: Tx, accountId: number, earlier: Snapshot | undefined) {
  const { rows } = await sql<Snapshot & { holds: boolean }>`
    select coalesce((select max(epoch) from events where account_id = ${accountId}), 0) as epoch,
      pg_current_snapshot()::text as snapshot,
      ${earlier ? isUnchanged(accountId, earlier) : sql`false`} as holds
  `.execute(tx);
  return oneRow({ rows });
}

const isUnchanged = (accountId: number, { epoch, snapshot }: Snapshot) => sql`not exists (
  select from events
  where account_id = ${accountId}
    and (epoch, xid) >= (${epoch}::int, pg_snapshot_xmin(${snapshot}::pg_snapshot))
    and (epoch > ${epoch}::int or not pg_visible_in_snapshot(xid, ${snapshot}::pg_snapshot))
)`;
