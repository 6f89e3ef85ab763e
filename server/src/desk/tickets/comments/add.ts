import { type RawBuilder, sql } from 'kysely';
import { type Actor, byline, type ClientActor, type StaffActor, system } from '#actor.ts';
import { checkMentions, mentioning } from '#desk/mentions/mentions.ts';
import { addWords } from '#desk/search/client-index.ts';
import { authorName } from '#desk/tickets/author-name.ts';
import { grown } from '#desk/tickets/comment-counts.ts';
import { type ExpectedVersion, lockTicket } from '#desk/tickets/find.ts';
import { movedTo } from '#desk/tickets/move.ts';
import { releaseReopened } from '#desk/tickets/release.ts';
import { refuse, refuseFull } from '#desk/tickets/rules.ts';
import type { TicketRow } from '#desk/tickets/schema.ts';
import { endSnooze } from '#desk/tickets/snooze.ts';
import { changedMeanwhile, invalid } from '#errors.ts';
import type { Tx } from '#platform/db/database.ts';
import { oneRow } from '#platform/db/one-row.ts';
import { record, recording } from '#platform/events/events.ts';
import { wordsOf } from '#platform/text/search-words.ts';
import { attachToComment } from './attach.ts';
import { commentColumns } from './list.ts';
import { listCommentsMissed, listCommentsSince } from './missed.ts';
import type { CommentRow, NewComment, NewStaffComment } from './schema.ts';

/**
 * The client comments, which reopens a resolved ticket. With `expected`, throws a 412 with the comments since then.
 */
export async function addComment(
  tx: Tx,
  actor: ClientActor,
  number: number,
  input: NewComment,
  expected?: ExpectedVersion,
): Promise<CommentRow> {
  const ticket = await lockOpenTicket(tx, actor, number, expected);
  return write(tx, actor, ticket, {
    ...input,
    event: 'ticket.commented',
    move: moved('in_progress'),
  });
}

/** Staff reply (the ticket then waits for the client, unless stated otherwise) or write an internal note. */
export async function addStaffComment(
  tx: Tx,
  actor: StaffActor,
  number: number,
  input: NewStaffComment,
  expected?: ExpectedVersion,
): Promise<CommentRow> {
  const ticket = await lockToWrite(tx, actor, number, input, expected);
  const { body, files, mentions, internal, status_key = 'await_client' } = input;
  const writing = { body, files, mentions };
  if (internal) return write(tx, actor, ticket, { ...writing, event: 'ticket.noted' });
  const move = moved(status_key, { byStaff: true });
  const comment = await write(tx, actor, ticket, { ...writing, event: 'ticket.commented', status_key, move });
  if (status_key === 'resolved') {
    await record(tx, actor, 'ticket.resolved', { account_id: ticket.account_id, number });
  }
  return comment;
}

/** The ticket, locked until the commit, if it accepts this reply or note. Otherwise throws the refusal. */
export async function lockToWrite(
  tx: Tx,
  actor: StaffActor,
  number: number,
  input: NewStaffComment,
  expected?: ExpectedVersion,
): Promise<TicketRow> {
  const { internal, status_key, mentions, last_comment_id } = input;
  if (internal && status_key) {
    throw invalid('invalid_request', 'An internal note cannot change the state of a ticket.', [
      { pointer: '/status_key', detail: 'is not allowed for a note' },
    ]);
  }
  const ticket = internal
    ? await lockTicket(tx, actor, number)
    : await lockOpenTicket(tx, actor, number, expected);
  if (last_comment_id !== undefined && !internal) {
    const missed = await listCommentsMissed(tx, actor, ticket, last_comment_id);
    if (missed) throw changedMeanwhile(missed);
  }
  await checkMentions(tx, mentions);
  refuseFull(ticket, input.body);
  return ticket;
}

/** The client reopens a closed ticket. The caller updates the account's counters. */
export async function addReopeningComment(tx: Tx, actor: ClientActor, ticket: TicketRow, input: NewComment) {
  return write(tx, actor, ticket, {
    ...input,
    event: 'ticket.reopened',
    move: moved('in_progress'),
  });
}

