import type { StaffActor } from '#actor.ts';
import { conflict } from '#errors.ts';
import type { Tx } from '#platform/db/database.ts';
import { findTicket, lockAccountAndTickets } from './find.ts';
import { type Brought, differenceOf, gainOf, withGain } from './merge-fields.ts';
import { mergeInto, stateAfterMerge } from './merge-into.ts';
import { findSourceFields, findTargetFields, writeFields } from './merge-records.ts';
import { type State, stateOf } from './move.ts';
import { refuse } from './rules.ts';
import type { Merge, TicketRow } from './schema.ts';

/** What unmerging restores in each ticket, and what it removes from the target. */
export interface BeforeMerge {
  source: Before;
  target: Before;
  /** The state in which the merge left the target. Like `brought`, missing in older merges. */
  targetAfter?: State;
  brought?: Brought;
}

export interface Before {
  state: State;
  is_staff_read: boolean;
}

/** Merges the ticket into another one of its account. */
export async function mergeTicket(
  tx: Tx,
  actor: StaffActor,
  number: number,
  { into }: Merge,
): Promise<TicketRow> {
  await findTicket(tx, actor, number);
  if (number === into) throw conflict('merged_into_itself', 'A ticket cannot be merged into itself.');
  const [source, target] = await lockAccountAndTickets(tx, actor, number, into);
  await refuse(tx, 'merge', source, target);
  const own = await findSourceFields(tx, source);
  const before = await findTargetFields(tx, target);
  const gained = gainOf(own, before);
  const after = withGain(before, gained);
  await writeFields(tx, target, after);
  const { waiting_since: waitingSince } = source;
  const undo: BeforeMerge = {
    source: beforeOf(source),
    target: beforeOf(target),
    targetAfter: stateAfterMerge(target, waitingSince),
    brought: { own, gained },
  };
  const change = differenceOf(before, after);
  return mergeInto(tx, actor, { source, target, waitingSince, event: 'ticket.merged', undo, change });
}

const beforeOf = (ticket: TicketRow): Before => ({
  state: stateOf(ticket),
  is_staff_read: ticket.is_staff_read,
});
