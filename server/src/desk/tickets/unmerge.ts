import { isDeepStrictEqual } from 'node:util';
import type { StaffActor } from '#actor.ts';
import { moveFilesOf } from '#desk/files/follow-comments.ts';
import { moveTexts } from '#desk/search/texts.ts';
import type { Db, Tx } from '#platform/db/database.ts';
import { recordEach } from '#platform/events/events.ts';
import { sql } from '#platform/sql.ts';
import { recountComments } from './comment-counts.ts';
import { countMoves } from './count.ts';
import { findTicket, listTicketsByKey, lockAccountOf } from './find.ts';
import { areAllRead } from './merge-into.ts';
import { type Before, lockMerges, type MergeRecord, type TicketKey } from './merge-records.ts';
import { earlierStates, restored, stateOf } from './move.ts';
import { isVotable } from './refusals.ts';
import { releaseDisabled } from './release.ts';
import { refuse } from './rules.ts';
import type { TicketRow } from './schema.ts';
import { withdraw } from './withdraw.ts';

/** Restores both tickets, each with what was written on it since. */
export async function unmergeTicket(tx: Tx, actor: StaffActor, number: number): Promise<TicketRow> {
  await lockAccountOf(tx, actor, number);
  const ticket = await findTicket(tx, actor, number); // merges wait for the lock of the account
  await refuse(tx, 'unmerge', ticket);
  await unmergeEach(tx, actor, [ticket]);
  return findTicket(tx, actor, number);
}

/**
 * The same for tickets that are merged into the same one, in this order: the last merge comes first. The caller has
 * locked their account, and may unmerge them.
 */
export async function unmergeEach(tx: Tx, actor: StaffActor, tickets: TicketRow[]) {
  const [{ account_id } = { account_id: 0 }] = tickets;
  const numbers = tickets.map(({ number }) => number);
  const merges = await lockMerges(tx, account_id, numbers);
  const { records, end } = merges;
  const undone = numbers.flatMap((number) => records.find((record) => record.number === number) ?? []);
  const changes = await withdraw(tx, actor, merges, undone);
  const locked = await listTicketsByKey(tx, actor, [...undone, end]);
  const current = new Map(locked.map((ticket) => [ticket.number, ticket]));
  const left = await moveCommentsBack(
    tx,
    account_id,
    undone.flatMap(({ number }) => current.get(number) ?? []),
  );
  await moveTexts(tx, account_id, left);
  await recountComments(tx, account_id, [...numbers, end.number, ...left]);
  await restoreAll(tx, undone, end, current);
  await recordEach(
    tx,
    actor,
    'ticket.unmerged',
    undone.flatMap(({ number }) => [
      { account_id, number, data: { from: end.number } },
      { account_id, number: end.number, data: { to: number, ...changes.get(number) } },
    ]),
  );
  await releaseDisabled(tx, [...undone, end]);
}

/**
 * Moves back what was written on the sources, and on tickets merged into them, wherever it is. A comment that was split
 * off stays in its original ticket when that is merged into the ticket of its copy. Returns the tickets that lost
 * comments.
 */
async function moveCommentsBack(tx: Tx, accountId: number, sources: TicketRow[]): Promise<number[]> {
  const isOwn = sql`comments.merged_from_ticket_number = coming.source`;
  const given = sources.map(({ number, version }) => ({ number, version }));
  const { rows } = await sql<{ ticket_number: number }>`
    with recursive sources as (
      select number as source, version, number
      from jsonb_to_recordset(${JSON.stringify(given)}) as given (number bigint, version int)
      union all
      select sources.source, sources.version, tickets.number
      from sources
      join tickets on account_id = ${accountId} and merged_into_ticket_number = sources.number
    ), coming as (
      select comments.id, comments.ticket_number, sources.source, sources.version
      from sources
      join comments on account_id = ${accountId} and merged_from_ticket_number = sources.number
      where not exists (
        select from sources as own where own.source = sources.source and own.number = comments.ticket_number
      )
    ), back as (
      update comments
      set ticket_number = coming.source,
          ticket_version = case when ${isOwn} then merged_from_version else coming.version + 1 end,
          merged_from_version = case when ${isOwn} then null else merged_from_version end,
          merged_from_ticket_number = nullif(merged_from_ticket_number, coming.source)
      from coming
      where comments.account_id = ${accountId} and comments.id = coming.id
      returning comments.id, comments.ticket_number
    ), back_files as (${moveFilesOf(accountId, sql`back`)}
    ), back_votes as (
      update votes
      set ticket_number = back.ticket_number
      from back
      where votes.account_id = ${accountId} and votes.comment_id = back.id
    )
    select distinct ticket_number from coming
  `.execute(tx);
  return rows.map(({ ticket_number }) => ticket_number);
}

