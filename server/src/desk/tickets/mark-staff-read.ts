import { sql } from 'kysely';
import type { StaffActor } from '#actor.ts';
import { endMention } from '#desk/mentions/mentions.ts';
import type { Tx } from '#platform/db/database.ts';
import { record } from '#platform/events/events.ts';
import { lockTicket } from './find.ts';
import type { TicketRow } from './schema.ts';

/**
 * Marks what the client wrote last as seen by support, or as still to be seen. It changes no version. Marking as seen
 * also ends a mention of the actor.
 */
export async function markStaffRead(
  tx: Tx,
  actor: StaffActor,
  number: number,
  isSeen: boolean,
): Promise<TicketRow> {
  const ticket = await lockTicket(tx, actor, number);
  const { account_id } = ticket;
  const wasAsked = isSeen && (await endMention(tx, actor, ticket));
  if (ticket.is_staff_read === isSeen && !wasAsked) return ticket;
  await sql`
    update tickets
    set is_staff_read = ${isSeen}
    where account_id = ${account_id} and number = ${number}
  `.execute(tx);
  await record(tx, actor, isSeen ? 'ticket.staff_read' : 'ticket.staff_unread', { account_id, number });
  return { ...ticket, is_staff_read: isSeen };
}
