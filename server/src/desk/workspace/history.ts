/** The history of one ticket. */
import type { Actor } from '#actor.ts';
import type { TicketRow } from '#desk/tickets/schema.ts';
import type { Db } from '#platform/db/database.ts';
import { sql } from '#platform/sql.ts';
import { visibleTo } from '#visible.ts';
import type { HistoryItem } from './schema.ts';

/** Older events are in the audit and the feed. */
const NEWEST = 1000;

/** The newest events that the actor can see, in order. */
export async function listHistory(
  db: Db,
  actor: Actor,
  { account_id, number }: TicketRow,
): Promise<HistoryItem[]> {
  const { rows } = await sql<HistoryItem>`
    select *
    from (
      select type, events.created_at, actor_kind, staff_id, staff.name as staff_name,
      events.user_id, contacts.name as user_name, comment_id, data,
      row_number() over (order by epoch desc, events.xid desc, events.id desc) as place
    from events
    left join staff using (staff_id)
    left join contacts
      on contacts.account_id = events.account_id and contacts.user_id = events.user_id
    where events.account_id = ${account_id}
      and events.ticket_number = ${number}
      and ${visibleTo.events(actor)}
    ) as history
    where place <= ${NEWEST}
    order by place desc
  `.execute(db);
  return rows;
}
