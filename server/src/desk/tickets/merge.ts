import type { StaffActor } from '#actor.ts';
import { conflict } from '#errors.ts';
import type { Tx } from '#platform/db/database.ts';
import { reindexSummary } from './change-summary.ts';
import { findTicket, lockAccountAndTickets } from './find.ts';
import { type Brought, differenceOf, gainOf, withGain } from './merge-fields.ts';
import { extended, mergeInto } from './merge-into.ts';
import { findSourceFields, findTargetFields, writeFields } from './merge-records.ts';
import { type State, stateOf } from './move.ts';
import { refuse } from './rules.ts';
import type { Merge, TicketRow } from './schema.ts';

/** What unmerging gives back of each ticket, and what it takes out of the target. */
export interface BeforeMerge {
  part: Before;
  whole: Before;
  /** The state in which the merge left the whole. Like `brought`, not of a merge by an earlier version. */
  wholeAfter?: State;
  brought?: Brought;
}

export interface Before {
  state: State;
  is_staff_read: boolean;
}

/** The ticket becomes a part of another one of its account. */
export async function mergeTicket(
  tx: Tx,
  actor: StaffActor,
  number: number,
  merge: Merge,
): Promise<TicketRow> {
  const merged = await mergeOneOfMany(tx, actor, number, merge);
  await reindexSummary(tx, await findTicket(tx, actor, merge.into));
  return merged;
}

/** The same, but for the search words of the target, which are the caller's to renew behind the last merge. */
export async function mergeOneOfMany(
  tx: Tx,
  actor: StaffActor,
  number: number,
  { into }: Merge,
): Promise<TicketRow> {
  await findTicket(tx, actor, number);
  if (number === into) throw conflict('merged_into_itself', 'A ticket cannot be merged into itself.');
  const [part, whole] = await lockAccountAndTickets(tx, actor, number, into);
  await refuse(tx, 'merge', part, whole);
  const own = await findSourceFields(tx, part);
  const before = await findTargetFields(tx, whole);
  const gained = gainOf(own, before);
  const after = withGain(before, gained);
  await writeFields(tx, whole, after);
  const { waiting_since: waitingSince } = part;
  const undo: BeforeMerge = {
    part: beforeOf(part),
    whole: beforeOf(whole),
    wholeAfter: extended(whole, waitingSince),
    brought: { own, gained },
  };
  const change = differenceOf(before, after);
  return mergeInto(tx, actor, { part, whole, waitingSince, event: 'ticket.merged', undo, change });
}

const beforeOf = (ticket: TicketRow): Before => ({
  state: stateOf(ticket),
  is_staff_read: ticket.is_staff_read,
});
