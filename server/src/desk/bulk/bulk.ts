/** One request for many tickets: each has a result of its own, and all that was done can be undone together. */
import { sql } from 'kysely';
import type { StaffActor } from '#actor.ts';
import { reindexSummary } from '#desk/tickets/change-summary.ts';
import { findTicket, lockTicket } from '#desk/tickets/find.ts';
import type { TicketRow } from '#desk/tickets/schema.ts';
import { ApiError } from '#errors.ts';
import type { Tx } from '#platform/db/database.ts';
import { oneRow } from '#platform/db/one-row.ts';
import { checkBulk } from './check.ts';
import { differenceOf, fieldsOf, lockAll } from './fields.ts';
import { perform, type SentReply } from './perform.ts';
import type { Bulk, BulkResult } from './schema.ts';

export async function runBulk(tx: Tx, actor: StaffActor, input: Bulk): Promise<BulkResult> {
  const { ticket_numbers, action, into } = input;
  await checkBulk(tx, actor, input);
  const mayMove = action === 'close' || action === 'merge';
  await lockAll(tx, into ? [...ticket_numbers, into] : ticket_numbers, mayMove);
  const result = await sql<{ bulk_id: number }>`
    insert into bulks (staff_id)
    values (${actor.staffId})
    returning bulk_id
  `.execute(tx);
  const { bulk_id } = oneRow(result);
  const outcomes = new Map<number, Outcome>();
  // In the order that merges of one moment have (merge-records.ts), which their undo takes from behind.
  for (const number of ticket_numbers.toSorted((a, b) => a - b)) {
    outcomes.set(number, await workOn(tx, actor, bulk_id, number, input));
  }
  if (into) await reindexSummary(tx, await findTicket(tx, actor, into));
  return resultOf(bulk_id, ticket_numbers, outcomes);
}

interface Outcome {
  result: string;
  send_at?: string | undefined;
}

function resultOf(bulk_id: number, numbers: number[], outcomes: Map<number, Outcome>): BulkResult {
  const times = [...outcomes.values()].flatMap(({ send_at }) => send_at ?? []);
  const items = numbers.map((ticket_number) => ({
    ticket_number,
    result: outcomes.get(ticket_number)?.result ?? '',
  }));
  return { bulk_id, send_at: times.sort().at(0) ?? null, items };
}

/** `done`, or the code of the refusal: a ticket that does not exist, or whose state forbids it, stops no other. */
async function workOn(
  tx: Tx,
  actor: StaffActor,
  bulkId: number,
  number: number,
  input: Bulk,
): Promise<Outcome> {
  const mayHalve = isCompound(input);
  if (mayHalve) await sql`savepoint one_ticket`.execute(tx);
  try {
    const before = await lockTicket(tx, actor, number);
    const { after, reply } = await perform(tx, actor, before, input);
    await noteChange(tx, bulkId, { before, after, reply });
    if (mayHalve) await sql`release savepoint one_ticket`.execute(tx);
    return { result: 'done', send_at: reply?.send_at };
  } catch (error) {
    if (!(error instanceof ApiError && (error.status === 404 || error.status === 409))) throw error;
    if (mayHalve) await sql`rollback to savepoint one_ticket`.execute(tx);
    return { result: error.code };
  }
}

/** Whether a refusal may come behind something that is written; what is a single step refuses before it writes. */
const isCompound = ({ change, reply, action }: Bulk) =>
  reply !== undefined || action === 'merge' || (change !== undefined && action !== undefined);

interface Change {
  before: TicketRow;
  after: TicketRow;
  reply: SentReply | undefined;
}

async function noteChange(tx: Tx, bulkId: number, change: Change) {
  const { account_id, number } = change.before;
  const { before, after } = differenceOf(fieldsOf(change.before), fieldsOf(change.after));
  await sql`
    insert into bulk_tickets (account_id, bulk_id, number, before, after)
    values (
      ${account_id}, ${bulkId}, ${number}, ${JSON.stringify(before)},
      ${JSON.stringify({ ...after, reply: change.reply })}
    )
  `.execute(tx);
}
