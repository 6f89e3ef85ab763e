/** Which comments a merge moves, and whether the target has room for them. */
import type { Db } from '#platform/db/database.ts';
import { sql } from '#platform/sql.ts';
import { MAX_COMMENT_BYTES, MAX_COMMENTS, type Size } from './full.ts';
import type { TicketRow } from './schema.ts';

/** Comments that the target has as well, as a copy or original of a split, are not moved. */
export const isMovedTo = ({ number }: TicketRow) =>
  sql<boolean>`splitted_to_ticket_number is distinct from ${number}`;

/** Those tickets, in their order, for which the target has room together with the ones before. */
export async function listFitting(db: Db, sources: TicketRow[], target: TicketRow): Promise<TicketRow[]> {
  if (fits([target, ...sources].reduce<Size>(sum, none))) return sources; // counts more than is moved, and asks for nothing
  const sizes = await listMovedSizes(db, sources, target);
  let whole: Size = target;
  return sources.filter(({ number }) => {
    const next = sum(whole, sizes.get(number) ?? none);
    if (!fits(next)) return false;
    whole = next;
    return true;
  });
}

const none: Size = { comment_count: 0, comment_bytes: 0 };

const sum = (one: Size, other: Size): Size => ({
  comment_count: one.comment_count + other.comment_count,
  comment_bytes: one.comment_bytes + other.comment_bytes,
});

const fits = ({ comment_count, comment_bytes }: Size) =>
  comment_count <= MAX_COMMENTS && comment_bytes <= MAX_COMMENT_BYTES;

async function listMovedSizes(db: Db, sources: TicketRow[], target: TicketRow): Promise<Map<number, Size>> {
  const { rows } = await sql<Size & { number: number }>`
    select ticket_number as number, count(*) as comment_count, sum(octet_length(body)) as comment_bytes
    from comments
    where account_id = ${target.account_id}
      and ticket_number = any(${sources.map(({ number }) => number)}::bigint[])
      and ${isMovedTo(target)}
    group by ticket_number
  `.execute(db);
  return new Map(rows.map((row) => [row.number, row]));
}
