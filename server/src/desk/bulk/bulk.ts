/**
 * Bulk changes: one request for many tickets. Each ticket has its own result, and everything done can be undone
 * together.
 */
import { sql } from 'kysely';
import type { StaffActor } from '#actor.ts';
import { reindexSummary } from '#desk/tickets/change-summary.ts';
import { findTicket } from '#desk/tickets/find.ts';
import { notFound } from '#errors.ts';
import type { Tx } from '#platform/db/database.ts';
import { oneRow } from '#platform/db/one-row.ts';
import { type BulkWork, isPerformedAtOnce, isRefusal, type Outcome, performAtOnce } from './at-once.ts';
import { checkBulk } from './check.ts';
import { differenceOf, fieldsOf, lockAll } from './fields.ts';
import { perform } from './perform.ts';
import type { Bulk, BulkResult } from './schema.ts';

export async function runBulk(tx: Tx, actor: StaffActor, input: Bulk): Promise<BulkResult> {
  const { ticket_numbers, action, into } = input;
  await checkBulk(tx, actor, input);
  const mayMove = action === 'close' || action === 'merge';
  const tickets = await lockAll(tx, actor, into ? [...ticket_numbers, into] : ticket_numbers, mayMove);
  const result = await sql<{ bulk_id: number }>`
    insert into bulks (staff_id)
    values (${actor.staffId})
    returning bulk_id
  `.execute(tx);
  const { bulk_id } = oneRow(result);
  // The same order that merges of one request have (merge-records.ts), which the undo reverses.
  const numbers = ticket_numbers.toSorted((a, b) => a - b);
  const bulk = { tx, actor, input, tickets: numbers.flatMap((number) => tickets.get(number) ?? []) };
  const outcomes = isPerformedAtOnce(input) ? await performAtOnce(bulk) : await performEach(bulk);
  await noteChanges(tx, bulk_id, [...outcomes.values()]);
  if (into) await reindexSummary(tx, await findTicket(tx, actor, into));
  return resultOf(bulk_id, ticket_numbers, outcomes);
}

function resultOf(bulk_id: number, numbers: number[], outcomes: Map<number, Outcome>): BulkResult {
  const times = [...outcomes.values()].flatMap(({ reply }) => reply?.send_at ?? []);
  const items = numbers.map((ticket_number) => {
    const outcome = outcomes.get(ticket_number);
    return { ticket_number, result: outcome ? (outcome.refusal ?? 'done') : notFound('ticket').code };
  });
  return { bulk_id, send_at: times.sort().at(0) ?? null, items };
}

/** One ticket after the other: a refusal for one does not stop the others. */
async function performEach({ tx, actor, input, tickets }: BulkWork): Promise<Map<number, Outcome>> {
  const mayBePartial = isCompound(input);
  const outcomes = new Map<number, Outcome>();
  for (const before of tickets) {
    if (mayBePartial) await sql`savepoint one_ticket`.execute(tx);
    try {
      outcomes.set(before.number, { before, ...(await perform(tx, actor, before, input)) });
      if (mayBePartial) await sql`release savepoint one_ticket`.execute(tx);
    } catch (error) {
      if (!isRefusal(error)) throw error;
      if (mayBePartial) await sql`rollback to savepoint one_ticket`.execute(tx);
      outcomes.set(before.number, { before, refusal: error.code });
    }
  }
  return outcomes;
}

/** Whether a refusal may come after something was written. A single step refuses before it writes. */
const isCompound = ({ change, reply, action }: Bulk) =>
  reply !== undefined || action === 'merge' || (change !== undefined && action !== undefined);

async function noteChanges(tx: Tx, bulkId: number, outcomes: Outcome[]) {
  const rows = outcomes.flatMap(({ before, after, reply }) => {
    if (!after) return [];
    const difference = differenceOf(fieldsOf(before), fieldsOf(after));
    const { account_id, number } = before;
    return { account_id, number, before: difference.before, after: { ...difference.after, reply } };
  });
  await sql`
    insert into bulk_tickets (account_id, bulk_id, number, before, after)
    select account_id, ${bulkId}, number, before, after
    from jsonb_to_recordset(${JSON.stringify(rows)}) as done (
      account_id bigint, number bigint, before jsonb, after jsonb
    )
  `.execute(tx);
}
