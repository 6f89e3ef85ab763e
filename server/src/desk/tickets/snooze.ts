/**
 * Tickets that leave the queue until a time, or until the client writes. No client sees anything of it: neither
 * `updated_at` nor their version moves, and targets of an SLA go on.
 */
import { sql } from 'kysely';
import { type Actor, type StaffActor, system } from '#actor.ts';
import { invalid } from '#errors.ts';
import { DAY_MS } from '#platform/day.ts';
import type { Database, Tx } from '#platform/db/database.ts';
import { record } from '#platform/events/events.ts';
import { findTicket, lockTicket } from './find.ts';
import { refuse } from './rules.ts';
import type { Snooze, TicketRow } from './schema.ts';

const MAX_DAYS = 366;
const AT_ONCE = 200;

/** Snoozing anew replaces the time. */
export async function snoozeTicket(
  tx: Tx,
  actor: StaffActor,
  number: number,
  snooze: Snooze,
): Promise<TicketRow> {
  const ticket = await lockTicket(tx, actor, number);
  checkSnooze(snooze);
  await refuse(tx, 'snooze', ticket);
  const { account_id } = ticket;
  const until = snooze.until ?? null;
  await sql`
    update tickets
    set is_snoozed = true, snoozed_until = ${until}, staff_version = staff_version + 1
    where account_id = ${account_id} and number = ${number}
  `.execute(tx);
  await record(tx, actor, 'ticket.snoozed', { account_id, number, data: { until } });
  return findTicket(tx, actor, number);
}

/** Brings a snoozed ticket back to the queue. */
export async function unsnoozeTicket(tx: Tx, actor: StaffActor, number: number): Promise<TicketRow> {
  const ticket = await lockTicket(tx, actor, number);
  await refuse(tx, 'unsnooze', ticket);
  await endSnooze(tx, actor, ticket);
  return findTicket(tx, actor, number);
}

/** Who or what brings a ticket back. */
type Reason = 'time' | Actor['kind'];

/** For whatever brings a ticket back; the caller has locked it. Nothing is done to one that is not snoozed. */
export async function endSnooze(
  tx: Tx,
  actor: Actor,
  { account_id, number, is_snoozed }: Pick<TicketRow, 'account_id' | 'number' | 'is_snoozed'>,
  reason: Reason = actor.kind,
) {
  if (!is_snoozed) return;
  await sql`
    update tickets
    set is_snoozed = false, snoozed_until = null, staff_version = staff_version + 1
    where account_id = ${account_id} and number = ${number}
  `.execute(tx);
  await record(tx, actor, 'ticket.unsnoozed', { account_id, number, data: { reason } });
}

/** Brings back all whose time has come. Any number of processes may do it at once. */
export async function endSnoozes(database: Database): Promise<void> {
  while (await database.transact(endSome)) {
    // there is more
  }
}

/** One that somebody is working on just now is left to the next minute. */
async function endSome(tx: Tx): Promise<boolean> {
  const { rows } = await sql<{ account_id: number; number: number }>`
    select account_id, number
    from tickets
    where snoozed_until <= now()
    order by account_id, number
    limit ${AT_ONCE}
    for update skip locked
  `.execute(tx);
  for (const key of rows) await endSnooze(tx, system, { ...key, is_snoozed: true }, 'time');
  return rows.length === AT_ONCE;
}

/** Refuses a time that is not to come, or is too far away. */
export function checkSnooze({ until }: Snooze, at = '') {
  if (until === undefined) return;
  const ms = Date.parse(until) - Date.now();
  if (ms > 0 && ms <= MAX_DAYS * DAY_MS) return;
  throw invalid('invalid_snooze', 'The end of a snooze must be in the future.', [
    { pointer: `${at}/until`, detail: `must be within the next ${MAX_DAYS} days` },
  ]);
}
