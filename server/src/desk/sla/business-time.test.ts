import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { businessTime, everyMinute, weekdays } from './business-time.ts';
import { errorsInHours } from './calendars.ts';
import { dueAt, HORIZON_DAYS, type Turn } from './due.ts';
import type { Hours } from './schema.ts';

const MINUTE = 60_000;
const office: Hours = Object.fromEntries(
  ['mon', 'tue', 'wed', 'thu', 'fri'].map((day) => [day, [{ from: '09:00', to: '18:00' }]]),
);
const minutesIn = (calendar: Calendar, from: string, to: string) =>
  sum(businessTime(calendar)(Date.parse(from), Date.parse(to)));
const sum = (spans: Iterable<{ start: number; end: number }>) =>
  [...spans].reduce((total, { start, end }) => total + (end - start) / MINUTE, 0);

interface Calendar {
  time_zone: string;
  hours: Hours;
  holidays: string[];
}

/** Time zones with clock changes, odd offsets, and a skipped day. */
const zones = [
  ['Europe/Berlin', '2026-03-29'],
  ['Europe/Berlin', '2026-10-25'],
  ['America/New_York', '2026-03-08'],
  ['America/New_York', '2026-11-01'],
  ['America/St_Johns', '2026-11-01'],
  ['Australia/Lord_Howe', '2026-04-05'],
  ['Australia/Lord_Howe', '2026-10-04'],
  ['Africa/Casablanca', '2026-02-15'],
  ['Pacific/Apia', '2011-12-30'],
  ['Pacific/Chatham', '2026-09-27'],
  ['Asia/Kathmandu', '2026-11-23'],
  ['Europe/Moscow', '2026-12-31'],
  ['UTC', '2028-02-29'],
] as const;

const wallTime = fc
  .tuple(fc.nat(23), fc.constantFrom(0, 0, 30, 59, 1))
  .map(([hour, minute]) => `${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`);
const openHours = fc.record({ from: wallTime, to: fc.oneof(wallTime, fc.constant('24:00')) });
const anyHours = fc
  .record(Object.fromEntries(weekdays.map((day) => [day, fc.array(openHours, { maxLength: 2 })])), {
    requiredKeys: [],
  })
  .filter((hours) => errorsInHours(hours).length === 0);
const always: Hours = Object.fromEntries(weekdays.map((day) => [day, [{ from: '00:00', to: '24:00' }]]));

/** A calendar, and a time within three days of a clock change. */
const situations = fc
  .record({
    zone: fc.constantFrom(...zones),
    hours: fc.oneof(anyHours, fc.constantFrom(always, office)),
    minute: fc.integer({ min: -4320, max: 1440 }),
    holiday: fc.integer({ min: -2, max: 2 }),
  })
  .map(({ zone: [time_zone, date], hours, minute, holiday }) => {
    const midnight = Date.parse(`${date}T00:00:00Z`);
    const free = new Date(midnight + holiday * 1440 * MINUTE).toISOString().slice(0, 10);
    return { calendar: { time_zone, hours, holidays: [free] }, start: midnight + minute * MINUTE };
  });

const wallClocks = new Map<string, Intl.DateTimeFormat>();

function wallClock(timeZone: string): Intl.DateTimeFormat {
  const clock =
    wallClocks.get(timeZone) ??
    new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'short' });
  wallClocks.set(timeZone, clock);
  return clock;
}

/** The same, computed by looking at the wall clock every minute. */
function isOpen({ time_zone, hours, holidays }: Calendar, at: number): boolean {
  const [date = '', now = ''] = wallClock(time_zone).format(at).split(' ');
  const yesterday = new Date(Date.parse(date) - 1440 * MINUTE).toISOString().slice(0, 10);
  const of = (day: string) =>
    holidays.includes(day) ? [] : (hours[weekdays[new Date(day).getUTCDay()] ?? 'sun'] ?? []);
  const isOvernight = ({ from, to }: { from: string; to: string }) => to < from;
  return (
    of(date).some((open) => open.from <= now && (now < open.to || isOvernight(open))) ||
    of(yesterday).some((open) => isOvernight(open) && now < open.to)
  );
}

test('business time equals a count minute by minute, over every clock change', () => {
  const property = fc.property(situations, fc.nat(3000), ({ calendar, start }, length) => {
    const spans = [...businessTime(calendar)(start, start + length * MINUTE)];
    let walked = 0;
    for (let i = 0; i < length; i++) if (isOpen(calendar, start + i * MINUTE)) walked++;
    assert.equal(sum(spans), walked);
    for (const [i, span] of spans.entries()) {
      assert.ok(span.start < span.end && span.start >= (spans[i - 1]?.end ?? start));
    }
  });
  fc.assert(property, { numRuns: 150 });
});

test('a target is due in the minute that uses up its time, and pauses do not count', () => {
  const pauses = fc.array(fc.nat(500), { minLength: 1, maxLength: 5 });
  const property = fc.property(
    situations,
    pauses,
    fc.integer({ min: 1, max: 600 }),
    (where, cuts, minutes) => {
      const { calendar, start } = where;
      const turns: Turn[] = [];
      let at = start;
      for (const [i, cut] of cuts.entries()) {
        if (i % 2 === 0) turns.push({ start: at, end: at + cut * MINUTE });
        at += cut * MINUTE;
      }
      const due = dueAt(businessTime(calendar), turns, minutes);
      assert.equal(due, walkToDue(calendar, turns, minutes));
    },
  );
  fc.assert(property, { numRuns: 60 });
});

