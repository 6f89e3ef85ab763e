/** Customers of the host. */
import { sql } from 'kysely';
import type { Actor } from '../actor.ts';
import type { Db, Tx } from '../db/database.ts';
import type { Locale } from '../db/schema.ts';
import { notFound } from '../errors.ts';
import { recordDesk } from '../events/events.ts';

interface AccountInput {
  name: string;
  email?: string | null;
  locale?: Locale;
  note?: string | null;
}

/** Adds an account; a 409 when the external id is taken. */
export async function addAccount(tx: Tx, actor: Actor, externalId: string, input: AccountInput) {
  const account = await tx
    .insertInto('accounts')
    .values({ external_id: externalId, ...input })
    .returningAll()
    .executeTakeFirstOrThrow();
  await tx.insertInto('account_state').values({ account_id: account.account_id }).execute();
  await recordDesk(tx, actor, 'account.created', { external_id: externalId }, account.account_id);
  return account;
}

/** Makes the account of this external id be as given, for the panel's sync; fields left out stay as they are. */
export async function putAccount(tx: Tx, actor: Actor, externalId: string, input: AccountInput) {
  // One panel's sync may send an account twice at once: the second waits here and finds the first one's.
  await sql`select pg_advisory_xact_lock(hashtextextended(${`account/${externalId}`}, 0))`.execute(tx);
  const before = await selectByExternalId(tx, externalId).forUpdate().executeTakeFirst();
  if (!before) return addAccount(tx, actor, externalId, input);
  const account = await tx
    .updateTable('accounts')
    .set({ ...input, updated_at: sql<string>`now()` })
    .where('external_id', '=', externalId)
    .returningAll()
    .executeTakeFirstOrThrow();
  const names = Object.keys(input) as Array<keyof AccountInput>;
  const pick = (from: typeof account) => Object.fromEntries(names.map((name) => [name, from[name]]));
  const data = { external_id: externalId, before: pick(before), after: pick(account) };
  await recordDesk(tx, actor, 'account.changed', data, account.account_id);
  return account;
}

export async function findAccount(db: Db, accountId: number) {
  const account = await db
    .selectFrom('accounts')
    .selectAll()
    .where('account_id', '=', accountId)
    .executeTakeFirst();
  if (!account) throw notFound('account');
  return account;
}

export async function findAccountByExternalId(db: Db, externalId: string) {
  const account = await selectByExternalId(db, externalId).executeTakeFirst();
  if (!account) throw notFound('account');
  return account;
}

const selectByExternalId = (db: Db, externalId: string) =>
  db.selectFrom('accounts').selectAll().where('external_id', '=', externalId);

/** Accounts in order of their id, from the one behind `after`. */
export async function listAccounts(
  db: Db,
  { after = 0, limit = 100 }: { after?: number; limit?: number } = {},
) {
  return db
    .selectFrom('accounts')
    .selectAll()
    .where('account_id', '>', after)
    .orderBy('account_id')
    .limit(limit)
    .execute();
}
