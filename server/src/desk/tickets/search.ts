/** The account's tickets that match all search words. */
import { withCachedCount } from '#desk/search/cached-counts.ts';
import { hasTerms, matches, type Ranked, rank } from '#desk/search/matches.ts';
import type { Db } from '#platform/db/database.ts';
import { generic } from '#platform/db/generic-array.ts';
import { type Sql, sql } from '#platform/sql.ts';
import { searchQuery } from '#platform/text/search-query.ts';
import { isListed, type ListParameters, type PageRows, page, stateIs } from './page.ts';

/**
 * Count and page are one statement with one plan for all words, which planning would take longer than executing. It
 * finds out itself how common the words are.
 */
export async function search(db: Db, typed: string, parameters: ListParameters): Promise<PageRows> {
  const { accountId, isClosed, filter, order } = parameters;
  const given = await searchQuery(db, accountId, typed);
  if (given === null) return { item_count: 0, items: [] };
  const query = await rank(db, given);
  const key = `${isClosed ?? ''}${filter.key} ${JSON.stringify([given.terms, given.number])}`;
  const sorted = sortMatches(
    parameters,
    order.isIndexed ? sql`not ${isMoreThan(FEW, parameters)}` : sql`true`,
  );
  const keys = order.isIndexed ? sql`(${sorted}) union all (${walkInOrder(parameters, query)})` : sorted;
  return withCachedCount(
    db,
    { accountId, query: key },
    countMatches(parameters),
    ({ counted, ...counting }) => {
      const found = sql`matches as materialized (${matching(parameters, query)}), ${counted}`;
      return page(db, parameters, { counted: found, ...counting }, keys);
    },
  );
}

/**
 * The words include their account already. With a condition on the account beside them, PostgreSQL would read all keys
 * of the account as well (33 of 37 ms for 200,000 tickets): it is tested on what was found.
 */
const matching = ({ accountId }: ListParameters, query: Ranked) => sql`
  select distinct account_id, number
  from (${matches(query, sql`account_id = ${generic(accountId, 'bigint')}`)}) as found
`;

/** Without a state and filters, counts by the search index alone. */
function countMatches(parameters: ListParameters) {
  const { isClosed, filter } = parameters;
  const isAll = filter.conditions.length === 0 && stateIs(isClosed).length === 0;
  return sql`
    select count(*)
    from matches
    ${isAll ? sql`` : sql`join tickets using (account_id, number) where ${isListed(parameters)}`}
  `;
}

/**
 * Few matches are read and sorted. Of more, the keys are hashed, and the tickets are read in their order until the page
 * is full: a match comes every total/item_count tickets. Many matches are not read: each ticket in the order is tested.
 * With 1,000,000 tickets, reading a match costs 3 µs, and sorting it as much again; testing a ticket costs 18 to 30, and
 * passing one less than 1.
 */
const FEW = 0.25;
const MANY = 10;

const isMoreThan = (factor: number, { offset, limit }: ListParameters) => sql`(
  select item_count * item_count > ${sql.lit(factor)} * ${generic(offset + limit, 'bigint')} * total
  from counted
)`;

/** `is true` keeps the planner from looking up each match. */
const walkInOrder = (parameters: ListParameters, query: Ranked) => sql`
  select number, updated_at
  from tickets
  where ${isListed(parameters)} and ${parameters.order.isBehind} and ${isMoreThan(FEW, parameters)}
    and case
      when ${isMoreThan(MANY, parameters)} then ${hasTerms(query)}
      else (number in (select number from matches)) is true
    end
  ${part(parameters)}
`;

const sortMatches = (parameters: ListParameters, isChosen: Sql) => sql`
  select number, updated_at
  from matches
  join tickets using (account_id, number)
  where ${isListed(parameters)} and ${parameters.order.isBehind} and ${isChosen}
  ${part(parameters)}
`;

const part = ({ order, offset, limit }: ListParameters) => sql`
  order by ${order.by}
  limit ${generic(limit, 'bigint')}
  offset ${generic(offset, 'bigint')}
`;
