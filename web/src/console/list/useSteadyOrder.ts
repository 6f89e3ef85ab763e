import { useRef } from 'react';
import type { QueueTicket } from '#api/generated/types.gen.ts';

/**
 * The rows in the order in which they are shown: while `isSteady`, nothing moves under the pointer. Rows that have come
 * above meanwhile are counted in `added`. Another `list` begins anew.
 */
export function useSteadyOrder(tickets: QueueTicket[], isSteady: boolean, list: string) {
  const shown = useRef<{ list: string; order: number[] }>({ list, order: [] });
  const order = shown.current.list === list ? shown.current.order : [];
  const rows = isSteady ? inOrder(tickets, order) : tickets;
  shown.current = { list, order: rows.map(({ number }) => number) };
  return {
    rows,
    added: tickets.length - rows.length,
    showAll() {
      shown.current = { list, order: [] };
    },
  };
}

/** The known rows as they stand, then what comes after the last of them; without known ones, all. */
function inOrder(tickets: QueueTicket[], order: number[]): QueueTicket[] {
  const byNumber = new Map(tickets.map((ticket) => [ticket.number, ticket]));
  const known = order.flatMap((number) => byNumber.get(number) ?? []);
  const isKnown = new Set(order);
  const lastKnown = tickets.findLastIndex(({ number }) => isKnown.has(number));
  return [...known, ...tickets.slice(lastKnown + 1)];
}
