import type { Tx } from '#platform/db/database.ts';
import { sql } from '#platform/sql.ts';

/** When the SLA targets of a ticket are due, in milliseconds; undefined without a target. */
interface Due {
  account_id: number;
  number: number;
  firstResponseDue: number | undefined;
  resolutionDue: number | undefined;
}

/** Locks its tickets in the order in which bulk actions do, so that the two never wait in a circle. */
export async function saveDue(tx: Tx, tickets: Due[]) {
  const times = (due: Array<number | undefined>) =>
    due.map((at) => (at === undefined ? null : new Date(at).toISOString()));
  await sql`
    with changed as (
      select due.*
      from unnest(
        ${tickets.map(({ account_id }) => account_id)}::bigint[],
        ${tickets.map(({ number }) => number)}::bigint[],
        ${times(tickets.map(({ firstResponseDue }) => firstResponseDue))}::timestamptz(3)[],
        ${times(tickets.map(({ resolutionDue }) => resolutionDue))}::timestamptz(3)[]
      ) as due (account_id, number, first_response, resolution)
      join tickets using (account_id, number)
      where (first_response_due_at, resolution_due_at) is distinct from (first_response, resolution)
      order by account_id, number
      for update of tickets
    )
    update tickets
    set first_response_due_at = first_response, resolution_due_at = resolution
    from changed
    where tickets.account_id = changed.account_id and tickets.number = changed.number
  `.execute(tx);
}
