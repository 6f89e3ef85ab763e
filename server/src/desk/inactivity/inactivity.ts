/**
 * Sends reminders and closes tickets on schedule. The ticket itself records what was done, so a run may be repeated at
 * any time.
 */
import { system } from '#actor.ts';
import { fillFor } from '#desk/canned-responses/canned-responses.ts';
import type { CannedResponse } from '#desk/canned-responses/schema.ts';
import { closeInactiveTicket } from '#desk/tickets/close.ts';
import { addReminder } from '#desk/tickets/comments/add.ts';
import { lockAccountAndTicket } from '#desk/tickets/find.ts';
import { hasRoomFor } from '#desk/tickets/full.ts';
import type { TicketRow } from '#desk/tickets/schema.ts';
import type { Database, Db, Tx } from '#platform/db/database.ts';
import { record } from '#platform/events/events.ts';
import { type Sql, sql } from '#platform/sql.ts';

const BATCH_SIZE = 500;

/** Each ticket in its own transaction: no client waits for another's ticket. */
export async function followInactivity(database: Database): Promise<void> {
  let after: number | undefined = 0;
  while (after !== undefined) {
    const due = await listInactive(database.db, sql`tickets.number > ${after}`);
    for (const { number } of due) await database.transact((tx) => handleTicket(tx, number));
    after = due.length < BATCH_SIZE ? undefined : due.at(-1)?.number;
  }
}

/** Checks the ticket again under its lock, because somebody may have written in between. */
async function handleTicket(tx: Tx, number: number) {
  const ticket = await lockAccountAndTicket(tx, system, number);
  const [inactive] = await listInactive(tx, sql`tickets.number = ${number}`);
  if (!inactive) return;
  if (inactive.is_to_close) await closeInactiveTicket(tx, number);
  else await remind(tx, ticket, inactive);
}

async function remind(tx: Tx, ticket: TicketRow, { inactive_since, bodies }: InactiveTicket) {
  const { account_id, number } = ticket;
  const words = bodies && (await fillFor(tx, ticket, bodies)).body;
  // A full ticket gets no reminder comment: the refusal would recur at every run and block the tickets after it.
  if (words !== null && hasRoomFor(ticket, words)) await addReminder(tx, ticket, words);
  else await record(tx, system, 'ticket.reminded', { account_id, number });
  await sql`
    insert into reminders (account_id, ticket_number, inactive_since)
    values (${account_id}, ${number}, ${inactive_since})
    on conflict (account_id, ticket_number) do update
    set inactive_since = excluded.inactive_since, reminded_at = now()
  `.execute(tx);
}

interface InactiveTicket {
  number: number;
  inactive_since: string;
  is_to_close: boolean;
  bodies: CannedResponse['bodies'] | null;
}

/**
 * Tickets that are due, counted from the last comment or change of state other than a reminder. Changes of fields
 * neither postpone nor repeat anything. Where there are reminders, no ticket is closed without one, nor before the
 * days between the two have passed.
 */
async function listInactive(db: Db, which: Sql): Promise<InactiveTicket[]> {
  const { rows } = await sql<InactiveTicket>`
    select number, tickets.inactive_since, is_to_close, bodies
    from tickets
    cross join lateral (
      select *
      from inactivity_rules
      where inactivity_rules.topic_key is null or inactivity_rules.topic_key = tickets.topic_key
      order by inactivity_rules.topic_key nulls last
      limit 1
    ) as rule
    left join canned_responses using (canned_response_id)
    left join reminders
      on reminders.account_id = tickets.account_id
      and reminders.ticket_number = tickets.number
      and reminders.inactive_since = tickets.inactive_since
    cross join lateral (
      select
        case
          when is_resolved then tickets.inactive_since <= ${ago('close_resolved_after_days')}
          when remind_after_days is null then tickets.inactive_since <= ${ago('close_after_days')}
          else tickets.inactive_since <= ${ago('close_after_days')}
            and reminded_at <= ${ago('close_after_days - remind_after_days')}
        end is true as is_to_close,
        not is_resolved and reminded_at is null and tickets.inactive_since <= ${ago('remind_after_days')} as is_to_remind
    ) as due
    where rule.is_enabled
      and not is_closed
      and status_key in ('await_client', 'resolved')
      and tickets.inactive_since <= now() - interval '1 day'
      and (is_to_close or is_to_remind)
      and ${which}
    order by number
    limit ${BATCH_SIZE}
  `.execute(db);
  return rows;
}

const ago = (days: string) => sql.raw(`now() - make_interval(days => ${days})`);
