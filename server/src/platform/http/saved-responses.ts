/**
 * Changes to the responses saved for retries. Those of clients are stored under their account, those of staff and
 * services under account 0.
 */
import { dayAgo } from '#platform/day.ts';
import type { Db, Tx } from '#platform/db/database.ts';
import { type Sql, sql } from '#platform/sql.ts';

export async function sweepSavedResponses(db: Db) {
  await sql`delete from idempotency_keys where created_at <= ${dayAgo}`.execute(db);
}

/**
 * Changes fields in responses about something redacted or erased. `patches` is SQL that returns the beginning of the
 * response (`prefix`) and the new fields (`patch`).
 */
export async function patchSavedResponses(tx: Tx, accountId: number, patches: Sql) {
  await sql`
    update idempotency_keys as saved
    set body = (saved.body::jsonb || patch)::text
    from (${patches}) as patches (prefix, patch)
    where saved.account_id in (0, ${accountId}) and starts_with(saved.body, prefix)
  `.execute(tx);
}

/** Removes a text, as spelled in JSON, from all responses of an account and of staff. */
export async function removeFromSavedResponses(tx: Tx, accountId: number, inJson: string) {
  await sql`
    update idempotency_keys
    set body = replace(body, ${inJson}, '')
    where account_id in (0, ${accountId}) and strpos(body, ${inJson}) > 0
  `.execute(tx);
}

export async function forgetSavedResponses(tx: Tx, accountId: number) {
  await sql`delete from idempotency_keys where account_id = ${accountId}`.execute(tx);
}

/** Deletes the responses of staff whose body matches a pattern. */
export async function forgetStaffResponses(tx: Tx, pattern: string) {
  await sql`delete from idempotency_keys where account_id = 0 and body ~ ${pattern}`.execute(tx);
}
