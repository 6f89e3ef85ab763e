/** A comment with its originals and copies that splits have made: one text in several tickets. */
import type { Tx } from '#platform/db/database.ts';
import { sql } from '#platform/sql.ts';

export interface CommentCopy {
  /** The comment that was asked for. */
  root_id: number;
  id: number;
  ticket_number: number;
  is_internal: boolean;
}

/** The keys of each of these comments and all its copies, unordered. */
export async function listFamilies(tx: Tx, accountId: number, ids: number[]): Promise<CommentCopy[]> {
  const { rows } = await sql<CommentCopy>`
    with recursive family as (
      select id as root_id, id, copied_from_id, ticket_number, is_internal
      from comments
      where account_id = ${accountId} and id = any(${ids}::bigint[])
      union
      select root_id, other.id, other.copied_from_id, other.ticket_number, other.is_internal
      from family
      join comments as other
        on other.account_id = ${accountId}
        and (other.id = family.copied_from_id or other.copied_from_id = family.id)
    )
    select root_id, id, ticket_number, is_internal from family
  `.execute(tx);
  return rows;
}

/** Each copy once, although several of the comments that were asked for may be of one family. */
export const distinctCopies = (families: CommentCopy[]): CommentCopy[] => [
  ...new Map(families.map((copy) => [copy.id, copy])).values(),
];

/** The distinct ticket numbers. */
export const ticketsOf = (family: CommentCopy[]): number[] => [
  ...new Set(family.map(({ ticket_number }) => ticket_number)),
];
