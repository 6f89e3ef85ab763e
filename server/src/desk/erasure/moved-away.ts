/** The data of erased people that tickets carried along when they were moved to other accounts. */
import type { Tx } from '#platform/db/database.ts';
import { isOfType } from '#platform/events/events.ts';
import { type Sql, sql } from '#platform/sql.ts';

/** Rewrites the `data` of events that mention them, whichever account has the ticket. */
export async function changeSavedPeople(tx: Tx, accountId: number, data: Sql) {
  await sql`
    update events
    set data = ${data}
    from (
      select distinct tickets.account_id, tickets.number
      from events as gone
      join tickets on tickets.number = gone.ticket_number
      where gone.account_id = ${accountId} and ${isOfType('ticket.removed', 'gone')}
    ) as elsewhere
    where events.account_id = elsewhere.account_id
      and events.ticket_number = elsewhere.number
      and ${isOfType('ticket.moved')}
      and events.data -> 'from_account_id' = to_jsonb(${accountId}::bigint)
  `.execute(tx);
}
