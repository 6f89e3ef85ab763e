/**
 * The queue's `client`: tickets of the accounts with a name, those in which contacts with it have written, and those
 * with such a `client_aliased_name`. Few tickets are listed first. Where they are many, each ticket is tested in the
 * queue's own order until the page is full.
 */
import { matches, rank } from '#desk/search/matches.ts';
import { listNamed, termsOfName } from '#people/accounts/account-search.ts';
import type { Db } from '#platform/db/database.ts';
import { equalsAny } from '#platform/db/equals-any.ts';
import { generic } from '#platform/db/generic-array.ts';
import { type Sql, sql } from '#platform/sql.ts';
import { searchQuery } from '#platform/text/search-query.ts';
import { listFew } from './rare.ts';
import { hasQuery, hasWritten } from './search.ts';

/** Their numbers, or what they have in common. */
type Tickets = number[] | Sql;

/** The condition that a ticket is one of a client with the name. */
export async function findClient(db: Db, name: string): Promise<Sql> {
  const found = (await Promise.all([findAliased(db, name), findNamed(db, name)])).flat();
  const numbers = found.flatMap((tickets) => (Array.isArray(tickets) ? tickets : []));
  const conditions = found.filter((tickets) => !Array.isArray(tickets));
  if (numbers.length > 0) conditions.push(sql`tickets.number = any(${numbers}::bigint[])`);
  return conditions.length === 0 ? sql`false` : sql`(${sql.join(conditions, sql` or `)})`;
}

async function findAliased(db: Db, name: string): Promise<Tickets[]> {
  const query = await searchQuery(db, 'names', withoutQuotes(name));
  if (query === null) return [];
  const { terms } = query; // a number is no name
  return [(await listFew(db, matches(await rank(db, { terms })))) ?? (await hasQuery(db, { terms }))];
}

async function findNamed(db: Db, name: string): Promise<Tickets[]> {
  const terms = await termsOfName(db, withoutQuotes(name));
  const named = await listNamed(db, terms, name.trim());
  if (named === null) return [hasName(terms)];
  const { accountIds, people } = named;
  const ofAccounts = equalsAny('tickets.account_id', accountIds.map(String), 'bigint');
  const conditions = [
    ...(accountIds.length > 0 ? [ofAccounts] : []),
    ...(people.length > 0 ? [hasWritten(people)] : []),
  ];
  return Promise.all(
    conditions.map(
      async (condition) =>
        (await listFew(db, sql`select number from tickets where ${condition}`)) ?? condition,
    ),
  );
}

/** Quotes would make a phrase of it. */
const withoutQuotes = (name: string) => name.replaceAll(/["“”„«»]/g, ' ');

/** The condition that the account of a ticket, or a contact who has written in it, has the name. */
const hasName = (terms: string) => sql`(
  exists (
    select from account_search
    where account_search.account_id = tickets.account_id and user_id = '' and words @@ ${generic(terms, 'tsquery')}
    offset 0
  )
  or exists (
    select from comments
    join account_search using (account_id, user_id)
    where comments.account_id = tickets.account_id and comments.ticket_number = tickets.number
      and words @@ ${generic(terms, 'tsquery')}
    offset 0
  )
)`;
