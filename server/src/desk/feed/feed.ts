/** The feed as readers see it: events in order, each with its ticket and comment. */
import type { Actor } from '#actor.ts';
import { commentSize, listCommentsByKey } from '#desk/tickets/comments/list.ts';
import type { ShownComment } from '#desk/tickets/comments/schema.ts';
import { listTicketsByKey } from '#desk/tickets/find.ts';
import type { TicketRow } from '#desk/tickets/schema.ts';
import type { Db } from '#platform/db/database.ts';
import { isBehind, isSettled } from '#platform/events/cursor.ts';
import { sql } from '#platform/sql.ts';
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
  /** The current ticket and comment. */
  ticket: TicketRow | null;
  comment: ShownComment | null;
  data: object | null;
}

/** Limits how much of the feed is read at once, in events and in bytes, but always at least one event. */
interface Page {
  limit: number;
  maxBytes: number;
}

/** The next events after `after` (from the first when undefined) that the actor may see. */
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

/** The approximate bytes of an event with its resources, without JSON escapes. */
const eventSize = sql`(
  2000 + coalesce(${commentSize}, 0) + coalesce(octet_length(tickets.vote::text), 0)
  + coalesce(octet_length(page.data::text), 0)
)`;

interface EventRow extends Omit<FeedEvent, 'ticket' | 'comment'> {
  ticket_number: number | null;
  comment_id: number | null;
}

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
