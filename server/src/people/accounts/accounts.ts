/** Customers of the host. */
import type { Actor } from '#actor.ts';
import { forbidden, notFound } from '#errors.ts';
import type { Db, Tx } from '#platform/db/database.ts';
import { oneRow } from '#platform/db/one-row.ts';
import { orDefault } from '#platform/db/or-default.ts';
import { record } from '#platform/events/events.ts';
import type { Locale } from '#platform/locales.ts';
import { type Sql, sql } from '#platform/sql.ts';
import { addressOf } from '#platform/text/address.ts';
import { visibleTo } from '#visible.ts';
import { indexAccount, matchingAccounts } from './account-search.ts';
import type { Account } from './schema.ts';

interface AccountInput {
  name: string;
  email?: string | null;
  locale?: Locale;
  note?: string | null;
}

const columns = sql`account_id, external_id, name, email, locale, note, created_at, updated_at`;

/** Creates an account. Throws a 409 when the external id is taken. */
export async function addAccount(tx: Tx, actor: Actor, externalId: string, input: AccountInput) {
  const { name, email, locale, note } = stored(input);
  const result = await sql<Account>`
    insert into accounts (external_id, name, email, locale, note)
    values (${externalId}, ${name}, ${orDefault(email)}, ${orDefault(locale)}, ${orDefault(note)})
    returning ${columns}
  `.execute(tx);
  const account = oneRow(result);
  await sql`insert into account_state (account_id) values (${account.account_id})`.execute(tx);
  await indexAccount(tx, account);
  await record(tx, actor, 'account.created', {
    account_id: account.account_id,
    data: { external_id: externalId },
  });
  return account;
}

/** Creates or updates the account with this external id, for the panel's sync. Fields left out stay unchanged. */
export async function putAccount(
  tx: Tx,
  actor: Actor,
  externalId: string,
  input: AccountInput,
): Promise<Account> {
  if (actor.kind === 'service' && input.note !== undefined) throw forbidden('Only staff can set the note.');
  // A panel may send the same account twice at once: the second request waits here and then finds the account.
  await sql`select pg_advisory_xact_lock(hashtextextended(${`account/${externalId}`}, 0))`.execute(tx);
  const { rows } = await sql<Account>`
    select ${columns} from accounts where external_id = ${externalId} for update
  `.execute(tx);
  const [before] = rows;
  const { account_id } = before
    ? await changeAccount(tx, actor, before, input)
    : await addAccount(tx, actor, externalId, input);
  return findAccount(tx, actor, account_id);
}

async function changeAccount(tx: Tx, actor: Actor, before: Account, input: AccountInput) {
  const { account_id, external_id } = before;
  const { name, email = before.email, locale = before.locale, note = before.note } = stored(input);
  const result = await sql<Account>`
    update accounts
    set name = ${name}, email = ${email}, locale = ${locale}, note = ${note}, updated_at = now()
    where account_id = ${account_id}
    returning ${columns}
  `.execute(tx);
  const account = oneRow(result);
  await indexAccount(tx, account);
  const names = Object.keys(input) as Array<keyof AccountInput>;
  const pick = (from: Account) => Object.fromEntries(names.map((name) => [name, from[name]]));
  const data = { external_id, before: pick(before), after: pick(account) };
  await record(tx, actor, 'account.changed', { account_id, data });
  return account;
}

const stored = (input: AccountInput): AccountInput =>
  input.email ? { ...input, email: addressOf(input.email) } : input;

export async function findAccount(db: Db, actor: Actor, accountId: number): Promise<Account> {
  const [account] = (await select(db, actor, sql`account_id = ${accountId}`, 1)).rows;
  if (!account) throw notFound('account');
  return account;
}

/** By id, those of these accounts that the actor can see. */
export async function mapAccounts(db: Db, actor: Actor, ids: number[]): Promise<Map<number, Account>> {
  const { rows } = await select(db, actor, sql`account_id = any(${ids}::bigint[])`, ids.length);
  return new Map(rows.map((account) => [account.account_id, account]));
}

export async function findAccountByExternalId(db: Db, actor: Actor, externalId: string): Promise<Account> {
  const [account] = (await select(db, actor, sql`external_id = ${externalId}`, 1)).rows;
  if (!account) throw notFound('account');
  return account;
}

interface AccountPage {
  q?: string;
  after?: number;
  limit?: number;
}

/** Accounts in order of their id, starting after `after`. With `q`, those that match or have a contact who does. */
export async function listAccounts(
  db: Db,
  actor: Actor,
  { q, after = 0, limit = 100 }: AccountPage = {},
): Promise<Account[]> {
  const isNamed = q === undefined ? sql`true` : sql`account_id in (${await matchingAccounts(db, q)})`;
  return (await select(db, actor, sql`account_id > ${after} and ${isNamed}`, limit)).rows;
}

const select = (db: Db, actor: Actor, condition: Sql, limit: number) =>
  sql<Account>`
    select account_id, external_id, name, email, locale,
      case when ${visibleTo.accountNotes(actor)} then note end as note,
      created_at, updated_at
    from accounts
    where ${condition}
    order by account_id
    limit ${limit}
  `.execute(db);
