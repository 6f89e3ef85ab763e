/** When an SLA target is due: pure arithmetic over the turns of staff. */
import { DAY_MS } from '#platform/day.ts';
import type { BusinessTime } from './business-time.ts';

/** A period in which the ticket waited for staff, in ms since 1970. The last one may not have ended. */
export interface Turn {
  start: number;
  end: number | undefined;
}

export const HORIZON_DAYS = 1100; // a target is never due when its calendar does not reach it within three years

/**
 * When this many business minutes have passed in the turns of staff. Pauses do not count. The last turn is treated as
 * endless, so that there is a due time also for targets met early. Undefined if the calendar does not reach the target
 * within the horizon.
 */
export function dueAt(counts: BusinessTime, turns: Turn[], minutes: number): number | undefined {
  let leftMs = minutes * 60_000;
  for (const [i, { start, end }] of turns.entries()) {
    const isLast = i === turns.length - 1;
    const until = isLast || end === undefined ? start + HORIZON_DAYS * DAY_MS : end;
    for (const span of counts(start, until)) {
      const lengthMs = span.end - span.start;
      if (lengthMs >= leftMs) return span.start + leftMs;
      leftMs -= lengthMs;
    }
  }
  return undefined;
}
