import { useQuery } from '@tanstack/react-query';
import { useMemo, useRef } from 'react';
import { listMembersOptions } from '#api/generated/@tanstack/react-query.gen.ts';
import type { ListMembersResponse, QueueTicket, StaffTicketWithComments } from '#api/generated/types.gen.ts';
import { ticketOptions } from '../cache.ts';
import { usePending } from '../pending.ts';
import { useGone } from './gone.ts';

/**
 * The open ticket stays in the list when it no longer matches it, at its place, until another one is opened: unless it
 * does not exist any more. `left` is its number then.
 */
export function useOpenRow(tickets: QueueTicket[], open: number | null, list: string) {
  const kept = useRef<{ list: string; ticket: QueueTicket; index: number } | null>(null);
  if (open === null || kept.current?.ticket.number !== open || kept.current.list !== list)
    kept.current = null;
  if (open === useGone()) kept.current = null;
  const index = tickets.findIndex(({ number }) => number === open);
  const ticket = tickets[index];
  if (ticket) kept.current = { list, ticket, index };
  const left = ticket ? null : kept.current;
  const row = useFollowed(left?.ticket);
  return left && row
    ? { rows: tickets.toSpliced(left.index, 0, row), left: open }
    : { rows: tickets, left: null };
}

/** The list does not bring it up to date any more; the ticket itself does. */
function useFollowed(row: QueueTicket | undefined): QueueTicket | undefined {
  const { data: ticket } = useQuery({ ...ticketOptions(row?.number ?? 0), enabled: false }); // its page reads it
  const { data: members } = useQuery({ ...listMembersOptions(), enabled: row !== undefined });
  return usePending(
    useMemo(() => (row && ticket ? withTicket(row, ticket, members) : row), [row, ticket, members]),
  );
}

function withTicket(row: QueueTicket, ticket: StaffTicketWithComments, members?: ListMembersResponse) {
  const { assignee_id } = ticket;
  const assignee = members?.items.find(({ staff_id }) => staff_id === assignee_id);
  const isSame = assignee_id === row.assignee_id;
  return { ...row, ...ticket, assignee_name: isSame ? row.assignee_name : (assignee?.name ?? null) };
}
