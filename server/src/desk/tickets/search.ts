/** The account's tickets that match all search words. */
import { cachedCount } from '#desk/search/cached-counts.ts';
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
  const { counted, remember } = cachedCount(db, { accountId, query: key }, countMatches(parameters));
  const counting = {
    counted: sql`matches as materialized (${matching(parameters, query)}), ${counted}`,
    remember,
  };
  const sorted = sortMatches(parameters, order.isIndexed ? sql`not ${isWalked(parameters)}` : sql`true`);
  const keys = order.isIndexed ? sql`(${sorted}) union all (${walkInOrder(parameters, query)})` : sorted;
  return page(db, parameters, counting, keys);
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

/** Walking in order finds a match every total/item_count tickets; sorting reads every match. */
const isWalked = ({ offset, limit }: ListParameters) => sql`(
  select item_count * item_count > ${generic(offset + limit, 'bigint')} * total
  from counted
)`;

const walkInOrder = (parameters: ListParameters, query: Ranked) => sql`
  select number, updated_at
  from tickets
  where ${isListed(parameters)} and ${parameters.order.isBehind} and ${isWalked(parameters)} and ${hasTerms(query)}
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
