import { useEffect } from 'react';
import { queryClient } from '#api/client.ts';
import { ticketOptions } from '../cache.ts';

/** Reads a ticket before it is opened. */
export const prefetchTicket = (ticket_number: number) =>
  void queryClient.prefetchQuery(ticketOptions(ticket_number));

/** The tickets beside the open one are read ahead, so that the next one is shown from the cache. */
export function usePrefetch(numbers: number[], open: number | null) {
  const index = open === null ? -1 : numbers.indexOf(open);
  const next = numbers[index + 1]; // the first one when none is open
  const previous = index > 0 ? numbers[index - 1] : undefined;
  useEffect(() => {
    for (const number of [next, previous]) if (number !== undefined) prefetchTicket(number);
  }, [next, previous]);
}
