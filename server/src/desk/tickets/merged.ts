import { sql } from 'kysely';
import { conflict } from '#errors.ts';
import type { Db } from '#platform/db/database.ts';
import { oneRow } from '#platform/db/one-row.ts';
import type { TicketRow } from './schema.ts';

/** Work on a merged ticket goes on in the last ticket of the chain of merges; the refusal names that one. */
export async function refuseMerged(
  db: Db,
  { account_id, number, merged_into_ticket_number }: TicketRow,
): Promise<void> {
  if (merged_into_ticket_number === null) return;
  const ticket_number = await findMergeEnd(db, account_id, number);
  const detail = `Ticket ${number} was merged into ticket ${ticket_number}. Continue there.`;
  throw conflict('ticket_merged', detail, { ticket_number });
}

/** The last ticket of the chain of merges, which has the comments of all before it; the ticket itself when not merged. */
export async function findMergeEnd(db: Db, accountId: number, number: number): Promise<number> {
  const result = await sql<{ number: number }>`
    with recursive chain as (
      select number, merged_into_ticket_number
      from tickets
      where account_id = ${accountId} and number = ${number}
      union all
      select tickets.number, tickets.merged_into_ticket_number
      from chain
      join tickets
        on tickets.account_id = ${accountId}
        and tickets.number = chain.merged_into_ticket_number
    )
    select number
    from chain
    where merged_into_ticket_number is null
  `.execute(db);
  return oneRow(result).number;
}
