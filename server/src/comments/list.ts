import { type RawBuilder, sql } from 'kysely';
import type { Actor, ClientActor, StaffActor } from '../actor.ts';
import type { Db } from '../db/database.ts';
import { opaque } from '../db/opaque.ts';
import { invalid, notFound } from '../errors.ts';
import type { TicketRow } from '../tickets/schema.ts';
import { visibleTo } from '../visible.ts';
import { Comment, type CommentRow, StaffComment } from './schema.ts';

/** The columns of a CommentRow, for a query over `comments`. */
export const commentColumns = sql.raw(`
  comments.account_id, comments.id, comments.ticket_number, comments.body, comments.files, comments.is_internal,
  comments.is_client_author, comments.is_client_read, comments.author_name, comments.sent_at, comments.splitted_at,
  comments.splitted_to_ticket_number, comments.merged_from_ticket_number, comments.vote, comments.mentions,
  case when comments.user_id is not null then (
    select jsonb_build_object('id', user_id, 'name', name, 'email', email)
    from client_users
    where client_users.account_id = comments.account_id and client_users.user_id = comments.user_id
  ) end as author_user
`);

/**
 * The ticket's comments in the order of writing, and the version of the ticket that they belong to. Those that have gone
 * into another ticket with it stay listed, and say where they went.
 */
export async function listComments(
  db: Db,
  actor: Actor,
  number: number,
): Promise<{ version: number; items: CommentRow[] }> {
  const { rows } = await sql<CommentRow & { version: number; is_merged: boolean }>`
    select ${commentColumns}, tickets.version, tickets.merged_at is not null as is_merged
    from tickets
    left join comments
      on comments.account_id = tickets.account_id
      and comments.ticket_number = tickets.number
      and ${visibleTo.comments(actor)}
    where tickets.number = ${number} and ${visibleTo.tickets(actor)}
    order by comments.id
  `.execute(db);
  const [first] = rows;
  if (!first) throw notFound('ticket');
  const own = rows.filter(({ id }) => id !== null);
  if (!first.is_merged) return { version: first.version, items: own };
  const gone = await listMerged(db, actor, number);
  const version = first.version + (gone[0]?.version ?? 0); // what changes there changes this list
  return { version, items: [...own, ...gone].sort((a, b) => a.id - b.id) };
}

/** Comments that were written on this ticket and stand in the one that it has become a part of. */
async function listMerged(db: Db, actor: Actor, number: number) {
  const { rows } = await sql<CommentRow & { version: number }>`
    select ${commentColumns},
      coalesce(comments.splitted_at, tickets.merged_at) as splitted_at,
      coalesce(comments.splitted_to_ticket_number, tickets.merged_into_ticket_number) as splitted_to_ticket_number,
      now_on.version
    from tickets
    join comments
      on comments.account_id = tickets.account_id
      and comments.merged_from_ticket_number = tickets.number
    join tickets as now_on
      on now_on.account_id = comments.account_id
      and now_on.number = comments.ticket_number
    where tickets.number = ${number} and ${visibleTo.tickets(actor)} and ${visibleTo.comments(actor)}
  `.execute(db);
  return rows;
}

/** What was written on a ticket after it had this version, with the fields that the reader is shown. */
export async function listCommentsSince(db: Db, actor: Actor, ticket: TicketRow, version: number) {
  return shown(actor, await listSome(db, actor, ticket, sql`comments.ticket_version > ${version}`));
}

/**
 * What was written on a ticket after a comment, notes among it, with the fields that staff are shown: all of it when an
 * answer written before would not fit any more, nothing when it would. A colleague's answer and the client's word make
 * it unfit; a note and the author's own answers do not.
 */
export async function listCommentsMissed(db: Db, actor: StaffActor, ticket: TicketRow, lastId: number) {
  const [last, ...newer] = await listSome(db, actor, ticket, sql`comments.id >= ${lastId}`);
  if (last?.id !== lastId) {
    throw invalid('unknown_comment', 'What was seen last is not a comment of this ticket.', [
      { pointer: '/last_comment_id', detail: 'is not a comment of this ticket' },
    ]);
  }
  const isUnfit = newer.some(({ is_internal, staff_id }) => !is_internal && staff_id !== actor.staffId);
  return isUnfit ? shown(actor, newer) : [];
}

async function listSome(db: Db, actor: Actor, ticket: TicketRow, condition: RawBuilder<unknown>) {
  const { rows } = await sql<CommentRow & { staff_id: number | null }>`
    select ${commentColumns}, comments.staff_id
    from comments
    where comments.account_id = ${ticket.account_id}
      and comments.ticket_number = ${ticket.number}
      and ${condition}
      and ${visibleTo.comments(actor)}
    order by comments.id
  `.execute(db);
  return rows;
}

function shown(actor: Actor, comments: CommentRow[]) {
  const names = Object.keys(actor.kind === 'client' ? Comment.properties : StaffComment.properties);
  return comments.map((comment) =>
    Object.fromEntries(Object.entries(comment).filter(([name]) => names.includes(name))),
  );
}

export async function findComment(db: Db, actor: ClientActor, id: number): Promise<CommentRow> {
  const [comment] = await listCommentsByKey(db, actor, [{ account_id: actor.accountId, id }]);
  if (!comment) throw notFound('comment');
  return comment;
}

/** Those of these comments that the actor may see, in no order; a null id names none. */
export async function listCommentsByKey(
  db: Db,
  actor: Actor,
  keys: Array<{ account_id: number; id: number | null }>,
): Promise<CommentRow[]> {
  const [accounts, ids] = [keys.map((key) => key.account_id), keys.map((key) => key.id)];
  const { rows } = await sql<CommentRow>`
    select ${commentColumns}
    from (
      select distinct *
      from unnest(${opaque(accounts, 'bigint')}, ${opaque(ids, 'bigint')})
    ) as wanted (account_id, id)
    join comments using (account_id, id)
    where ${visibleTo.comments(actor)}
  `.execute(db);
  return rows;
}
