/** An admin asks for an account, or a person behind one, to be forgotten. Access ends at once, the rest is a job. */
import { sql } from 'kysely';
import type { StaffActor } from '#actor.ts';
import { conflict, notFound } from '#errors.ts';
import { findAccount } from '#people/accounts/accounts.ts';
import type { Db, Tx } from '#platform/db/database.ts';
import { record } from '#platform/events/events.ts';
import type { Erasure } from './schema.ts';

export async function requestErasure(
  tx: Tx,
  actor: StaffActor,
  accountId: number,
  userId?: string,
): Promise<Erasure> {
  await findAccount(tx, actor, accountId);
  await sql`select from account_state where account_id = ${accountId} for update`.execute(tx);
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

/** Nobody comes in any more, and the host's name for the account is free for a new one. */
async function endAccess(tx: Tx, { erasure_id, account_id, user_id }: Erasure) {
  await sql`
    delete from sign_in_links
    where account_id = ${account_id}
      and (${user_id}::text is null or contact -> 'user' ->> 'id' = ${user_id})
  `.execute(tx);
  await sql`
    delete from client_sessions
    where account_id = ${account_id} and (${user_id}::text is null or user_id = ${user_id})
  `.execute(tx);
  if (user_id !== null) return;
  const { numAffectedRows = 0n } = await sql`delete from tokens where account_id = ${account_id}`.execute(tx);
  await sql`
    update accounts
    set external_id = ${`erased:${erasure_id}`}, name = 'Erased', email = null, note = null, updated_at = now()
    where account_id = ${account_id}
  `.execute(tx);
  await sql`
    update erasures
    set removed = ${JSON.stringify({ tokens: Number(numAffectedRows) })}
    where erasure_id = ${erasure_id}
  `.execute(tx);
}
