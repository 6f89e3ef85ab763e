/** Who a client is. */
import type { ClientActor } from '#actor.ts';
import type { Db } from '#platform/db/database.ts';
import { oneRow } from '#platform/db/one-row.ts';
import { sql } from '#platform/sql.ts';
import type { ClientProfile } from './schema.ts';

export async function findClient(
  db: Db,
  { accountId, userId }: ClientActor,
): Promise<Pick<ClientProfile, 'account' | 'user'>> {
  const result = await sql<Pick<ClientProfile, 'account' | 'user'>>`
    select
      jsonb_build_object(
        'id', accounts.account_id, 'external_id', external_id, 'name', accounts.name, 'locale', accounts.locale
      ) as account,
      case when user_id is not null then jsonb_build_object(
        'id', user_id, 'name', contacts.name, 'email', contacts.email,
        'locale', coalesce(contacts.locale, accounts.locale)
      ) end as "user"
    from accounts
    left join contacts on contacts.account_id = accounts.account_id and user_id = ${userId ?? null}
    where accounts.account_id = ${accountId}
  `.execute(db);
  return oneRow(result);
}
