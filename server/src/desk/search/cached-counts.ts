/**
 * Caches exact counts of searches and filtered lists. Each is stored with its snapshot and is valid until an event of its
 * account is committed: every change of a ticket's words records one in its transaction.
 */
import type { Db } from '#platform/db/database.ts';
import { type Sql, sql } from '#platform/sql.ts';

const MAX_CACHED = 2000;
const MAX_QUERY = 2000; // characters; longer searches are seldom repeated

interface Counted {
  item_count: number;
  /** The epoch and the snapshot in which it was counted; null for a count that is not cached. */
  moment: string | null;
}

/** How a statement counts. */
export interface Counting {
  /** A common table expression `counted` with the columns of Counted. */
  counted: Sql;
  /** Called with the row of that expression. */
  remember?: (row: Counted) => void;
}

const countsByAccount = new WeakMap<Db, Map<string, Counted>>();

/**
 * The cached count of `query` in this account. The statement executes `count` only when the cached count is no longer
 * valid. Its `counted` has the `total` of the account's tickets, too.
 */
export function cachedCount(
  db: Db,
  { accountId, query }: { accountId: number; query: string },
  count: Sql,
): Counting {
  const counts = countsByAccount.get(db) ?? new Map<string, Counted>();
  countsByAccount.set(db, counts);
  const key = `${accountId} ${query}`;
  const known = counts.get(key);
  return {
    counted: sql`counted as materialized (
      select tickets_open + tickets_closed as total,
        concat(coalesce((select max(epoch) from events where account_id = ${accountId}), 0), ' ', pg_current_snapshot())
          as moment,
        coalesce(case when ${isUnchanged(accountId, known)} then ${known?.item_count}::bigint else (${count}) end, 0)
          as item_count
      from account_state
      where account_id = ${accountId}
    )`,
    remember(row) {
      if (query.length > MAX_QUERY) return;
      counts.delete(key); // reinserted as the most recent
      counts.set(key, row);
      if (counts.size > MAX_CACHED) counts.delete(counts.keys().next().value ?? '');
    },
  };
}

/**
 * Whether the current snapshot contains no event of the account that the known moment lacks. The order makes PostgreSQL
 * read the index: it expects many such events, and would scan the whole table for the first one.
 */
function isUnchanged(accountId: number, known: Counted | undefined) {
  const [epoch, snapshot] = known?.moment?.split(' ') ?? [];
  return sql`${epoch}::int is not null and not exists (
    select
    from (
      select epoch, xid
      from events
      where account_id = ${accountId} and (epoch, xid) >= (${epoch}::int, pg_snapshot_xmin(${snapshot}::pg_snapshot))
      order by epoch, xid, id
      offset 0
    ) as later
    where epoch > ${epoch}::int or not pg_visible_in_snapshot(xid, ${snapshot}::pg_snapshot)
  )`;
}
