/** Keeps the counters in a ticket's row correct when comments are moved or copied. */
import type { Tx } from '#platform/db/database.ts';
import { sql } from '#platform/sql.ts';
import { lockTicketRows } from './find.ts';

/** Recounts these tickets after comments were moved between them. */
export async function recountComments(tx: Tx, accountId: number, numbers: number[]) {
  // A separate statement: one that waited for the lock would count what it saw before.
  await lockTicketRows(tx, accountId, numbers);
  await sql`
    update tickets
    set (comment_count, comment_bytes) = (
      select count(*), coalesce(sum(octet_length(body)), 0)
      from comments
      where comments.account_id = tickets.account_id and comments.ticket_number = tickets.number
    )
    where account_id = ${accountId} and number = any(${numbers}::bigint[])
  `.execute(tx);
}
