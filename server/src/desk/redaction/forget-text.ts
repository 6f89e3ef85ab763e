/**
 * Where a comment leaves its text besides its own row: responses saved for retries, delayed replies, drafts, the
 * search index.
 */
import { replaceInDelayedReplies } from '#desk/delayed-replies/redact.ts';
import { type Replacement, replaceInDrafts } from '#desk/drafts/redact.ts';
import { rewriteComments } from '#desk/search/texts.ts';
import type { Tx } from '#platform/db/database.ts';
import { jsonTime } from '#platform/db/json-time.ts';
import { patchSavedResponses } from '#platform/http/saved-responses.ts';
import { sql } from '#platform/sql.ts';
import { type CommentCopy, ticketsOf } from './copies.ts';

/** Drafts and delayed replies may quote the text. */
export async function forgetQuotes(
  tx: Tx,
  accountId: number,
  family: CommentCopy[],
  replacement: Replacement,
) {
  const numbers = ticketsOf(family);
  await sql`
    with drafted as (${replaceInDrafts(accountId, numbers, replacement)})
    ${replaceInDelayedReplies(accountId, numbers, replacement)}
  `.execute(tx);
}

/** The comments have their new texts. */
export async function forgetTexts(tx: Tx, accountId: number, copies: CommentCopy[]) {
  await rewriteSavedResponses(tx, accountId, copies);
  await rewriteComments(
    tx,
    accountId,
    copies.map(({ id }) => id),
  );
}

/** A response saved for a retry contains the current comment or delayed reply. */
export async function rewriteSavedResponses(tx: Tx, accountId: number, family: CommentCopy[]) {
  const ids = family.map(({ id }) => id);
  const comments = sql`
    select '{"id":' || id || ',"body":', jsonb_build_object(
      'body', body, 'files', files, 'redacted_files', redacted_files,
      'redacted_at', ${jsonTime('redacted_at')}, 'redacted_by', redacted_by
    )
    from comments
    where account_id = ${accountId} and id = any(${ids}::bigint[])
  `;
  const delayedReplies = sql`
    select '{"delayed_reply_id":' || delayed_reply_id || ',', jsonb_build_object('body', body, 'files', files)
    from delayed_replies
    where account_id = ${accountId} and ticket_number = any(${ticketsOf(family)}::bigint[])
  `;
  await patchSavedResponses(tx, accountId, sql`${comments} union all ${delayedReplies}`);
}
