/** Keeps due times right: after every event of a ticket, after a change of a policy, and by the clock. */
import { sql } from 'kysely';
import type { Database, Db, Tx } from '../db/database.ts';
import { readPlaces } from '../events/feed.ts';
import { findCursor, lockCursor, moveCursor, takeCursor } from '../events/following.ts';
import { listPolicies } from './policies.ts';
import { recount, type TicketKey } from './recount.ts';
import { quietEvents } from './turns.ts';
import { isWalking, walkOn } from './walk.ts';

const AT_ONCE = 200;

/** Recounts the tickets of the next events, unless another process is at it; returns whether more is left. */
export async function followPromises(database: Database): Promise<boolean> {
  if (!(await hasWork(database.db))) return false;
  return database.transact(async (tx) => {
    const cursor = await takeCursor(tx, 'sla');
    if (cursor === undefined) return false;
    const walked = await walkOn(tx);
    await recount(
      tx,
      walked.map((key) => ({ ...key, isEdit: true })),
    );
    const places = await readPlaces(tx, cursor, AT_ONCE);
    const last = places.at(-1);
    if (!last) return walked.length > 0;
    await recount(tx, ticketsIn(places));
    await moveCursor(tx, 'sla', last.cursor);
    return places.length === AT_ONCE || walked.length > 0;
  });
}

/** Recounts tickets whose targets are near or missed without an alert: counting them records it. */
export async function watchPromises(database: Database): Promise<void> {
  let after: number | undefined = 0;
  while (after !== undefined) after = await watchSome(database, after);
}

async function hasWork(db: Db): Promise<boolean> {
  if (await isWalking(db)) return true;
  if ((await listPolicies(db)).length === 0) return false;
  const next = await readPlaces(db, await findCursor(db, 'sla'), 1);
  return next.length > 0;
}

const edits = ['ticket.changed', 'ticket.triaged'];

/** Each ticket once, in order of their numbers. */
function ticketsIn(places: Array<{ type: string; account_id: number; ticket_number: number | null }>) {
  const keys = new Map<number, TicketKey>();
  for (const { type, account_id, ticket_number: number } of places) {
    const isEdit = edits.includes(type);
    if (number === null || (quietEvents.includes(type) && !isEdit)) continue;
    keys.set(number, { account_id, number, isEdit: isEdit && (keys.get(number)?.isEdit ?? true) });
  }
  return [...keys.values()].sort((a, b) => a.number - b.number);
}

/** From behind a ticket's number on; returns where to go on, undefined at the end. */
async function watchSome(database: Database, after: number): Promise<number | undefined> {
  return database.transact(async (tx) => {
    await lockCursor(tx, 'sla');
    const keys = await listNear(tx, after);
    await recount(tx, keys);
    return keys.length < AT_ONCE ? undefined : keys.at(-1)?.number;
  });
}

async function listNear(tx: Tx, after: number): Promise<TicketKey[]> {
  const { rows } = await sql<TicketKey>`
    select account_id, number, true as "isEdit"
    from tickets
    where due_at <= now() + interval '15 minutes'
      and number > ${after}
      and exists (
        select
        from (
          values
            ('first_answer', case when first_answered_at is null then first_answer_due_at end),
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
    limit ${AT_ONCE}
  `.execute(tx);
  return rows;
}
