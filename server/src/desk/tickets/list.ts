/** The account's tickets, filtered and sorted, in pages with exact counts. */
import type { ClientActor } from '#actor.ts';
import { type Counting, withCachedCount } from '#desk/search/cached-counts.ts';
import type { Db } from '#platform/db/database.ts';
import { type Sql, sql } from '#platform/sql.ts';
import { filterOf, stateOf } from './filter.ts';
import { orderOf } from './orders.ts';
import { isListed, type ListParameters, type PageRows, page } from './page.ts';
import { withCan } from './rules.ts';
import type { TicketPage, TicketQuery } from './schema.ts';
import { search } from './search.ts';

export async function listTickets(db: Db, actor: ClientActor, query: TicketQuery): Promise<TicketPage> {
  const { q, items_per_page } = query;
  const order = orderOf(query);
  const parameters: ListParameters = {
    accountId: actor.accountId,
    isClosed: stateOf(query),
    filter: filterOf(query, actor),
    order,
    offset: order.hasCursor ? 0 : (order.page - 1) * items_per_page,
    limit: items_per_page + 1, // one more shows whether there is another page
  };
  const { item_count, items: read } =
    q !== undefined ? await search(db, q, parameters) : await list(db, parameters);
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

/** The count and the page in one snapshot. The keys come from an index only; then the rows of the page are read. */
async function list(db: Db, parameters: ListParameters): Promise<PageRows> {
  const { offset } = parameters;
  const start = offset > DEEP_OFFSET ? { ...parameters, offset: 0 } : parameters;
  const first = await counting(db, parameters, (count) =>
    page(db, parameters, count, keys(parameters, start)),
  );
  return offset > DEEP_OFFSET ? listDeep(db, parameters, first.item_count) : first;
}

/** A count with filters reads every ticket of the account (70 ms of 200,000), so it is cached. */
function counting<T>(
  db: Db,
  parameters: ListParameters,
  read: (counting: Counting) => Promise<T>,
): Promise<T> {
  const { accountId, isClosed, filter } = parameters;
  if (filter.key !== '') {
    const count = sql`select count(*) from tickets where ${isListed(parameters)}`;
    return withCachedCount(db, { accountId, query: `list ${isClosed ?? ''}${filter.key}` }, count, read);
  }
  const counter =
    isClosed === undefined ? 'tickets_open + tickets_closed' : isClosed ? 'tickets_closed' : 'tickets_open';
  const counted = sql`counted as (
    select ${sql.raw(counter)} as item_count, null::text as moment
    from account_state
    where account_id = ${accountId}
  )`;
  return read({ counted });
}

const DEEP_OFFSET = 2000; // rows; from here on the count decides from which end to scan

/** A page far from the start: past the middle the index is scanned from its other end. */
async function listDeep(db: Db, parameters: ListParameters, count: number): Promise<PageRows> {
  const { offset, limit, order } = parameters;
  if (offset >= count) return { item_count: count, items: [] };
  const size = Math.min(limit, count - offset);
  const behind = count - offset - size;
  const range =
    behind < offset
      ? { by: order.reversed, offset: behind, limit: size }
      : { by: order.by, offset, limit: size };
  const counted = sql`counted as (select ${count}::bigint as item_count, null::text as moment)`;
  return page(db, parameters, { counted }, keys(parameters, range));
}

/** The keys of a page, in the order `by`, which is reversed when scanning from the other end. */
const keys = (
  parameters: ListParameters,
  { by = parameters.order.by, offset, limit }: { by?: Sql; offset: number; limit: number },
) => sql`
  select number, updated_at
  from tickets
  where ${isListed(parameters)} and ${parameters.order.isBehind}
  order by ${by}
  limit ${limit}
  offset ${offset}
`;
