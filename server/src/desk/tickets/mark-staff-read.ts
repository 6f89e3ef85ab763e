import type { StaffActor } from '#actor.ts';
import { endingMentions } from '#desk/mentions/mentions.ts';
import type { Tx } from '#platform/db/database.ts';
import { recordingEach } from '#platform/events/events.ts';
import { sql } from '#platform/sql.ts';
import { lockTicket } from './find.ts';
import type { TicketRow } from './schema.ts';

/**
 * Marks the client's last comment as read or unread by staff. Changes no version. Marking as read also ends a mention
 * of the actor.
 */
export async function markStaffRead(
  tx: Tx,
  actor: StaffActor,
  number: number,
  isRead: boolean,
): Promise<TicketRow> {
  const ticket = await lockTicket(tx, actor, number);
  await markStaffReadEach(tx, actor, [ticket], isRead);
  return { ...ticket, is_staff_read: isRead };
}

/** The same for many tickets, which the caller has locked. */
export async function markStaffReadEach(tx: Tx, actor: StaffActor, tickets: TicketRow[], isSeen: boolean) {
  await sql`
    with wanted as (
      select *
      from unnest(
        ${tickets.map(({ account_id }) => account_id)}::bigint[], ${tickets.map(({ number }) => number)}::bigint[]
      ) as wanted (account_id, number)
    ), mentioned as (
      ${isSeen ? endingMentions(actor, sql`wanted`) : sql`select account_id, number from wanted where false`}
    ), marked as (
      update tickets
      set is_staff_read = ${isSeen}
      from wanted
      where tickets.account_id = wanted.account_id
        and tickets.number = wanted.number
        and (is_staff_read <> ${isSeen} or (tickets.account_id, tickets.number) in (select * from mentioned))
      returning tickets.account_id, tickets.number, null::jsonb as data
    )
    ${recordingEach(
      actor,
      isSeen ? 'ticket.staff_read' : 'ticket.staff_unread',
      sql`(select * from marked order by account_id, number) as marked`,
    )}
  `.execute(tx);
}
