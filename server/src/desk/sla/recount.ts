/** Calculates when the targets of tickets are due, from the events of each, and records the alerts. */
import { saveDue } from '#desk/tickets/due.ts';
import type { Db, Tx } from '#platform/db/database.ts';
import { sql } from '#platform/sql.ts';
import { type Alert, recordAlerts } from './alerts.ts';
import { type BusinessTime, businessTime, everyMinute } from './business-time.ts';
import { listCalendars } from './calendars.ts';
import { dueAt, type Turn } from './due.ts';
import { listPolicies, policyFor } from './policies.ts';
import type { SlaPolicy } from './schema.ts';
import { type TurnEvent, turnsOf, turnTypes } from './turns.ts';

/** A ticket to count. `isEdit`: only its fields changed, so a resolved or closed ticket keeps its times. */
export interface TicketKey {
  account_id: number;
  number: number;
  isEdit: boolean;
}

/** The caller has locked the cursor of `sla`: otherwise an older count could overwrite a newer one. */
export async function recount(tx: Tx, keys: TicketKey[]) {
  if (keys.length === 0) return;
  const policies = await listSlaTargets(tx);
  const counted = (await readTickets(tx, keys)).map((ticket) =>
    countTicket(ticket, policyFor(policies, ticket)),
  );
  await saveDue(tx, counted);
  await recordAlerts(
    tx,
    counted.flatMap(({ alerts }) => alerts),
  );
}

type SlaTargets = SlaPolicy & { counts: BusinessTime };

/** The SLA targets of every policy, each with its calendar. */
export async function listSlaTargets(db: Db): Promise<SlaTargets[]> {
  const calendars = new Map(
    (await listCalendars(db)).map((calendar) => [calendar.calendar_id, businessTime(calendar)]),
  );
  return (await listPolicies(db)).map((policy) => ({
    ...policy,
    counts: calendars.get(policy.calendar_id ?? 0) ?? everyMinute,
  }));
}

/** Times in ms since 1970. */
interface TicketToCount {
  account_id: number;
  number: number;
  topic_key: string | null;
  priority: string;
  is_client_author: boolean;
  waiting_since: number | null;
  first_response_at: number | null;
  first_response_due_at: number | null;
  events: TurnEvent[];
  now: number;
}

/** Tickets and their events in one snapshot, so that they are consistent. */
async function readTickets(tx: Tx, keys: TicketKey[]): Promise<TicketToCount[]> {
  const { rows } = await sql<TicketToCount>`
    select account_id, number, topic_key, priority, is_client_author,
      ${ms('waiting_since')} as waiting_since,
      ${ms('first_response_at')} as first_response_at,
      ${ms('first_response_due_at')} as first_response_due_at,
      ${ms('now()')} as now,
      (
        select coalesce(
          jsonb_agg(
            jsonb_build_object(
              'type', type, 'actor_kind', actor_kind, 'data', data, 'at', ${ms('events.created_at')}
            ) order by epoch, events.xid, id
          ),
          '[]'
        )
        from events
        where events.account_id = tickets.account_id
          and events.ticket_number = tickets.number
          and (type = any(${turnTypes}) or data -> 'after' ->> 'status_key' is not null)
      ) as events
    from unnest(
      ${keys.map(({ account_id }) => account_id)}::bigint[],
      ${keys.map(({ number }) => number)}::bigint[],
      ${keys.map(({ isEdit }) => isEdit)}::boolean[]
    ) as wanted (account_id, number, is_edit)
    join tickets using (account_id, number)
    where not (is_edit and (is_closed or is_resolved))
    order by number
  `.execute(tx);
  return rows;
}

const ms = (time: string) => sql.raw(`floor(extract(epoch from ${time}) * 1000)::bigint`);

interface Counted {
  account_id: number;
  number: number;
  firstResponseDue: number | undefined;
  resolutionDue: number | undefined;
  alerts: Alert[];
}

function countTicket(ticket: TicketToCount, policy: SlaTargets | undefined): Counted {
  const { account_id, number, first_response_at, now } = ticket;
  const turns = turnsOf(ticket.events, ticket.waiting_since);
  const firstResponseDue = firstResponseDueIn(ticket, turns, policy);
  const resolutionDue = dueIn(turns, policy, policy?.resolution_minutes);
  const alerts: Alert[] = [];
  const add = (target: Alert['target'], due: number | undefined, end: number | undefined) => {
    const kind = kindOfAlert(due, end, now);
    if (kind && due !== undefined) alerts.push({ account_id, number, target, kind, due });
  };
  add('first_response', firstResponseDue, first_response_at ?? turns.at(-1)?.end);
  add('resolution', resolutionDue, turns.at(-1)?.end);
  return { account_id, number, firstResponseDue, resolutionDue, alerts };
}

/** After the first response the target is fixed: a later change of priority does not rewrite history. */
function firstResponseDueIn(ticket: TicketToCount, turns: Turn[], policy: SlaTargets | undefined) {
  const { is_client_author, first_response_at, first_response_due_at } = ticket;
  if (!is_client_author) return undefined;
  if (first_response_at === null) return dueIn(turns, policy, policy?.first_response_minutes);
  if (first_response_due_at !== null) return first_response_due_at;
  const before = turns.filter(({ start }) => start < first_response_at);
  return dueIn(before, policy, policy?.first_response_minutes);
}

function dueIn(turns: Turn[], policy: SlaTargets | undefined, minutes: number | null | undefined) {
  return policy && minutes ? dueAt(policy.counts, turns, minutes) : undefined;
}

const WARNED_BEFORE_MS = 15 * 60_000;

/** `end`: when staff met the target; undefined until then. */
function kindOfAlert(due: number | undefined, end: number | undefined, now: number) {
  if (due === undefined) return undefined;
  if (due <= (end === undefined ? now : end - 1)) return 'breached';
  return end === undefined && due - now <= WARNED_BEFORE_MS ? 'warned' : undefined;
}
