import { sql } from 'kysely';
import type { Actor, ClientActor, StaffActor } from '../actor.ts';
import type { Tx } from '../db/database.ts';
import { changedMeanwhile, conflict, invalid } from '../errors.ts';
import { record } from '../events/events.ts';
import { attachFiles } from '../files/attach.ts';
import type { FileRow } from '../files/schema.ts';
import { addWords, wordsOf } from '../search/words.ts';
import { lockTicket } from '../tickets/find.ts';
import { authorName } from '../tickets/open.ts';
import type { TicketRow } from '../tickets/schema.ts';
import { commentColumns, listCommentsSince } from './list.ts';
import type { CommentRow, NewComment, NewStaffComment } from './schema.ts';

/** The client writes: a resolved ticket is no longer resolved. With `expectedVersion`, a 412 with what was missed. */
export async function addComment(
  tx: Tx,
  actor: ClientActor,
  number: number,
  input: NewComment,
  expectedVersion?: number,
): Promise<CommentRow> {
  const ticket = await lockOpenTicket(tx, actor, number, expectedVersion);
  const version = await moveTicket(tx, ticket, 'in_progress');
  const comment = await insertComment(tx, actor, { ...ticket, version }, input);
  await record(tx, actor, 'ticket.commented', {
    account_id: ticket.account_id,
    number,
    comment_id: comment.id,
  });
  return comment;
}

/** Support answers (the ticket then waits for the client, unless told otherwise) or leaves a note among staff. */
export async function addStaffComment(
  tx: Tx,
  actor: StaffActor,
  number: number,
  input: NewStaffComment,
  expectedVersion?: number,
): Promise<CommentRow> {
  if (input.internal) return addNote(tx, actor, number, input);
  const ticket = await lockOpenTicket(tx, actor, number, expectedVersion);
  const { account_id } = ticket;
  const status = input.status_key ?? 'await_client';
  const version = await moveTicket(tx, ticket, status, { byStaff: true });
  const comment = await insertComment(tx, actor, { ...ticket, version }, input);
  await record(tx, actor, 'ticket.commented', { account_id, number, comment_id: comment.id });
  if (status === 'resolved') await record(tx, actor, 'ticket.resolved', { account_id, number });
  return comment;
}

/** The comment itself, with its files and its words for the search; the ticket is the caller's to move. */
export async function insertComment(
  tx: Tx,
  actor: Actor,
  ticket: TicketRow,
  { body, files, internal = false }: NewComment & { internal?: boolean },
): Promise<CommentRow> {
  const { account_id, number, version } = ticket;
  const byClient = actor.kind === 'client';
  const { rows } = await sql<CommentRow>`
    insert into comments (
      account_id, ticket_number, body, is_internal, is_client_author, is_client_read, author_name, ticket_version,
      staff_id, token_id
    )
    values (
      ${account_id}, ${number}, ${body}, ${internal}, ${byClient}, ${byClient || internal},
      ${authorName(actor, ticket.client_aliased_name)}, ${version},
      ${actor.kind === 'staff' ? actor.staffId : null}, ${actor.kind === 'system' ? null : actor.tokenId}
    )
    returning ${commentColumns}
  `.execute(tx);
  const comment = rows[0];
  if (!comment) throw new Error('An insert returned no row.');
  if (!internal) await addWords(account_id, number, wordsOf(body)).execute(tx);
  if (files) comment.files = await attach(tx, actor, comment, files);
  return comment;
}

async function attach(tx: Tx, actor: Actor, comment: CommentRow, files: string[]): Promise<FileRow[]> {
  const { account_id, ticket_number, id } = comment;
  return attachFiles(tx, actor, { account_id, ticket_number, comment_id: id }, files);
}

async function addNote(
  tx: Tx,
  actor: StaffActor,
  number: number,
  input: NewStaffComment,
): Promise<CommentRow> {
  if (input.status_key) {
    throw invalid('invalid_request', 'A note does not change the state of a ticket.', [
      { pointer: '/status_key', detail: 'is not for a note' },
    ]);
  }
  const ticket = await lockTicket(tx, actor, number);
  const comment = await insertComment(tx, actor, ticket, input);
  await record(tx, actor, 'ticket.noted', { account_id: ticket.account_id, number, comment_id: comment.id });
  return comment;
}

async function lockOpenTicket(
  tx: Tx,
  actor: Actor,
  number: number,
  expectedVersion?: number,
): Promise<TicketRow> {
  const ticket = await lockTicket(tx, actor, number);
  if (ticket.is_closed) {
    throw conflict('ticket_closed', 'The ticket is closed and takes no comments. Reopen it to go on.');
  }
  if (expectedVersion !== undefined && expectedVersion !== ticket.version) {
    throw changedMeanwhile({ comments: await listCommentsSince(tx, actor, ticket, expectedVersion) });
  }
  return ticket;
}

/** Gives the version that the ticket has with the comment. A vote falls away with the resolution that it was for. */
async function moveTicket(
  tx: Tx,
  ticket: TicketRow,
  status: string,
  { byStaff = false } = {},
): Promise<number> {
  await sql`
    update tickets
    set status_key = ${status},
        is_resolved = ${status === 'resolved'},
        is_answered = is_answered or ${byStaff},
        is_client_read = is_client_read and not ${byStaff},
        vote = ${status === 'resolved' ? sql`vote` : null},
        updated_at = greatest(now(), updated_at),
        version = version + 1
    where account_id = ${ticket.account_id} and number = ${ticket.number}
  `.execute(tx);
  return ticket.version + 1;
}
