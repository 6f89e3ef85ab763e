/** When a snooze may end, in the zone of the reader. */
import { msg } from '@lingui/core/macro';

const MORNING = 9;

export function snoozeTimes(now = new Date()) {
  return [
    { name: msg`In an hour`, until: new Date(now.getTime() + 3_600_000) },
    { name: msg`In four hours`, until: new Date(now.getTime() + 4 * 3_600_000) },
    { name: msg`Tomorrow morning`, until: morningIn(now, 1) },
    { name: msg`Next Monday`, until: morningIn(now, (8 - now.getDay()) % 7 || 7) },
    { name: msg`In a week`, until: morningIn(now, 7) },
  ];
}

const morningIn = (now: Date, days: number) =>
  new Date(now.getFullYear(), now.getMonth(), now.getDate() + days, MORNING);
