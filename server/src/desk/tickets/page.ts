/** A page of a client's list: the query, and the rows of its keys with their count. */
import type { ClientActor } from '#actor.ts';
import type { Counting } from '#desk/search/cached-counts.ts';
import type { Db } from '#platform/db/database.ts';
import { type Sql, sql } from '#platform/sql.ts';
import type { filterOf, IsClosed } from './filter.ts';
import { ticketColumnsWithVote, ticketStatus } from './find.ts';
import type { Order } from './orders.ts';
import type { StoredTicket, TicketRow } from './schema.ts';

/** What is listed, and which part of it. */
export interface ListParameters {
  accountId: number;
  isClosed: IsClosed;
  filter: ReturnType<typeof filterOf>;
  order: Order;
  offset: number;
  limit: number;
}

/** `has_late_vote`: the votes of the page are too large to be read at once, and this ticket's is read later. */
type ListedTicket = StoredTicket & { has_late_vote: boolean };

export interface PageRows {
  item_count: number;
  items: ListedTicket[];
}

/** A vote may have a comment of 50,000 characters, and a page a thousand votes. */
const VOTE_BYTES = 1024 * 1024;
const BATCH_VOTES = 5;

/** The tickets of a page with their late votes, batch by batch. */
export async function* withVotes(db: Db, { accountId }: ClientActor, items: TicketRow[]) {
  for (let i = 0; i < items.length; i += BATCH_VOTES) {
    const batch = items.slice(i, i + BATCH_VOTES);
    const { rows } = await sql<Pick<TicketRow, 'number' | 'vote'>>`
      select number, vote
      from tickets
      where account_id = ${accountId} and number = any(${batch.map(({ number }) => number)}::bigint[])
    `.execute(db);
    const voteOf = new Map(rows.map(({ number, vote }) => [number, vote]));
    yield batch.map((ticket): TicketRow => ({ ...ticket, vote: voteOf.get(ticket.number) ?? null }));
  }
}

/** The condition for a ticket in this list, apart from search words. */
export const isListed = ({ accountId, isClosed, filter }: ListParameters) =>
  sql.join([sql`account_id = ${accountId}`, ...stateIs(isClosed), ...filter.conditions], sql` and `);

export const stateIs = (isClosed: IsClosed) => (isClosed === undefined ? [] : [sql`is_closed = ${isClosed}`]);

/** The single row of an empty page, which has the count. */
type NoTicket = { [K in keyof ListedTicket]: null };

const areVotesLate = `coalesce(sum(octet_length(tickets.vote::text)) over (), 0) > ${VOTE_BYTES}`;

/** The rows of the keys in the list's order, in one snapshot with their count, to which the keys may refer. */
export async function page(
  db: Db,
  { accountId, order }: ListParameters,
  { counted, remember }: Counting,
  pageKeys: Sql,
): Promise<PageRows> {
  const { rows } = await sql<{ item_count: number; moment: string | null } & (ListedTicket | NoTicket)>`
    with ${counted}
    select counted.item_count, counted.moment, page.*
    from counted
    left join lateral (
      select ${ticketColumnsWithVote(`case when not ${areVotesLate} then tickets.vote end as vote`)},
        tickets.vote is not null and ${sql.raw(areVotesLate)} as has_late_vote
      from (${pageKeys}) as keys
      join tickets on tickets.account_id = ${accountId} and tickets.number = keys.number
      ${ticketStatus}
    ) as page on true
    order by ${order.by}
  `.execute(db);
  const [first] = rows;
  if (first) remember?.({ item_count: first.item_count, moment: first.moment });
  return { item_count: first?.item_count ?? 0, items: rows.filter((row) => row.number !== null) };
}
