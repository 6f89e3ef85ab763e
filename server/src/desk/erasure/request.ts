/** Starts the erasure of an account or a contact. Access ends at once; a job does the rest. */
import type { StaffActor } from '#actor.ts';
import { lockAccount } from '#desk/tickets/find.ts';
import { conflict, notFound } from '#errors.ts';
import { findAccount } from '#people/accounts/accounts.ts';
import { forgetNames } from '#people/accounts/forget.ts';
import { forgetSignIns } from '#people/sso/forget.ts';
import { deleteTokensOf } from '#people/tokens/tokens.ts';
import type { Db, Tx } from '#platform/db/database.ts';
import { record } from '#platform/events/events.ts';
import { sql } from '#platform/sql.ts';
import type { Erasure } from './schema.ts';

export async function requestErasure(
  tx: Tx,
  actor: StaffActor,
  accountId: number,
  userId?: string,
): Promise<Erasure> {
  await findAccount(tx, actor, accountId);
  await lockAccount(tx, accountId);
  if (userId !== undefined) await refuseUnknown(tx, accountId, userId);
  const erasure = await insert(tx, actor, accountId, userId);
  await endAccess(tx, erasure);
  const { erasure_id, kind } = erasure;
  await record(tx, actor, 'erasure.requested', { data: { erasure_id, kind, account_id: accountId } });
  return findErasure(tx, erasure_id);
}

export async function findErasure(db: Db, id: number): Promise<Erasure> {
  const { rows } = await sql<Erasure>`
    select erasure_id, kind, account_id, user_id, staff_id, requested_at, finished_at, removed
    from erasures
    where erasure_id = ${id}
  `.execute(db);
  if (!rows[0]) throw notFound('erasure');
  return rows[0];
}

async function refuseUnknown(tx: Tx, accountId: number, userId: string) {
  const { rows } = await sql`
    select from contacts where account_id = ${accountId} and user_id = ${userId}
  `.execute(tx);
  if (rows.length === 0) throw notFound('person');
}

async function insert(tx: Tx, actor: StaffActor, accountId: number, userId?: string): Promise<Erasure> {
  const { rows } = await sql<Erasure>`
    insert into erasures (account_id, kind, user_id, staff_id)
    values (${accountId}, ${userId === undefined ? 'account' : 'person'}, ${userId ?? null}, ${actor.staffId})
    on conflict do nothing
    returning *
  `.execute(tx);
  if (rows[0]) return rows[0];
  throw conflict('erasure_in_progress', 'This erasure is already in progress.');
}

/** Nobody can sign in any more, and the account's external id can be used for a new account. */
async function endAccess(tx: Tx, { erasure_id, account_id, user_id }: Erasure) {
  await forgetSignIns(tx, account_id, user_id);
  if (user_id !== null) return;
  const tokens = await deleteTokensOf(tx, account_id);
  await forgetNames(tx, account_id, `erased:${erasure_id}`);
  await sql`
    update erasures
    set removed = ${JSON.stringify({ tokens })}
    where erasure_id = ${erasure_id}
  `.execute(tx);
}
