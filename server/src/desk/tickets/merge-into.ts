import { sql } from 'kysely';
import type { StaffActor } from '#actor.ts';
import { moveMentions } from '#desk/mentions/mentions.ts';
import type { Tx } from '#platform/db/database.ts';
import { record } from '#platform/events/events.ts';
import { reindexSummary } from './change-summary.ts';
import { recountMerged } from './comment-counts.ts';
import { countMove } from './count.ts';
import { findTicket } from './find.ts';
import type { FieldChange } from './merge-fields.ts';
import { backTo, movedTo, type State, stateOf, touched } from './move.ts';
import { releaseDisabled } from './release.ts';
import type { TicketRow } from './schema.ts';
import { endSnooze } from './snooze.ts';

interface Absorption {
  /** Both held by the caller, behind the account's counters. */
  part: TicketRow;
  whole: TicketRow;
  /** Since when the client has waited in the part for what is not in the whole yet. */
  waitingSince: string | null;
  event: 'ticket.merged' | 'ticket.unsplit';
  /** What gives both back; null when nothing will. */
  undo: object | null;
  /** What the whole has of the part's fields, for its event. */
  change?: FieldChange;
}

/**
 * One ticket becomes a part of another: it is closed and says where it went, its comments stand there from now on, in
 * the order of their ids, with their files, votes and read marks. The search words of the whole are its caller's to
 * renew: once, however many tickets it takes in. Returns the part.
 */
export async function mergeInto(
  tx: Tx,
  actor: StaffActor,
  { part, whole, waitingSince, event, undo, change }: Absorption,
): Promise<TicketRow> {
  const { account_id, number } = part;
  await endSnooze(tx, actor, part);
  if (waitingSince !== null) await endSnooze(tx, actor, whole, 'client');
  await moveComments(tx, part, whole);
  await recountMerged(tx, part, whole);
  await moveMentions(tx, part, whole.number);
  await sql`
    update tickets
    set ${part.is_closed ? touched : movedTo('closed', { isResolved: part.is_resolved })},
        merged_into_ticket_number = ${whole.number}, merged_at = now(), before_merge = ${undo && JSON.stringify(undo)},
        is_client_read = ${areAllRead(part)}, is_staff_read = true
    where account_id = ${account_id} and number = ${number}
  `.execute(tx);
  if (!part.is_closed) await countMove(tx, account_id, number, -1);
  await extend(tx, whole, part, waitingSince);
  await record(tx, actor, event, { account_id, number, data: { to: whole.number } });
  await record(tx, actor, event, { account_id, number: whole.number, data: { from: number, ...change } });
  await releaseDisabled(tx, whole);
  const merged = await findTicket(tx, actor, number);
  await reindexSummary(tx, merged);
  return merged;
}

/** SQL for whether the client has read every comment that stands in the ticket now. */
export const areAllRead = ({ account_id, number }: TicketRow) => sql`not exists (
  select from comments
  where account_id = ${account_id} and ticket_number = ${number} and not is_client_read
)`;

/** What is in the whole as well, as a copy or an original of a split, stays where it is. */
async function moveComments(tx: Tx, { account_id, number }: TicketRow, whole: TicketRow) {
  await sql`
    with moved as (
      update comments
      set ticket_number = ${whole.number},
          ticket_version = ${whole.version + 1},
          merged_from_ticket_number = coalesce(merged_from_ticket_number, ticket_number),
          merged_from_version = coalesce(merged_from_version, ticket_version)
      where account_id = ${account_id} and ticket_number = ${number} and splitted_to_ticket_number is distinct from ${whole.number}
      returning id
    ), moved_files as (
      update files
      set ticket_number = ${whole.number}
      where account_id = ${account_id} and comment_id in (select id from moved)
    )
    update votes
    set ticket_number = ${whole.number}
    where account_id = ${account_id} and comment_id in (select id from moved)
  `.execute(tx);
}

async function extend(tx: Tx, whole: TicketRow, part: TicketRow, waitingSince: string | null) {
  await sql`
    update tickets
    set ${backTo(extended(whole, waitingSince))},
        has_reply = has_reply or ${part.has_reply},
        is_client_read = ${areAllRead(whole)},
        is_staff_read = is_staff_read and ${part.is_staff_read}
    where account_id = ${whole.account_id} and number = ${whole.number}
  `.execute(tx);
}

/** The state of the whole behind the merge: whoever waits for a reply in the part now waits there. */
export function extended(whole: TicketRow, waitingSince: string | null): State {
  const state = stateOf(whole);
  if (waitingSince === null || whole.is_closed) return state;
  if (whole.waiting_since !== null) {
    return {
      ...state,
      waiting_since: waitingSince < whole.waiting_since ? waitingSince : whole.waiting_since,
    };
  }
  const asked = { status_key: 'in_progress', is_resolved: false, resolved_at: null, vote: null };
  return { ...state, ...asked, waiting_since: waitingSince };
}
