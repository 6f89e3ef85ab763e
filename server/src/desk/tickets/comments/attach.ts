import type { Actor } from '#actor.ts';
import { attachFiles } from '#desk/files/attach.ts';
import type { FileRow } from '#desk/files/schema.ts';
import { addFileNames } from '#desk/search/texts.ts';
import type { Tx } from '#platform/db/database.ts';
import { sql } from '#platform/sql.ts';

interface CommentKey {
  account_id: number;
  ticket_number: number;
  comment_id: number;
}

/** Attaches uploads to a comment, which lists its files: who reads comments does not read the files' table. */
export async function attachToComment(
  tx: Tx,
  actor: Actor,
  comment: CommentKey,
  uuids: string[],
): Promise<FileRow[]> {
  const { account_id, ticket_number: number, comment_id } = comment;
  const files = await attachFiles(tx, actor, comment, uuids);
  const names = files.map(({ name }) => name);
  await sql`
    with named as (${addFileNames({ account_id, number, comment_id }, names)})
    update comments
    set files = ${JSON.stringify(files)}
    where account_id = ${account_id} and id = ${comment_id}
  `.execute(tx);
  return files;
}
