/**
 * The order of events, and cursors into it. A cursor is `<epoch>.<transaction>.<id>` of the last event read. Events
 * are read up to the oldest running transaction: one that commits late is read later, never skipped.
 */
import { invalid } from '#errors.ts';
import type { Db } from '#platform/db/database.ts';
import { sql } from '#platform/sql.ts';

/** The age in seconds of the next event after `after`; 0 when there is none. */
export async function ageOfNext(db: Db, after: string): Promise<number> {
  const { rows } = await sql<{ age: number }>`
    select greatest(0, extract(epoch from now() - created_at))::float8 as age
    from events
    where ${isBehind(after)}
    order by epoch, events.xid, id
    limit 1
  `.execute(db);
  return rows[0]?.age ?? 0;
}

/** A cursor after everything that has happened: reading from it returns only later events. */
export async function feedHead(db: Db): Promise<string> {
  const { rows } = await sql<{ head: string | null }>`
    select ${currentEpoch} || '.' || ${horizon} || '.0' as head
  `.execute(db);
  return rows[0]?.head ?? '0.0.0';
}

/**
 * The accounts with events after `after`, the end of those events, and whether there are more that cannot be read yet.
 */
export async function readNews(db: Db, after: string) {
  const { rows } = await sql<{ account_id: number; cursor: string; is_settled: boolean | null }>`
    select account_id, epoch || '.' || xid || '.' || id as cursor, ${isSettled} as is_settled
    from events
    where ${isBehind(after)}
    order by epoch, events.xid, id
    limit 1000
  `.execute(db);
  const settled = rows.filter(({ is_settled }) => is_settled);
  return {
    accounts: new Set(settled.map(({ account_id }) => account_id)),
    cursor: settled.at(-1)?.cursor ?? after,
    isPending: settled.length < rows.length || rows.length === 1000,
  };
}

/** Throws a 400 for an invalid cursor. PostgreSQL would read a transaction number with a leading zero as octal. */
export function parseCursor(cursor = '0.0.0'): string[] {
  const parts = /^(0|[1-9]\d{0,8})\.(0|[1-9]\d{0,18})\.(0|[1-9]\d{0,17})$/.exec(cursor);
  if (!parts) throw invalid('invalid_cursor', 'This is not a cursor of this feed.');
  return parts.slice(1);
}

/**
 * SQL: whether a row of `events` comes after the cursor. It is read in subqueries, so that one plan does for all cursors:
 * otherwise PostgreSQL plans these statements anew each time, which takes longer than to run them.
 */
export function isBehind(after: string | undefined) {
  const [epoch, xid, id] = parseCursor(after);
  return sql`(epoch, xid, id) > ((select ${epoch}::int), (select ${xid}::xid8), (select ${id}::bigint))`;
}

/** The default of the column is the epoch. A restore into a newer cluster raises it (platform/db/migrate.ts). */
const currentEpoch = sql<number>`(
  select pg_get_expr(adbin, adrelid)::int
  from pg_attrdef
  join pg_attribute on attrelid = adrelid and attnum = adnum
  where adrelid = 'events'::regclass and attname = 'epoch'
)`;

/**
 * The oldest transaction that may still write an event. Transaction numbers belong to the whole server. Those in other
 * databases, some of which run for hours, are recognised by their sessions; one without a session, such as a prepared
 * one, counts as ours.
 */
const horizon = sql<string>`coalesce(
  (
    select running
    from pg_snapshot_xip(pg_current_snapshot()) as running
    where not exists (
      select from pg_stat_activity
      where datid <> (select oid from pg_database where datname = current_database())
        and backend_xid::text::bigint = (running::text::numeric % 4294967296)::bigint
    )
    order by running
    limit 1
  ),
  pg_snapshot_xmax(pg_current_snapshot())
)`;

/** SQL: whether every transaction that could write an event before this row has ended. */
export const isSettled = sql<boolean>`(xid < ${horizon} or epoch < ${currentEpoch})`;
