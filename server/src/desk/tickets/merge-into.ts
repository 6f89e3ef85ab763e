import { sql } from 'kysely';
import type { StaffActor } from '#actor.ts';
import { moveFilesOf } from '#desk/files/follow-comments.ts';
import { moveMentions } from '#desk/mentions/mentions.ts';
import { moveTexts } from '#desk/search/texts.ts';
import type { Tx } from '#platform/db/database.ts';
import { record } from '#platform/events/events.ts';
import { recountMerged } from './comment-counts.ts';
import { countMove } from './count.ts';
import { findTicket } from './find.ts';
import type { FieldChange } from './merge-fields.ts';
import { earlierStates, movedTo, restored, type State, stateOf, touched } from './move.ts';
import { releaseDisabled } from './release.ts';
import type { TicketRow } from './schema.ts';
import { endSnooze } from './snooze.ts';

interface Merge {
  /** Both locked by the caller, after the account's counters. */
  source: TicketRow;
  target: TicketRow;
  /** Since when the client has waited for a reply in the source, if the target does not have that comment already. */
  waitingSince: string | null;
  event: 'ticket.merged' | 'ticket.unsplit';
  /** What restores both; null when this cannot be undone. */
  undo: object | null;
  /** The source's fields that the target got, for its event. */
  change?: FieldChange;
}

/**
 * Merges one ticket into another. The source is closed and refers to the target. Its comments move to the target,
 * ordered by their ids, with their files, votes, read marks and search words. Returns the source.
 */
export async function mergeInto(
  tx: Tx,
  actor: StaffActor,
  { source, target, waitingSince, event, undo, change }: Merge,
): Promise<TicketRow> {
  const { account_id, number } = source;
  await endSnooze(tx, actor, source);
  if (waitingSince !== null) await endSnooze(tx, actor, target, 'client');
  await moveComments(tx, source, target);
  await moveTexts(tx, account_id, [number]);
  await recountMerged(tx, source, target);
  await moveMentions(tx, source, target.number);
  await sql`
    update tickets
    set ${source.is_closed ? touched : movedTo('closed', { isResolved: source.is_resolved })},
        merged_into_ticket_number = ${target.number}, merged_at = now(), before_merge = ${undo && JSON.stringify(undo)},
        is_client_read = ${areAllRead(source)}, is_staff_read = true
    where account_id = ${account_id} and number = ${number}
  `.execute(tx);
  if (!source.is_closed) await countMove(tx, account_id, number, -1);
  await updateTarget(tx, target, source, waitingSince);
  await record(tx, actor, event, { account_id, number, data: { to: target.number } });
  await record(tx, actor, event, { account_id, number: target.number, data: { from: number, ...change } });
  await releaseDisabled(tx, [target]);
  return findTicket(tx, actor, number);
}

/** SQL for whether the client has read every comment of the ticket. */
export const areAllRead = ({ account_id, number }: TicketRow) => sql`not exists (
  select from comments
  where account_id = ${account_id} and ticket_number = ${number} and not is_client_read
)`;

/** Comments that the target has as well, as a copy or original of a split, are not moved. */
async function moveComments(tx: Tx, { account_id, number }: TicketRow, target: TicketRow) {
  await sql`
    with moved as (
      update comments
      set ticket_number = ${target.number},
          ticket_version = ${target.version + 1},
          merged_from_ticket_number = coalesce(merged_from_ticket_number, ticket_number),
          merged_from_version = coalesce(merged_from_version, ticket_version)
      where account_id = ${account_id} and ticket_number = ${number} and splitted_to_ticket_number is distinct from ${target.number}
      returning id
    ), moved_files as (${moveFilesOf(account_id, target.number, sql`select id from moved`)})
    update votes
    set ticket_number = ${target.number}
    where account_id = ${account_id} and comment_id in (select id from moved)
  `.execute(tx);
}

async function updateTarget(tx: Tx, target: TicketRow, source: TicketRow, waitingSince: string | null) {
  const { account_id, number } = target;
  await sql`
    update tickets
    set ${restored},
        has_reply = has_reply or ${source.has_reply},
        is_client_read = ${areAllRead(target)},
        is_staff_read = is_staff_read and ${source.is_staff_read}
    from ${earlierStates([{ account_id, number, state: stateAfterMerge(target, waitingSince) }])}
    where tickets.account_id = earlier.account_id and tickets.number = earlier.number
  `.execute(tx);
}

/** The state of the target after the merge: a client who waits in the source then waits in the target. */
export function stateAfterMerge(target: TicketRow, waitingSince: string | null): State {
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
