import { sql } from 'kysely';
import { markClosed } from '#desk/search/client-index.ts';
import type { Tx } from '#platform/db/database.ts';

/**
 * Moves one ticket between the account's counters, and in the rows that a search counts: 1 when it opens, -1 when it
 * closes.
 */
export async function countMove(tx: Tx, accountId: number, number: number, opened: 1 | -1) {
  await sql`
    with search as (${markClosed(accountId, number, opened === -1)})
    update account_state
    set tickets_open = tickets_open + ${opened}, tickets_closed = tickets_closed - ${opened}
    where account_id = ${accountId}
  `.execute(tx);
}
