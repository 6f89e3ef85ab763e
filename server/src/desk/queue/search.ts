/** The queue's `q`: words of tickets, of their accounts and contacts, and ids of the host. */
import { type RawBuilder, sql } from 'kysely';
import { findStaffWords } from '#desk/search/staff-index.ts';
import { findCustomers } from '#people/accounts/account-search.ts';
import type { Db } from '#platform/db/database.ts';

type Condition = RawBuilder<unknown>;

/** Fewer matches than this are looked up first; otherwise the condition is tested in the queue's own order. */
const MAX_RARE = 2000;

export async function findWords(db: Db, typed: string): Promise<Condition> {
  const named = await findCustomers(db, typed);
  const others = [sql`tickets.external_id = ${typed.trim()}`, ...named.flatMap(conditionsOf)];
  const numbers = await listNumbers(db, others);
  const inTickets = await findStaffWords(db, typed);
  if (numbers?.length === 0) return inTickets;
  const isNamed = numbers
    ? sql`tickets.number = any(${numbers}::bigint[])`
    : sql`(${sql.join(others, sql` or `)})`;
  return sql`(${inTickets} or ${isNamed})`;
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
  return whose.map(
    (condition) => sql`(${condition} and exists (
      select from staff_search
      where staff_search.account_id = tickets.account_id
        and staff_search.number = tickets.number
        and staff_search.words @@ ${rest}::tsquery
      offset 0
    ))`,
  );
}

/** The tickets that match one of the conditions; undefined when there are too many to list. */
async function listNumbers(db: Db, conditions: Condition[]): Promise<number[] | undefined> {
  const each = conditions.map(
    (condition) => sql`(select number from tickets where ${condition} limit ${MAX_RARE})`,
  );
  const { rows } = await sql<{ number: number }>`
    select number
    from (${sql.join(each, sql` union `)}) as found
    limit ${MAX_RARE}
  `.execute(db);
  return rows.length < MAX_RARE ? rows.map(({ number }) => number) : undefined;
}
