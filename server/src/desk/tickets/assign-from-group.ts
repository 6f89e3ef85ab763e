import { sql } from 'kysely';
import { system } from '#actor.ts';
import type { Tx } from '#platform/db/database.ts';
import { record } from '#platform/events/events.ts';

/**
 * Assigns a ticket of a client to the member of its topic's group who has the fewest open tickets. A ticket that has an
 * assignee, or that was split off, stays as it is.
 */
export async function assignFromGroup(tx: Tx, accountId: number, number: number) {
  const { rows } = await sql<{ assignee_id: number }>`
    update tickets
    set assignee_id = chosen.staff_id, staff_version = staff_version + 1
    from topics
    cross join lateral (
      select staff_id
      from staff
      where staff_id = any(topics.assignee_ids) and disabled_at is null
      order by (
        select count(*)
        from tickets as theirs
        where theirs.assignee_id = staff.staff_id and not theirs.is_closed
      ), staff_id
      limit 1
      for share skip locked -- a member who is being disabled gets no ticket
    ) as chosen
    where tickets.account_id = ${accountId}
      and tickets.number = ${number}
      and topics.key = tickets.topic_key
      and assignee_id is null
      and is_client_author
      and splitted_from_ticket_number is null
      and not is_closed
    returning assignee_id
  `.execute(tx);
  if (!rows[0]) return;
  const data = { before: { assignee_id: null }, after: rows[0] };
  await record(tx, system, 'ticket.triaged', { account_id: accountId, number, data });
}
