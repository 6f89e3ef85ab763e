/** Where a comment leaves its text besides its own row: responses kept for retries, delayed replies, drafts, the index. */
import { sql } from 'kysely';
import { system } from '#actor.ts';
import { reindexSummary } from '#desk/tickets/change-summary.ts';
import { findTicket } from '#desk/tickets/find.ts';
import type { Tx } from '#platform/db/database.ts';
import { type Place, ticketsOf } from './family.ts';

/** A draft is searched for a text of this length or more: a shorter one is in many by chance. */
const MIN_QUOTED = 8;

/** `before` is the text that is gone, `after` what stands in its place. */
export async function forgetText(
  tx: Tx,
  accountId: number,
  family: Place[],
  { before, after }: { before: string; after: string },
) {
  const numbers = ticketsOf(family);
  await sql`
    with drafted as (
      update drafts
      set body = replace(body, ${before}, ${after})
      where account_id = ${accountId}
        and ticket_number = any(${numbers}::bigint[])
        and (body = ${before} or (${before.length >= MIN_QUOTED} and strpos(body, ${before}) > 0))
    )
    update delayed_replies
    set body = replace(body, ${before}, ${after}),
        files = case when outcome = 'sent' and body = ${before} then '[]' else files end
    where account_id = ${accountId}
      and ticket_number = any(${numbers}::bigint[])
      and (body = ${before} or (${before.length >= MIN_QUOTED} and strpos(body, ${before}) > 0))
  `.execute(tx);
  await rewriteSavedResponses(tx, accountId, family);
  await reindex(tx, accountId, numbers);
}

/**
 * A response that is kept for a retry says from now on what the comment or the delayed reply says. Clients' keys stand
 * under their account, those of staff under account 0.
 */
export async function rewriteSavedResponses(tx: Tx, accountId: number, family: Place[]) {
  const ids = family.map(({ id }) => id);
  await sql`
    update idempotency_keys as kept
    set body = (
      kept.body::jsonb || jsonb_build_object(
        'body', comments.body, 'files', comments.files, 'redacted_files', comments.redacted_files,
        'redacted_at', to_char(comments.redacted_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
        'redacted_by', comments.redacted_by
      )
    )::text
    from comments
    where kept.account_id in (0, ${accountId})
      and starts_with(kept.body, '{"id":' || comments.id || ',"body":')
      and comments.account_id = ${accountId}
      and comments.id = any(${ids}::bigint[])
  `.execute(tx);
  await sql`
    update idempotency_keys as kept
    set body = (
      kept.body::jsonb || jsonb_build_object('body', delayed_replies.body, 'files', delayed_replies.files)
    )::text
    from delayed_replies
    where kept.account_id = 0
      and starts_with(kept.body, '{"delayed_reply_id":' || delayed_replies.delayed_reply_id || ',')
      and delayed_replies.account_id = ${accountId}
      and delayed_replies.ticket_number = any(${ticketsOf(family)}::bigint[])
  `.execute(tx);
}

/** The words are gone with the commit; staff find the ticket again by the others once the indexer has met the event. */
export async function reindex(tx: Tx, accountId: number, numbers: number[]) {
  for (const number of numbers) await reindexSummary(tx, await findTicket(tx, system, number));
  await sql`
    delete from staff_search
    where account_id = ${accountId} and number = any(${numbers}::bigint[])
  `.execute(tx);
}
