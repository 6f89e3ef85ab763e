/**
 * Events in the order of the feed. A cursor is the place of an event, `<epoch>.<transaction>.<id>`; reading goes up to
 * the oldest transaction still running, so one that commits late is met when it has, never skipped.
 */
import { sql } from 'kysely';
import type { Actor } from '#actor.ts';
import { commentSize, listCommentsByKey } from '#desk/tickets/comments/list.ts';
import type { CommentRow } from '#desk/tickets/comments/schema.ts';
import { listTicketsByKey } from '#desk/tickets/find.ts';
import type { TicketRow } from '#desk/tickets/schema.ts';
import { invalid } from '#errors.ts';
import type { Db } from '#platform/db/database.ts';
import type { EventType } from '#platform/events/types.ts';
import { visibleTo } from '#visible.ts';

export interface FeedEvent {
  cursor: string;
  type: string;
  created_at: string;
  actor_kind: Actor['kind'];
  account_id: number;
  staff_id: number | null;
  token_id: number | null;
  user_id: string | null;
  /** Ticket and comment as they are now. */
  ticket: TicketRow | null;
  comment: CommentRow | null;
  data: object | null;
}

/** How much of the feed is read at once: so many events, or as many as fit into so many bytes, but one at least. */
interface Page {
  limit: number;
  maxBytes: number;
}

/** The next events behind `after` (from the first one when undefined) that the actor may see. */
export async function readFeed(
  db: Db,
  actor: Actor,
  after: string | undefined,
  { limit, maxBytes }: Page,
): Promise<{ events: FeedEvent[]; hasMore: boolean }> {
  const { rows } = await sql<EventRow & { found: number }>`
    select *
    from (
    select page.*, count(*) over () as found, row_number() over (${inOrder}) as place,
      sum(${eventSize}) over (${inOrder}) as up_to
    from (
      select epoch || '.' || xid || '.' || id as cursor,
        type, created_at, actor_kind, account_id, staff_id, token_id, user_id, ticket_number, comment_id,
        ${visibleTo.eventData(actor)} as data,
        epoch, xid, id
      from events
      where ${isBehind(after)}
        and ${isSettled}
        and ${visibleTo.events(actor)}
      order by epoch, events.xid, id
      limit ${limit}
    ) as page
    left join tickets on tickets.account_id = page.account_id and tickets.number = page.ticket_number
    left join comments on comments.account_id = page.account_id and comments.id = page.comment_id
    ) as sized
    where place = 1 or up_to <= ${maxBytes}
    order by place
  `.execute(db);
  const events = await withResources(db, actor, rows);
  const found = rows[0]?.found ?? 0;
  return { events, hasMore: found === limit || rows.length < found };
}

const inOrder = sql.raw('order by page.epoch, page.xid, page.id');

/** What happened where, for those who follow the feed on behalf of the product. */
export interface FeedEntry {
  cursor: string;
  type: EventType;
  account_id: number;
  ticket_number: number | null;
  comment_id: number | null;
}

/** The next places behind `after`, in the order of the feed. */
export async function readEntries(db: Db, after: string, limit: number): Promise<FeedEntry[]> {
  const { rows } = await sql<FeedEntry>`
    select epoch || '.' || xid || '.' || id as cursor, type, account_id, ticket_number, comment_id
    from events
    where ${isBehind(after)} and ${isSettled}
    order by epoch, events.xid, id
    limit ${limit}
  `.execute(db);
  return rows;
}

/** How old the next event behind `after` is, in seconds; 0 when there is none. */
export async function ageOfNext(db: Db, after: string): Promise<number> {
  const { rows } = await sql<{ age: number }>`
    select greatest(0, extract(epoch from now() - created_at))::float8 as age
    from events
    where ${isBehind(after)}
    order by epoch, events.xid, id
    limit 1
  `.execute(db);
  return rows[0]?.age ?? 0;
}

