/**
 * Snoozed tickets leave the queue until a time, or until the client writes. The client sees nothing of it: neither
 * `updated_at` nor the version changes, and SLA targets continue.
 */
import { type Actor, type StaffActor, system } from '#actor.ts';
import { invalid } from '#errors.ts';
import { DAY_MS } from '#platform/day.ts';
import type { Database, Tx } from '#platform/db/database.ts';
import { recordingEach } from '#platform/events/events.ts';
import { sql } from '#platform/sql.ts';
import { findTicket, lockTicket } from './find.ts';
import { refuse } from './rules.ts';
import type { Snooze, TicketRow } from './schema.ts';
import { wanted } from './wanted.ts';

const MAX_DAYS = 366;
const BATCH_SIZE = 200;

/** Snoozing again replaces the time. */
export async function snoozeTicket(
  tx: Tx,
  actor: StaffActor,
  number: number,
  snooze: Snooze,
): Promise<TicketRow> {
  const ticket = await lockTicket(tx, actor, number);
  checkSnooze(snooze);
  await refuse(tx, 'snooze', ticket);
  await snoozeEach(tx, actor, [{ ...ticket, until: snooze.until }]);
  return findTicket(tx, actor, number);
}

interface Snoozing extends Pick<TicketRow, 'account_id' | 'number'> {
  until?: string | undefined;
}

/** The same for many tickets at once, which the caller has locked and may snooze. */
export async function snoozeEach(tx: Tx, actor: StaffActor, tickets: Snoozing[]) {
  const rows = tickets.map(({ account_id, number, until = null }) => ({ account_id, number, until }));
  await sql`
    with snoozed as (
      update tickets
      set is_snoozed = true, snoozed_until = until::timestamptz, staff_version = staff_version + 1
      from jsonb_to_recordset(${JSON.stringify(rows)}) as wanted (
        account_id bigint, number bigint, until text
      )
      where tickets.account_id = wanted.account_id and tickets.number = wanted.number
      returning tickets.account_id, tickets.number, jsonb_build_object('until', until) as data
    )
    ${recordingEach(actor, 'ticket.snoozed', sql`(select * from snoozed order by account_id, number) as snoozed`)}
  `.execute(tx);
}

/** Ends the snooze of a ticket. */
export async function unsnoozeTicket(tx: Tx, actor: StaffActor, number: number): Promise<TicketRow> {
  const ticket = await lockTicket(tx, actor, number);
  await refuse(tx, 'unsnooze', ticket);
  await endSnoozeEach(tx, actor, [ticket]);
  return findTicket(tx, actor, number);
}

/** What ended the snooze. */
type Reason = 'time' | Actor['kind'];

type Snoozed = Pick<TicketRow, 'account_id' | 'number' | 'is_snoozed'>;

/** Ends the snoozes of those tickets that have one. The caller has locked the tickets. */
export async function endSnoozeEach(tx: Tx, actor: Actor, tickets: Snoozed[], reason: Reason = actor.kind) {
  const snoozed = tickets.filter(({ is_snoozed }) => is_snoozed);
  if (snoozed.length === 0) return;
  await sql`
    with back as (
      update tickets
      set is_snoozed = false, snoozed_until = null, staff_version = staff_version + 1
      from ${wanted(snoozed)}
      where tickets.account_id = wanted.account_id and tickets.number = wanted.number
      returning tickets.account_id, tickets.number, ${JSON.stringify({ reason })}::jsonb as data
    )
    ${recordingEach(actor, 'ticket.unsnoozed', sql`(select * from back order by account_id, number) as back`)}
  `.execute(tx);
}

/** Ends all snoozes that are due. Any number of processes may call it at once. */
export async function endSnoozes(database: Database): Promise<void> {
  while (await database.transact(endBatch)) {
    // more is left
  }
}

/** A ticket that is locked by somebody else is left for the next minute. */
async function endBatch(tx: Tx): Promise<boolean> {
  const { rows } = await sql<{ account_id: number; number: number }>`
    select account_id, number
    from tickets
    where snoozed_until <= now()
    order by account_id, number
    limit ${BATCH_SIZE}
    for update skip locked
  `.execute(tx);
  const snoozed = rows.map((key) => ({ ...key, is_snoozed: true }));
  await endSnoozeEach(tx, system, snoozed, 'time');
  return rows.length === BATCH_SIZE;
}

/** Refuses a time in the past, or too far in the future. */
export function checkSnooze({ until }: Snooze, at = '') {
  if (until === undefined) return;
  const ms = Date.parse(until) - Date.now();
  if (ms > 0 && ms <= MAX_DAYS * DAY_MS) return;
  throw invalid('invalid_snooze', 'The end of a snooze must be in the future.', [
    { pointer: `${at}/until`, detail: `must be within the next ${MAX_DAYS} days` },
  ]);
}
