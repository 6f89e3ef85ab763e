/**
 * Caches exact counts of searches and filtered lists. Each is stored with its snapshot and is valid until an event of its
 * account is committed: every change of a ticket's words records one in its transaction.
 */
import type { Db } from '#platform/db/database.ts';
import { type Sql, sql } from '#platform/sql.ts';

const MAX_CACHED = 2000;
const MAX_QUERY = 2000; // characters; longer searches are seldom repeated
/** From here on, those who want the same count wait for the one that is in progress. */
const SLOW_MS = 100;

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

interface Counts {
  cached: Map<string, Counted>;
  /** The keys of counts that have taken long. */
  slow: Set<string>;
  inProgress: Map<string, Promise<unknown>>;
}

const countsOf = new WeakMap<Db, Counts>();

/**
 * Calls `read` with the cached count of `query` in this account. The statement executes `count` only when the cached
 * count is no longer valid. Its `counted` has the `total` of the account's tickets, too.
 *
 * While a count is new, or has taken long before, the next reader of the same waits until it is there: together they
 * would occupy all connections for many times as long. It waits once, and then reads for itself, so it sees what was
 * written before it came. It fails with the one it has waited for: an outage takes no request longer than one statement.
 */
export async function withCachedCount<T>(
  db: Db,
  { accountId, query }: { accountId: number; query: string },
  count: Sql,
  read: (counting: Counting) => Promise<T>,
): Promise<T> {
  const counts = countsOf.get(db) ?? { cached: new Map(), slow: new Set(), inProgress: new Map() };
  countsOf.set(db, counts);
  const key = `${accountId} ${query}`;
  const readNow = () => read(countingOf(counts, key, accountId, count));
  const other = counts.inProgress.get(key);
  if (other) {
    await other;
    return readNow();
  }
  if (counts.cached.has(key) && !counts.slow.has(key)) return readNow();
  const start = performance.now();
  const reading = readNow();
  counts.inProgress.set(key, reading);
  try {
    return await reading;
  } finally {
    if (performance.now() - start > SLOW_MS && counts.cached.has(key)) counts.slow.add(key);
    counts.inProgress.delete(key);
  }
}

function countingOf({ cached, slow }: Counts, key: string, accountId: number, count: Sql): Counting {
  const known = cached.get(key);
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
      if (key.length > MAX_QUERY) return;
      cached.delete(key); // reinserted as the most recent
      cached.set(key, row);
      if (cached.size <= MAX_CACHED) return;
      const [oldest = ''] = cached.keys();
      cached.delete(oldest);
      slow.delete(oldest);
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
