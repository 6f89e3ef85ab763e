import { isDeepStrictEqual } from 'node:util';
import type { StaffActor } from '#actor.ts';
import { listTicketsByKey } from '#desk/tickets/find.ts';
import { type State, stateOf } from '#desk/tickets/move.ts';
import type { TicketRow } from '#desk/tickets/schema.ts';
import type { Tx } from '#platform/db/database.ts';
import { sql } from '#platform/sql.ts';
import { fieldNames } from './schema.ts';

/** The fields, each with its type in a ticket. */
export interface Fields {
  assignee_id: number | null;
  priority: string;
  topic_key: string | null;
  tags: string[];
  is_staff_read: boolean;
  state: State & Pick<TicketRow, 'merged_into_ticket_number'>;
  snooze: Pick<TicketRow, 'is_snoozed' | 'snoozed_until'>;
}
export type Field = (typeof fieldNames)[number];

export function fieldsOf(ticket: TicketRow): Fields {
  const { assignee_id, priority, topic_key, tags, is_staff_read, merged_into_ticket_number } = ticket;
  const { is_snoozed, snoozed_until } = ticket;
  const state = { ...stateOf(ticket), merged_into_ticket_number };
  const snooze = { is_snoozed, snoozed_until };
  return { assignee_id, priority, topic_key, tags, is_staff_read, state, snooze };
}

/** The changed fields, before and after. */
export function differenceOf(before: Fields, after: Fields) {
  const differing = fieldNames.filter((name) => !isDeepStrictEqual(before[name], after[name]));
  return { before: pick(before, differing), after: pick(after, differing) };
}

const pick = (fields: Fields, names: Field[]): Partial<Fields> =>
  Object.fromEntries(names.map((name) => [name, fields[name]]));

/**
 * Locks the tickets until the commit, and before them, where tickets may open or close, the counters of their
 * accounts. One order for all: two bulk actions on the same tickets wait for each other and never deadlock. Returns
 * the tickets that the actor can see, by number.
 */
export async function lockAll(
  tx: Tx,
  actor: StaffActor,
  numbers: number[],
  mayMove: boolean,
): Promise<Map<number, TicketRow>> {
  if (mayMove) {
    await sql`
      select
      from account_state
      where account_id in (select account_id from tickets where number = any(${numbers}))
      order by account_id
      for update
    `.execute(tx);
  }
  const { rows } = await sql<{ account_id: number; number: number }>`
    select account_id, number
    from tickets
    where number = any(${numbers})
    order by account_id, number
    for update
  `.execute(tx);
  const tickets = await listTicketsByKey(tx, actor, rows);
  return new Map(tickets.map((ticket) => [ticket.number, ticket]));
}
