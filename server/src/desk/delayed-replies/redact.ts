/** What redacting a comment or a file removes from delayed replies. */
import { filesWithout, hasFile, quotes, type Replacement } from '#desk/drafts/redact.ts';
import type { Tx } from '#platform/db/database.ts';
import { sql } from '#platform/sql.ts';

/**
 * A statement that replaces a text in the delayed replies on these tickets. One that became the comment also loses its
 * files.
 */
export const replaceInDelayedReplies = (
  accountId: number,
  numbers: number[],
  { before, after }: Replacement,
) => sql`
  update delayed_replies
  set body = replace(body, ${before}, ${after}),
      files = case when outcome = 'sent' and body = ${before} then '[]' else files end
  where account_id = ${accountId} and ticket_number = any(${numbers}::bigint[]) and ${quotes(before)}
`;

/** An upload of staff may be in a delayed reply on a ticket of any account. */
export async function dropFileFromDelayedReplies(tx: Tx, uuid: string) {
  await sql`update delayed_replies set files = ${filesWithout(uuid)} where ${hasFile(uuid)}`.execute(tx);
}
