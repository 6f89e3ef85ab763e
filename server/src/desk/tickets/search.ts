/** The account's tickets that have all the words that were typed. */
import { sql } from 'kysely';
import { cachedCount } from '#desk/search/cached-counts.ts';
import type { Db, Tx } from '#platform/db/database.ts';
import { searchQuery } from '#platform/text/search-query.ts';
import { type Asked, type Found, isListed, page, stateIs } from './page.ts';

/** Count and page are two plans: the count reads the words' index alone, the page depends on how common they are. */
export async function search(db: Db, typed: string, asked: Asked): Promise<Found> {
  const { accountId, isClosed, filter, offset, limit } = asked;
  return db.transaction().execute(async (tx) => {
    await planForSearch.execute(tx);
    const query = await searchQuery(tx, accountId, typed);
    if (query === null) return { item_count: 0, items: [] };
    const counted = { accountId, query: `${isClosed ?? ''}${filter.key} ${query}` };
    const matches = await cachedCount(db, tx, counted, () => countMatches(tx, asked, query));
    if (offset >= matches) return { item_count: matches, items: [] };

    // Walking in order meets a match every total/matches rows; sorting reads every match.
    const total = await countTickets(tx, accountId);
    const walked = ((offset + limit) * total) / matches;
    const keys = walked < matches ? walkInOrder : sortMatches;
    return page(tx, asked, sql`${matches}::bigint`, keys(asked, query));
  });
}

/**
 * One snapshot for count and page. A plan for these very words, since one for any words reads all keys of the account;
 * and never the table from end to end, since the planner takes no account of how long the vectors are.
 */
const planForSearch = sql.raw(`
  set transaction isolation level repeatable read, read only;
  set local plan_cache_mode = force_custom_plan;
  set local enable_seqscan = off
`);

/** Without filters from the words' rows alone. */
async function countMatches(tx: Tx, asked: Asked, query: string): Promise<number> {
  const { filter } = asked;
  const { rows } = await sql<{ count: number }>`
    select count(*)
    from (${matching(asked, query)}) as matches
    ${filter.conditions.length === 0 ? sql`` : sql`join tickets using (account_id, number) where ${isListed(asked)}`}
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

function walkInOrder(asked: Asked, query: string) {
  const { accountId, order, limit, offset } = asked;
  return sql`
    select number, updated_at
    from tickets
    where ${isListed(asked)}
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

function sortMatches(asked: Asked, query: string) {
  const { order, limit, offset } = asked;
  return sql`
    with matches as materialized (${matching(asked, query)})
    select number, updated_at
    from matches
    join tickets using (account_id, number)
    where ${isListed(asked)} and ${order.isBehind}
    order by ${order.by}
    limit ${limit}
    offset ${offset}
  `;
}

/**
 * The words name their account already. Asked for it beside them, PostgreSQL reads all keys of the account as well (33 ms
 * of 37 in one of 200,000 tickets); `offset 0` keeps the question apart.
 */
const matching = ({ accountId, isClosed }: Asked, query: string) => sql`
  select account_id, number
  from (
    select account_id, number, is_closed
    from ticket_search
    where words @@ ${query}::tsquery
    offset 0
  ) as found
  where ${sql.join([sql`account_id = ${accountId}`, ...stateIs(isClosed)], sql` and `)}
`;
