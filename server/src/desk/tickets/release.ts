/** Reassigns tickets of disabled members to the group of their topic, or to nobody. */
import { type Actor, system } from '#actor.ts';
import type { Tx } from '#platform/db/database.ts';
import { sql } from '#platform/sql.ts';
import { type Assigned, assignEach, chooseFromGroups } from './assign-from-groups.ts';
import type { TicketRow } from './schema.ts';
import { wanted } from './wanted.ts';

/** Reassigns all unresolved tickets of this disabled member. Returns how many. */
export async function releaseTicketsOf(tx: Tx, actor: Actor, staffId: number): Promise<number> {
  const { rows } = await sql<Assigned>`
    select account_id, number, topic_key, assignee_id
    from tickets
    where assignee_id = ${staffId} and not is_closed and not is_resolved
    order by account_id, number
    for update
  `.execute(tx);
  await release(tx, actor, rows);
  return rows.length;
}

/** For tickets that may just have reopened, as they were before the change. */
export async function releaseReopened(tx: Tx, before: TicketRow[]) {
  const mayBeReopened = before.filter(
    ({ assignee_id, is_closed, is_resolved }) => assignee_id !== null && (is_closed || is_resolved),
  );
  if (mayBeReopened.length > 0) await releaseDisabled(tx, mayBeReopened);
}

/**
 * Reassigns those of the tickets that are open and whose assignee is disabled. They cannot be disabled concurrently:
 * either this finds the ticket, or the disabling does.
 */
export async function releaseDisabled(tx: Tx, tickets: Array<Pick<TicketRow, 'account_id' | 'number'>>) {
  const { rows } = await sql<Assigned & { is_disabled: boolean }>`
    select account_id, number, topic_key, assignee_id, disabled_at is not null as is_disabled
    from ${wanted(tickets)}
    join tickets using (account_id, number)
    join staff on staff_id = assignee_id
    where not is_closed and not is_resolved
    order by account_id, number
    for share of staff
  `.execute(tx);
  await release(
    tx,
    system,
    rows.filter(({ is_disabled }) => is_disabled),
  );
}

async function release(tx: Tx, actor: Actor, tickets: Assigned[]) {
  if (tickets.length === 0) return;
  await assignEach(tx, actor, await chooseFromGroups(tx, tickets), { reason: 'assignee_disabled' });
}
