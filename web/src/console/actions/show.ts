/** Shows a change at once, in tickets and rows, and takes it back where it has failed. */
import { queryClient } from '#api/client.ts';
import type { QueueTicket, StaffTicketWithComments } from '#api/generated/types.gen.ts';
import { patchTicket, ticketKey } from '../cache.ts';
import { patchRows } from '../list/cache.ts';

/** Fields of a ticket; `assignee_name` is of rows only. */
export type Shown = Partial<QueueTicket>;

/** Returns what takes it back from the tickets with these numbers. */
export function show(
  numbers: number[],
  shows: Shown | ((ticket: Pick<QueueTicket, 'tags'>) => Shown) | undefined,
): (numbers: number[]) => void {
  if (!shows) return () => {};
  const changeOf = typeof shows === 'function' ? shows : () => shows;
  const takeBackRows = patchRows(numbers, changeOf);
  const tickets = new Map(numbers.map((number) => [number, showInTicket(number, changeOf)]));
  return (failed) => {
    if (failed.length > 0) takeBackRows(failed);
    for (const number of failed) tickets.get(number)?.();
  };
}

function showInTicket(number: number, changeOf: (ticket: StaffTicketWithComments) => Shown) {
  const before = queryClient.getQueryData<StaffTicketWithComments>(ticketKey(number));
  if (!before) return () => {};
  // A row has a shorter `last_comment`, and names that a ticket does not have: they do no harm there.
  const change = changeOf(before) as Partial<StaffTicketWithComments>;
  patchTicket(number, () => change);
  const names = Object.keys(change) as Array<keyof StaffTicketWithComments>; // of the object above
  return () => patchTicket(number, () => Object.fromEntries(names.map((name) => [name, before[name]])));
}
