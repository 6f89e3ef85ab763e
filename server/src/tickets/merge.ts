import type { StaffActor } from '../actor.ts';
import type { Tx } from '../db/database.ts';
import { conflict } from '../errors.ts';
import { absorb, refuseClosedWhole } from './absorb.ts';
import { findTicket, lockAccountAndTickets } from './find.ts';
import { refuseMerged } from './merged.ts';
import { type State, stateOf } from './move.ts';
import type { Merge, TicketRow } from './schema.ts';

/** What unmerging gives back of each ticket. */
export interface BeforeMerge {
  part: Before;
  whole: Before;
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
  { into }: Merge,
): Promise<TicketRow> {
  await findTicket(tx, actor, number);
  if (number === into) throw conflict('merged_into_itself', 'A ticket cannot become a part of itself.');
  const [part, whole] = await lockAccountAndTickets(tx, actor, number, into);
  refuseMerged(part);
  refuseMerged(whole);
  refuseClosedWhole(part, whole);
  const undo: BeforeMerge = { part: beforeOf(part), whole: beforeOf(whole) };
  return absorb(tx, actor, { part, whole, waitingSince: part.waiting_since, event: 'ticket.merged', undo });
}

const beforeOf = (ticket: TicketRow): Before => ({
  state: stateOf(ticket),
  is_staff_read: ticket.is_staff_read,
});
