/**
 * Customers by words: of the account's external id, name and address, and of the name and address of each person that
 * single sign-on has named. Tickets are found through these rows when they are asked for, so that a renamed account of
 * any size is one changed row.
 */
import { type RawBuilder, sql } from 'kysely';
import type { Db, Tx } from '#platform/db/database.ts';
import { genericArray } from '#platform/db/generic-array.ts';
import { addressOf } from '#platform/text/address.ts';
import { searchQuery } from '#platform/text/search-query.ts';
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
  saveWords(tx, account_id, '', wordsOf(external_id, name, email));

export const indexContact = (tx: Tx, accountId: number, { id, name, email }: PersonTexts) =>
  saveWords(tx, accountId, id, wordsOf(name, email));

async function saveWords(tx: Tx, accountId: number, userId: string, words: SearchWords) {
  await sql`
    insert into account_search (account_id, user_id, words)
    values (${accountId}, ${userId}, ${wordVector(words, '')})
    on conflict (account_id, user_id) do update
    set words = excluded.words
    where account_search.words <> excluded.words
  `.execute(tx);
}

/** An address in the one form that addresses have. */
const asStored = (typed: string) => (typed.includes('@') ? addressOf(typed) : typed);

/** SQL for the ids of accounts that are called so, or have a person who is. */
export async function accountsNamed(db: Db, typed: string): Promise<RawBuilder<unknown>> {
  const query = await searchQuery(db, 'all', asStored(typed));
  return sql`
    select account_id from account_search where words @@ ${query ?? ''}::tsquery
    union
    select account_id from accounts where external_id = ${typed}
  `;
}

/** Beyond these the rest of what was typed is looked for in tickets alone. */
const MAX_PIECES = 8;
/** Accounts and people that have a part of what was typed, of each part. */
const MAX_NAMED = 1000;

/** Some of what was typed names accounts and people; the rest, null for nothing, has to stand in their tickets. */
interface Named {
  rest: string | null;
  accountIds: number[];
  people: Array<{ account_id: number; user_id: string }>;
}

/** Who is named by at least one word of what was typed, by what is left of it. */
export async function findNamed(db: Db, typed: string): Promise<Named[]> {
  const pieces = [...new Set(typed.trim().split(/\s+/))].slice(0, MAX_PIECES + 1);
  if (pieces.length > MAX_PIECES || typed.includes('"')) return [];
  const queries = (await Promise.all(pieces.map((piece) => searchQuery(db, 'all', asStored(piece))))).filter(
    (query) => query !== null,
  );
  const { rows } = await sql<{ account_id: number; user_id: string; has: number[] }>`
    select account_id, user_id, array_agg(place::int) as has
    from unnest(${genericArray(queries, 'text')}) with ordinality as asked (query, place)
    cross join lateral (
      select account_id, user_id
      from account_search
      where words @@ asked.query::tsquery
      limit ${MAX_NAMED}
    ) as named
    group by account_id, user_id
  `.execute(db);
  const groups = new Map<string, Named>();
  for (const { account_id, user_id, has } of rows) {
    const left = queries.filter((_, i) => !has.includes(i + 1));
    const rest = left.length === 0 ? null : left.join(' & ');
    const group = groups.get(rest ?? '') ?? { rest, accountIds: [], people: [] };
    groups.set(rest ?? '', group);
    if (user_id === '') group.accountIds.push(account_id);
    else group.people.push({ account_id, user_id });
  }
  return [...groups.values()];
}
