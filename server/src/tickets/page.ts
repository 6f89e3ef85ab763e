/** A page of a client's list: what is asked for, and the rows of its keys with their count. */
import { type RawBuilder, sql } from 'kysely';
import type { Db } from '../db/database.ts';
import type { filterOf, IsClosed } from './filter.ts';
import { ticketColumns, ticketStatus } from './find.ts';
import type { Order } from './orders.ts';
import type { TicketRow } from './schema.ts';

/** What is listed, and which part of it. */
export interface Asked {
  accountId: number;
  isClosed: IsClosed;
  filter: ReturnType<typeof filterOf>;
  order: Order;
  offset: number;
  limit: number;
}

export interface Found {
  item_count: number;
  items: TicketRow[];
}

/** The condition of a ticket in this list, apart from words. */
export const isListed = ({ accountId, isClosed, filter }: Asked) =>
  sql.join([sql`account_id = ${accountId}`, ...stateIs(isClosed), ...filter.conditions], sql` and `);

export const stateIs = (isClosed: IsClosed) => (isClosed === undefined ? [] : [sql`is_closed = ${isClosed}`]);

/** The one row of an empty page: it carries the count. */
type NoTicket = { [K in keyof TicketRow]: null };

/** The rows of the keys in the list's order, with `counted` of the account's counters. */
export async function page(
  db: Db,
  { accountId, order }: Asked,
  counted: RawBuilder<unknown>,
  pageKeys: RawBuilder<unknown>,
): Promise<Found> {
  const { rows } = await sql<{ item_count: number } & (TicketRow | NoTicket)>`
    select account_state.item_count, page.*
    from (
      select ${counted} as item_count
      from account_state
      where account_id = ${accountId}
    ) as account_state
    left join lateral (
      select ${ticketColumns}
      from (${pageKeys}) as keys
      join tickets on tickets.account_id = ${accountId} and tickets.number = keys.number
      ${ticketStatus}
    ) as page on true
    order by ${order.by}
  `.execute(db);
  return { item_count: rows[0]?.item_count ?? 0, items: rows.filter((row) => row.number !== null) };
}
