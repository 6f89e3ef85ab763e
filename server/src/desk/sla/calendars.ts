/** The business hours in which SLA targets are counted. */
import type { Actor } from '#actor.ts';
import { type FieldError, invalid, notFound } from '#errors.ts';
import { DAY_MS } from '#platform/day.ts';
import type { Db, Tx } from '#platform/db/database.ts';
import { oneRow } from '#platform/db/one-row.ts';
import { record } from '#platform/events/events.ts';
import { sql } from '#platform/sql.ts';
import { spanOfDay, weekdays } from './business-time.ts';
import { recountAll } from './recount-all.ts';
import type { Calendar, CalendarChange, Hours, NewCalendar } from './schema.ts';
import { isTimeZone } from './zone.ts';

const columns = sql.raw('calendar_id, name, time_zone, hours, holidays, created_at, updated_at');

export async function listCalendars(db: Db): Promise<Calendar[]> {
  const { rows } = await sql<Calendar>`
    select ${columns}
    from calendars
    order by name, calendar_id
  `.execute(db);
  return rows;
}

export async function addCalendar(tx: Tx, actor: Actor, input: NewCalendar): Promise<Calendar> {
  check(input);
  const { name, time_zone, hours, holidays = [] } = input;
  const result = await sql<Calendar>`
    insert into calendars (name, time_zone, hours, holidays)
    values (${name}, ${time_zone}, ${JSON.stringify(hours)}, ${JSON.stringify(inOrder(holidays))})
    returning ${columns}
  `.execute(tx);
  const calendar = oneRow(result);
  await record(tx, actor, 'calendar.added', { data: calendar });
  return calendar;
}

/** Open tickets are recounted unless only the name changes. */
export async function changeCalendar(
  tx: Tx,
  actor: Actor,
  calendarId: number,
  change: CalendarChange,
): Promise<Calendar> {
  const before = await lockCalendar(tx, calendarId);
  check(change);
  const { name, time_zone, hours, holidays } = { ...before, ...change };
  const result = await sql<Calendar>`
    update calendars
    set name = ${name}, time_zone = ${time_zone}, hours = ${JSON.stringify(hours)},
        holidays = ${JSON.stringify(inOrder(holidays))}, updated_at = now()
    where calendar_id = ${calendarId}
    returning ${columns}
  `.execute(tx);
  const after = oneRow(result);
  if (Object.keys(change).some((field) => field !== 'name')) await recountAll(tx);
  await record(tx, actor, 'calendar.changed', { data: { calendar_id: calendarId, before, after } });
  return after;
}

/** Throws a 409 while a policy uses it. */
export async function deleteCalendar(tx: Tx, actor: Actor, calendarId: number): Promise<Calendar> {
  const calendar = await lockCalendar(tx, calendarId);
  await sql`delete from calendars where calendar_id = ${calendarId}`.execute(tx);
  await record(tx, actor, 'calendar.deleted', { data: { before: calendar } });
  return calendar;
}

/** Locked until the commit. */
async function lockCalendar(tx: Tx, calendarId: number): Promise<Calendar> {
  const { rows } = await sql<Calendar>`
    select ${columns}
    from calendars
    where calendar_id = ${calendarId}
    for update
  `.execute(tx);
  if (!rows[0]) throw notFound('calendar');
  return rows[0];
}

/** The distinct days, sorted. */
const inOrder = (dates: string[]) => [...new Set(dates)].sort();

function check({ time_zone, hours }: CalendarChange) {
  if (time_zone !== undefined && !isTimeZone(time_zone)) {
    throw invalid(
      'unknown_time_zone',
      'Send the name of a time zone of the IANA database, such as Europe/Moscow.',
      [{ pointer: '/time_zone', detail: 'is not the name of a time zone' }],
    );
  }
  const errors = hours ? errorsInHours(hours) : [];
  if (errors.length > 0) {
    throw invalid('invalid_hours', 'Send hours that do not overlap, on at least one day.', errors);
  }
}

/** The errors in these hours. The week is cyclic, and hours may continue past midnight. */
export function errorsInHours(hours: Hours): FieldError[] {
  const spans = weekdays
    .flatMap((weekday, day) =>
      (hours[weekday] ?? []).map((open, i) => {
        const { start, end } = spanOfDay(open);
        return {
          pointer: `/hours/${weekday}/${i}`,
          start: day * DAY_MS + start,
          end: day * DAY_MS + end,
        };
      }),
    )
    .sort((a, b) => a.start - b.start);
  const [first] = spans;
  if (!first) return [{ pointer: '/hours', detail: 'must be open at some time' }];
  const nextWeek = { ...first, start: first.start + 7 * DAY_MS };
  return spans.flatMap(({ pointer, start, end }, i) => {
    if (start === end) return [{ pointer, detail: 'must not end when it begins' }];
    const next = spans[i + 1] ?? nextWeek;
    return end > next.start ? [{ pointer: next.pointer, detail: 'overlaps with hours before it' }] : [];
  });
}
