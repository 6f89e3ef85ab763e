/** The account's tickets that match all search words. */
import { sql } from 'kysely';
import { cachedCount } from '#desk/search/cached-counts.ts';
import type { Db, Tx } from '#platform/db/database.ts';
import { searchQuery } from '#platform/text/search-query.ts';
import { isListed, type ListParameters, type PageRows, page, stateIs } from './page.ts';

/**
 * Count and page have separate plans: the count reads only the search index, the plan of the page depends on how
 * common the words are.
 */
export async function search(db: Db, typed: string, parameters: ListParameters): Promise<PageRows> {
  const { accountId, isClosed, filter, offset, limit } = parameters;
  return db.transaction().execute(async (tx) => {
    await planForSearch.execute(tx);
    const query = await searchQuery(tx, accountId, typed);
    if (query === null) return { item_count: 0, items: [] };
    const counted = { accountId, query: `${isClosed ?? ''}${filter.key} ${query}` };
    const matches = await cachedCount(db, tx, counted, () => countMatches(tx, parameters, query));
    if (offset >= matches) return { item_count: matches, items: [] };

    // Scanning in order finds a match every total/matches rows; sorting reads every match.
    const total = await countTickets(tx, accountId);
    const walked = ((offset + limit) * total) / matches;
    const keys = walked < matches && parameters.order.isIndexed ? walkInOrder : sortMatches;
    return page(tx, parameters, sql`${matches}::bigint`, keys(parameters, query));
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

/** Without filters, counts the rows of the search index only. */
async function countMatches(tx: Tx, parameters: ListParameters, query: string): Promise<number> {
  const { filter } = parameters;
  const { rows } = await sql<{ count: number }>`
    select count(*)
    from (${matching(parameters, query)}) as matches
    ${filter.conditions.length === 0 ? sql`` : sql`join tickets using (account_id, number) where ${isListed(parameters)}`}
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

function walkInOrder(parameters: ListParameters, query: string) {
  const { accountId, order, limit, offset } = parameters;
  return sql`
    select number, updated_at
    from tickets
    where ${isListed(parameters)}
      and ${order.isBehind}
      and exists (
        select from ticket_search
        where ticket_search.account_id = ${accountId}
          and ticket_search.number = tickets.number
          and ticket_search.words @@ ${query}::tsquery
        offset 0
      )
    order by ${order.by}
    limit ${limit}
    offset ${offset}
  `;
}

function sortMatches(parameters: ListParameters, query: string) {
  const { order, limit, offset } = parameters;
  return sql`
    with matches as materialized (${matching(parameters, query)})
    select number, updated_at
    from matches
    join tickets using (account_id, number)
    where ${isListed(parameters)} and ${order.isBehind}
    order by ${order.by}
    limit ${limit}
    offset ${offset}
  `;
}

/**
 * The words include their account already. With a separate condition on the account, PostgreSQL would read all keys of
 * the account as well (33 of 37 ms for 200,000 tickets); `offset 0` keeps the conditions apart.
 */
const matching = ({ accountId, isClosed }: ListParameters, query: string) => sql`
  select account_id, number
  from (
    select account_id, number, is_closed
    from ticket_search
    where words @@ ${query}::tsquery
    offset 0
  ) as found
  where ${sql.join([sql`account_id = ${accountId}`, ...stateIs(isClosed)], sql` and `)}
`;
