import type { Tx } from '#platform/db/database.ts';
import { sql } from '#platform/sql.ts';
import { lockTicketRows } from './find.ts';
import { touched } from './move.ts';

/** Increments the versions of these tickets: the one that clients see, or the staff version only. */
export async function touchTickets(
  tx: Tx,
  accountId: number,
  numbers: number[],
  { isInternal }: { isInternal: boolean },
) {
  await lockTicketRows(tx, accountId, numbers);
  await sql`
    update tickets
    set ${isInternal ? sql`staff_version = staff_version + 1` : touched}
    where account_id = ${accountId} and number = any(${numbers}::bigint[])
  `.execute(tx);
}
