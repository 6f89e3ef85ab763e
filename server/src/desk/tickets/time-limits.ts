import { conflict } from '#errors.ts';
import { DAY_MS } from '#platform/day.ts';

const DAYS = 7;

/** Splits and merges can be undone for a week. */
export function refuseLate(doneAt: string) {
  if (Date.parse(doneAt) > Date.now() - DAYS * DAY_MS) return;
  throw conflict('too_late_to_undo', `It was done more than ${DAYS} days ago and can no longer be undone.`);
}
