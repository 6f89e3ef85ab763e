import { formatNumber } from '#shared/format.ts';

const units = [
  ['day', 24 * 60],
  ['hour', 60],
  ['minute', 1],
] as const;

/** How long it is from one time to another, in its two largest units: “9 min”, “2 hr 39 min”, “3 days 4 hr”. */
export function formatSpan(from: string, to: string): string {
  const minutes = Math.max(0, Math.round((Date.parse(to) - Date.parse(from)) / 60_000));
  const first = units.findIndex(([, size]) => minutes >= size);
  if (first < 0) return inUnit(0, 'minute');
  let rest = minutes;
  const parts = units.slice(first, first + 2).map(([unit, size]) => {
    const value = Math.floor(rest / size);
    rest -= value * size;
    return value > 0 ? inUnit(value, unit) : '';
  });
  return parts.filter(Boolean).join(' ');
}

const inUnit = (value: number, unit: string) =>
  formatNumber(value, { style: 'unit', unit, unitDisplay: 'short' });
