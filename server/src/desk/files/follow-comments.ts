/** Files go where their comments go: parts of the statements that move, copy and remove comments. */
import type { Tx } from '#platform/db/database.ts';
import { type Sql, sql } from '#platform/sql.ts';

/** SQL that gives the files of the comments of `moved (id, ticket_number)` to the tickets of these. */
export const moveFilesOf = (accountId: number, moved: Sql) => sql`
  update files
  set ticket_number = moved.ticket_number
  from ${moved} as moved
  where files.account_id = ${accountId} and files.comment_id = moved.id
`;

/**
 * SQL that copies the files of the comments in `copies (account_id, id, new_id)` for the copies of these. The bytes are
 * shared.
 */
export const copyFiles = (target: number, copies: Sql) => sql`
  insert into files (
    account_id, blob, name, size, extension, content_type, sha256, ticket_number, comment_id, position,
    staff_id, token_id, created_at
  )
  select
    files.account_id, files.blob, files.name, files.size, files.extension, files.content_type, files.sha256,
    ${target}, copies.new_id, files.position, files.staff_id, files.token_id, files.created_at
  from ${copies} as copies
  join files on files.account_id = copies.account_id and files.comment_id = copies.id
`;

/** SQL that removes the files with the same bytes from these comments; selects the comment and the file. */
export const deleteCopiesOf = (accountId: number, commentIds: number[], blob: string) => sql`
  delete from files
  where account_id = ${accountId} and comment_id = any(${commentIds}::bigint[]) and blob = ${blob}
  returning comment_id, uuid
`;

/** Returns the names of the bytes that may be without a file. */
export async function deleteFilesOf(tx: Tx, accountId: number, commentIds: number[]): Promise<string[]> {
  const { rows } = await sql<{ blob: string }>`
    delete from files
    where account_id = ${accountId} and comment_id = any(${commentIds}::bigint[])
    returning blob
  `.execute(tx);
  return [...new Set(rows.map(({ blob }) => blob))];
}
