/** The selected tickets of the list that is shown. */
import { t } from '@lingui/core/macro';
import { createStore } from '#shared/store.ts';
import { sayFailed } from '../ui/toasts.ts';
import { shownList } from './neighbours.ts';

/** As many as one request changes. */
export const MAX_SELECTED = 200;

const selected = createStore<ReadonlySet<number>>(new Set());
/** Where a range begins: the row that was selected last. */
let anchor: number | null = null;

export const useSelection = selected.use;
export const selectedNumbers = () => [...selected.get()];

export function toggleSelected(number: number) {
  const next = new Set(selected.get());
  if (!next.delete(number)) next.add(number);
  anchor = number;
  put(next);
}

/** Selects the rows from the one that was selected last to this one. */
export function selectTo(number: number) {
  const { numbers } = shownList();
  const [from, to] = [numbers.indexOf(anchor ?? number), numbers.indexOf(number)];
  if (from < 0 || to < 0) return toggleSelected(number);
  put(new Set([...selected.get(), ...numbers.slice(Math.min(from, to), Math.max(from, to) + 1)]));
}

/** The rows that are loaded, as many as can be changed at once. */
export const selectAll = () => put(new Set(shownList().numbers.slice(0, MAX_SELECTED)));

export function clearSelection() {
  anchor = null;
  if (selected.get().size > 0) selected.set(new Set());
}

/** Once these have been changed. What has been selected meanwhile stays. */
export function deselect(numbers: number[]) {
  const left = selectedNumbers().filter((number) => !numbers.includes(number));
  if (left.length === 0) clearSelection();
  else selected.set(new Set(left));
}

function put(numbers: Set<number>) {
  if (numbers.size > MAX_SELECTED) {
    sayFailed(t`At most ${MAX_SELECTED} tickets can be changed at once.`);
    return selected.set(new Set([...numbers].slice(0, MAX_SELECTED)));
  }
  selected.set(numbers);
}
