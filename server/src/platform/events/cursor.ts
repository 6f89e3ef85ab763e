/**
 * The order of events, and cursors into it. A cursor is `<epoch>.<transaction>.<id>` of the last event that was read.
 * Events are read up to the oldest transaction that still runs: one that commits late is read later, never skipped.
 */
import { sql } from 'kysely';
import { invalid } from '#errors.ts';
import type { Db } from '#platform/db/database.ts';

/** How old the next event behind `after` is, in seconds; 0 when there is none. */
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

/** A cursor behind everything that has happened: what is read from it happens from now on. */
export async function feedHead(db: Db): Promise<string> {
  const { rows } = await sql<{ head: string | null }>`
    select ${currentEpoch} || '.' || ${horizon} || '.0' as head
  `.execute(db);
  return rows[0]?.head ?? '0.0.0';
}

/** Accounts with news behind `after`, where that ends, and whether more is there that cannot be read yet. */
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

/** Throws a 400 for what is not a cursor of ours; PostgreSQL would read a transaction with a leading zero as octal. */
export function parseCursor(cursor = '0.0.0'): string[] {
  const parts = /^(0|[1-9]\d{0,8})\.(0|[1-9]\d{0,18})\.(0|[1-9]\d{0,17})$/.exec(cursor);
  if (!parts) throw invalid('invalid_cursor', 'This is not a cursor of this feed.');
  return parts.slice(1);
}

/** SQL: whether a row of `events` comes after the cursor. */
export function isBehind(after: string | undefined) {
  const [epoch, xid, id] = parseCursor(after);
  return sql`(epoch, xid, id) > (${epoch}::int, ${xid}::xid8, ${id}::bigint)`;
}

/** The column's default is the epoch: a restore into a younger cluster raises it (platform/db/migrate.ts). */
const currentEpoch = sql<number>`(
  select pg_get_expr(adbin, adrelid)::int
  from pg_attrdef
  join pg_attribute on attrelid = adrelid and attnum = adnum
  where adrelid = 'events'::regclass and attname = 'epoch'
)`;

/**
 * The oldest transaction that may still write an event. Transaction numbers are the whole server's: those that run in
 * other databases, some for hours, are told by their sessions; one without a session, such as a prepared one, counts as
 * ours.
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
