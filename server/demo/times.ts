/** Spans of time as data files write them, and texts that name a time: `{time -40m}` is so long before the opening. */
import type { Account } from './schema.ts';

const units = { d: 86_400_000, h: 3_600_000, m: 60_000, s: 1000 };

export const SPAN = '(?=.)(\\d+d)?(\\d+h)?(\\d+m)?(\\d+s)?';

/** In milliseconds. */
export const msOf = (span: string): number =>
  [...span.matchAll(/(\d+)([dhms])/g)].reduce(
    (sum, [, count, unit]) => sum + Number(count) * units[unit as keyof typeof units], // it is one of these letters
    0,
  );

/** Whom a text is told, about a ticket that was opened then. */
export type Told = Pick<Account, 'locale' | 'utc_offset_hours'> & { opened: number };

const formats: Record<string, (at: number, told: Told) => string> = {
  time: (at, { utc_offset_hours }) => iso(at + utc_offset_hours * units.h).slice(11, 16),
  date: (at, { locale }) => new Date(at).toLocaleDateString(locale === 'en' ? 'en-GB' : locale, dayAndMonth),
  // As programs write it, in UTC.
  day: (at) => iso(at).slice(0, 10),
  iso: (at) => iso(at).slice(0, 19),
  utc: (at) => new Date(at).toUTCString(),
  syslog: (at) => new Date(at).toUTCString().replace(/^.*, 0?(\d+) (\w+) \d+ (\S+).*/, '$2 $1 $3'),
};

const iso = (at: number) => new Date(at).toISOString();
const dayAndMonth = { day: 'numeric', month: 'long', timeZone: 'UTC' } as const;

export const withTimes = (text: string, told: Told): string =>
  text.replace(/\{([a-z]+) ([+-])(\w+)\}/g, (slot, format: string, sign: string, span: string) => {
    const at = told.opened + (sign === '-' ? -1 : 1) * msOf(span);
    return formats[format]?.(at, told) ?? slot;
  });
