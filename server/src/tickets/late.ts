import { conflict } from '../errors.ts';

const DAYS = 7;
const DAY_MS = 86_400_000;

/** A split and a merge can be undone for as long. */
export function refuseLate(doneAt: string) {
  if (Date.parse(doneAt) > Date.now() - DAYS * DAY_MS) return;
  throw conflict('too_late_to_undo', `It was done more than ${DAYS} days ago and stays.`);
}
