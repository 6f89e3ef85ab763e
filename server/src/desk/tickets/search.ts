/** The account's tickets that match all search words. */
import { sql } from 'kysely';
import { cachedCount } from '#desk/search/cached-counts.ts';
import { hasTerms, matches, type Ranked, rank } from '#desk/search/matches.ts';
import type { Db, Tx } from '#platform/db/database.ts';
import { searchQuery } from '#platform/text/search-query.ts';
import { isListed, type ListParameters, type PageRows, page, stateIs } from './page.ts';

/**
 * Count and page have separate plans: the count reads the search index, the plan of the page depends on how common the
 * words are.
 */
export async function search(db: Db, typed: string, parameters: ListParameters): Promise<PageRows> {
  const { accountId, isClosed, filter, offset, limit } = parameters;
  return db.transaction().execute(async (tx) => {
    await planForSearch.execute(tx);
    const given = await searchQuery(tx, accountId, typed);
    if (given === null) return { item_count: 0, items: [] };
    const query = given.terms.length > 1 ? await rank(tx, given) : { ...given, isRare: true };
    const key = `${isClosed ?? ''}${filter.key} ${JSON.stringify([given.terms, given.number])}`;
    const counted = { accountId, query: key };
    const found = await cachedCount(db, tx, counted, () => countFound(tx, parameters, query));
    if (offset >= found) return { item_count: found, items: [] };

    // Scanning in order finds a match every total/found rows; sorting reads every match.
    const total = await countTickets(tx, accountId);
    const walked = ((offset + limit) * total) / found;
    const keys = walked < found && parameters.order.isIndexed ? walkInOrder : sortMatches;
    return page(tx, parameters, sql`${found}::bigint`, keys(parameters, query));
  });
}

/**
 * One snapshot for count and page. The plan is made for these very words, because a generic plan reads all keys of the
 * account. Sequential scans are off, because the planner underestimates the size of the vectors.
 */
const planForSearch = sql.raw(`
  set transaction isolation level repeatable read, read only;
  set local plan_cache_mode = force_custom_plan;
  set local enable_seqscan = off
`);

/** Without a state and filters, counts by the search index alone. */
async function countFound(tx: Tx, parameters: ListParameters, query: Ranked): Promise<number> {
  const { isClosed, filter } = parameters;
  const isAll = filter.conditions.length === 0 && stateIs(isClosed).length === 0;
  const { rows } = await sql<{ count: number }>`
    select count(*)
    from (${matching(parameters, query)}) as matches
    ${isAll ? sql`` : sql`join tickets using (account_id, number) where ${isListed(parameters)}`}
  `.execute(tx);
  return rows[0]?.count ?? 0;
}

async function countTickets(tx: Tx, accountId: number): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select tickets_open + tickets_closed as count
    from account_state
    where account_id = ${accountId}
  `.execute(tx);
  return rows[0]?.count ?? 0;
}

const walkInOrder = (parameters: ListParameters, query: Ranked) => sql`
  select number, updated_at
  from tickets
  where ${isListed(parameters)} and ${parameters.order.isBehind} and ${hasTerms(query)}
  order by ${parameters.order.by}
  limit ${parameters.limit}
  offset ${parameters.offset}
`;

const sortMatches = (parameters: ListParameters, query: Ranked) => sql`
  with matches as materialized (${matching(parameters, query)})
  select number, updated_at
  from matches
  join tickets using (account_id, number)
  where ${isListed(parameters)} and ${parameters.order.isBehind}
  order by ${parameters.order.by}
  limit ${parameters.limit}
  offset ${parameters.offset}
`;

/**
 * The words include their account already. With a condition on the account beside them, PostgreSQL would read all keys
 * of the account as well (33 of 37 ms for 200,000 tickets): it is tested on what was found.
 */
const matching = ({ accountId }: ListParameters, query: Ranked) => sql`
  select distinct account_id, number
  from (${matches(query, sql`account_id = ${accountId}`)}) as found
`;
