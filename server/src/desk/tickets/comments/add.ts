import { type Actor, type ClientActor, type StaffActor, system } from '#actor.ts';
import { checkMentions } from '#desk/mentions/mentions.ts';
import { type ExpectedVersion, lockTicket } from '#desk/tickets/find.ts';
import { movedTo } from '#desk/tickets/move.ts';
import { refuse, refuseFull } from '#desk/tickets/rules.ts';
import type { TicketRow } from '#desk/tickets/schema.ts';
import { changedMeanwhile, invalid } from '#errors.ts';
import { batchedWrite } from '#platform/db/batch.ts';
import type { Tx } from '#platform/db/database.ts';
import { oneRow } from '#platform/db/one-row.ts';
import { recordEach } from '#platform/events/events.ts';
import { sql } from '#platform/sql.ts';
import { attachToComment } from './attach.ts';
import { listCommentsMissed, listCommentsSince } from './missed.ts';
import { withCommentCan } from './rules.ts';
import type { CommentRow, NewComment, NewStaffComment, ShownComment } from './schema.ts';
import { type Writing, type WritingKind, writeEach } from './write.ts';

/**
 * The client comments, which reopens a resolved ticket. With `expected`, throws a 412 with the comments since then.
 */
export async function addComment(
  tx: Tx,
  actor: ClientActor,
  number: number,
  input: NewComment,
  expected?: ExpectedVersion,
): Promise<ShownComment> {
  const ticket = await lockOpenTicket(tx, actor, number, expected);
  refuseFull(ticket, input.body);
  return withFiles(tx, actor, [await writeOwn(tx, { actor, ticket, body: input.body })], input.files);
}

/** A client's comment on a ticket that is locked and has room for it. Those of a shared transaction are one statement. */
const writeOwn = batchedWrite<Writing & { actor: ClientActor }, CommentRow>(async (tx, writings) => {
  const comments = await writeEach(tx, writings, { event: 'ticket.commented', move: moved('in_progress') });
  return writings.map(({ ticket }) =>
    oneRow({ rows: comments.filter(({ ticket_number }) => ticket_number === ticket.number) }),
  );
});

/** Staff reply (the ticket then waits for the client, unless stated otherwise) or write an internal note. */
export async function addStaffComment(
  tx: Tx,
  actor: StaffActor,
  number: number,
  input: NewStaffComment,
  expected?: ExpectedVersion,
): Promise<ShownComment> {
  const ticket = await lockToWrite(tx, actor, number, input, expected);
  const { body, files, mentions, internal, status_key } = input;
  const comments = internal
    ? await writeEach(tx, [{ actor, ticket, body }], { event: 'ticket.noted', mentions })
    : await replyEach(tx, actor, [{ ticket, body }], { status_key, mentions });
  return withFiles(tx, actor, comments, files);
}

type Reply = Pick<NewStaffComment, 'status_key' | 'mentions'>;

/** Replies to the clients of many tickets, which the caller has locked and which accept the replies. */
export async function replyEach(
  tx: Tx,
  actor: StaffActor,
  writings: Writing[],
  { status_key = 'await_client', mentions }: Reply,
): Promise<CommentRow[]> {
  const move = moved(status_key, { byStaff: true });
  const comments = await writeEach(
    tx,
    writings.map((writing) => ({ actor, ...writing })),
    { event: 'ticket.commented', mentions, status_key, move },
  );
  if (status_key === 'resolved') {
    const keys = comments.map(({ account_id, ticket_number }) => ({ account_id, number: ticket_number }));
    await recordEach(tx, actor, 'ticket.resolved', keys);
  }
  return comments;
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

async function write(
  tx: Tx,
  actor: Actor,
  ticket: TicketRow,
  { body, files, ...kind }: NewComment & WritingKind,
): Promise<ShownComment> {
  return withFiles(tx, actor, await writeEach(tx, [{ actor, ticket, body }], kind), files);
}

/** The only comment that was written, after its files are attached. */
async function withFiles(tx: Tx, actor: Actor, rows: CommentRow[], files?: string[]): Promise<ShownComment> {
  const comment = oneRow({ rows });
  const { account_id, ticket_number, id } = comment;
  if (files) {
    comment.files = await attachToComment(tx, actor, { account_id, ticket_number, comment_id: id }, files);
  }
  return withCommentCan(actor, comment);
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