/** A cursor behind everything that has happened: what is read from it happens from now on. */
export async function feedHead(db: Db): Promise<string> {
  const { rows } = await sql<{ head: string }>`
    select ${currentEpoch} || '.' || ${horizon} || '.0' as head
  `.execute(db);
  return rows[0]?.head ?? '0.0.0';
}

/** Accounts with news behind `after`, where that ends, and whether more is there that cannot be read yet. */
export async function readNews(db: Db, after: string) {
  const { rows } = await sql<{ account_id: number; cursor: string; is_settled: boolean }>`
    select account_id, epoch || '.' || xid || '.' || id as cursor, ${isSettled} as is_settled
    from events
    where ${isBehind(after)}
    order by epoch, events.xid, id
    limit 1000
  `.execute(db);
  const settled = rows.filter(({ is_settled }) => is_settled);
  return {
    accounts: new Set(settled.map(({ account_id }) => account_id)),
    cursor: settled.at(-1)?.cursor ?? after,
    isPending: settled.length < rows.length || rows.length === 1000,
  };
}

/** Throws a 400 for what is not a cursor of ours; PostgreSQL would read a transaction with a leading zero as octal. */
export function entryOf(cursor = '0.0.0'): string[] {
  const place = /^(0|[1-9]\d{0,8})\.(0|[1-9]\d{0,18})\.(0|[1-9]\d{0,17})$/.exec(cursor);
  if (!place) throw invalid('invalid_cursor', 'This is not a cursor of this feed.');
  return place.slice(1);
}

function isBehind(after: string | undefined) {
  const [epoch, xid, id] = entryOf(after);
  return sql`(epoch, xid, id) > (${epoch}::int, ${xid}::xid8, ${id}::bigint)`;
}

/** Bytes that an event takes with its resources, but for the escapes of JSON. */
const eventSize = sql`(
  2000 + coalesce(${commentSize}, 0) + coalesce(octet_length(tickets.vote::text), 0)
  + coalesce(octet_length(page.data::text), 0)
)`;

interface EventRow extends Omit<FeedEvent, 'ticket' | 'comment'> {
  ticket_number: number | null;
  comment_id: number | null;
}

/** The column's default is the epoch: a restore into a younger cluster raises it (platform/db/migrate.ts). */
const currentEpoch = sql<number>`(
  select pg_get_expr(adbin, adrelid)::int
  from pg_attrdef
  join pg_attribute on attrelid = adrelid and attnum = adnum
  where adrelid = 'events'::regclass and attname = 'epoch'
)`;

/**
 * The oldest transaction that may still write an event. Transaction numbers are the whole server's: those that run in
 * other databases, some for hours, are told by their sessions; one without a session, such as a prepared one, counts as
 * ours.
 */
const horizon = sql<string>`coalesce(
  (
    select running
    from pg_snapshot_xip(pg_current_snapshot()) as running
    where not exists (
      select from pg_stat_activity
      where datid <> (select oid from pg_database where datname = current_database())
        and backend_xid::text::bigint = (running::text::numeric % 4294967296)::bigint
    )
    order by running
    limit 1
  ),
  pg_snapshot_xmax(pg_current_snapshot())
)`;

const isSettled = sql<boolean>`(xid < ${horizon} or epoch < ${currentEpoch})`;

async function withResources(db: Db, actor: Actor, rows: EventRow[]): Promise<FeedEvent[]> {
  const tickets = await listTicketsByKey(
    db,
    actor,
    rows.map(({ account_id, ticket_number }) => ({ account_id, number: ticket_number })),
  );
  const comments = await listCommentsByKey(
    db,
    actor,
    rows.map(({ account_id, comment_id }) => ({ account_id, id: comment_id })),
  );
  const ticketOf = new Map(tickets.map((ticket) => [ticket.number, ticket]));
  const commentOf = new Map(comments.map((comment) => [comment.id, comment]));
  return rows.map(({ ticket_number, comment_id, ...event }) => ({
    ...event,
    ticket: ticketOf.get(ticket_number ?? 0) ?? null,
    comment: commentOf.get(comment_id ?? 0) ?? null,
  }));
}
