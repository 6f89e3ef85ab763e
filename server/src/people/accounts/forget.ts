/** What erasing an account does here. Its contacts and tokens are erased by their own rooms. */
import type { Tx } from '#platform/db/database.ts';
import { sql } from '#platform/sql.ts';

/** Removes its names at once: the host may use the external id for another account. */
export async function forgetNames(tx: Tx, accountId: number, externalId: string) {
  await sql`
    update accounts
    set external_id = ${externalId}, name = 'Erased', email = null, note = null, updated_at = now()
    where account_id = ${accountId}
  `.execute(tx);
}

/** Returns how many accounts were deleted: 0 when it was deleted before. */
export async function deleteAccount(tx: Tx, accountId: number): Promise<number> {
  await sql`delete from account_search where account_id = ${accountId}`.execute(tx);
  await sql`delete from account_state where account_id = ${accountId}`.execute(tx);
  await sql`delete from rate_limits where account_id = ${accountId}`.execute(tx);
  const { rowCount } = await sql`
    delete from accounts where account_id = ${accountId}
  `.execute(tx);
  return rowCount;
}
