import type { Actor, ClientActor, StaffActor } from '#actor.ts';
import { deleteFilesOf } from '#desk/files/follow-comments.ts';
import { recountComments } from '#desk/tickets/comment-counts.ts';
import { commentColumns } from '#desk/tickets/comments/list.ts';
import { replaceTexts } from '#desk/tickets/comments/redact.ts';
import { refuseToRedactComment, withCommentCan } from '#desk/tickets/comments/rules.ts';
import type { CommentRow, ShownComment } from '#desk/tickets/comments/schema.ts';
import { findTicket, lockAccount } from '#desk/tickets/find.ts';
import { touchTickets } from '#desk/tickets/touch.ts';
import { notFound } from '#errors.ts';
import type { Db, Tx } from '#platform/db/database.ts';
import { oneRow } from '#platform/db/one-row.ts';
import { recordEach } from '#platform/events/events.ts';
import { sql } from '#platform/sql.ts';
import { visibleTo } from '#visible.ts';
import { type CommentCopy, distinctCopies, listFamilies, ticketsOf } from './copies.ts';
import { forgetQuotes, forgetTexts } from './forget-text.ts';
import { findNotice, type Notice } from './notice.ts';

/** The comment after the redaction, and the bytes that no row refers to any more, to be removed after the commit. */
interface Redacted {
  comment: ShownComment;
  blobs: string[];
}

/** Permanently removes the text and the files of a comment or note, and of all its copies. */
export async function redactComment(tx: Tx, actor: ClientActor | StaffActor, id: number): Promise<Redacted> {
  const { account_id } = await findAnywhere(tx, actor, id);
  await lockAccount(tx, account_id);
  const comment = await findAnywhere(tx, actor, id); // read again under the lock
  refuseToRedactComment(actor, comment);
  const ticket = await findTicket(tx, actor, comment.ticket_number);
  const notice = await findNotice(tx, actor, account_id, ticket.client_aliased_name);
  const blobs = await redactEach(tx, actor, account_id, [comment], notice);
  return { comment: await findAnywhere(tx, actor, id), blobs };
}

/**
 * The same for many comments of an account, which the caller has locked, without checking rights. Returns the bytes of
 * the removed files.
 */
export async function redactEach(
  tx: Tx,
  actor: Actor,
  accountId: number,
  comments: CommentRow[],
  notice: Notice,
): Promise<string[]> {
  const families = await listFamilies(
    tx,
    accountId,
    comments.map(({ id }) => id),
  );
  const copies = distinctCopies(families);
  const notes = copies.filter(({ is_internal }) => is_internal);
  const visible = copies.filter(({ is_internal }) => !is_internal);
  if (notes.length > 0) await touchTickets(tx, accountId, ticketsOf(notes), { isInternal: true });
  if (visible.length > 0) await touchTickets(tx, accountId, ticketsOf(visible), { isInternal: false });
  const ids = copies.map(({ id }) => id);
  await replaceTexts(tx, accountId, ids, notice);
  const blobs = await deleteFilesOf(tx, accountId, ids);
  await recountComments(tx, accountId, ticketsOf(copies));
  for (const { id, body } of comments) {
    const family = families.filter(({ root_id }) => root_id === id);
    await forgetQuotes(tx, accountId, family, { before: body, after: notice.text });
  }
  await forgetTexts(tx, accountId, copies);
  const eventOf = ({ id: comment_id, ticket_number: number }: CommentCopy) => ({
    account_id: accountId,
    number,
    comment_id,
  });
  await recordEach(tx, actor, 'comment.redacted', visible.map(eventOf));
  await recordEach(tx, actor, 'note.redacted', notes.map(eventOf));
  return blobs;
}

/** Throws a 404 for a comment that the actor cannot see. */
export async function findAnywhere(
  db: Db,
  actor: ClientActor | StaffActor,
  id: number,
): Promise<ShownComment> {
  const accounts =
    actor.kind === 'client'
      ? sql`(select ${actor.accountId}::bigint as account_id)`
      : sql`(select account_id from accounts)`; // the index starts with account_id: one look-up per account
  const { rows } = await sql<CommentRow>`
    select ${commentColumns}
    from ${accounts} as accounts
    join comments using (account_id)
    where comments.id = ${id} and ${visibleTo.comments(actor)}
  `.execute(db);
  if (rows.length === 0) throw notFound('comment');
  return withCommentCan(actor, oneRow({ rows }));
}
