/**
 * How much a ticket takes. Nobody reads a conversation of this length, and whatever walks a whole ticket (merging,
 * splitting, its search words) stays bounded. The counters stand in the ticket's row, which every writer locks.
 */
import { type RawBuilder, sql } from 'kysely';
import { conflict } from '#errors.ts';
import type { Tx } from '#platform/db/database.ts';
import { lockTicketRows } from './find.ts';
import type { TicketRow } from './schema.ts';

/** Comments and notes that stand in one ticket. */
export const MAX_COMMENTS = 5000;
/** Bytes of their text in UTF-8: 335 of the largest comments. */
export const MAX_COMMENT_BYTES = 64 * 1024 * 1024;

type Size = Pick<TicketRow, 'comment_count' | 'comment_bytes'>;

export const hasRoomFor = ({ comment_count, comment_bytes }: Size, body: string): boolean =>
  comment_count < MAX_COMMENTS && comment_bytes + Buffer.byteLength(body) <= MAX_COMMENT_BYTES;

/** Refuses a comment that does not fit into the ticket any more. The ticket is locked by the caller. */
export function refuseFull(ticket: TicketRow, body: string) {
  if (!hasRoomFor(ticket, body)) throw ticketFull(ticket.number);
}

/** For the `set` of the update that adds a comment to a ticket. */
export const grown = (body: string): RawBuilder<unknown> => sql`
  comment_count = comment_count + 1,
  comment_bytes = comment_bytes + ${Buffer.byteLength(body)}
`;

/** Counts these tickets anew after comments were moved between them. */
export async function recountComments(tx: Tx, accountId: number, numbers: number[]) {
  // Locked in a statement of its own: one that waited for the lock would count what it saw before.
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

/** The same for a ticket that is to take the comments of another: refuses more than it may have. */
export async function recountMerged(tx: Tx, part: TicketRow, whole: TicketRow) {
  await recountComments(tx, whole.account_id, [part.number, whole.number]);
  const { rows } = await sql<Size>`
    select comment_count, comment_bytes
    from tickets
    where account_id = ${whole.account_id} and number = ${whole.number}
  `.execute(tx);
  const isOver = rows.some(
    ({ comment_count, comment_bytes }) => comment_count > MAX_COMMENTS || comment_bytes > MAX_COMMENT_BYTES,
  );
  if (isOver) throw ticketFull(whole.number);
}

const ticketFull = (number: number) =>
  conflict(
    'ticket_full',
    `Ticket ${number} has no room: a ticket takes ${MAX_COMMENTS} comments and ${MAX_COMMENT_BYTES / 1024 / 1024} MiB ` +
      'of text. Open a new ticket.',
  );
