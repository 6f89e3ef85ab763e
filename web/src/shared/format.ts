/** Dates, times and sizes in the language of the page and the zone of the reader. */
import { t } from '@lingui/core/macro';
import { i18n, regionalLanguage } from './i18n.ts';

type Options = Intl.DateTimeFormatOptions;

/** Made once for each language and options: to make a format takes a hundred times as long as to use it. */
function kept<Given extends object, Format>(make: (locale: string, options: Given) => Format) {
  const formats = new Map<string, Format>();
  return (locale: string, options: Given): Format => {
    const key = locale + JSON.stringify(options);
    const format = formats.get(key) ?? make(locale, options);
    formats.set(key, format);
    return format;
  };
}

const dates = kept((locale, options: Options) => new Intl.DateTimeFormat(locale, options));
const numbers = kept((locale, options: Intl.NumberFormatOptions) => new Intl.NumberFormat(locale, options));
const spans = kept(
  (locale, options: Intl.RelativeTimeFormatOptions) => new Intl.RelativeTimeFormat(locale, options),
);

const format = (options: Options, date: Date) => dates(regionalLanguage(), options).format(date);

export const formatNumber = (number: number, options: Intl.NumberFormatOptions = {}) =>
  numbers(i18n.locale, options).format(number);

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
    const words = spans(i18n.locale, { numeric: 'auto' }).format(-days, 'day');
    return words.charAt(0).toLocaleUpperCase(i18n.locale) + words.slice(1);
  }
  const isThisYear = date.getFullYear() === now.getFullYear();
  return format({ day: 'numeric', month: 'long', ...(isThisYear ? {} : { year: 'numeric' }) }, date);
}

/** “Yesterday, 14:05”, where the full date would be too long. */
export const formatDayTime = (time: string) => `${formatDay(time)}, ${formatTime(time)}`;

export const isSameDay = (one: string, other: string) =>
  startOfDay(new Date(one)) === startOfDay(new Date(other));

const startOfDay = (date: Date) => new Date(date.getFullYear(), date.getMonth(), date.getDate()).getTime();

/** “just now”, “4 min. ago”. `narrow` would give “-4 мин” in Russian. */
export function formatAgo(time: string, now = Date.now()): string {
  const { value, unit } = inUnits((Date.parse(time) - now) / 1000);
  if (value === 0) return t`just now`;
  return spans(i18n.locale, { style: 'short', numeric: 'always' }).format(value, unit);
}

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
  if (number === 0) return spans(i18n.locale, { numeric: 'auto' }).format(0, 'second');
  // Russian has “6 ч”, and “2 д.” with a full stop.
  return formatNumber(number, { style: 'unit', unit, unitDisplay: 'narrow' }).replace(/\.$/, '');
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
  return formatNumber(value, {
    style: 'unit',
    unit,
    maximumFractionDigits: value < 10 && unit !== 'byte' ? 1 : 0,
  });
}

export const formatPercent = (part: number) => formatNumber(part, { style: 'percent' });

/** Exact to 999, then “1.2k”. The server counts to 1,000, which means more. */
export const formatCount = (count: number) => (count >= 1000 ? `${formatNumber(999)}+` : formatNumber(count));
