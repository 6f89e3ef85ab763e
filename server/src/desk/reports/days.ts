/** The days of a report, and the groups that they form. */
import { isTimeZone } from '#desk/sla/zone.ts';
import { invalid } from '#errors.ts';
import { DAY_MS } from '#platform/day.ts';
import type { ReportQuery } from './schema.ts';

export type ReportParameters = Required<Pick<ReportQuery, 'from' | 'to'>> & ReportQuery;

const MAX_DAYS = 1100;

export function withDays(query: ReportQuery): ReportParameters {
  const { time_zone } = query;
  if (!isTimeZone(time_zone))
    throw invalidReport('time_zone', 'is not a time zone of the IANA database, such as Europe/Berlin');
  const to = query.to ?? new Intl.DateTimeFormat('sv', { timeZone: time_zone, dateStyle: 'short' }).format();
  if (!isDay(to)) throw invalidReport('to', 'is not a date');
  const from = query.from ?? dayOf(Date.parse(to) - 29 * DAY_MS);
  if (!isDay(from)) throw invalidReport('from', 'is not a date');
  if (from > to) throw invalidReport('from', 'is after the last day');
  if (Date.parse(to) - Date.parse(from) > MAX_DAYS * DAY_MS)
    throw invalidReport('from', `is more than ${MAX_DAYS} days before the last day`);
  return { ...query, from, to };
}

export const invalidReport = (pointer: string, detail: string) =>
  invalid('invalid_report', 'The report cannot be made with these parameters: see errors.', [
    { pointer, detail },
  ]);

/** The day, week or month of a day, in to_char's format. */
export const periods = {
  day: { format: 'YYYY-MM-DD', of: (day: string) => day },
  week: { format: 'IYYY-"W"IW', of: weekOf },
  month: { format: 'YYYY-MM', of: (day: string) => day.slice(0, 7) },
};

/** Every period of the span, in order; undefined when the report is not grouped by time. */
export function periodsOf({ group_by, from, to }: ReportParameters): string[] | undefined {
  if (!isPeriod(group_by)) return undefined;
  const days = Array.from({ length: (Date.parse(to) - Date.parse(from)) / DAY_MS + 1 }, (_, i) =>
    dayOf(Date.parse(from) + i * DAY_MS),
  );
  return [...new Set(days.map(periods[group_by].of))];
}

export const isPeriod = (group: string): group is keyof typeof periods => Object.hasOwn(periods, group);

/** ISO 8601: a week belongs to the year of its Thursday. */
function weekOf(day: string): string {
  const at = Date.parse(day);
  const thursday = at + (3 - ((new Date(at).getUTCDay() + 6) % 7)) * DAY_MS;
  const year = new Date(thursday).getUTCFullYear();
  const week = Math.floor((thursday - Date.UTC(year, 0, 1)) / (7 * DAY_MS)) + 1;
  return `${year}-W${String(week).padStart(2, '0')}`;
}

const dayOf = (ms: number) => new Date(ms).toISOString().slice(0, 10);
const isDay = (day: string) => !Number.isNaN(Date.parse(day)) && dayOf(Date.parse(day)) === day;
