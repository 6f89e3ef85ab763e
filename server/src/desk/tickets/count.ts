import type { Tx } from '#platform/db/database.ts';
import { sql } from '#platform/sql.ts';
import { wanted } from './wanted.ts';

/** Moves one ticket between the account's counters: 1 when it opens, -1 when it closes. */
export async function countMove(tx: Tx, accountId: number, number: number, opened: 1 | -1) {
  await countMoves(tx, [{ account_id: accountId, number }], opened);
}

/** The same for many tickets, of any accounts. */
export async function countMoves(
  tx: Tx,
  tickets: Array<{ account_id: number; number: number }>,
  opened: 1 | -1,
) {
  await sql`
    update account_state
    set tickets_open = tickets_open + ${opened} * moved, tickets_closed = tickets_closed - ${opened} * moved
    from (select account_id, count(*) as moved from ${wanted(tickets)} group by account_id) as counted
    where account_state.account_id = counted.account_id
  `.execute(tx);
}