/** Reminds an inactive client. The ticket still waits for the client. */
export async function addReminder(tx: Tx, ticket: TicketRow, body: string) {
  const move = sql`${movedTo('await_client', { isReminder: true })}, is_client_read = false`;
  return write(tx, system, ticket, { body, event: 'ticket.reminded', move });
}

async function lockOpenTicket(
  tx: Tx,
  actor: Actor,
  number: number,
  expected?: ExpectedVersion,
): Promise<TicketRow> {
  const ticket = await lockTicket(tx, actor, number);
  await refuse(tx, 'comment', ticket);
  if (expected && expected.version !== ticket.version) {
    throw changedMeanwhile(await listCommentsSince(tx, actor, ticket, expected.version));
  }
  return ticket;
}

interface Writing extends NewComment {
  mentions?: number[];
  event: 'ticket.commented' | 'ticket.noted' | 'ticket.reopened' | 'ticket.reminded';
  /** The state after a reply of staff, for the event. */
  status_key?: string;
  /** For the `set` of the ticket's update. A note changes no state and is not in the client's search. */
  move?: RawBuilder<unknown>;
}

/**
 * Writes the comment, the ticket's state, the search words and the event in one statement, then attaches the files.
 */
async function write(
  tx: Tx,
  actor: Actor,
  ticket: TicketRow,
  { body, files, mentions = [], event, status_key, move }: Writing,
): Promise<CommentRow> {
  refuseFull(ticket, body);
  const { account_id, number, version } = ticket;
  const byClient = actor.kind === 'client';
  const { staff_id, token_id, user_id } = byline(actor);
  const said = { ...(status_key && { status_key }), ...(mentions.length > 0 && { mentions }) };
  const data = Object.keys(said).length > 0 ? said : undefined;
  const comment_id = sql<number>`(select id from comment)`;
  const result = await sql<CommentRow>`
    with moved as (
      update tickets
      set ${move ? sql`${move},` : sql``} ${grown(body)}
      where account_id = ${account_id} and number = ${number}
    ),
    words as (${move ? addWords(account_id, number, wordsOf(body)) : sql`select`}),
    ${actor.kind === 'staff' ? sql`${mentioning(ticket, actor, mentions)},` : sql``}
    comment as (
      insert into comments (
        account_id, ticket_number, body, is_internal, is_client_author, is_client_read, author_name,
        ticket_version, staff_id, token_id, user_id, mentions
      )
      values (
        ${account_id}, ${number}, ${body}, ${!move}, ${byClient}, ${byClient || !move},
        ${authorName(actor, ticket.client_aliased_name)}, ${move ? version + 1 : version},
        ${staff_id}, ${token_id}, ${user_id}, ${mentions}::bigint[]
      )
      returning ${commentColumns}
    ),
    event as (${recording(actor, event, { account_id, number, comment_id, data })})
    select * from comment
  `.execute(tx);
  const comment = oneRow(result);
  if (move) await releaseReopened(tx, ticket);
  if (move && event !== 'ticket.reminded') await endSnooze(tx, actor, ticket);
  const key = { account_id, ticket_number: number, comment_id: comment.id };
  if (files) comment.files = await attachToComment(tx, actor, key, files);
  return comment;
}

/** For the `set` of an update: the state after a comment. Reopening removes the vote. */
function moved(status: 'in_progress' | 'await_client' | 'resolved', { byStaff = false } = {}) {
  return sql`
    ${movedTo(status, { isReply: byStaff })},
    is_staff_read = ${byStaff},
    is_client_read = is_client_read and not ${byStaff}::boolean,
    has_reply = has_reply or ${byStaff},
    first_response_at = ${byStaff ? firstResponseAt : sql`first_response_at`},
    vote = ${status === 'resolved' ? sql`vote` : sql`null`}
  `;
}

/** A ticket opened by staff needs no first response. */
const firstResponseAt = sql.raw('case when is_client_author then coalesce(first_response_at, now()) end');
