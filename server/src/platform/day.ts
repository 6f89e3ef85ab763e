import { sql } from '#platform/sql.ts';

export const DAY_MS = 86_400_000;

/**
 * The time before which resumable things are deleted: responses under an Idempotency-Key, unused uploads, outcomes of
 * delayed replies. Older bulk actions can no longer be undone.
 */
export const dayAgo = sql.raw("(now() - interval '24 hours')");
