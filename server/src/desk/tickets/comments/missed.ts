/** The comments that the author of a write has not read yet, for the body of the 412. */
import type { Actor, StaffActor } from '#actor.ts';
import type { TicketRow } from '#desk/tickets/schema.ts';
import { invalid } from '#errors.ts';
import type { Db } from '#platform/db/database.ts';
import { oneRow } from '#platform/db/one-row.ts';
import { type Sql, sql } from '#platform/sql.ts';
import { visibleTo } from '#visible.ts';
import { commentColumns, commentSize } from './list.ts';
import { withCommentCan } from './rules.ts';
import { Comment, type CommentRow, StaffComment } from './schema.ts';

/** With more missed comments than this, the reader reloads the ticket. */
const MAX_MISSED = 100;
const MAX_BYTES = 1024 * 1024;

/** The first missed comments, with the fields that the reader may see. */
interface MissedComments {
  comments: object[];
  /** Whether more were missed than `comments` contains. */
  has_more_comments: boolean;
}

/** The comments written after the ticket had this version. */
export async function listCommentsSince(db: Db, actor: Actor, ticket: TicketRow, version: number) {
  return listMissed(db, actor, ticket, sql`comments.ticket_version > ${version}`);
}

/**
 * The comments written after the given one, including notes, when a reply based on it is outdated; undefined when it
 * is not. Replies of other staff and comments of the client make it outdated; notes and the author's own replies do
 * not.
 */
export async function listCommentsMissed(
  db: Db,
  actor: StaffActor,
  ticket: TicketRow,
  lastId: number,
): Promise<MissedComments | undefined> {
  const isByOthers = sql`not is_internal and staff_id is distinct from ${actor.staffId}::bigint`;
  const result = await sql<{ is_known: boolean; is_unfit: boolean }>`
    select
      coalesce(bool_or(id = ${lastId}), false) as is_known,
      coalesce(bool_or(id > ${lastId} and ${isByOthers}), false) as is_unfit
    from comments
    where ${standingIn(actor, ticket)} and comments.id >= ${lastId}
  `.execute(db);
  const { is_known, is_unfit } = oneRow(result);
  if (!is_known) {
    throw invalid('unknown_comment', '`last_comment_id` is not a comment of this ticket.', [
      { pointer: '/last_comment_id', detail: 'is not a comment of this ticket' },
    ]);
  }
  return is_unfit ? listMissed(db, actor, ticket, sql`comments.id > ${lastId}`) : undefined;
}

async function listMissed(db: Db, actor: Actor, ticket: TicketRow, condition: Sql): Promise<MissedComments> {
  const { rows } = await sql<CommentRow & { missed: number }>`
    select ${commentColumns}, missed
    from (
      select account_id, id, count(*) over () as missed,
        row_number() over (order by id) as place,
        sum(${commentSize}) over (order by id) as up_to
      from comments
      where ${standingIn(actor, ticket)} and ${condition}
    ) as sized
    join comments using (account_id, id)
    where place = 1 or (place <= ${MAX_MISSED} and up_to <= ${MAX_BYTES})
    order by id
  `.execute(db);
  const [first] = rows;
  return {
    comments: rows.map((comment) => visibleFields(actor, comment)),
    has_more_comments: first !== undefined && first.missed > rows.length,
  };
}

const standingIn = (actor: Actor, { account_id, number }: TicketRow) => sql`
  comments.account_id = ${account_id} and comments.ticket_number = ${number} and ${visibleTo.comments(actor)}
`;

function visibleFields(actor: Actor, comment: CommentRow): object {
  const { properties } = actor.kind === 'client' ? Comment : StaffComment;
  const shown = withCommentCan(actor, comment);
  return pick({ ...shown, can: pick(shown.can, properties.can.properties) }, properties);
}

const pick = (from: object, fields: object) =>
  Object.fromEntries(Object.entries(from).filter(([name]) => name in fields));
