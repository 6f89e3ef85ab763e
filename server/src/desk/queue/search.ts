/** The queue's `q`: words of tickets, of their accounts and contacts, and ids of the host. */
import { type RawBuilder, sql } from 'kysely';
import { hasTerms, matches, RARE, rank } from '#desk/search/matches.ts';
import { findCustomers } from '#people/accounts/account-search.ts';
import type { Db } from '#platform/db/database.ts';
import { type SearchQuery, searchQuery } from '#platform/text/search-query.ts';

type Condition = RawBuilder<unknown>;

export async function findWords(db: Db, typed: string): Promise<Condition> {
  const named = await findCustomers(db, typed);
  const others = [sql`tickets.external_id = ${typed.trim()}`, ...named.flatMap(conditionsOf)];
  const numbers = await listNumbers(db, others);
  const inTexts = await findInTexts(db, typed);
  if (numbers?.length === 0) return inTexts;
  const isNamed = numbers ? isOneOf(numbers) : sql`(${sql.join(others, sql` or `)})`;
  return sql`(${inTexts} or ${isNamed})`;
}

/** Tickets of the accounts, and tickets in which the contacts have written, that have the remaining words. */
function conditionsOf({
  rest,
  accountIds,
  people,
}: Awaited<ReturnType<typeof findCustomers>>[number]): Condition[] {
  const ofAccounts = sql`tickets.account_id = any(${accountIds}::bigint[])`;
  const ofPeople = sql`(tickets.account_id, tickets.number) in (
    select comments.account_id, comments.ticket_number
    from comments
    join unnest(
      ${people.map(({ account_id }) => account_id)}::bigint[], ${people.map(({ user_id }) => user_id)}::text[]
    ) as people (account_id, user_id) using (account_id, user_id)
  )`;
  const whose = [...(accountIds.length > 0 ? [ofAccounts] : []), ...(people.length > 0 ? [ofPeople] : [])];
  if (rest === null) return whose;
  return whose.map((condition) => sql`(${condition} and ${hasTerms(rest)})`);
}

/**
 * The tickets that match one of the conditions; undefined when there are too many to list: then the condition is tested
 * in the queue's own order.
 */
async function listNumbers(db: Db, conditions: Condition[]): Promise<number[] | undefined> {
  const each = conditions.map(
    (condition) => sql`(select number from tickets where ${condition} limit ${RARE})`,
  );
  return listUpToMax(db, sql.join(each, sql` union `));
}

/** The condition that a ticket has texts with the words. */
async function findInTexts(db: Db, typed: string): Promise<Condition> {
  const query = await searchQuery(db, 'all', typed);
  if (query === null) return sql`false`;
  const numbers = isCommon(query) ? undefined : await listFound(db, query);
  if (numbers) return isOneOf(numbers);
  rememberCommon(query);
  return hasTerms(query);
}

async function listFound(db: Db, query: SearchQuery): Promise<number[] | undefined> {
  const ranked = query.terms.length > 1 ? await rank(db, query) : { ...query, isRare: true };
  return listUpToMax(db, matches(ranked));
}

async function listUpToMax(db: Db, found: RawBuilder<unknown>): Promise<number[] | undefined> {
  const { rows } = await sql<{ number: number }>`
    select number
    from (${found}) as found
    limit ${RARE}
  `.execute(db);
  return rows.length < RARE ? [...new Set(rows.map(({ number }) => number))] : undefined;
}

const isOneOf = (numbers: number[]) => sql`tickets.number = any(${numbers}::bigint[])`;

const MAX_COMMON = 1000;
const COMMON_MS = 600_000;
/** Searches that find many tickets, and until when that is assumed. It affects the plan, never the result. */
const common = new Map<string, number>();
const keyOf = ({ terms, number }: SearchQuery) => JSON.stringify([terms, number]);
const isCommon = (query: SearchQuery) => (common.get(keyOf(query)) ?? 0) > Date.now();

function rememberCommon(query: SearchQuery) {
  if (isCommon(query)) return;
  if (common.size === MAX_COMMON) common.clear();
  common.set(keyOf(query), Date.now() + COMMON_MS);
}
