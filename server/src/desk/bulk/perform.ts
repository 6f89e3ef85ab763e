/** Applies a bulk request to its tickets. Each step is taken for all of them at once. */
import type { StaffActor } from '#actor.ts';
import type { TicketRow } from '#desk/tickets/schema.ts';
import type { Tx } from '#platform/db/database.ts';
import { sql } from '#platform/sql.ts';
import type { Bulk } from './schema.ts';
import { type SentReply, type Step, stepsOf } from './steps.ts';

interface BulkWork {
  tx: Tx;
  actor: StaffActor;
  input: Bulk;
  /** By number, and locked by the caller. */
  tickets: TicketRow[];
}

/** The result for one ticket: its fields afterwards, or the code of the refusal. */
export interface Outcome {
  before: TicketRow;
  after?: TicketRow | undefined;
  reply?: SentReply | undefined;
  refusal?: string | undefined;
}

/**
 * A refusal for one ticket does not stop the others. When a later step refuses a ticket that an earlier one has
 * changed, everything is rolled back and done again without it.
 */
export async function perform({ tx, actor, input, tickets }: BulkWork): Promise<Map<number, Outcome>> {
  const steps = stepsOf(input);
  const refusals = new Map<number, string>();
  if (steps.length > 1) await sql`savepoint before_steps`.execute(tx);
  let done: Done | undefined;
  while (!done) {
    const allowed = tickets.filter(({ number }) => !refusals.has(number));
    done = await take(tx, actor, steps, allowed, refusals);
    if (!done) await sql`rollback to savepoint before_steps`.execute(tx);
  }
  const { after, replies } = done;
  return new Map(
    tickets.map((before) => {
      const { number } = before;
      const refusal = refusals.get(number);
      return [number, { before, after: after.get(number), reply: replies.get(number), refusal }];
    }),
  );
}

interface Done {
  after: Map<number, TicketRow>;
  replies: Map<number, SentReply>;
}

/** Adds to `refusals`. Undefined when a ticket was refused by a later step than the first. */
async function take(
  tx: Tx,
  actor: StaffActor,
  steps: Step[],
  allowed: TicketRow[],
  refusals: Map<number, string>,
): Promise<Done | undefined> {
  let tickets = allowed;
  const replies = new Map<number, SentReply>();
  for (const [i, step] of steps.entries()) {
    const taken = await step({ tx, actor }, tickets);
    for (const [number, code] of taken.refusals) refusals.set(number, code);
    if (taken.refusals.size > 0 && i > 0) return undefined;
    for (const [number, reply] of taken.replies ?? []) replies.set(number, reply);
    tickets = taken.after.toSorted((a, b) => a.number - b.number);
  }
  return { after: new Map(tickets.map((ticket) => [ticket.number, ticket])), replies };
}
