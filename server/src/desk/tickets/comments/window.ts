/**
 * Chooses the comments of a list. Ids and sizes are read first, so that the size of the response is known before any
 * text is read, and a long list is read batch by batch while it is sent.
 */
import type { Actor } from '#actor.ts';
import { notFound } from '#errors.ts';
import type { Db } from '#platform/db/database.ts';
import { oneRow } from '#platform/db/one-row.ts';
import { sql } from '#platform/sql.ts';
import { visibleTo } from '#visible.ts';
import { commentColumns, commentSize, listCommentsByKey } from './list.ts';
import { redactableSince, withCommentCan } from './rules.ts';
import type { CommentQuery, CommentRow, ShownComment } from './schema.ts';

/** Per response, as stored. The given document lists all comments, and most tickets have fewer bytes. */
const LIST_BYTES = 8 * 1024 * 1024;
/** Up to this size, texts are read together with the ids, and the response is built in memory. */
const SMALL_BYTES = 1024 * 1024;
const BATCH_BYTES = 256 * 1024;
const BATCH_COMMENTS = 100;

interface CommentList {
  version: number;
  /** The listed comments that the client has not read. */
  unread: number[];
  /** The parameters of the next page, if there is one in this order. */
  next: { after: number } | { before: number } | undefined;
  /** All at once, or in batches. */
  comments: ShownComment[] | AsyncGenerator<ShownComment[]>;
  /** Changes whenever these comments do. For lists sent in batches. */
  digest(): Promise<string>;
}

interface ListedTicket {
  account_id: number;
  number: number;
  version: number;
  merged_at: string | null;
  merged_into_ticket_number: number | null;
}

interface Entry {
  id: number;
  was_read: boolean;
  size: number;
  /** The bytes of the list up to and including this one. */
  up_to: number;
  /** The bytes of all comments that match the query. */
  total: number;
}

/** A row without a comment has the ticket only. The texts are there when all of them are small. */
type EntryRow = ListedTicket & {
  [K in keyof (Entry & CommentRow)]: K extends 'total' ? number : (Entry & CommentRow)[K] | null;
};

/**
 * The comments of a ticket in order of writing, or reversed: as many of the requested ones as fit, at least one.
 * Comments of a merged ticket stay listed, and say in which ticket they are.
 */
export async function listComments(
  db: Db,
  actor: Actor,
  number: number,
  query: CommentQuery = {},
  maxBytes = LIST_BYTES,
): Promise<CommentList> {
  const rows = await readEntries(db, actor, number, query);
  const [first] = rows;
  if (!first) throw notFound('ticket');
  const found = rows.filter((row): row is EntryRow & Entry => row.id !== null);
  const { limit = found.length } = query;
  const listed = found.filter(({ up_to }, i) => i < limit && (i === 0 || up_to <= maxBytes));
  const last = listed.length < found.length ? listed.at(-1)?.id : undefined;
  const isSmall = first.total <= SMALL_BYTES;
  return {
    version: first.version,
    unread: listed.flatMap(({ id, was_read }) => (was_read ? [] : [id])),
    next: last === undefined ? undefined : query.sort === '-id' ? { before: last } : { after: last },
    comments: isSmall
      ? listed.map((row) => {
          const comment = withCommentCan(actor, row as typeof row & CommentRow); // small, so its text was read
          return toListedComment(first, comment, row.was_read);
        })
      : readBatches(db, actor, first, listed),
    digest: () => digestOf(db, actor, first, listed),
  };
}

/** The last comments in order of writing, which staff read first. */
export async function listNewestComments(db: Db, actor: Actor, number: number) {
  const newest: CommentQuery = { sort: '-id', limit: 100 };
  const { comments, next } = await listComments(db, actor, number, newest, SMALL_BYTES);
  return { comments: (await collect(comments)).reverse(), has_earlier_comments: next !== undefined };
}

async function collect(comments: CommentList['comments']): Promise<ShownComment[]> {
  if (Array.isArray(comments)) return comments;
  const all: ShownComment[] = [];
  for await (const batch of comments) all.push(...batch);
  return all;
}

