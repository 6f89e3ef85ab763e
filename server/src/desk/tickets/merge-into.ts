import type { StaffActor } from '#actor.ts';
import { moveFilesOf } from '#desk/files/follow-comments.ts';
import { moveMentions } from '#desk/mentions/mentions.ts';
import { moveTexts } from '#desk/search/texts.ts';
import type { Tx } from '#platform/db/database.ts';
import { recordEach } from '#platform/events/events.ts';
import { type Sql, sql } from '#platform/sql.ts';
import { recountComments } from './comment-counts.ts';
import { countMoves } from './count.ts';
import type { FieldChange } from './merge-fields.ts';
import { isMovedTo } from './merge-size.ts';
import { earlierStates, movedTo, restored, type State, stateOf, touched } from './move.ts';
import { releaseDisabled } from './release.ts';
import type { TicketRow } from './schema.ts';
import { endSnoozeEach } from './snooze.ts';

interface Merge {
  /** In the order in which they are merged. All are locked by the caller, after the account's counters. */
  sources: Source[];
  /** It has room for the comments of the sources. */
  target: TicketRow;
  event: 'ticket.merged' | 'ticket.unsplit';
}

export interface Source {
  ticket: TicketRow;
  /** Since when the client has waited for a reply in it, if the target does not have that comment already. */
  waitingSince: string | null;
  /** What restores both; null when this cannot be undone. */
  undo: object | null;
  /** The fields that the target got, for its event. */
  change?: FieldChange;
}

/**
 * Merges tickets into another one. The sources are closed and refer to the target. Their comments move to the target,
 * ordered by their ids, with their files, votes, read marks and search words.
 */
export async function mergeInto(tx: Tx, actor: StaffActor, { sources, target, event }: Merge) {
  const { account_id } = target;
  const tickets = sources.map(({ ticket }) => ticket);
  const numbers = tickets.map(({ number }) => number);
  await endSnoozeEach(tx, actor, tickets);
  if (sources.some(({ waitingSince }) => waitingSince !== null)) {
    await endSnoozeEach(tx, actor, [target], 'client');
  }
  await moveComments(tx, tickets, target);
  await moveTexts(tx, account_id, numbers);
  await recountComments(tx, account_id, [...numbers, target.number]);
  await moveMentions(tx, account_id, numbers, target.number);
  const open = sources.filter(({ ticket }) => !ticket.is_closed);
  const closed = sources.filter(({ ticket }) => ticket.is_closed);
  await referTo(tx, target, open, movedTo('closed', { isResolved: 'unchanged' }));
  await referTo(tx, target, closed, touched);
  if (open.length > 0) {
    await countMoves(
      tx,
      open.map(({ ticket }) => ticket),
      -1,
    );
  }
  await updateTarget(tx, sources.reduce(afterMerge, target), sources.length);
  await recordEach(
    tx,
    actor,
    event,
    sources.flatMap(({ ticket: { number }, change }) => [
      { account_id, number, data: { to: target.number } },
      { account_id, number: target.number, data: { from: number, ...change } },
    ]),
  );
  await releaseDisabled(tx, [target]);
}

/** SQL for whether the client has read every comment of the ticket, for an update of `tickets`. */
export const areAllRead = sql.raw(`not exists (
  select from comments
  where comments.account_id = tickets.account_id and comments.ticket_number = tickets.number and not comments.is_client_read
)`);

/** Each merge makes a version of the target. */
async function moveComments(tx: Tx, sources: TicketRow[], target: TicketRow) {
  const { account_id } = target;
  const rows = sources.map(({ number }, i) => ({ number, version: target.version + 1 + i }));
  await sql`
    with moved as (
      update comments
      set ticket_number = ${target.number},
          ticket_version = sources.version,
          merged_from_ticket_number = coalesce(merged_from_ticket_number, ticket_number),
          merged_from_version = coalesce(merged_from_version, ticket_version)
      from jsonb_to_recordset(${JSON.stringify(rows)}) as sources (number bigint, version int)
      where account_id = ${account_id} and ticket_number = sources.number and ${isMovedTo(target)}
      returning id, ticket_number
    ), moved_files as (${moveFilesOf(account_id, sql`moved`)})
    update votes
    set ticket_number = ${target.number}
    where account_id = ${account_id} and comment_id in (select id from moved)
  `.execute(tx);
}

/** `move` is for the `set` of the sources' update. */
async function referTo(tx: Tx, target: TicketRow, sources: Source[], move: Sql) {
  if (sources.length === 0) return;
  const rows = sources.map(({ ticket, undo }) => ({ number: ticket.number, undo }));
  await sql`
    update tickets
    set ${move},
        merged_into_ticket_number = ${target.number}, merged_at = now(), before_merge = sources.undo,
        is_client_read = ${areAllRead}, is_staff_read = true
    from jsonb_to_recordset(${JSON.stringify(rows)}) as sources (number bigint, undo jsonb)
    where tickets.account_id = ${target.account_id} and tickets.number = sources.number
  `.execute(tx);
}

async function updateTarget(tx: Tx, after: TicketRow, changes: number) {
  const { account_id, number } = after;
  await sql`
    update tickets
    set ${restored(sql`${changes}::int`)},
        has_reply = ${after.has_reply}, is_client_read = ${areAllRead}, is_staff_read = ${after.is_staff_read}
    from ${earlierStates([{ account_id, number, state: stateOf(after) }])}
    where tickets.account_id = earlier.account_id and tickets.number = earlier.number
  `.execute(tx);
}

/** The target after the merge of one source: a client who waits in the source then waits in the target. */
export function afterMerge(
  target: TicketRow,
  { ticket, waitingSince }: Pick<Source, 'ticket' | 'waitingSince'>,
): TicketRow {
  return {
    ...target,
    ...stateAfterMerge(target, waitingSince),
    has_reply: target.has_reply || ticket.has_reply,
    is_staff_read: target.is_staff_read && ticket.is_staff_read,
  };
}

function stateAfterMerge(target: TicketRow, waitingSince: string | null): State {
  const state = stateOf(target);
  if (waitingSince === null || target.is_closed) return state;
  if (target.waiting_since !== null) {
    return {
      ...state,
      waiting_since: waitingSince < target.waiting_since ? waitingSince : target.waiting_since,
    };
  }
  const asked = { status_key: 'in_progress', is_resolved: false, resolved_at: null, vote: null };
  return { ...state, ...asked, waiting_since: waitingSince };
}
