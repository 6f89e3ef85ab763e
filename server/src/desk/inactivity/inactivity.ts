/** Reminds and closes by the clock. What was done shows in the ticket itself, so a run may start over at any time. */
import { type RawBuilder, sql } from 'kysely';
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

const AT_ONCE = 500;

/** Each ticket in a transaction of its own: no client waits for another's. */
export async function followInactivity(database: Database): Promise<void> {
  let after: number | undefined = 0;
  while (after !== undefined) {
    const due = await listInactive(database.db, sql`tickets.number > ${after}`);
    for (const { number } of due) await database.transact((tx) => act(tx, number));
    after = due.length < AT_ONCE ? undefined : due.at(-1)?.number;
  }
}

/** The ticket is looked at again under its lock: whoever wrote in between has the last word. */
async function act(tx: Tx, number: number) {
  const ticket = await lockAccountAndTicket(tx, system, number);
  const [silent] = await listInactive(tx, sql`tickets.number = ${number}`);
  if (!silent) return;
  if (silent.is_to_close) await closeInactiveTicket(tx, number);
  else await remind(tx, ticket, silent);
}

async function remind(tx: Tx, ticket: TicketRow, { inactive_since, bodies }: Silent) {
  const { account_id, number } = ticket;
  const words = bodies && (await fillFor(tx, ticket, bodies)).body;
  // A full ticket is reminded without words: a refusal would come again at every run, and stop those behind it.
  if (words !== null && hasRoomFor(ticket, words)) await addReminder(tx, ticket, words);
  else await record(tx, system, 'ticket.reminded', { account_id, number });
  await sql`
    insert into reminders (account_id, ticket_number, inactive_since)
    values (${account_id}, ${number}, ${inactive_since})
    on conflict (account_id, ticket_number) do update
    set inactive_since = excluded.inactive_since, reminded_at = now()
  `.execute(tx);
}

interface Silent {
  number: number;
  inactive_since: string;
  is_to_close: boolean;
  bodies: CannedResponse['bodies'] | null;
}

/**
 * Tickets whose time has come, counted from the last words of either side or the last change of state, other than a
 * reminder: what support files in between neither postpones nor repeats anything. Where there are reminders, none is closed without one, nor sooner after it than the days between the two.
 */
async function listInactive(db: Db, which: RawBuilder<unknown>): Promise<Silent[]> {
  const { rows } = await sql<Silent>`
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
    limit ${AT_ONCE}
  `.execute(db);
  return rows;
}

const ago = (days: string) => sql.raw(`now() - make_interval(days => ${days})`);
