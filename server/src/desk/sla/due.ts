/** When a promise falls due: pure arithmetic over the times in which it was support's turn. */

import { DAY_MS } from '#platform/day.ts';
import type { BusinessTime } from './business-time.ts';

/** A time in which it was support's turn, in ms since 1970; the last one may still go on. */
export interface Turn {
  start: number;
  end: number | undefined;
}

const HORIZON_DAYS = 1100; // what a calendar does not reach in three years is never due

/**
 * When this many business minutes of support's turns have passed. Pauses do not count. The last turn is taken never to
 * end, so that there is a time also for what support did early.
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
