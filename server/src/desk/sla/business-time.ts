/**
 * Business time: the time within a calendar's hours, by the wall clock of its time zone. An hour that the clock
 * repeats counts twice, one that it skips does not count. A holiday removes the hours that start on it.
 */
import { DAY_MS } from '#platform/day.ts';
import type { Hours } from './schema.ts';
import { steadyParts } from './zone.ts';

/** [start, end), in ms since 1970. */
interface Span {
  start: number;
  end: number;
}

/** The business time within [from, to), as ordered spans that do not touch. */
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
      // The hours of the previous day may continue past midnight.
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

/** Hours as ms from midnight by the wall clock. An end before the start is on the next day. */
export function spanOfDay({ from, to }: { from: string; to: string }): Span {
  const [start, end] = [msOf(from), msOf(to)];
  return { start, end: end < start ? end + DAY_MS : end };
}

function msOf(time: string): number {
  const [hours, minutes] = time.split(':').map(Number);
  return ((hours ?? 0) * 60 + (minutes ?? 0)) * 60_000;
}
