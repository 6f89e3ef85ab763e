import { useRef } from 'react';
import type { QueueTicket } from '#api/generated/types.gen.ts';
import { useGone } from './gone.ts';

/**
 * The open ticket stays in the list when it no longer matches it, at its place, until another one is opened: unless it
 * does not exist any more. `left` is
 * its number then.
 */
export function useOpenRow(tickets: QueueTicket[], open: number | null, list: string) {
  const kept = useRef<{ list: string; ticket: QueueTicket; index: number } | null>(null);
  if (open === null || kept.current?.ticket.number !== open || kept.current.list !== list)
    kept.current = null;
  if (open === useGone()) kept.current = null;
  const index = tickets.findIndex(({ number }) => number === open);
  const ticket = tickets[index];
  if (ticket) {
    kept.current = { list, ticket, index };
    return { rows: tickets, left: null };
  }
  if (!kept.current) return { rows: tickets, left: null };
  return { rows: tickets.toSpliced(kept.current.index, 0, kept.current.ticket), left: open };
}
