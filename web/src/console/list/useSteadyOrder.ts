import { useRef } from 'react';
import type { QueueTicket } from '#api/generated/types.gen.ts';

/**
 * The rows in the order in which they are shown: while `isSteady`, nothing moves under the pointer. Rows that have come
 * above meanwhile are counted in `added`.
 */
export function useSteadyOrder(tickets: QueueTicket[], isSteady: boolean) {
  const order = useRef<number[]>([]);
  const shown = isSteady ? inOrder(tickets, order.current) : tickets;
  order.current = shown.map(({ number }) => number);
  return {
    rows: shown,
    added: tickets.length - shown.length,
    showAll() {
      order.current = [];
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
