/** The account's tickets, filtered and sorted, in pages with exact counts. */
import { type RawBuilder, sql } from 'kysely';
import type { ClientActor } from '#actor.ts';
import { cachedCount } from '#desk/search/cached-counts.ts';
import type { Db, Tx } from '#platform/db/database.ts';
import { filterOf, stateOf } from './filter.ts';
import { orderOf } from './orders.ts';
import { type Asked, type Found, isListed, page } from './page.ts';
import { withCan } from './rules.ts';
import type { TicketPage, TicketQuery } from './schema.ts';
import { search } from './search.ts';

export async function listTickets(db: Db, actor: ClientActor, query: TicketQuery): Promise<TicketPage> {
  const { q, items_per_page } = query;
  const order = orderOf(query);
  const asked: Asked = {
    accountId: actor.accountId,
    isClosed: stateOf(query),
    filter: filterOf(query, actor),
    order,
    offset: order.hasCursor ? 0 : (order.page - 1) * items_per_page,
    limit: items_per_page + 1, // one more says whether a page follows
  };
  const { item_count, items: read } =
    q !== undefined
      ? await search(db, q, asked)
      : asked.filter.key === ''
        ? await listAll(db, asked)
        : await listFiltered(db, asked);
  const items = read.slice(0, items_per_page).map((ticket) => withCan(actor, ticket));
  const last = items.at(-1);
  return {
    items,
    item_count,
    items_per_page,
    page: order.page,
    page_count: Math.ceil(item_count / items_per_page),
    after: read.length > items_per_page && last ? order.cursorOf(last) : null,
  };
}

/** The count and the page in one snapshot. The keys come from an index alone, the rows of one page follow. */
async function listAll(db: Db, asked: Asked): Promise<Found> {
  const { offset } = asked;
  const first = await page(
    db,
    asked,
    counter(asked),
    keys(asked, offset > DEEP ? { ...asked, offset: 0 } : asked),
  );
  return offset > DEEP ? listDeep(db, asked, first.item_count) : first;
}

const counter = ({ isClosed }: Asked) =>
  sql.raw(
    isClosed === undefined ? 'tickets_open + tickets_closed' : isClosed ? 'tickets_closed' : 'tickets_open',
  );

/** A count reads every ticket of the account (70 ms of 200,000), so it is kept until something happens there. */
async function listFiltered(db: Db, asked: Asked): Promise<Found> {
  const { accountId, isClosed, filter, offset } = asked;
  return db.transaction().execute(async (tx) => {
    await sql`set transaction isolation level repeatable read, read only`.execute(tx);
    const key = { accountId, query: `list ${isClosed ?? ''}${filter.key}` };
    const count = await cachedCount(db, tx, key, () => countListed(tx, asked));
    if (offset > DEEP) return listDeep(tx, asked, count);
    return page(tx, asked, sql`${count}::bigint`, keys(asked, asked));
  });
}

async function countListed(tx: Tx, asked: Asked): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*)
    from tickets
    where ${isListed(asked)}
  `.execute(tx);
  return rows[0]?.count ?? 0;
}

const DEEP = 2000; // rows: from here on it pays to know the count before choosing the end to walk from

/** A page far from the start: past the middle the index is walked from its other end. */
async function listDeep(db: Db, asked: Asked, count: number): Promise<Found> {
  const { offset, limit, order } = asked;
  if (offset >= count) return { item_count: count, items: [] };
  const size = Math.min(limit, count - offset);
  const behind = count - offset - size;
  const range =
    behind < offset
      ? { by: order.reversed, offset: behind, limit: size }
      : { by: order.by, offset, limit: size };
  return page(db, asked, sql`${count}::bigint`, keys(asked, range));
}

/** The keys of a page, in `by`, the order's own unless it is walked from its other end. */
const keys = (
  asked: Asked,
  { by = asked.order.by, offset, limit }: { by?: RawBuilder<unknown>; offset: number; limit: number },
) => sql`
  select number, updated_at
  from tickets
  where ${isListed(asked)} and ${asked.order.isBehind}
  order by ${by}
  limit ${limit}
  offset ${offset}
`;
