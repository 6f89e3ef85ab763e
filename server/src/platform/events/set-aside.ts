/**
 * Events that a follower failed to process: the number of attempts, the time of the next one, and those that were set
 * aside.
 */
import { system } from '#actor.ts';
import type { Db, Tx } from '#platform/db/database.ts';
import { type Sql, sql } from '#platform/sql.ts';
import { parseCursor } from './cursor.ts';
import { record } from './events.ts';
import { type RecordedEvent, recordedEvent } from './read.ts';
import type { EventType } from './types.ts';

const MAX_ATTEMPTS = 5;
const FIRST_PAUSE_SECONDS = 1; // doubled at each attempt

/** The event that a follower is waiting to retry, and whether its retry is due. */
export async function findRetrying(db: Db, name: string) {
  const { rows } = await sql<{ is_due: boolean }>`
    select retry_at <= now() as is_due
    from set_aside_events
    where follower = ${name} and set_aside_at is null
  `.execute(db);
  return rows[0];
}

interface Failed {
  cursor: string;
  type: string;
  account_id: number;
  ticket_number: number | null;
  comment_id: number | null;
}

/** Counts a failure. Returns whether the event is set aside by it. */
export async function recordFailure(tx: Tx, name: string, event: Failed, error: unknown): Promise<boolean> {
  const { type, account_id, ticket_number, comment_id } = event;
  const [epoch, xid, id] = parseCursor(event.cursor);
  const { rows } = await sql<{ set_aside_event_id: number; set_aside_at: string | null }>`
    insert into set_aside_events (
      follower, epoch, xid, event_id, type, account_id, ticket_number, comment_id, error, retry_at
    )
    values (
      ${name}, ${epoch}::int, ${xid}::xid8, ${id}::bigint, ${type}, ${account_id}, ${ticket_number}, ${comment_id},
      ${messageOf(error)}, now() + make_interval(secs => ${FIRST_PAUSE_SECONDS})
    )
    on conflict on constraint set_aside_events_event do update
    set attempts = set_aside_events.attempts + 1,
        error = excluded.error,
        last_failed_at = now(),
        retry_at = now() + make_interval(secs => ${FIRST_PAUSE_SECONDS} * 2 ^ set_aside_events.attempts),
        set_aside_at = case when set_aside_events.attempts + 1 >= ${MAX_ATTEMPTS} then now() end
    returning set_aside_event_id, set_aside_at
  `.execute(tx);
  const isSetAside = (rows[0]?.set_aside_at ?? null) !== null;
  if (isSetAside) {
    const { set_aside_event_id } = rows[0] as (typeof rows)[0]; // the upsert always returns a row
    const data = { set_aside_event_id, follower: name, type, ticket_number, error: messageOf(error) };
    await record(tx, system, 'event.set_aside', { account_id, data });
  }
  return isSetAside;
}

/** Called when the cursor has passed the retried event. */
export async function forgetFailures(tx: Tx, name: string) {
  await sql`delete from set_aside_events where follower = ${name} and set_aside_at is null`.execute(tx);
}

/** Called when the retry succeeded. */
export async function forgetRequested(tx: Tx, name: string, cursor: string) {
  await sql`delete from set_aside_events where ${isOf(name, cursor)}`.execute(tx);
}

/** The events that an admin asked to retry. Those erased since are given up. */
export async function listRequested<T extends EventType>(db: Db, name: string): Promise<RecordedEvent<T>[]> {
  const { rows } = await sql<RecordedEvent<T>>`
    with requested as (
      select set_aside_event_id, account_id, epoch, xid, event_id as id
      from set_aside_events
      where follower = ${name} and retry_requested_at is not null
      order by set_aside_event_id
      limit 20
    ), erased as (
      delete from set_aside_events
      where set_aside_event_id in (
        select set_aside_event_id
        from requested
        where not exists (
          select
          from events
          where (account_id, epoch, xid, id) = (requested.account_id, requested.epoch, requested.xid, requested.id)
        )
      )
    )
    select ${recordedEvent}
    from requested
    join events using (account_id, epoch, xid, id)
    order by set_aside_event_id
  `.execute(db);
  return rows;
}

/** Locks the event for a retry. False when another process has the lock, or the event no longer exists. */
export async function lockRequested(tx: Tx, name: string, cursor: string): Promise<boolean> {
  const { rows } = await sql`
    select
    from set_aside_events
    where ${isOf(name, cursor)} and retry_requested_at is not null
    for update skip locked
  `.execute(tx);
  return rows.length > 0;
}

/** Called when the retry failed. The event stays set aside. */
export async function recordFailedRetry(db: Db, name: string, cursor: string, error: unknown) {
  await sql`
    update set_aside_events
    set attempts = attempts + 1, error = ${messageOf(error)}, last_failed_at = now(), retry_requested_at = null
    where ${isOf(name, cursor)}
  `.execute(db);
}

/** The number of events that the follower has set aside. */
export async function countSetAside(db: Db, name: string): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*)
    from set_aside_events
    where follower = ${name} and set_aside_at is not null
  `.execute(db);
  return rows[0]?.count ?? 0;
}

function isOf(name: string, cursor: string): Sql {
  const [epoch, xid, id] = parseCursor(cursor);
  return sql`follower = ${name} and epoch = ${epoch}::int and xid = ${xid}::xid8 and event_id = ${id}::bigint`;
}

/** Only the message: PostgreSQL's details may contain text of users. */
const messageOf = (error: unknown) =>
  (error instanceof Error ? error.message : String(error)).toWellFormed().replaceAll('\0', '').slice(0, 500);
