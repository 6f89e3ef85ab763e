/** The queue's `q`: words of tickets, of their accounts and contacts, and ids of the host. */
import { hasTerms, matches, RARE, type Ranked, rank } from '#desk/search/matches.ts';
import { remembering } from '#desk/search/remember.ts';
import { findCustomers, type Person } from '#people/accounts/account-search.ts';
import type { Db } from '#platform/db/database.ts';
import { oneRow } from '#platform/db/one-row.ts';
import { type Sql, sql } from '#platform/sql.ts';
import { type SearchQuery, searchQuery } from '#platform/text/search-query.ts';
import { listFew } from './rare.ts';

type Condition = Sql;

export async function findWords(db: Db, typed: string): Promise<Condition> {
  const [inTexts, named] = await Promise.all([findInTexts(db, typed), findNamed(db, typed)]);
  return named ? sql`(${inTexts} or ${named})` : inTexts;
}

/** The condition that a ticket belongs to who or what is named; undefined when no ticket does. */
async function findNamed(db: Db, typed: string): Promise<Condition | undefined> {
  const named = await findCustomers(db, typed);
  const conditions = [sql`tickets.external_id = ${typed.trim()}`, ...named.flatMap(conditionsOf)];
  const limit = sql.lit(RARE);
  const each = conditions.map(
    (condition) => sql`(select number from tickets where ${condition} limit ${limit})`,
  );
  const numbers = await listFew(db, sql.join(each, sql` union `));
  if (!numbers) return sql`(${sql.join(conditions, sql` or `)})`;
  return numbers.length > 0 ? sql`tickets.number = any(${numbers}::bigint[])` : undefined;
}

/** Tickets of the accounts, and tickets in which the contacts have written, that have the remaining words. */
function conditionsOf({
  rest,
  accountIds,
  people,
}: Awaited<ReturnType<typeof findCustomers>>[number]): Condition[] {
  const ofAccounts = sql`tickets.account_id = any(${accountIds}::bigint[])`;
  const whose = [
    ...(accountIds.length > 0 ? [ofAccounts] : []),
    ...(people.length > 0 ? [hasWritten(people)] : []),
  ];
  if (rest === null) return whose;
  return whose.map((condition) => sql`(${condition} and ${hasTerms(rest)})`);
}

/** The condition that one of the people has written in a ticket. */
export const hasWritten = (people: Person[]) => sql`(tickets.account_id, tickets.number) in (
  select comments.account_id, comments.ticket_number
  from comments
  join unnest(
    ${people.map(({ account_id }) => account_id)}::bigint[], ${people.map(({ user_id }) => user_id)}::text[]
  ) as people (account_id, user_id) using (account_id, user_id)
)`;

/** The condition that a ticket has texts with the words. */
async function findInTexts(db: Db, typed: string): Promise<Condition> {
  const query = await searchQuery(db, 'all', typed);
  return query === null ? sql`false` : hasQuery(db, query);
}

/** The condition that a ticket has texts with the terms, in the fastest way. */
export async function hasQuery(db: Db, query: SearchQuery): Promise<Condition> {
  const { way, ranked } = await wayOf(db, query);
  return ways[way](ranked);
}

/**
 * Few matches are looked up. Of more, the keys are hashed, and the queue is read in its order until a page is full: `is
 * true` keeps the planner from looking up each of them. Many matches are not read: each ticket in the order is tested.
 */
const ways = {
  lookUp: (query: Ranked) => sql`
    tickets.number = any(array(select number from (${matches(query)}) as found))
  `,
  hash: (query: Ranked) => sql`
    (tickets.number in (select number from (${matches(query)}) as found)) is true
  `,
  test: (query: Ranked) => hasTerms(query),
};

interface Way {
  way: keyof typeof ways;
  ranked: Ranked;
}

const MANY = 20_000;
const FEW_TICKETS = 100_000; // where PostgreSQL does not know yet how many there are

/** The fastest of the ways: the more matches there are, the sooner a page is full. */
const wayOf = remembering(async (db, query): Promise<Way> => {
  const ranked = await rank(db, query);
  const { rows } = await sql<{ texts: number; tickets: number | null }>`
    select count(*) as texts, (select reltuples from pg_class where oid = 'tickets'::regclass) as tickets
    from (select from (${matches(ranked)}) as found limit ${sql.lit(MANY)}) as counted
  `.execute(db);
  const { texts, tickets } = oneRow({ rows });
  // Measured: looking a match up costs 2 µs, hashing it 1.5; passing a ticket of the order 0.3, testing it 12.
  const ratio = texts ** 2 / Math.max(tickets ?? 0, FEW_TICKETS);
  return { ranked, way: texts === MANY || ratio > 200 ? 'test' : ratio > 4 ? 'hash' : 'lookUp' };
});
