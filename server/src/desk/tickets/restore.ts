import { sql } from 'kysely';
import type { StaffActor } from '#actor.ts';
import type { Tx } from '#platform/db/database.ts';
import { record } from '#platform/events/events.ts';
import { countMove } from './count.ts';
import { findTicket, lockAccountAndTicket } from './find.ts';
import { restoredTo, type State } from './move.ts';
import { releaseReopened } from './release.ts';
import type { TicketRow } from './schema.ts';

/** Restores the state from before staff resolved or closed a ticket by mistake. */
export async function restore(tx: Tx, actor: StaffActor, number: number, state: State): Promise<TicketRow> {
  const before = await lockAccountAndTicket(tx, actor, number);
  const { account_id, status_key, is_closed } = before;
  await sql`
    update tickets
    set ${restoredTo(state)}
    where account_id = ${account_id} and number = ${number}
  `.execute(tx);
  const data = { before: { status_key }, after: { status_key: state.status_key } };
  const isOpened = is_closed && !state.is_closed;
  if (isOpened) await countMove(tx, account_id, number, 1);
  await record(tx, actor, isOpened ? 'ticket.reopened' : 'ticket.changed', { account_id, number, data });
  await releaseReopened(tx, before);
  return findTicket(tx, actor, number);
}
