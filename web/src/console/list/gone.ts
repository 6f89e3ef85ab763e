/** A ticket that is not there any more, or not for this member: its row goes from the lists, and it is said. */
import { t } from '@lingui/core/macro';
import { createStore } from '#shared/store.ts';
import { sayFailed } from '../ui/toasts.ts';
import { knownRow, removeRow } from './cache.ts';

/** The last one: the row of the open ticket is kept otherwise. */
const gone = createStore<number | null>(null);
export const useGone = gone.use;

export function reportGone(number: number) {
  gone.set(number);
  if (!knownRow(number)) return;
  removeRow(number);
  sayFailed(t`#${number} is not there any more, or not for you: it was taken out of the list`);
}
