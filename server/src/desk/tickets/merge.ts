import type { StaffActor } from '#actor.ts';
import type { Tx } from '#platform/db/database.ts';
import { findTicket, listTicketsByKey, lockAccountAndTickets } from './find.ts';

import { differenceOf, gainOf, withGain } from './merge-fields.ts';
import { afterMerge, mergeInto, type Source } from './merge-into.ts';
import { type Before, type BeforeMerge, fieldsIn, listFields, writeFields } from './merge-records.ts';
import { listFitting } from './merge-size.ts';
import { stateOf } from './move.ts';
import { mergedIntoItself, ticketFull } from './refusals.ts';
import { refuse } from './rules.ts';
import type { Merge, TicketRow } from './schema.ts';

/** Merges the ticket into another one of its account. */
export async function mergeTicket(
  tx: Tx,
  actor: StaffActor,
  number: number,
  { into }: Merge,
): Promise<TicketRow> {
  await findTicket(tx, actor, number);
  if (number === into) throw mergedIntoItself();
  const [source, target] = await lockAccountAndTickets(tx, actor, number, into);
  await refuse(tx, 'merge', source, target);
  const [merged] = await mergeEach(tx, actor, [source], target);
  if (!merged) throw ticketFull(into);
  return merged;
}

/**
 * The same for many tickets, one after the other: each starts with what the one before has made of the target. The
 * caller has locked all, behind their account, and may merge them. Leaves out a ticket for which the target has no room.
 * Returns those that were merged.
 */
export async function mergeEach(
  tx: Tx,
  actor: StaffActor,
  tickets: TicketRow[],
  target: TicketRow,
): Promise<TicketRow[]> {
  const fitting = await listFitting(tx, tickets, target);
  if (fitting.length === 0) return [];
  const fields = await listFields(tx, [...fitting, target]);
  let whole = { ticket: target, fields: fieldsIn(fields, target) };
  const sources = fitting.map((ticket): Source => {
    const own = { ...fieldsIn(fields, ticket), assignee_id: fieldsIn(fields, ticket).enabled_assignee_id };
    const gained = gainOf(own, whole.fields);
    const before = whole;
    whole = {
      ticket: afterMerge(before.ticket, { ticket, waitingSince: ticket.waiting_since }),
      fields: { ...before.fields, ...withGain(before.fields, gained) },
    };
    const undo: BeforeMerge = {
      source: beforeOf(ticket),
      target: beforeOf(before.ticket),
      targetAfter: stateOf(whole.ticket),
      brought: { own, gained },
    };
    const change = differenceOf(before.fields, whole.fields);
    return { ticket, waitingSince: ticket.waiting_since, undo, change };
  });
  await writeFields(tx, [{ ...target, ...whole.fields }]);
  await mergeInto(tx, actor, { sources, target, event: 'ticket.merged' });
  return listTicketsByKey(tx, actor, fitting);
}

const beforeOf = (ticket: TicketRow): Before => ({
  state: stateOf(ticket),
  is_staff_read: ticket.is_staff_read,
});
