/** Keeps due times current: after every event of a ticket, after a change of a policy, and on schedule. */
import type { Database, Tx } from '#platform/db/database.ts';
import { feedFollower } from '#platform/events/feed-follower.ts';
import { lockCursor, tryLockCursor } from '#platform/events/following.ts';
import type { RecordedEvent } from '#platform/events/read.ts';
import { eventTypes, typesWhere } from '#platform/events/types.ts';
import { sql } from '#platform/sql.ts';
import { listPolicies } from './policies.ts';
import { recount, type TicketKey } from './recount.ts';
import { isRecounting, nextToRecount, SLA } from './recount-all.ts';

const BATCH_SIZE = 200;

/**
 * Recounts the tickets of the next events and of a full recount, unless another process does. Returns whether more are
 * left.
 */
export const followSla = feedFollower({
  name: SLA,
  types: typesWhere(({ sla = 'none' }) => sla !== 'none'),
  startsAt: 'beginning',
  batchSize: BATCH_SIZE,
  isIdle: async (db) => (await listPolicies(db)).length === 0,
  apply: (tx, events) => recount(tx, ticketsIn(events)),
  also: continueRecount,
});

/** In a transaction of its own: a ticket that fails here is not the fault of an event. */
async function continueRecount({ db, transact }: Database): Promise<boolean> {
  if (!(await isRecounting(db))) return false;
  return transact(async (tx) => {
    if ((await tryLockCursor(tx, SLA)) === undefined) return false;
    const walked = await nextToRecount(tx);
    await recount(
      tx,
      walked.map((key) => ({ ...key, isEdit: true })),
    );
    return walked.length > 0;
  });
}

/** Recounts tickets with targets near or missed without an alert. Counting records the alert. */
export async function watchSla(database: Database): Promise<void> {
  let after: number | undefined = 0;
  while (after !== undefined) after = await watchBatch(database, after);
}

/** The distinct tickets, ordered by number. */
function ticketsIn(events: RecordedEvent[]) {
  const keys = new Map<number, TicketKey>();
  for (const { type, account_id, ticket_number: number } of events) {
    if (number === null) continue;
    const isEdit = eventTypes[type].sla === 'retargets' && (keys.get(number)?.isEdit ?? true);
    keys.set(number, { account_id, number, isEdit });
  }
  return [...keys.values()].sort((a, b) => a.number - b.number);
}

/** Continues after a ticket number. Returns where to continue; undefined at the end. */
async function watchBatch(database: Database, after: number): Promise<number | undefined> {
  return database.transact(async (tx) => {
    await lockCursor(tx, SLA);
    const keys = await listDueSoon(tx, after);
    await recount(tx, keys);
    return keys.length < BATCH_SIZE ? undefined : keys.at(-1)?.number;
  });
}

async function listDueSoon(tx: Tx, after: number): Promise<TicketKey[]> {
  const { rows } = await sql<TicketKey>`
    select account_id, number, true as "isEdit"
    from tickets
    where due_at <= now() + interval '15 minutes'
      and number > ${after}
      and exists (
        select
        from (
          values
            ('first_response', case when first_response_at is null then first_response_due_at end),
            ('resolution', resolution_due_at)
        ) as targets (target, at)
        where at <= now() + interval '15 minutes'
          and not exists (
            select
            from sla_alerts
            where sla_alerts.account_id = tickets.account_id
              and sla_alerts.ticket_number = tickets.number
              and sla_alerts.target = targets.target
              and (kind = 'breached' or (kind = 'warned' and at > now()))
          )
      )
    order by number
    limit ${BATCH_SIZE}
  `.execute(tx);
  return rows;
}
