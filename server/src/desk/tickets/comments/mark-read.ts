import type { ClientActor } from '#actor.ts';
import { lockTicket } from '#desk/tickets/find.ts';
import type { Tx } from '#platform/db/database.ts';
import { record } from '#platform/events/events.ts';
import { sql } from '#platform/sql.ts';

/** Marks these comments of staff, or all, as read by the client. Changes neither `updated_at` nor the version. */
export async function markRead(tx: Tx, actor: ClientActor, number: number, ids: number[] | null = null) {
  const { account_id, is_client_read } = await lockTicket(tx, actor, number);
  if (is_client_read) return;
  const isRead = sql`(${ids}::bigint[] is null or id = any(${ids}))`;
  await sql`
    with marked as (
      update comments
      set is_client_read = true
      where account_id = ${account_id} and ticket_number = ${number} and not is_client_read and ${isRead}
    )
    update tickets
    set is_client_read = not exists (
      select from comments
      where account_id = ${account_id} and ticket_number = ${number} and not is_client_read and not ${isRead}
    )
    where account_id = ${account_id} and number = ${number}
  `.execute(tx);
  await record(tx, actor, 'ticket.read', { account_id, number });
}
