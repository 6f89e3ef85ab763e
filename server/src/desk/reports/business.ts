/** Measures durations in business hours. */
import { type BusinessTime, businessTime, everyMinute } from '#desk/sla/business-time.ts';
import { listCalendars } from '#desk/sla/calendars.ts';
import { policyFor } from '#desk/sla/policies.ts';
import { listSlaTargets } from '#desk/sla/recount.ts';
import type { Db } from '#platform/db/database.ts';
import { invalidReport } from './days.ts';

/** Times in ms since 1970. */
export interface Stretch {
  topic_key: string | null;
  priority: string;
  started: number;
  ended: number;
}

/** Business seconds of each stretch: in the given calendar, or in the one of each ticket's current policy. */
export async function businessSeconds(db: Db, calendarId: number | undefined, stretches: Stretch[]) {
  const countsFor = calendarId === undefined ? await byPolicy(db) : await byCalendar(db, calendarId);
  const [from, to] = stretches.reduce(
    ([first, last], { started, ended }) => [Math.min(first, started), Math.max(last, ended)],
    [Number.POSITIVE_INFINITY, 0],
  );
  const measures = new Map<BusinessTime, ReturnType<typeof measureOf>>();
  return stretches.map((stretch) => {
    const counts = countsFor(stretch);
    const measure = measures.get(counts) ?? measureOf(counts, from, to);
    measures.set(counts, measure);
    return (measure(stretch.ended) - measure(stretch.started)) / 1000;
  });
}

/** Every minute counts for a ticket without a policy, or whose policy has no calendar. */
async function byPolicy(db: Db): Promise<(stretch: Stretch) => BusinessTime> {
  const policies = await listSlaTargets(db);
  return (stretch) => policyFor(policies, stretch)?.counts ?? everyMinute;
}

async function byCalendar(db: Db, calendarId: number): Promise<() => BusinessTime> {
  const calendar = (await listCalendars(db)).find(({ calendar_id }) => calendar_id === calendarId);
  if (!calendar) throw invalidReport('calendar_id', 'is not the id of a calendar');
  const counts = businessTime(calendar);
  return () => counts;
}

/** Business ms from `from` to a given time. The spans are listed once; each time is then found by binary search. */
function measureOf(counts: BusinessTime, from: number, to: number): (at: number) => number {
  const spans: Array<{ start: number; end: number; before: number }> = [];
  let before = 0;
  for (const { start, end } of counts(from, to)) {
    spans.push({ start, end, before });
    before += end - start;
  }
  return (at) => {
    let [low, high] = [0, spans.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((spans[middle]?.start ?? 0) <= at) low = middle + 1;
      else high = middle;
    }
    const span = spans[low - 1];
    return span ? span.before + Math.min(at, span.end) - span.start : 0;
  };
}
