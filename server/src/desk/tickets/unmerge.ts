import { isDeepStrictEqual } from 'node:util';
import { sql } from 'kysely';
import type { StaffActor } from '#actor.ts';
import { moveFilesOf } from '#desk/files/follow-comments.ts';
import { moveTexts } from '#desk/search/texts.ts';
import type { Db, Tx } from '#platform/db/database.ts';
import { oneRow } from '#platform/db/one-row.ts';
import { record } from '#platform/events/events.ts';
import { recountComments } from './comment-counts.ts';
import { countMove } from './count.ts';
import { findTicket, lockAccountOf, lockBothTickets } from './find.ts';
import type { Before, BeforeMerge } from './merge.ts';
import { areAllRead } from './merge-into.ts';
import { findMergeEnd } from './merged.ts';
import { earlierStates, restored, stateOf } from './move.ts';
import { isVotable } from './refusals.ts';
import { releaseDisabled } from './release.ts';
import { refuse } from './rules.ts';
import type { TicketRow } from './schema.ts';
import { withdraw } from './withdraw.ts';

/** Restores both tickets, each with what was written on it since. */
export async function unmergeTicket(tx: Tx, actor: StaffActor, number: number): Promise<TicketRow> {
  await undoMerge(tx, actor, number);
  return findTicket(tx, actor, number);
}

/** The same without reading the ticket. */
export async function undoMerge(tx: Tx, actor: StaffActor, number: number) {
  const account_id = await lockAccountOf(tx, actor, number);
  await refuse(tx, 'unmerge', await findTicket(tx, actor, number)); // merges wait for the lock of the account
  const { before, merged_at } = await findMerge(tx, account_id, number);
  const targetNumber = await findMergeEnd(tx, account_id, number);
  const end = { account_id, number: targetNumber };
  const change = await withdraw(tx, actor, { source: { account_id, number }, mergedAt: merged_at, end });
  const [source, target] = await lockBothTickets(tx, actor, number, targetNumber);
  const left = await moveCommentsBack(tx, source);
  await moveTexts(tx, account_id, left);
  await recountComments(tx, account_id, [number, targetNumber, ...left]);
  await restoreSource(tx, source, before.source);
  await restoreTarget(tx, target, isAsMerged(target, before) ? before.target : undefined);
  await record(tx, actor, 'ticket.unmerged', { account_id, number, data: { from: targetNumber } });
  await record(tx, actor, 'ticket.unmerged', {
    account_id,
    number: targetNumber,
    data: { to: number, ...change },
  });
  await releaseDisabled(tx, [source, target]);
}

/** The ticket before it was merged. The rule has allowed the action. */
async function findMerge(db: Db, accountId: number, number: number) {
  const result = await sql<{ merged_at: string; before_merge: BeforeMerge }>`
    select merged_at, before_merge
    from tickets
    where account_id = ${accountId} and number = ${number} and merged_at is not null and before_merge is not null
  `.execute(db);
  const { merged_at, before_merge: before } = oneRow(result);
  return { before, merged_at };
}

/**
 * Moves back what was written on the source, and on tickets merged into it, wherever it is. A comment that was split
 * off stays in its original ticket when that is merged into the ticket of its copy. Returns the tickets that lost
 * comments.
 */
async function moveCommentsBack(tx: Tx, { account_id, number, version }: TicketRow): Promise<number[]> {
  const isOwn = sql`merged_from_ticket_number = ${number}`;
  const { rows } = await sql<{ ticket_number: number }>`
    with recursive sources as (
      select ${number}::bigint as number
      union all
      select tickets.number
      from sources
      join tickets on account_id = ${account_id} and merged_into_ticket_number = sources.number
    ), left_tickets as (
      select distinct ticket_number
      from comments
      where account_id = ${account_id}
        and ticket_number not in (select number from sources)
        and merged_from_ticket_number in (select number from sources)
    ), back as (
      update comments
      set ticket_number = ${number},
          ticket_version = case when ${isOwn} then merged_from_version else ${version + 1} end,
          merged_from_version = case when ${isOwn} then null else merged_from_version end,
          merged_from_ticket_number = nullif(merged_from_ticket_number, ${number})
      where account_id = ${account_id}
        and ticket_number not in (select number from sources)
        and merged_from_ticket_number in (select number from sources)
      returning id
    ), back_files as (${moveFilesOf(account_id, number, sql`select id from back`)}
    ), back_votes as (
      update votes
      set ticket_number = ${number}
      where account_id = ${account_id} and comment_id in (select id from back)
    )
    select ticket_number from left_tickets
  `.execute(tx);
  return rows.map(({ ticket_number }) => ticket_number);
}

async function restoreSource(tx: Tx, source: TicketRow, { state, is_staff_read }: Before) {
  const { account_id, number } = source;
  await sql`
    update tickets
    set merged_into_ticket_number = null, merged_at = null, before_merge = null
    where account_id = ${account_id} and number = ${number}
  `.execute(tx);
  await restore(tx, source, { state: { ...state, vote: source.vote }, is_staff_read });
  if (!state.is_closed) await countMove(tx, account_id, number, 1);
}

/** Without `before`, the target stays as others have left it since. */
async function restoreTarget(tx: Tx, target: TicketRow, before: Before | undefined) {
  const is_staff_read = target.is_staff_read || before?.is_staff_read === true;
  await restore(tx, target, { state: before?.state ?? stateOf(target), is_staff_read });
}

/** A vote for replies that have left the ticket stays in history only. */
async function restore(tx: Tx, ticket: TicketRow, { state, is_staff_read }: Before) {
  const { account_id, number } = ticket;
  const has_reply = await hasStaffReply(tx, ticket);
  const vote = isVotable({ ...state, has_reply }) ? state.vote : null;
  await sql`
    update tickets
    set ${restored},
        has_reply = ${has_reply}, is_staff_read = ${is_staff_read}, is_client_read = ${areAllRead(ticket)}
    from ${earlierStates([{ account_id, number, state: { ...state, vote } }])}
    where tickets.account_id = earlier.account_id and tickets.number = earlier.number
  `.execute(tx);
}

async function hasStaffReply(db: Db, { account_id, number }: TicketRow): Promise<boolean> {
  const { rows } = await sql`
    select
    from comments
    where account_id = ${account_id} and ticket_number = ${number} and not is_client_author and not is_internal
    limit 1
  `.execute(db);
  return rows.length > 0;
}

/** Whether the target is still in the state in which the merge left it. Otherwise somebody has changed it since. */
const isAsMerged = (target: TicketRow, { targetAfter }: BeforeMerge) =>
  isDeepStrictEqual(stateOf(target), targetAfter);
