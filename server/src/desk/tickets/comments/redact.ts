/** What redaction leaves of comments, wherever splits have copied them to. */
import { deleteCopiesOf } from '#desk/files/follow-comments.ts';
import type { Tx } from '#platform/db/database.ts';
import { sql } from '#platform/sql.ts';

interface Redaction {
  redacted_at: string;
  redacted_by: string;
}

/** Replaces the text and lists each file as removed. */
export async function replaceTexts(
  tx: Tx,
  accountId: number,
  ids: number[],
  { text, redacted_at, redacted_by }: Redaction & { text: string },
) {
  await sql`
    update comments
    set body = ${text}, redacted_at = ${redacted_at}, redacted_by = ${redacted_by}, files = '[]',
        redacted_files = redacted_files || (
          select coalesce(jsonb_agg(${JSON.stringify({ redacted_at, redacted_by })}::jsonb), '[]')
          from jsonb_array_elements(files)
        )
    where account_id = ${accountId} and id = any(${ids}::bigint[])
  `.execute(tx);
}

/** Removes one file; copies of a comment have their own file rows with the same bytes. */
export async function removeFile(
  tx: Tx,
  { accountId, ids, blob }: { accountId: number; ids: number[]; blob: string },
  { redacted_at, redacted_by }: Redaction,
) {
  await sql`
    with gone as (${deleteCopiesOf(accountId, ids, blob)})
    update comments
    set files = (
          select coalesce(jsonb_agg(file order by place), '[]')
          from jsonb_array_elements(comments.files) with ordinality as listed (file, place)
          where file ->> 'uuid' <> gone.uuid::text
        ),
        redacted_files = redacted_files || ${JSON.stringify([{ redacted_at, redacted_by }])}::jsonb
    from gone
    where comments.account_id = ${accountId} and comments.id = gone.comment_id
  `.execute(tx);
}
