/**
 * What the product would have counted while the months went by: when each ticket was due, and what was said of it at
 * the time. Counted when it is read, all of it would be said at once, of tickets that are long closed.
 */
import { system } from '#actor.ts';
import type { Alert } from '#desk/sla/alerts.ts';
import { policyFor } from '#desk/sla/policies.ts';
import { countTicket, type SlaTargets, WARNED_BEFORE_MS } from '#desk/sla/recount.ts';
import { type TurnEvent, turnTypes } from '#desk/sla/turns.ts';
import { iso, record } from './rows.ts';
import type { History, Ticket } from './tables.ts';
import { MINUTE } from './teller.ts';

/** `now` is in milliseconds since 1970. */
export function countPromises(history: History, promises: SlaTargets[], now: number) {
  const eventsOf = Map.groupBy(history.events, ({ ticket_number }) => ticket_number);
  for (const ticket of history.tickets) {
    const events = (eventsOf.get(ticket.number) ?? []).filter(tellsWhoseTurn).map(toTurnEvent);
    const { first_response_due_at, waiting_since, first_response_at, ...rest } = ticket;
    const times = {
      waiting_since: msOf(waiting_since),
      first_response_at: msOf(first_response_at),
      first_response_due_at: msOf(first_response_due_at),
    };
    const counted = countTicket({ ...rest, ...times, events, now }, policyFor(promises, ticket));
    ticket.first_response_due_at = timeOf(counted.firstResponseDue);
    ticket.resolution_due_at = timeOf(counted.resolutionDue);
    for (const alert of counted.alerts) say(history, ticket, { ...alert, now });
  }
  history.events.sort((a, b) => Date.parse(a.created_at) - Date.parse(b.created_at));
}

type Event = History['events'][number];

const tellsWhoseTurn = ({ type }: Event) => turnTypes.includes(type);

const toTurnEvent = ({ type, actor_kind, data, created_at }: Event): TurnEvent => ({
  type,
  actor_kind,
  data,
  at: Date.parse(created_at),
});

const msOf = (time: string | null) => (time === null ? null : Date.parse(time));
const timeOf = (ms: number | undefined) => (ms === undefined ? null : iso(ms));

/** The clock looks every minute. */
function say(history: History, ticket: Ticket, { target, kind, due, now }: Alert & { now: number }) {
  const near = kind === 'breached' ? due : due - WARNED_BEFORE_MS;
  const at = Math.min(Math.ceil(near / MINUTE) * MINUTE, now);
  const { account_id, number } = ticket;
  const due_at = iso(due);
  history.alerts.push({ account_id, ticket_number: number, target, kind, due_at, created_at: iso(at) });
  record({ history, ticket }, { actor: system, at }, `sla.${kind}`, { data: { target, due_at } });
}
