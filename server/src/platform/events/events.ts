/** Records events, always in the transaction of the change itself. */
import { type Actor, byline } from '#actor.ts';
import type { Tx } from '#platform/db/database.ts';
import { type Sql, sql } from '#platform/sql.ts';
import { type EventData, type EventType, isClientVisible, type TicketEventType } from './types.ts';

/** The columns of any event. */
interface Columns {
  account_id?: number;
  number?: number;
  comment_id?: number | undefined;
  data?: object | null | undefined;
}

/** An event of a ticket names it; one of the instance may name an account. */
type Subject<T extends EventType> = T extends TicketEventType
  ? { account_id: number; number: number }
  : { number?: never; comment_id?: never };

/** What the resources do not say, such as a field's earlier value, in the form that the type's row defines. */
type Data<T extends EventType> = [null] extends [EventData<T>]
  ? { data?: EventData<T> | undefined }
  : { data: EventData<T> };

type NewEvent<T extends EventType> = Columns & Subject<T> & Data<T>;

/** Records an event. The feed joins the current ticket and comment when it is read. */
export async function record<T extends EventType>(
  tx: Tx,
  actor: Actor,
  type: T,
  { account_id = 0, number, comment_id, data }: NewEvent<T>,
) {
  const { staff_id, token_id, user_id } = byline(actor);
  await sql`
    insert into events (
      account_id, type, is_client_visible, ticket_number, comment_id, actor_kind, staff_id, token_id, user_id, data
    )
    values (
      ${account_id}, ${type}, ${isClientVisible(type)}, ${number ?? null}, ${comment_id ?? null},
      ${actor.kind}, ${staff_id}, ${token_id}, ${user_id}, ${data ? JSON.stringify(data) : null}
    )
  `.execute(tx);
}

/** Records events of one type in one statement, in this order. */
export async function recordEach<T extends EventType>(tx: Tx, actor: Actor, type: T, events: NewEvent<T>[]) {
  if (events.length === 0) return;
  const rows = events.map(({ account_id = 0, ...event }) => ({ account_id, ...event }));
  const source = sql`(
    select *
    from jsonb_to_recordset(${JSON.stringify(rows)}) as given (
      account_id bigint, number bigint, comment_id bigint, data jsonb
    )
  ) as recorded`;
  await recordingEach(actor, type, source, sql`comment_id`).execute(tx);
}

/**
 * The same as part of the statement that makes the change, which saves a round trip. `source` names SQL that returns
 * `account_id`, `number` and `data` for each, in the order of the events. `by` is the actor of all, or `byEach`.
 * `commentId` is SQL for the comment that each is about.
 */
export function recordingEach(
  by: Actor | Sql,
  type: EventType,
  source: Sql,
  commentId = sql`null::bigint`,
): Sql {
  return sql`
    insert into events (
      account_id, type, is_client_visible, ticket_number, comment_id, actor_kind, staff_id, token_id, user_id, data
    )
    select
      account_id, ${type}, ${isClientVisible(type)}, number, ${commentId},
      ${'kind' in by ? byActor(by) : by}, data
    from ${source}
  `;
}

/** For events of several actors: `source` has these columns. */
export const byEach = sql.raw('actor_kind, staff_id, token_id, user_id');

function byActor(actor: Actor): Sql {
  const { staff_id, token_id, user_id } = byline(actor);
  return sql`${actor.kind}, ${staff_id}::bigint, ${token_id}::bigint, ${user_id}`;
}

/** SQL for whether an event is of this type. */
export const isOfType = (type: EventType, table = 'events') =>
  sql<boolean>`${sql.id(`${table}.type`)} = ${type}`;
