/** The events that followers of the feed have set aside, for admins to view, retry or dismiss. */
import type { Actor } from '#actor.ts';
import { notFound } from '#errors.ts';
import type { Db, Tx } from '#platform/db/database.ts';
import { record } from '#platform/events/events.ts';
import { sql } from '#platform/sql.ts';
import type { SetAsideEvent, SetAsideEventQuery } from './schema.ts';

const columns = sql.raw(`
  set_aside_event_id, follower, event_id, type, account_id, ticket_number, comment_id, error, attempts,
  first_failed_at, last_failed_at, set_aside_at, retry_requested_at
`);

/** The most recent first. */
export async function listSetAsideEvents(db: Db, { after, limit }: SetAsideEventQuery) {
  const { rows } = await sql<SetAsideEvent>`
    select ${columns}
    from set_aside_events
    where set_aside_at is not null
      and set_aside_event_id < coalesce(${after ?? null}::bigint, 9223372036854775807)
    order by set_aside_event_id desc
    limit ${limit + 1}
  `.execute(db);
  const items = rows.slice(0, limit);
  return { items, after: rows.length > limit ? (items.at(-1)?.set_aside_event_id ?? null) : null };
}

/** The follower retries the event at once. When it succeeds, the event is no longer set aside. */
export async function retrySetAsideEvent(tx: Tx, actor: Actor, id: number): Promise<SetAsideEvent> {
  const { rows } = await sql<SetAsideEvent>`
    update set_aside_events
    set retry_requested_at = now()
    where set_aside_event_id = ${id} and set_aside_at is not null
    returning ${columns}
  `.execute(tx);
  return settled(tx, actor, 'event.retried', rows[0]);
}

/** What the follower would have done with the event is never done. */
export async function dismissSetAsideEvent(tx: Tx, actor: Actor, id: number): Promise<SetAsideEvent> {
  const { rows } = await sql<SetAsideEvent>`
    delete from set_aside_events
    where set_aside_event_id = ${id} and set_aside_at is not null
    returning ${columns}
  `.execute(tx);
  return settled(tx, actor, 'event.dismissed', rows[0]);
}

async function settled(
  tx: Tx,
  actor: Actor,
  what: 'event.retried' | 'event.dismissed',
  event: SetAsideEvent | undefined,
): Promise<SetAsideEvent> {
  if (!event) throw notFound('set aside event');
  const { set_aside_event_id, follower, type, ticket_number, account_id } = event;
  await record(tx, actor, what, { account_id, data: { set_aside_event_id, follower, type, ticket_number } });
  return event;
}
