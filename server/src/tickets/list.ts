/** The account's tickets, last changed first, in pages with exact counts. */
import { type RawBuilder, sql } from 'kysely';
import type { ClientActor } from '../actor.ts';
import type { Db, Tx } from '../db/database.ts';
import { invalid } from '../errors.ts';
import { rememberedCount } from '../search/remembered-counts.ts';
import { searchQuery } from '../search/words.ts';
import { ticketColumns, ticketStatus } from './find.ts';
import type { TicketQuery, TicketRow } from './schema.ts';

interface TicketPage {
  items: TicketRow[];
  item_count: number;
  items_per_page: number;
  page: number;
  page_count: number;
}

export async function listTickets(db: Db, actor: ClientActor, query: TicketQuery): Promise<TicketPage> {
  const { only_opened = false, only_closed = false, page, items_per_page } = query;
  if (only_opened && only_closed) {
    const errors = ['only_opened', 'only_closed'].map((pointer) => ({
      pointer,
      detail: 'excludes the other',
    }));
    throw invalid('invalid_request', 'Ask for only_opened or for only_closed, or for neither.', errors);
  }
  const isClosed = only_opened ? false : only_closed ? true : undefined;
  const range = { offset: (page - 1) * items_per_page, limit: items_per_page };
  const { item_count, items } =
    query.q === undefined
      ? await listAll(db, actor.accountId, isClosed, range)
      : await search(db, actor.accountId, query.q, isClosed, range);
  return { items, item_count, items_per_page, page, page_count: Math.ceil(item_count / items_per_page) };
}

interface Range {
  offset: number;
  limit: number;
}

/** undefined: open and closed alike. */
type IsClosed = boolean | undefined;

const newestFirst = sql.raw('updated_at desc, number desc');
const oldestFirst = sql.raw('updated_at, number');

/** The count and the page in one snapshot. The keys come from an index alone, the rows of one page follow. */
async function listAll(db: Db, accountId: number, isClosed: IsClosed, range: Range) {
  const counted = sql.raw(
    isClosed === undefined ? 'tickets_open + tickets_closed' : isClosed ? 'tickets_closed' : 'tickets_open',
  );
  const first = await page(
    db,
    accountId,
    counted,
    sql`
    select number, updated_at
    from tickets
    where account_id = ${accountId} ${stateIs(isClosed)}
    order by ${newestFirst}
    limit ${range.limit}
    offset ${range.offset > DEEP ? 0 : range.offset}
  `,
  );
  return range.offset > DEEP ? listDeep(db, accountId, isClosed, range, first.item_count) : first;
}

const DEEP = 2000; // rows: from here on it pays to know the count before choosing the end to walk from

/** A page far from the start: past the middle the index is walked from its other end. */
async function listDeep(
  db: Db,
  accountId: number,
  isClosed: IsClosed,
  { offset, limit }: Range,
  count: number,
) {
  if (offset >= count) return { item_count: count, items: [] };
  const size = Math.min(limit, count - offset);
  const behind = count - offset - size;
  const fromEnd = behind < offset;
  return page(
    db,
    accountId,
    sql`${count}::bigint`,
    sql`
    select number, updated_at
    from tickets
    where account_id = ${accountId} ${stateIs(isClosed)}
    order by ${fromEnd ? oldestFirst : newestFirst}
    limit ${size}
    offset ${fromEnd ? behind : offset}
  `,
  );
}

/** The one row of an empty page: it carries the count. */
type NoTicket = { [K in keyof TicketRow]: null };

/** The rows of the keys, newest first, with `counted` of the account's counters. */
async function page(db: Db, accountId: number, counted: RawBuilder<unknown>, keys: RawBuilder<unknown>) {
  const { rows } = await sql<{ item_count: number } & (TicketRow | NoTicket)>`
    select account_state.item_count, page.*
    from (
      select ${counted} as item_count
      from account_state
      where account_id = ${accountId}
    ) as account_state
    left join lateral (
      select ${ticketColumns}
      from (${keys}) as keys
      join tickets on tickets.account_id = ${accountId} and tickets.number = keys.number
      ${ticketStatus}
    ) as page on true
    order by ${newestFirst}
  `.execute(db);
  return { item_count: rows[0]?.item_count ?? 0, items: rows.filter((row) => row.number !== null) };
}

/** Count and page are two plans: the count reads the words' index alone, the page depends on how common they are. */
async function search(db: Db, accountId: number, typed: string, isClosed: IsClosed, range: Range) {
  return db.transaction().execute(async (tx) => {
    await planForSearch.execute(tx);
    const query = await searchQuery(tx, accountId, typed);
    if (query === null) return { item_count: 0, items: [] };
    const asked = { accountId, query: `${isClosed ?? ''} ${query}` };
    const matches = await rememberedCount(db, tx, asked, () => countMatches(tx, accountId, query, isClosed));
    if (range.offset >= matches) return { item_count: matches, items: [] };

    // Walking by date meets a match every total/matches rows; sorting reads every match.
    const total = await countTickets(tx, accountId);
    const walked = ((range.offset + range.limit) * total) / matches;
    const keys = walked < matches ? walkByDate : sortMatches;
    return page(tx, accountId, sql`${matches}::bigint`, keys(accountId, query, isClosed, range));
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

async function countMatches(tx: Tx, accountId: number, query: string, isClosed: IsClosed): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*)
    from (${found(query)}) as found
    where account_id = ${accountId} ${stateIs(isClosed)}
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

function walkByDate(accountId: number, query: string, isClosed: IsClosed, { offset, limit }: Range) {
  return sql`
    select number, updated_at
    from tickets
    where account_id = ${accountId} ${stateIs(isClosed)}
      and exists (
        select from ticket_search
        where ticket_search.account_id = ${accountId}
          and ticket_search.number = tickets.number
          and ticket_search.words @@ ${query}::tsquery
        offset 0
      )
    order by ${newestFirst}
    limit ${limit}
    offset ${offset}
  `;
}

function sortMatches(accountId: number, query: string, isClosed: IsClosed, { offset, limit }: Range) {
  return sql`
    with matches as materialized (
      select number
      from (${found(query)}) as found
      where account_id = ${accountId} ${stateIs(isClosed)}
    )
    select tickets.number, tickets.updated_at
    from matches
    join tickets on tickets.account_id = ${accountId} and tickets.number = matches.number
    order by ${newestFirst}
    limit ${limit}
    offset ${offset}
  `;
}

/**
 * The words name their account already. Asked for it beside them, PostgreSQL reads all keys of the account as well (33 ms
 * of 37 in one of 200,000 tickets); `offset 0` keeps the question apart.
 */
const found = (query: string) => sql`
  select account_id, number, is_closed
  from ticket_search
  where words @@ ${query}::tsquery
  offset 0
`;

const stateIs = (isClosed: IsClosed) => (isClosed === undefined ? sql`` : sql`and is_closed = ${isClosed}`);
