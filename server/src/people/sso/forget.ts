/** What erasing removes here: of one contact, or with a null `userId` of the whole account. */
import { unindexContacts } from '#people/accounts/account-search.ts';
import type { Tx } from '#platform/db/database.ts';
import { sql } from '#platform/sql.ts';

/** Ends their access: sessions, and links that nobody has opened. */
export async function forgetSignIns(tx: Tx, accountId: number, userId: string | null) {
  await sql`
    delete from sign_in_links
    where account_id = ${accountId}
      and (${userId}::text is null or contact -> 'user' ->> 'id' = ${userId})
  `.execute(tx);
  await sql`
    delete from client_sessions
    where account_id = ${accountId} and (${userId}::text is null or user_id = ${userId})
  `.execute(tx);
}

/** Returns how many contacts there were. */
export async function forgetContacts(tx: Tx, accountId: number, userId: string | null): Promise<number> {
  await forgetSignIns(tx, accountId, userId);
  await unindexContacts(tx, accountId, userId);
  const { rowCount } = await sql`
    delete from contacts
    where account_id = ${accountId} and (${userId}::text is null or user_id = ${userId})
  `.execute(tx);
  return rowCount;
}
