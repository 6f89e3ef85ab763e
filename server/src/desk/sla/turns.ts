/** The turns of staff: the periods in which a ticket waited for staff, derived from its events. */
import { type EventType, eventTypes, typesWhere } from '#platform/events/types.ts';
import type { Turn } from './due.ts';

/** An event, in the order of the feed. `at` is in ms since 1970. */
export interface TurnEvent {
  type: EventType;
  actor_kind: string;
  /** The state after a reply or an undo, and the target of a merge. */
  data: { status_key?: string; after?: { status_key?: string }; to?: number } | null;
  at: number;
}

/**
 * Event types after which turns are derived again, from all of these. Other types do not pass the turn, unless they
 * have a state.
 */
export const turnTypes = typesWhere(({ sla = 'none' }) => sla !== 'none' && sla !== 'retargets');

/** The ticket itself decides about the last turn: `waitingSince` is null when it does not wait for staff. */
export function turnsOf(events: TurnEvent[], waitingSince: number | null): Turn[] {
  const turns: Turn[] = [];
  const move = (waitsForStaff: boolean, at: number) => {
    const last = turns.at(-1);
    const isOpen = last !== undefined && last.end === undefined;
    if (waitsForStaff && !isOpen) turns.push({ start: Math.max(at, last?.end ?? at), end: undefined });
    if (!waitsForStaff && isOpen) last.end = Math.max(at, last.start);
  };
  for (const event of events) {
    const toSupport = isWaitingForStaff(event);
    if (toSupport !== undefined) move(toSupport, event.at);
  }
  const latest = events.at(-1)?.at ?? 0;
  if (waitingSince === null) move(false, latest);
  else move(true, turns.length === 0 ? waitingSince : latest);
  return turns;
}

/** Whether the ticket waits for staff after the event; undefined when the event does not say. */
function isWaitingForStaff({ type, actor_kind, data }: TurnEvent): boolean | undefined {
  const isClient = actor_kind === 'client';
  if (data?.after?.status_key) return ['new', 'in_progress'].includes(data.after.status_key);
  switch (eventTypes[type].sla) {
    case 'starts':
      return true;
    case 'stops':
      return false;
    case 'client_starts':
      return isClient || undefined; // a split-off ticket waits for the other side of whoever wrote last
    case 'speaks':
      return isClient || data?.status_key === 'in_progress';
    case 'source_stops':
      return data?.to === undefined ? undefined : false;
    default:
      return undefined;
  }
}
