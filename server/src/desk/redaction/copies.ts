/** A comment with its originals and copies that splits have made: one text in several tickets. */
import { sql } from 'kysely';
import type { Tx } from '#platform/db/database.ts';

export interface CommentCopy {
  id: number;
  ticket_number: number;
}

/** The keys of the comment and all its copies, unordered. */
export async function findFamily(tx: Tx, accountId: number, id: number): Promise<CommentCopy[]> {
  const { rows } = await sql<CommentCopy>`
    with recursive family as (
      select id, copied_from_id, ticket_number
      from comments
      where account_id = ${accountId} and id = ${id}
      union
      select other.id, other.copied_from_id, other.ticket_number
      from family
      join comments as other
        on other.account_id = ${accountId}
        and (other.id = family.copied_from_id or other.copied_from_id = family.id)
    )
    select id, ticket_number from family
  `.execute(tx);
  return rows;
}

/** The distinct ticket numbers. */
export const ticketsOf = (family: CommentCopy[]): number[] => [
  ...new Set(family.map(({ ticket_number }) => ticket_number)),
];
