/** The times in which it was support's turn, read from a ticket's events. */
import { type EventType, eventTypes, typesWhere } from '#platform/events/types.ts';
import type { Turn } from './due.ts';

/** Events come in the order of the feed; `at` is in ms since 1970. */
export interface TurnEvent {
  type: EventType;
  actor_kind: string;
  /** The state that support's reply or an undo left the ticket in, and the ticket that it became a part of. */
  data: { status_key?: string; after?: { status_key?: string }; to?: number } | null;
  at: number;
}

/** Events after which times are counted anew, from all of these: the others hand a ticket to no side, unless they say a state. */
export const turnTypes = typesWhere(({ sla = 'none' }) => sla !== 'none' && sla !== 'retargets');

/** The ticket itself has the last word: `waitingSince` is null when it is not support's turn. */
export function turnsOf(events: TurnEvent[], waitingSince: number | null): Turn[] {
  const turns: Turn[] = [];
  const move = (toSupport: boolean, at: number) => {
    const last = turns.at(-1);
    const isOpen = last !== undefined && last.end === undefined;
    if (toSupport && !isOpen) turns.push({ start: Math.max(at, last?.end ?? at), end: undefined });
    if (!toSupport && isOpen) last.end = Math.max(at, last.start);
  };
  for (const event of events) {
    const toSupport = isToSupport(event);
    if (toSupport !== undefined) move(toSupport, event.at);
  }
  const latest = events.at(-1)?.at ?? 0;
  if (waitingSince === null) move(false, latest);
  else move(true, turns.length === 0 ? waitingSince : latest);
  return turns;
}

/** Whether an event leaves the ticket to support; undefined when it does not say. */
function isToSupport({ type, actor_kind, data }: TurnEvent): boolean | undefined {
  const isClient = actor_kind === 'client';
  if (data?.after?.status_key) return ['new', 'in_progress'].includes(data.after.status_key);
  switch (eventTypes[type].sla) {
    case 'starts':
      return true;
    case 'stops':
      return false;
    case 'client_starts':
      return isClient || undefined; // a split-off ticket is left to whoever spoke last
    case 'speaks':
      return isClient || data?.status_key === 'in_progress';
    case 'source_stops':
      return data?.to === undefined ? undefined : false;
    default:
      return undefined;
  }
}
