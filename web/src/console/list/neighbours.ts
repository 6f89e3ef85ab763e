/** The rows of the list that is shown, for the keys that go through it. */
import { createStore } from '#shared/store.ts';

interface ShownList {
  /** Its name in the address. */
  list: string;
  numbers: number[];
}

const shown = createStore<ShownList>({ list: '', numbers: [] });

export const setShownList = shown.set;
export const useShownList = shown.use;
export const shownList = shown.get;

/** The ticket after this one, or before it; the first one when none is open. Null at the end. */
export function neighbourOf(number: number | null, step: 1 | -1): number | null {
  const { numbers } = shown.get();
  if (number === null) return numbers[0] ?? null;
  const index = numbers.indexOf(number);
  if (index < 0) return numbers[0] ?? null;
  return numbers[index + step] ?? null;
}