/** The states of the sources before their merges, and the state that the last ticket of the chain then has. */
async function restoreAll(tx: Tx, undone: MergeRecord[], end: TicketKey, current: Map<number, TicketRow>) {
  const sources = undone.flatMap(({ number, before: { source } }) => {
    const ticket = current.get(number);
    return ticket ? { ticket, ...source, state: { ...source.state, vote: ticket.vote }, changes: 1 } : [];
  });
  const target = current.get(end.number);
  if (!target) return; // all of one account are seen by the same staff
  await sql`
    update tickets
    set merged_into_ticket_number = null, merged_at = null, before_merge = null
    where account_id = ${end.account_id} and number = any(${undone.map(({ number }) => number)}::bigint[])
  `.execute(tx);
  const whole = { ticket: target, ...stateWithout(undone, target), changes: undone.length };
  await restore(tx, end.account_id, [...sources, whole]);
  const opened = sources.filter(({ state }) => !state.is_closed).map(({ ticket }) => ticket);
  if (opened.length > 0) await countMoves(tx, opened, 1);
}

/** The target before these merges, the last one first. What others have changed since stays. */
function stateWithout(undone: MergeRecord[], target: TicketRow): Before {
  let [state, is_staff_read] = [stateOf(target), target.is_staff_read];
  for (const { before } of undone) {
    if (!isDeepStrictEqual(state, before.targetAfter)) continue;
    state = before.target.state;
    is_staff_read ||= before.target.is_staff_read;
  }
  return { state, is_staff_read };
}

interface Restoring extends Before {
  ticket: TicketRow;
  /** How many, for its version. */
  changes: number;
}

/** A vote for replies that have left the ticket stays in history only. */
async function restore(tx: Tx, accountId: number, restorings: Restoring[]) {
  const replied = await listReplied(
    tx,
    accountId,
    restorings.map(({ ticket }) => ticket.number),
  );
  const states = restorings.map(({ ticket: { account_id, number }, state }) => {
    const has_reply = replied.has(number);
    return {
      account_id,
      number,
      state: { ...state, vote: isVotable({ ...state, has_reply }) ? state.vote : null },
    };
  });
  const facts = restorings.map(({ ticket: { number }, is_staff_read, changes }) => ({
    number,
    changes,
    is_staff_read,
    has_reply: replied.has(number),
  }));
  await sql`
    update tickets
    set ${restored(sql`facts.changes`)},
        has_reply = facts.has_reply, is_staff_read = facts.is_staff_read, is_client_read = ${areAllRead}
    from ${earlierStates(states)}
    join jsonb_to_recordset(${JSON.stringify(facts)}) as facts (
      number bigint, changes int, is_staff_read boolean, has_reply boolean
    ) on facts.number = earlier.number
    where tickets.account_id = earlier.account_id and tickets.number = earlier.number
  `.execute(tx);
}

/** Those of the tickets that have a reply of staff. */
async function listReplied(db: Db, accountId: number, numbers: number[]): Promise<Set<number>> {
  const { rows } = await sql<{ number: number }>`
    select number
    from unnest(${numbers}::bigint[]) as number
    where exists (
      select from comments
      where account_id = ${accountId} and ticket_number = number and not is_client_author and not is_internal
    )
  `.execute(db);
  return new Set(rows.map(({ number }) => number));
}
