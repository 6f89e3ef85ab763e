/**
 * Who has which ticket open. Ephemeral: it records no event and lasts 45 seconds. Each report is one statement, which
 * also notifies the processes with open streams.
 */
import type { StaffActor } from '#actor.ts';
import { findTicket } from '#desk/tickets/find.ts';
import type { Db } from '#platform/db/database.ts';
import { jsonTime } from '#platform/db/json-time.ts';
import { oneRow } from '#platform/db/one-row.ts';
import { type Sql, sql } from '#platform/sql.ts';
import { visibleTo } from '#visible.ts';
import type { Presence, PresenceState } from './schema.ts';

export const PRESENCE_CHANNEL = 'paneldesk_presence';
/** One report in between may be lost: the console repeats it every 20 seconds. */
const EXPIRES_AFTER_SECONDS = 45;

/** SQL for the JSON list of who is on a ticket. */
export const presenceOn = (
  actor: StaffActor,
  { account_id, number }: { account_id: number; number: number },
) => sql`
  select coalesce(jsonb_agg(${presence} order by staff_name, staff_id), '[]')
  from presence
  where account_id = ${account_id} and ticket_number = ${number} and ${isShown(actor)}
`;

/** Everybody who has a ticket open, grouped by ticket. */
export async function listPresence(db: Db, actor: StaffActor): Promise<Presence[]> {
  const { rows } = await sql<Presence>`
    select ticket_number, staff_id, staff_name, state, expires_at
    from presence
    where ${isShown(actor)}
    order by ticket_number, staff_name, staff_id
  `.execute(db);
  return rows;
}

/** Marks the actor as present on the ticket for the next 45 seconds. */
export async function enterTicket(
  db: Db,
  actor: StaffActor,
  number: number,
  state: PresenceState,
): Promise<Presence> {
  const { account_id } = await findTicket(db, actor, number);
  const result = await sql<{ told: Presence }>`
    with presence as (
      insert into presence (account_id, ticket_number, staff_id, staff_name, state, expires_at)
      values (
        ${account_id}, ${number}, ${actor.staffId}, ${actor.name}, ${state},
        now() + make_interval(secs => ${EXPIRES_AFTER_SECONDS})
      )
      on conflict (account_id, ticket_number, staff_id) do update
      set staff_name = excluded.staff_name, state = excluded.state, expires_at = excluded.expires_at
      returning *
    )
    select ${presence} as told, pg_notify(${PRESENCE_CHANNEL}, (${presence})::text)
    from presence
  `.execute(db);
  return oneRow(result).told;
}

/** Ends the actor's presence on the ticket, if any. */
export async function leaveTicket(db: Db, actor: StaffActor, number: number): Promise<Presence> {
  const { account_id } = await findTicket(db, actor, number);
  const { staffId: staff_id, name: staff_name } = actor;
  const told = { ticket_number: number, staff_id, staff_name, state: null, expires_at: null };
  await sql`
    with gone as (
      delete from presence
      where account_id = ${account_id} and ticket_number = ${number} and staff_id = ${staff_id}
      returning staff_id
    )
    select pg_notify(${PRESENCE_CHANNEL}, ${JSON.stringify(told)})
    from gone
  `.execute(db);
  return told;
}

/** Deletes expired presence. */
export async function sweepPresence(db: Db) {
  await sql`delete from presence where expires_at <= now()`.execute(db);
}

const presence = sql`
  jsonb_build_object(
    'ticket_number', ticket_number, 'staff_id', staff_id, 'staff_name', staff_name, 'state', state,
    'expires_at', ${jsonTime('expires_at')}
  )
`;

const isShown = (actor: StaffActor): Sql => sql`expires_at > now() and ${visibleTo.inProgress(actor)}`;
