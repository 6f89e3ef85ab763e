/**
 * Business time: what falls into a calendar's hours, by the wall clock of its zone. An hour that the clock shows twice
 * counts twice, one that it skips does not count. A holiday takes away the hours that begin on it.
 */

import { DAY_MS } from '#platform/day.ts';
import type { Hours } from './schema.ts';
import { steadyParts } from './zone.ts';

/** [start, end), in ms since 1970. */
interface Span {
  start: number;
  end: number;
}

/** The business time within [from, to): spans in order, apart from each other. */
export type BusinessTime = (from: number, to: number) => Iterable<Span>;

export const weekdays = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'] as const;

/** For a policy without a calendar. */
export const everyMinute: BusinessTime = (start, end) => (start < end ? [{ start, end }] : []);

interface Calendar {
  time_zone: string;
  hours: Hours;
  holidays: string[];
}

export function businessTime({ time_zone, hours, holidays }: Calendar): BusinessTime {
  const week = weekdays.map((weekday) =>
    (hours[weekday] ?? []).map(spanOfDay).sort((a, b) => a.start - b.start),
  );
  const free = new Set(holidays);
  const openOn = (day: number) => {
    const date = new Date(day * DAY_MS);
    return free.has(date.toISOString().slice(0, 10)) ? [] : (week[date.getUTCDay()] ?? []);
  };
  return function* (from, to) {
    for (const { start, end, offset } of steadyParts(time_zone, from, to)) {
      const today = Math.floor((start + offset) / DAY_MS);
      // The hours of the day before may go on past midnight.
      for (let day = today - 1; day * DAY_MS < end + offset; day++) {
        const midnight = day * DAY_MS - offset;
        for (const open of openOn(day)) {
          const span = {
            start: Math.max(start, midnight + open.start),
            end: Math.min(end, midnight + open.end),
          };
          if (span.start < span.end) yield span;
        }
      }
    }
  };
}

/** Hours as ms from the day's midnight by the wall clock; an end before the start is on the next day. */
export function spanOfDay({ from, to }: { from: string; to: string }): Span {
  const [start, end] = [msOf(from), msOf(to)];
  return { start, end: end < start ? end + DAY_MS : end };
}

function msOf(time: string): number {
  const [hours, minutes] = time.split(':').map(Number);
  return ((hours ?? 0) * 60 + (minutes ?? 0)) * 60_000;
}
