/**
 * Search for customers: by the account's external id, name and address, and by the name and address of each contact
 * known from SSO. Tickets are joined through these rows at query time, so renaming an account of any size changes one
 * row.
 */
import type { Db, Tx } from '#platform/db/database.ts';
import { generic, genericArray } from '#platform/db/generic-array.ts';
import { type Sql, sql } from '#platform/sql.ts';
import { addressOf } from '#platform/text/address.ts';
import { type SearchQuery, searchQuery } from '#platform/text/search-query.ts';
import { type SearchWords, wordsOf, wordVector } from '#platform/text/search-words.ts';

interface AccountTexts {
  account_id: number;
  external_id: string;
  name: string;
  email: string | null;
}

interface PersonTexts {
  id: string;
  name: string;
  email?: string | null;
}

export const indexAccount = (tx: Tx, { account_id, external_id, name, email }: AccountTexts) =>
  saveSearchWords(tx, account_id, '', wordsOf(external_id, name, email));

export const indexContact = (tx: Tx, accountId: number, { id, name, email }: PersonTexts) =>
  saveSearchWords(tx, accountId, id, wordsOf(name, email));

async function saveSearchWords(tx: Tx, accountId: number, userId: string, words: SearchWords) {
  await sql`
    insert into account_search (account_id, user_id, words)
    values (${accountId}, ${userId}, ${wordVector(words, '')})
    on conflict (account_id, user_id) do update
    set words = excluded.words
    where account_search.words <> excluded.words
  `.execute(tx);
}

/** Forgets one contact of an account, or with null all of them. */
export async function unindexContacts(tx: Tx, accountId: number, userId: string | null) {
  await sql`
    delete from account_search
    where account_id = ${accountId} and user_id <> '' and (${userId}::text is null or user_id = ${userId})
  `.execute(tx);
}

/** Normalises an address as it is stored. */
const normaliseQuery = (typed: string) => (typed.includes('@') ? addressOf(typed) : typed);

/** SQL for the ids of accounts that match, or that have a contact who does. */
export async function matchingAccounts(db: Db, typed: string): Promise<Sql> {
  const query = await searchQuery(db, 'all', normaliseQuery(typed));
  return sql`
    select account_id from account_search where words @@ ${query ? allOf(query) : ''}::tsquery
    union
    select account_id from accounts where external_id = ${typed}
  `;
}

/** A customer has one text, so it must match all terms. */
const allOf = ({ terms }: SearchQuery) => terms.join(' & ');

export interface Person {
  account_id: number;
  user_id: string;
}

/** The terms of a name, all of which an account or a contact must match; '' when it has no words. */
export async function termsOfName(db: Db, typed: string): Promise<string> {
  const query = await searchQuery(db, 'all', normaliseQuery(typed));
  return query ? allOf(query) : '';
}

/** Accounts and contacts with the terms; null when there are too many to list. */
export async function listNamed(db: Db, terms: string, externalId: string) {
  const { rows } = await sql<Person>`
    (select account_id, user_id from account_search where words @@ ${generic(terms, 'tsquery')} limit ${MAX_MATCHES})
    union
    select account_id, '' from accounts where external_id = ${externalId}
  `.execute(db);
  if (rows.length >= MAX_MATCHES) return null;
  return {
    accountIds: rows.flatMap(({ account_id, user_id }) => (user_id === '' ? [account_id] : [])),
    people: rows.filter(({ user_id }) => user_id !== ''),
  };
}

/** Only this many parts of the query are matched with accounts and contacts. */
const MAX_PARTS = 8;
/** The maximum number of matches for each part. */
const MAX_MATCHES = 1000;

/**
 * Accounts and contacts that match a part of the query. The rest of it, null for nothing, must be found in their
 * tickets.
 */
interface CustomerMatch {
  rest: SearchQuery | null;
  accountIds: number[];
  people: Person[];
}

/** Everybody who matches at least one word of the query, grouped by the rest of it. */
export async function findCustomers(db: Db, typed: string): Promise<CustomerMatch[]> {
  const pieces = [...new Set(typed.trim().split(/\s+/))].slice(0, MAX_PARTS + 1);
  if (pieces.length > MAX_PARTS || typed.includes('"')) return [];
  const queries = (
    await Promise.all(pieces.map((piece) => searchQuery(db, 'all', normaliseQuery(piece))))
  ).filter((query) => query !== null);
  const { rows } = await sql<{ account_id: number; user_id: string; has: number[] }>`
    select account_id, user_id, array_agg(place::int) as has
    from unnest(${genericArray(queries.map(allOf), 'text')}) with ordinality as asked (query, place)
    cross join lateral (
      select account_id, user_id
      from account_search
      where words @@ asked.query::tsquery
      limit ${MAX_MATCHES}
    ) as named
    group by account_id, user_id
  `.execute(db);
  const groups = new Map<string, CustomerMatch>();
  for (const { account_id, user_id, has } of rows) {
    const left = queries.filter((_, i) => !has.includes(i + 1));
    const rest = left.length === 0 ? null : { terms: left.flatMap(({ terms }) => terms) };
    const key = left.map(allOf).join(' & ');
    const group: CustomerMatch = groups.get(key) ?? { rest, accountIds: [], people: [] };
    groups.set(key, group);
    if (user_id === '') group.accountIds.push(account_id);
    else group.people.push({ account_id, user_id });
  }
  return [...groups.values()];
}