/** The end of the minute in which the last target minute passes. The last turn ends at the horizon. */
function walkToDue(calendar: Calendar, turns: Turn[], minutes: number): number | undefined {
  const hasHours = Object.values(calendar.hours).some((list) => list.length > 0);
  if (!hasHours) return undefined;
  let left = minutes;
  for (const [i, turn] of turns.entries()) {
    const end = i === turns.length - 1 ? turn.start + HORIZON_DAYS * 1440 * MINUTE : (turn.end ?? turn.start);
    for (let at = turn.start; at < end; at += MINUTE) {
      if (isOpen(calendar, at) && --left === 0) return at + MINUTE;
    }
  }
  return undefined;
}

test('an hour that the clock repeats counts twice, and one that it skips does not count', () => {
  const night = { sun: [{ from: '02:00', to: '04:00' }] };
  const berlin = { time_zone: 'Europe/Berlin', hours: night, holidays: [] };
  assert.equal(minutesIn(berlin, '2026-10-24T00:00:00Z', '2026-10-26T00:00:00Z'), 180);
  assert.equal(minutesIn(berlin, '2026-03-28T00:00:00Z', '2026-03-30T00:00:00Z'), 60);
  assert.equal(minutesIn(berlin, '2026-11-01T00:00:00Z', '2026-11-02T00:00:00Z'), 120);
});

test('a working week in Kathmandu is forty-five hours, and nine less with a holiday', () => {
  const calendar = { time_zone: 'Asia/Kathmandu', hours: office, holidays: [] as string[] };
  const week = ['2026-11-22T18:15:00Z', '2026-11-29T18:15:00Z'] as const;
  assert.equal(minutesIn(calendar, ...week), 45 * 60);
  assert.equal(minutesIn({ ...calendar, holidays: ['2026-11-25', '2026-11-28'] }, ...week), 36 * 60);
});

test('hours that start on the day before continue into a holiday, and none start on it', () => {
  const nights = Object.fromEntries(weekdays.map((day) => [day, [{ from: '22:00', to: '06:00' }]]));
  const calendar = { time_zone: 'UTC', hours: nights, holidays: ['2026-12-25'] };
  assert.equal(minutesIn(calendar, '2026-12-25T00:00:00Z', '2026-12-26T00:00:00Z'), 6 * 60);
  assert.equal(minutesIn(calendar, '2026-12-26T00:00:00Z', '2026-12-27T00:00:00Z'), 2 * 60);
});

test('a target on a Friday evening is due on Monday, and at the last minute of a day before the night', () => {
  const time = businessTime({ time_zone: 'Europe/Moscow', hours: office, holidays: ['2026-11-23'] });
  const due = (start: string, minutes: number) =>
    new Date(dueAt(time, [{ start: Date.parse(start), end: undefined }], minutes) ?? 0).toISOString();
  assert.equal(due('2026-11-20T14:30:00Z', 60), '2026-11-24T06:30:00.000Z');
  assert.equal(due('2026-11-19T14:00:00Z', 60), '2026-11-19T15:00:00.000Z');
  assert.equal(due('2026-11-19T15:00:00.001Z', 1), '2026-11-20T06:01:00.000Z');
});

test('a calendar that does not open within three years makes nothing due, and is quick', () => {
  const holidays = Array.from({ length: 500 }, (_, i) =>
    new Date(Date.UTC(2026, 0, 1) + i * 1440 * MINUTE).toISOString().slice(0, 10),
  );
  const time = businessTime({ time_zone: 'UTC', hours: { mon: [{ from: '09:00', to: '09:01' }] }, holidays });
  const turns = [{ start: Date.UTC(2026, 0, 1), end: undefined }];
  assert.equal(dueAt(time, turns, 1_000_000), undefined);
  const weekly = businessTime({
    time_zone: 'UTC',
    hours: { fri: [{ from: '23:59', to: '24:00' }] },
    holidays: [],
  });
  assert.equal(dueAt(weekly, turns, 157), Date.UTC(2028, 11, 30));
  assert.equal(dueAt(weekly, turns, 158), undefined);
  assert.equal(dueAt(everyMinute, turns, 90), Date.UTC(2026, 0, 1, 1, 30));
  assert.equal(dueAt(everyMinute, [], 90), undefined);
});

test('hours that are empty, without length, or overlap over any midnight are refused', () => {
  const refused: Hours[] = [
    {},
    { mon: [] },
    { mon: [{ from: '09:00', to: '09:00' }] },
    {
      mon: [
        { from: '09:00', to: '12:00' },
        { from: '11:59', to: '13:00' },
      ],
    },
    { mon: [{ from: '22:00', to: '06:00' }], tue: [{ from: '05:59', to: '07:00' }] },
    { sat: [{ from: '22:00', to: '06:00' }], sun: [{ from: '00:00', to: '24:00' }] },
    { sun: [{ from: '22:00', to: '06:00' }], mon: [{ from: '00:00', to: '01:00' }] },
  ];
  for (const hours of refused) assert.notDeepEqual(errorsInHours(hours), [], JSON.stringify(hours));
  const taken: Hours[] = [
    always,
    office,
    {
      mon: [
        { from: '13:00', to: '14:00' },
        { from: '09:00', to: '13:00' },
      ],
    },
    { sun: [{ from: '22:00', to: '06:00' }], mon: [{ from: '06:00', to: '24:00' }] },
    { mon: [{ from: '12:00', to: '11:59' }] },
  ];
  for (const hours of taken) assert.deepEqual(errorsInHours(hours), [], JSON.stringify(hours));
});
