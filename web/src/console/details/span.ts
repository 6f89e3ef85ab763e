import { formatNumber } from '#shared/format.ts';

/** How long it is from one time to another: “9 min”, “3 hr”, “2 days”. */
export function formatSpan(from: string, to: string): string {
  const minutes = Math.max(0, Math.round((Date.parse(to) - Date.parse(from)) / 60_000));
  const [value, unit] =
    minutes < 60
      ? [minutes, 'minute']
      : minutes < 24 * 60
        ? [Math.round(minutes / 60), 'hour']
        : [Math.round(minutes / 60 / 24), 'day'];
  return formatNumber(Number(value), { style: 'unit', unit: String(unit), unitDisplay: 'short' });
}
