/** Shows a change at once, in tickets and rows, and takes it back where it has failed. */
import { patchTicket } from '../cache.ts';
import { patchRows } from '../list/cache.ts';
import { addPending, type Change, type Shown, withChanges } from '../pending.ts';

/** Returns what ends it, once the server has answered: the tickets with these numbers have not been changed. */
export function show(numbers: number[], shows: Shown | Change = {}): (failed?: number[]) => void {
  const end = addPending(numbers, typeof shows === 'function' ? shows : () => shows);
  return (failed = []) => {
    const known = end(new Set(failed));
    for (const [number, changes] of known)
      if (changes.length > 0) patchTicket(number, (ticket) => withChanges(ticket, changes));
    patchRows(known);
  };
}
