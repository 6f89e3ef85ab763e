import type { StaffActor } from '#actor.ts';
import type { Tx } from '#platform/db/database.ts';
import { recordEach } from '#platform/events/events.ts';
import { sql } from '#platform/sql.ts';
import { countMoves } from './count.ts';
import { earlierStates, restored, type State } from './move.ts';
import { releaseReopened } from './release.ts';
import type { TicketRow } from './schema.ts';

interface Restoring {
  ticket: TicketRow;
  state: State;
}

/**
 * Restores the states from before staff resolved or closed these tickets by mistake. The caller has locked them, behind
 * their accounts.
 */
export async function restoreEach(tx: Tx, actor: StaffActor, restorings: Restoring[]) {
  const states = restorings.map(({ ticket: { account_id, number }, state }) => ({
    account_id,
    number,
    state,
  }));
  await sql`
    update tickets
    set ${restored()}
    from ${earlierStates(states)}
    where tickets.account_id = earlier.account_id and tickets.number = earlier.number
  `.execute(tx);
  const opened = restorings.filter(isOpened);
  if (opened.length > 0)
    await countMoves(
      tx,
      opened.map(({ ticket }) => ticket),
      1,
    );
  await recordEach(tx, actor, 'ticket.reopened', opened.map(eventOf));
  await recordEach(tx, actor, 'ticket.changed', restorings.filter((one) => !isOpened(one)).map(eventOf));
  await releaseReopened(
    tx,
    restorings.map(({ ticket }) => ticket),
  );
}

const isOpened = ({ ticket, state }: Restoring) => ticket.is_closed && !state.is_closed;

const eventOf = ({ ticket: { account_id, number, status_key }, state }: Restoring) => ({
  account_id,
  number,
  data: { before: { status_key }, after: { status_key: state.status_key } },
});
