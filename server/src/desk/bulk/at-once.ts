/** Applies a bulk request to all of its tickets in one statement, where no ticket needs individual work. */
import type { StaffActor } from '#actor.ts';
import { triageEach } from '#desk/tickets/change.ts';
import { closeEach, resolveEach } from '#desk/tickets/close.ts';
import { listTicketsByKey } from '#desk/tickets/find.ts';
import { markStaffReadEach } from '#desk/tickets/mark-staff-read.ts';
import { refuse } from '#desk/tickets/rules.ts';
import type { TicketRow, Triage } from '#desk/tickets/schema.ts';
import { snoozeEach } from '#desk/tickets/snooze.ts';
import { ApiError } from '#errors.ts';
import type { Tx } from '#platform/db/database.ts';
import { fieldsOf, type SentReply } from './perform.ts';
import type { Bulk, BulkChange } from './schema.ts';

export interface BulkWork {
  tx: Tx;
  actor: StaffActor;
  input: Bulk;
  /** In order, and locked by the caller. */
  tickets: TicketRow[];
}

/** The result for one ticket: its fields afterwards, or the code of the refusal. */
export interface Outcome {
  before: TicketRow;
  after?: TicketRow;
  reply?: SentReply | undefined;
  refusal?: string;
}

/** A ticket that does not exist, or whose state forbids the change, does not stop the others. */
export const isRefusal = (error: unknown): error is ApiError =>
  error instanceof ApiError && (error.status === 404 || error.status === 409);

export const isPerformedAtOnce = ({ change, reply, action }: Bulk): boolean =>
  reply === undefined &&
  action !== 'merge' &&
  (change === undefined || (action === undefined && change.topic_key === undefined));

export async function performAtOnce(work: BulkWork): Promise<Map<number, Outcome>> {
  const { input } = work;
  const outcomes = await performAll(work, input);
  return new Map(outcomes.map((outcome) => [outcome.before.number, outcome]));
}

async function performAll(work: BulkWork, { change, action, reason, snooze = {} }: Bulk): Promise<Outcome[]> {
  const { tx, actor } = work;
  if (change) return changeAll(work, change);
  if (action === 'resolve') return actAll(work, action, (tickets) => resolveEach(tx, actor, tickets));
  if (action === 'close') return actAll(work, action, (tickets) => closeEach(tx, actor, tickets, { reason }));
  if (action === 'snooze') return actAll(work, action, (tickets) => snoozeEach(tx, actor, tickets, snooze));
  return markAll(work);
}

/** Acts on those tickets whose state allows it. */
async function actAll(
  { tx, actor, tickets }: BulkWork,
  action: 'resolve' | 'close' | 'snooze',
  act: (allowed: TicketRow[]) => Promise<void>,
): Promise<Outcome[]> {
  const refusals = new Map<number, string>();
  for (const ticket of tickets) {
    await refuse(tx, action, ticket).catch((error: unknown) => {
      if (!isRefusal(error)) throw error;
      refusals.set(ticket.number, error.code);
    });
  }
  const allowed = tickets.filter(({ number }) => !refusals.has(number));
  if (allowed.length > 0) await act(allowed);
  const after = new Map(
    (await listTicketsByKey(tx, actor, allowed)).map((ticket) => [ticket.number, ticket]),
  );
  return tickets.map((before) => ({
    before,
    after: after.get(before.number),
    refusal: refusals.get(before.number),
  }));
}

async function markAll({ tx, actor, input, tickets }: BulkWork): Promise<Outcome[]> {
  const isSeen = input.action === 'read';
  await markStaffReadEach(tx, actor, tickets, isSeen);
  return tickets.map((before) => ({ before, after: { ...before, is_staff_read: isSeen } }));
}

async function changeAll({ tx, actor, tickets }: BulkWork, change: BulkChange): Promise<Outcome[]> {
  const wanted = tickets.map((before) => wantedOf(before, change));
  const triages = wanted.flatMap((one) => ('change' in one ? one : []));
  const after = new Map((await triageEach(tx, actor, triages)).map((ticket) => [ticket.number, ticket]));
  return wanted.map((one) =>
    'change' in one ? { before: one.before, after: after.get(one.before.number) } : one,
  );
}

type Wanted = { before: TicketRow; change: Triage } | { before: TicketRow; refusal: string };

function wantedOf(before: TicketRow, change: BulkChange): Wanted {
  try {
    return { before, change: fieldsOf(before, change) };
  } catch (error) {
    if (!isRefusal(error)) throw error;
    return { before, refusal: error.code };
  }
}
