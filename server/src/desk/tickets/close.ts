/** Closing, resolving and reopening tickets. */
import { type Actor, type ClientActor, type StaffActor, system } from '#actor.ts';
import { addReopeningComment } from '#desk/tickets/comments/add.ts';
import type { NewComment } from '#desk/tickets/comments/schema.ts';
import type { ClosingVote } from '#desk/tickets/votes/schema.ts';
import { saveFeedback, voteOnTicket } from '#desk/tickets/votes/votes.ts';
import type { Tx } from '#platform/db/database.ts';
import { record, recordingEach } from '#platform/events/events.ts';
import { type Sql, sql } from '#platform/sql.ts';
import { countMove, countMoves } from './count.ts';
import { findTicket, lockAccountAndTicket, lockTicket } from './find.ts';
import { movedTo } from './move.ts';
import { releaseReopened } from './release.ts';
import { refuse } from './rules.ts';
import type { TicketRow } from './schema.ts';
import { endSnoozeEach } from './snooze.ts';
import { wanted } from './wanted.ts';

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
  await resolveEach(tx, actor, [ticket]);
  return findTicket(tx, actor, number);
}

/** The same for many tickets at once, which the caller has locked and may resolve. */
export async function resolveEach(tx: Tx, actor: StaffActor, tickets: TicketRow[]) {
  await endSnoozeEach(tx, actor, tickets);
  await moveEach(tx, tickets, movedTo('resolved'), (moved) =>
    recordingEach(actor, 'ticket.resolved', sql`(select *, null::jsonb as data from ${moved}) as moved`),
  );
}

/** Changes the state of these tickets, and records it, in one statement. */
async function moveEach(tx: Tx, tickets: TicketRow[], move: Sql, recorded: (moved: Sql) => Sql) {
  if (tickets.length === 0) return;
  await sql`
    with moved as (
      update tickets
      set ${move}
      from ${wanted(tickets)}
      where tickets.account_id = wanted.account_id and tickets.number = wanted.number
      returning tickets.account_id, tickets.number
    )
    ${recorded(sql`(select * from moved order by account_id, number) as ordered`)}
  `.execute(tx);
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
  await releaseReopened(tx, [ticket]);
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
  await refuse(tx, action, ticket);
  await closeEach(tx, actor, [ticket], { isResolved, reason });
  return findTicket(tx, actor, number);
}

/** The same for many tickets at once, which the caller has locked, behind their accounts, and may close. */
export async function closeEach(
  tx: Tx,
  actor: Actor,
  tickets: TicketRow[],
  { isResolved, reason = null }: Omit<Closing, 'action'>,
) {
  await endSnoozeEach(tx, actor, tickets);
  const data = reason === null ? null : JSON.stringify({ reason });
  for (const isDone of [true, false]) {
    const those = tickets.filter(({ is_resolved }) => (isResolved ?? is_resolved) === isDone);
    await moveEach(tx, those, movedTo('closed', { isResolved: isDone, closeReason: reason }), (moved) =>
      recordingEach(actor, 'ticket.closed', sql`(select *, ${data}::jsonb as data from ${moved}) as moved`),
    );
  }
  await countMoves(tx, tickets, -1);
}
