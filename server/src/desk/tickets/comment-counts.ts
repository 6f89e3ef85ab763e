/** Keeps the counters in a ticket's row correct when comments are moved or copied. */
import { sql } from 'kysely';
import type { Tx } from '#platform/db/database.ts';
import { lockTicketRows } from './find.ts';
import { MAX_COMMENT_BYTES, MAX_COMMENTS, type Size } from './full.ts';
import { ticketFull } from './refusals.ts';
import type { TicketRow } from './schema.ts';

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

/** The same for the target of a merge. Refuses more than a ticket may have. */
export async function recountMerged(tx: Tx, source: TicketRow, target: TicketRow) {
  await recountComments(tx, target.account_id, [source.number, target.number]);
  const { rows } = await sql<Size>`
    select comment_count, comment_bytes
    from tickets
    where account_id = ${target.account_id} and number = ${target.number}
  `.execute(tx);
  const isOver = rows.some(
    ({ comment_count, comment_bytes }) => comment_count > MAX_COMMENTS || comment_bytes > MAX_COMMENT_BYTES,
  );
  if (isOver) throw ticketFull(target.number);
}
