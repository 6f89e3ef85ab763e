/** Events as they were recorded, for followers. */
import type { Actor } from '#actor.ts';
import type { Db } from '#platform/db/database.ts';
import { sql } from '#platform/sql.ts';
import { isBehind, isSettled } from './cursor.ts';
import type { EventData, EventType } from './types.ts';

interface Columns {
  cursor: string;
  created_at: string;
  account_id: number;
  ticket_number: number | null;
  comment_id: number | null;
  /** Who caused it. */
  actor_kind: Actor['kind'];
  staff_id: number | null;
  token_id: number | null;
  user_id: string | null;
}

/** The type determines the schema of its data, which is null once it was erased. */
export type RecordedEvent<T extends EventType = EventType> = {
  [Type in T]: Columns & { type: Type; data: EventData<Type> | null };
}[T];

/** The columns of a RecordedEvent. */
export const recordedEvent = sql.raw(`
  events.epoch || '.' || events.xid || '.' || events.id as cursor, events.created_at, events.account_id,
  events.ticket_number, events.comment_id, events.actor_kind, events.staff_id, events.token_id, events.user_id,
  events.type, events.data
`);

interface Read<T extends EventType> {
  /** Those of the requested types. */
  events: RecordedEvent<T>[];
  /** The cursor of the last event read, of any type; undefined when there is none. */
  end: string | undefined;
  /** Whether there may be more. */
  isFull: boolean;
}

/** The next events after a cursor, in the order of the feed; at most `limit` of all types. */
export async function readEvents<T extends EventType>(
  db: Db,
  after: string,
  limit: number,
  types: readonly T[],
): Promise<Read<T>> {
  const { rows } = await sql<RecordedEvent<T> & { is_asked: boolean }>`
    select cursor, created_at, account_id, ticket_number, comment_id, actor_kind, staff_id, token_id, user_id, type,
      case when is_asked then data end as data, is_asked
    from (
      select ${recordedEvent}, events.type = any(${types}) as is_asked
      from events
      where ${isBehind(after)} and ${isSettled}
      order by epoch, events.xid, id
      limit ${limit}
    ) as read
  `.execute(db);
  return {
    events: rows.filter(({ is_asked }) => is_asked),
    end: rows.at(-1)?.cursor,
    isFull: rows.length === limit,
  };
}
