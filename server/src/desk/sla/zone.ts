/** The wall clocks of time zones, by Intl until Node has Temporal. Times are ms since 1970. */
import { DAY_MS } from '#platform/day.ts';

/** A period without a clock change, `offset` ms ahead of UTC. */
interface SteadyPeriod {
  start: number;
  end: number;
  offset: number;
}

export function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return /^[A-Za-z]/.test(name); // an offset such as +03:00 has no daylight saving time
  } catch {
    return false;
  }
}

/** [from, to) divided at the zone's clock changes and at the midnights of UTC, in order. */
export function* steadyParts(zone: string, from: number, to: number): Generator<SteadyPeriod> {
  for (let day = Math.floor(from / DAY_MS); day * DAY_MS < to; day++) {
    for (const part of partsOfDay(zone, day)) {
      const [start, end] = [Math.max(from, part.start), Math.min(to, part.end)];
      if (start < end) yield { start, end, offset: part.offset };
    }
  }
}

const days = new Map<string, Map<number, SteadyPeriod[]>>(); // cached, because every ticket needs the same days

/** No zone has ever changed its clock twice within a day of UTC. */
function partsOfDay(zone: string, day: number): SteadyPeriod[] {
  const known = days.get(zone) ?? new Map<number, SteadyPeriod[]>();
  days.set(zone, known);
  const parts = known.get(day) ?? findParts(zone, day * DAY_MS);
  known.set(day, parts);
  return parts;
}

function findParts(zone: string, start: number): SteadyPeriod[] {
  const end = start + DAY_MS;
  const [before, after] = [offsetAt(zone, start), offsetAt(zone, end)];
  if (before === after) return [{ start, end, offset: before }];
  let [early, late] = [start, end];
  while (late - early > 1) {
    const middle = Math.floor((early + late) / 2);
    if (offsetAt(zone, middle) === before) early = middle;
    else late = middle;
  }
  return [
    { start, end: late, offset: before },
    { start: late, end, offset: after },
  ];
}

const clocks = new Map<string, Intl.DateTimeFormat>();

function clockOf(zone: string): Intl.DateTimeFormat {
  const clock =
    clocks.get(zone) ??
    new Intl.DateTimeFormat('en-US', {
      timeZone: zone,
      hourCycle: 'h23',
      ...{ year: 'numeric', month: 'numeric', day: 'numeric' },
      ...{ hour: 'numeric', minute: 'numeric', second: 'numeric' },
    });
  clocks.set(zone, clock);
  return clock;
}

function offsetAt(zone: string, at: number): number {
  const parts = clockOf(zone).formatToParts(at);
  const read = (type: string) => Number(parts.find((part) => part.type === type)?.value);
  const [year, month, day] = [read('year'), read('month'), read('day')];
  const wall = Date.UTC(year, month - 1, day, read('hour'), read('minute'), read('second'));
  return wall - Math.floor(at / 1000) * 1000;
}
