/** Closing, resolving and reopening tickets. */
import { sql } from 'kysely';
import { type Actor, type ClientActor, type StaffActor, system } from '#actor.ts';
import { addReopeningComment } from '#desk/tickets/comments/add.ts';
import type { NewComment } from '#desk/tickets/comments/schema.ts';
import type { ClosingVote } from '#desk/tickets/votes/schema.ts';
import { saveFeedback, voteOnTicket } from '#desk/tickets/votes/votes.ts';
import type { Tx } from '#platform/db/database.ts';
import { record } from '#platform/events/events.ts';
import { countMove } from './count.ts';
import { findTicket, lockAccountAndTicket, lockTicket } from './find.ts';
import { movedTo } from './move.ts';
import { releaseReopened } from './release.ts';
import { refuse } from './rules.ts';
import type { TicketRow } from './schema.ts';
import { endSnooze } from './snooze.ts';

/** The client closes: the ticket counts as resolved. A score votes at once; a comment without one is feedback. */
export async function closeTicket(
  tx: Tx,
  actor: ClientActor,
  number: number,
  { score, comment }: ClosingVote,
): Promise<TicketRow> {
  const action = score === undefined ? 'close' : 'close_with_vote';
  const ticket = await close(tx, actor, number, { action, isResolved: true });
  if (score !== undefined) await voteOnTicket(tx, actor, ticket, { score, comment });
  else if (comment !== undefined) await saveFeedback(tx, actor, ticket, comment);
  return findTicket(tx, actor, number);
}

/** Staff close for an internal reason, such as spam or a duplicate. It counts as resolved only if it was. */
export async function closeTicketAsStaff(
  tx: Tx,
  actor: StaffActor,
  number: number,
  reason?: string,
): Promise<TicketRow> {
  return close(tx, actor, number, { reason });
}

/** Closes an inactive ticket. It counts as resolved only if it was. */
export async function closeInactiveTicket(tx: Tx, number: number): Promise<TicketRow> {
  return close(tx, system, number, { reason: 'auto' });
}

/** Staff have solved it. The ticket still accepts comments. */
export async function resolveTicket(tx: Tx, actor: StaffActor, number: number): Promise<TicketRow> {
  const ticket = await lockTicket(tx, actor, number);
  await refuse(tx, 'resolve', ticket);
  await endSnooze(tx, actor, ticket);
  await sql`
    update tickets
    set ${movedTo('resolved')}
    where account_id = ${ticket.account_id} and number = ${number}
  `.execute(tx);
  await record(tx, actor, 'ticket.resolved', { account_id: ticket.account_id, number });
  return findTicket(tx, actor, number);
}

/** The client reopens a closed ticket. Its votes stay in history, and it can be voted on again. */
export async function reopenTicket(
  tx: Tx,
  actor: ClientActor,
  number: number,
  input: NewComment,
): Promise<TicketRow> {
  const ticket = await lockClosedTicket(tx, actor, number);
  await countMove(tx, ticket.account_id, number, 1);
  await addReopeningComment(tx, actor, ticket, input);
  return findTicket(tx, actor, number);
}

/** Staff reopen a closed ticket, without a comment. */
export async function reopenTicketAsStaff(tx: Tx, actor: StaffActor, number: number): Promise<TicketRow> {
  const ticket = await lockClosedTicket(tx, actor, number);
  const { account_id } = ticket;
  await sql`
    update tickets
    set ${movedTo('in_progress')}, vote = null
    where account_id = ${account_id} and number = ${number}
  `.execute(tx);
  await countMove(tx, account_id, number, 1);
  await record(tx, actor, 'ticket.reopened', { account_id, number });
  await releaseReopened(tx, ticket);
  return findTicket(tx, actor, number);
}

async function lockClosedTicket(tx: Tx, actor: Actor, number: number): Promise<TicketRow> {
  const ticket = await lockAccountAndTicket(tx, actor, number);
  await refuse(tx, 'reopen', ticket);
  return ticket;
}

interface Closing {
  action?: 'close' | 'close_with_vote';
  isResolved?: boolean;
  reason?: string | null;
}

async function close(
  tx: Tx,
  actor: Actor,
  number: number,
  { action = 'close', isResolved, reason = null }: Closing,
): Promise<TicketRow> {
  const ticket = await lockAccountAndTicket(tx, actor, number);
  const { account_id, is_resolved } = ticket;
  await refuse(tx, action, ticket);
  await endSnooze(tx, actor, ticket);
  await sql`
    update tickets
    set ${movedTo('closed', { isResolved: isResolved ?? is_resolved, closeReason: reason })}
    where account_id = ${account_id} and number = ${number}
  `.execute(tx);
  await countMove(tx, account_id, number, -1);
  await record(tx, actor, 'ticket.closed', {
    account_id,
    number,
    data: reason === null ? undefined : { reason },
  });
  return findTicket(tx, actor, number);
}
