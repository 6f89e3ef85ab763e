/**
 * What the product does by itself as time goes by: it reminds and closes after inactivity, and says when an SLA target is
 * near or breached. Its own jobs are run, at times when they may have something to do.
 */
import { followInactivity } from '#desk/inactivity/inactivity.ts';
import { watchSla } from '#desk/sla/follow.ts';
import { recount, type TicketKey } from '#desk/sla/recount.ts';
import type { Tx } from '#platform/db/database.ts';
import { type Sql, sql } from '#platform/sql.ts';
import type { Stage } from './make.ts';
import { msOf } from './times.ts';

/** No target is nearer than an hour: nothing is said of a ticket sooner than this after something has happened. */
const QUIET = msOf('45m');
const INACTIVITY_EVERY = msOf('31h'); // not a multiple of a day, so that it falls on any hour

/** Gives what brings the clock to a time, and does what the product would have done until then. */
export function startBackground({ tx, database, clock }: Stage) {
  let happened = Number.POSITIVE_INFINITY; // when something did of which the due times are not counted
  let nextAlert = Number.POSITIVE_INFINITY;
  let nextInactivity = 0;

  async function alertUntil(time: number) {
    if (happened + QUIET <= time) {
      // Due times of the others have not changed.
      const changed = sql`select ticket_number from events where created_at >= ${new Date(happened).toISOString()}`;
      const counted = await countSla(tx, sql`waiting_since is not null and number in (${changed})`);
      if (counted > 0) nextAlert = await findNextAlert(tx);
      happened = Number.POSITIVE_INFINITY;
    }
    for (; nextAlert <= time; nextAlert = await findNextAlert(tx)) {
      clock.set(nextAlert);
      await watchSla(database);
    }
  }

  return async (time: number) => {
    for (nextInactivity ||= time; nextInactivity <= time; nextInactivity += INACTIVITY_EVERY) {
      await alertUntil(nextInactivity);
      clock.set(nextInactivity);
      await followInactivity(database);
    }
    await alertUntil(time);
    clock.set(time);
    happened = Math.min(happened, time);
  };
}

/** Counts when these tickets are, or were, due; returns how many they are. */
export async function countSla(tx: Tx, which: Sql = sql`true`) {
  const { rows } = await sql<TicketKey>`
    select account_id, number, false as "isEdit"
    from tickets
    where ${which}
  `.execute(tx);
  await recount(tx, rows);
  return rows.length;
}

/** When a target will be near or breached next, in milliseconds since 1970. */
async function findNextAlert(tx: Tx): Promise<number> {
  const { rows } = await sql<{ at: string | null }>`
    select min(at) as at
    from tickets
    cross join lateral (
      values (case when first_response_at is null then first_response_due_at end), (resolution_due_at)
    ) as targets (due)
    cross join lateral (values (due - interval '15 minutes'), (due)) as alerts (at)
    where due_at is not null and at > now()
  `.execute(tx);
  return rows[0]?.at ? Date.parse(rows[0].at) : Number.POSITIVE_INFINITY;
}
