/** Dates, times and sizes in the language of the page and the zone of the reader. */
import { i18n, regionalLanguage } from './i18n.ts';

type Options = Intl.DateTimeFormatOptions;
const formats = new Map<string, Intl.DateTimeFormat>();

function format(options: Options, date: Date): string {
  const locale = regionalLanguage();
  const key = locale + JSON.stringify(options);
  let found = formats.get(key);
  if (!found) {
    found = new Intl.DateTimeFormat(locale, options);
    formats.set(key, found);
  }
  return found.format(date);
}

const MINUTE = 60;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

export const formatTime = (time: string) => format({ hour: '2-digit', minute: '2-digit' }, new Date(time));

export const formatDateTime = (time: string) =>
  format(
    { day: 'numeric', month: 'long', year: 'numeric', hour: '2-digit', minute: '2-digit' },
    new Date(time),
  );

/** The day of a message: “Today”, “Yesterday”, “14 March”, and with its year when that has ended. */
export function formatDay(time: string, now = new Date()): string {
  const date = new Date(time);
  const days = Math.round((startOfDay(now) - startOfDay(date)) / (DAY * 1000));
  if (days === 0 || days === 1) {
    const words = new Intl.RelativeTimeFormat(i18n.locale, { numeric: 'auto' }).format(-days, 'day');
    return words.charAt(0).toLocaleUpperCase(i18n.locale) + words.slice(1);
  }
  const isThisYear = date.getFullYear() === now.getFullYear();
  return format({ day: 'numeric', month: 'long', ...(isThisYear ? {} : { year: 'numeric' }) }, date);
}

export const isSameDay = (one: string, other: string) =>
  startOfDay(new Date(one)) === startOfDay(new Date(other));

const startOfDay = (date: Date) => new Date(date.getFullYear(), date.getMonth(), date.getDate()).getTime();

/** “now”, “4 min. ago”. `narrow` would give “-4 мин” in Russian. */
export function formatAgo(time: string, now = Date.now()): string {
  const { value, unit } = inUnits((Date.parse(time) - now) / 1000);
  if (value === 0) return nowInWords();
  return new Intl.RelativeTimeFormat(i18n.locale, { style: 'short', numeric: 'always' }).format(value, unit);
}

const nowInWords = () => new Intl.RelativeTimeFormat(i18n.locale, { numeric: 'auto' }).format(0, 'second');

/** “now”, “4m”, “2h”, “3d”: the age of a row, where there is no room for a word. Later the day: “2m” could be two months. */
export function formatAge(time: string, now = Date.now()): string {
  const { value, unit } = inUnits((Date.parse(time) - now) / 1000);
  if (unit === 'month' || unit === 'year') {
    const isThisYear = new Date(time).getFullYear() === new Date(now).getFullYear();
    const day: Options = isThisYear
      ? { day: 'numeric', month: 'short' }
      : { month: 'short', year: 'numeric' };
    return format(day, new Date(time));
  }
  const number = Math.abs(value);
  if (number === 0) return nowInWords();
  return new Intl.NumberFormat(i18n.locale, { style: 'unit', unit, unitDisplay: 'narrow' }).format(number);
}

function inUnits(seconds: number): { value: number; unit: 'minute' | 'hour' | 'day' | 'month' | 'year' } {
  const size = Math.abs(seconds);
  const whole = (by: number) => Math.trunc(seconds / by);
  if (size < HOUR) return { value: whole(MINUTE), unit: 'minute' };
  if (size < DAY) return { value: whole(HOUR), unit: 'hour' };
  if (size < 60 * DAY) return { value: whole(DAY), unit: 'day' };
  if (size < 365 * DAY) return { value: whole(30 * DAY), unit: 'month' };
  return { value: whole(365 * DAY), unit: 'year' };
}

export function formatBytes(bytes: number): string {
  const [value, unit] =
    bytes < 1000
      ? ([bytes, 'byte'] as const)
      : bytes < 1_000_000
        ? ([bytes / 1000, 'kilobyte'] as const)
        : ([bytes / 1_000_000, 'megabyte'] as const);
  return new Intl.NumberFormat(i18n.locale, {
    style: 'unit',
    unit,
    maximumFractionDigits: value < 10 && unit !== 'byte' ? 1 : 0,
  }).format(value);
}

export const formatPercent = (part: number) =>
  new Intl.NumberFormat(i18n.locale, { style: 'percent' }).format(part);

/** Exact to 999, then “1.2k”. The server counts to 1,000, which means more. */
export const formatCount = (count: number) =>
  count >= 1000
    ? `${new Intl.NumberFormat(i18n.locale).format(999)}+`
    : new Intl.NumberFormat(i18n.locale).format(count);
