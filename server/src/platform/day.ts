import { sql } from 'kysely';

export const DAY_MS = 86_400_000;

/**
 * The moment up to which is kept what somebody may come back to: the response under an Idempotency-Key, an upload that
 * nothing names yet, a delayed reply with its outcome. A bulk action of that age can no longer be undone.
 */
export const dayAgo = sql.raw("(now() - interval '24 hours')");