/** One row per comment, with its text when all are small. One row without an id when there is none. */
async function readEntries(db: Db, actor: Actor, number: number, query: CommentQuery) {
  const { after, before, limit, sort } = query;
  const isAsked = sql`
    ${after === undefined ? sql`true` : sql`comments.id > ${after}`}
    and ${before === undefined ? sql`true` : sql`comments.id < ${before}`}
    and ${visibleTo.comments(actor)}
  `;
  const order = sql.raw(sort === '-id' ? 'id desc' : 'id');
  const { rows } = await sql<EntryRow>`
    select ${commentColumns}, tickets.account_id, tickets.number, tickets.merged_at, tickets.merged_into_ticket_number,
      tickets.version,
      listed.id, listed.is_client_read as was_read, listed.size, listed.up_to, coalesce(listed.total, 0) as total
    from tickets
    left join lateral (
      select *, sum(size) over (order by ${order}) as up_to, sum(size) over () as total
      from (
        select id, is_client_read, ${commentSize} as size
        from comments
        where comments.account_id = tickets.account_id and comments.ticket_number = tickets.number and ${isAsked}
        union all
        select id, is_client_read, ${commentSize}
        from comments
        where tickets.merged_at is not null
          and comments.account_id = tickets.account_id
          and comments.merged_from_ticket_number = tickets.number
          and ${isAsked}
        order by ${order}
        limit ${limit === undefined ? null : limit + 1}
      ) as sized
    ) as listed on true
    left join comments
      on comments.account_id = tickets.account_id
      and comments.id = listed.id
      and listed.total <= ${SMALL_BYTES}
    where tickets.number = ${number} and ${visibleTo.tickets(actor)}
    order by listed.${order}
  `.execute(db);
  return rows;
}

/**
 * A digest of comments sent in batches, calculated in the database, including everything else that a list shows: `can`
 * depends on the reader and on the time.
 */
async function digestOf(db: Db, actor: Actor, ticket: ListedTicket, entries: Entry[]): Promise<string> {
  const { account_id, merged_at, merged_into_ticket_number } = ticket;
  const ids = entries.map(({ id }) => id);
  const digest = await sql<{ md5: string }>`
    select md5(coalesce(string_agg(md5(shown::text), '' order by id), '')) as md5
    from (
      select ${commentColumns}, sent_at > ${redactableSince()} as is_recent
      from comments
      where comments.account_id = ${account_id} and comments.id = any(${ids})
    ) as shown
  `.execute(db);
  const marks = entries.map(({ id, was_read }) => [id, was_read]);
  const reader = actor.kind === 'client' && actor.userId;
  return JSON.stringify([reader, merged_at, merged_into_ticket_number, marks, oneRow(digest).md5]);
}

/** Each batch is read after the previous one was sent: no connection waits for a slow reader. */
async function* readBatches(db: Db, actor: Actor, ticket: ListedTicket, entries: Entry[]) {
  for (const batch of batchesOf(entries)) {
    const keys = batch.map(({ id }) => ({ account_id: ticket.account_id, id }));
    const comments = await listCommentsByKey(db, actor, keys);
    const byId = new Map(comments.map((comment) => [comment.id, comment]));
    yield batch.flatMap(({ id, was_read }) => {
      const comment = byId.get(id);
      return comment ? [toListedComment(ticket, comment, was_read)] : [];
    });
  }
}

function* batchesOf(entries: Entry[]): Generator<Entry[]> {
  let batch: Entry[] = [];
  let bytes = 0;
  for (const entry of entries) {
    if (batch.length > 0 && (bytes + entry.size > BATCH_BYTES || batch.length === BATCH_COMMENTS)) {
      yield batch;
      [batch, bytes] = [[], 0];
    }
    batch.push(entry);
    bytes += entry.size;
  }
  if (batch.length > 0) yield batch;
}

/** The comment as listed: with the read mark from before, and with its current ticket after a merge. */
function toListedComment(ticket: ListedTicket, comment: ShownComment, is_client_read: boolean): ShownComment {
  if (comment.ticket_number === ticket.number) return { ...comment, is_client_read };
  return {
    ...comment,
    is_client_read,
    splitted_at: comment.splitted_at ?? ticket.merged_at,
    splitted_to_ticket_number: comment.splitted_to_ticket_number ?? ticket.merged_into_ticket_number,
  };
}
