/** What support decided about the tickets of the demo: whose each is, how urgent, its tags; and views to find them by. */
import { sql } from 'kysely';
import type { StaffActor } from '../actor.ts';
import type { Tx } from '../db/database.ts';
import type { NewView } from '../views/schema.ts';
import { addView } from '../views/views.ts';

/** Whoever answered first took the ticket; some of those that wait are nobody's yet. */
export async function triageAll(tx: Tx, admin: StaffActor) {
  await sql`
    with chosen as (
      select account_id, number, taken.staff_id,
        case
          when summary ~* ${URGENT} then 'urgent'
          when topic_key in ('abuse', 'network') then 'high'
          when topic_key = 'other' then 'low'
          else 'normal'
        end as priority,
        array_remove(
          array[
            case topic_key when 'abuse' then 'abuse' when 'billing' then 'invoice' when 'mail' then 'mail' end,
            case when summary ~* 'migrat|move|transfer|перен|переезд' then 'migration' end,
            case when summary ~* 'vps|server|сервер' then 'vps' end
          ],
          null
        ) as tags
      from tickets
      cross join lateral (
        select staff_id
        from comments
        where comments.account_id = tickets.account_id
          and comments.ticket_number = tickets.number
          and staff_id is not null
        order by id
        limit 1
      ) as taken
      where waiting_since is null or number % 3 > 0
    ), events as (
      insert into events (account_id, type, is_client_visible, ticket_number, actor_kind, data)
      select account_id, 'ticket.triaged', false, number, 'system',
        jsonb_build_object(
          'before', jsonb_build_object('assignee_id', null, 'priority', 'normal', 'tags', '[]'::jsonb),
          'after', jsonb_build_object('assignee_id', staff_id, 'priority', priority, 'tags', tags)
        )
      from chosen
    )
    update tickets
    set assignee_id = chosen.staff_id, priority = chosen.priority, tags = chosen.tags, staff_version = 2
    from chosen
    where tickets.account_id = chosen.account_id and tickets.number = chosen.number
  `.execute(tx);
  for (const [position, view] of views.entries()) {
    await addView(tx, admin, { ...view, position, is_shared: true });
  }
}

const URGENT = 'down|unreachable|not answer|outage|не отвечает|недоступ|упал|лежит';

const views: NewView[] = [
  { name: 'Unassigned', filter: { assignee_id: 'none', is_closed: false } },
  { name: 'Waiting on us', filter: { waiting: 'support' }, sort: 'waiting' },
  { name: 'My open tickets', filter: { assignee_id: 'me', is_closed: false } },
  { name: 'Waiting on the client', filter: { waiting: 'client' }, sort: 'updated' },
  { name: 'Urgent', filter: { priority: 'urgent,high', is_closed: false } },
  { name: 'Resolved', filter: { status_key: 'resolved' } },
];
