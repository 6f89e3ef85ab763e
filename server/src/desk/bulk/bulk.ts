/**
 * Bulk changes: one request for many tickets. Each ticket has its own result, and everything done can be undone
 * together.
 */
import type { StaffActor } from '#actor.ts';
import { notFound } from '#errors.ts';
import type { Tx } from '#platform/db/database.ts';
import { oneRow } from '#platform/db/one-row.ts';
import { sql } from '#platform/sql.ts';
import { checkBulk } from './check.ts';
import { differenceOf, fieldsOf, lockAll } from './fields.ts';
import { type Outcome, perform } from './perform.ts';
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
  const found = numbers.flatMap((number) => tickets.get(number) ?? []);
  const outcomes = await perform({ tx, actor, input, tickets: found });
  await noteChanges(tx, bulk_id, [...outcomes.values()]);
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
