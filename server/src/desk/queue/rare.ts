/**
 * Filters that few tickets may match, or most: few are listed first, and read by their numbers. Of many, each ticket is
 * tested in the queue's own order until the page is full. The planner, which does not know which it is, decides nothing.
 */
import { RARE } from '#desk/search/matches.ts';
import type { Db } from '#platform/db/database.ts';
import { type Sql, sql } from '#platform/sql.ts';

/**
 * The numbers that `tickets` selects; undefined when there are too many to list: then the condition is tested in the
 * queue's own order.
 */
export async function listFew(db: Db, tickets: Sql): Promise<number[] | undefined> {
  const { rows } = await sql<{ number: number }>`
    select number
    from (${tickets}) as found
    limit ${sql.lit(RARE)}
  `.execute(db);
  return rows.length < RARE ? rows.map(({ number }) => number) : undefined;
}

/** As in its index. */
const score = sql.raw("(tickets.vote ->> 'score')::int");

/** The condition that the client has given a score from `from` to `to`. */
export async function findScores(db: Db, from = 1, to = 10): Promise<Sql> {
  const condition = sql`${score} between ${from} and ${to}`;
  const tickets = sql`select number from tickets where ${condition} order by ${score} limit ${sql.lit(RARE)}`;
  return among(await listFew(db, tickets)) ?? condition;
}

/** The condition that comments or notes of a ticket have files, or that none has. */
export async function findFiles(db: Db, has: boolean): Promise<Sql> {
  const condition = sql`
    exists (
      select from comments
      where comments.account_id = tickets.account_id and comments.ticket_number = tickets.number and files <> '[]'
      offset 0
    )
  `;
  if (!has) return sql`not ${condition}`;
  const tickets = sql`select ticket_number as number from comments where files <> '[]'`;
  return among(await listFew(db, tickets)) ?? condition;
}

const among = (numbers: number[] | undefined) => numbers && sql`tickets.number = any(${numbers}::bigint[])`;
