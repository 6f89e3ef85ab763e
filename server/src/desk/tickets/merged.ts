import type { Db } from '#platform/db/database.ts';
import { oneRow } from '#platform/db/one-row.ts';
import { sql } from '#platform/sql.ts';

/**
 * The last ticket of the chain of merges, which has the comments of all before it. The ticket itself when it is not
 * merged.
 */
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
