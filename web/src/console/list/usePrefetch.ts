import { useEffect } from 'react';
import { queryClient } from '#api/client.ts';
import { afterPaint } from '#shared/after-paint.ts';
import { ticketOptions } from '../cache.ts';

/** Reads a ticket before it is opened. */
export const prefetchTicket = (ticket_number: number) =>
  void queryClient.prefetchQuery(ticketOptions(ticket_number));

/**
 * The tickets beside the open one are read ahead, so that the next one is shown from the cache: also to whoever goes on
 * before the server has sent the one after it.
 */
export function usePrefetch(numbers: number[], open: number | null) {
  const index = open === null ? -1 : numbers.indexOf(open);
  const [next, afterNext] = [numbers[index + 1], numbers[index + 2]]; // the first ones when none is open
  const previous = index > 0 ? numbers[index - 1] : undefined;
  useEffect(
    () =>
      afterPaint(() => {
        for (const number of [next, previous, afterNext]) if (number !== undefined) prefetchTicket(number);
      }),
    [next, previous, afterNext],
  );
}
