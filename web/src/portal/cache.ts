/** What the page knows of tickets, in the query cache, and how a response or an event changes it. */
import type { InfiniteData } from '@tanstack/react-query';
import { queryClient } from '#api/client.ts';
import {
  findTicketQueryKey,
  listCommentsQueryKey,
  listTicketsQueryKey,
} from '#api/generated/@tanstack/react-query.gen.ts';
import type {
  Comment,
  ListCommentsResponse,
  ListTicketsResponse,
  Ticket,
  TicketEvent,
} from '#api/generated/types.gen.ts';

export const ticketKey = (ticket_number: number) => findTicketQueryKey({ path: { ticket_number } });
export const commentsKey = (ticket_number: number) => listCommentsQueryKey({ path: { ticket_number } });
const anyList = [{ _id: listTicketsQueryKey()[0]._id }];

export function putTicket(ticket: Ticket) {
  queryClient.setQueryData(ticketKey(ticket.number), ticket);
  queryClient.setQueriesData<InfiniteData<ListTicketsResponse>>({ queryKey: anyList }, (list) => {
    if (!list?.pages) return list;
    const pages = list.pages.map((page) => ({
      ...page,
      items: page.items.map((item) => (item.number === ticket.number ? ticket : item)),
    }));
    return { ...list, pages };
  });
}

/** A ticket as the lists know it. */
export function knownTicket(number: number): Ticket | undefined {
  for (const [, list] of queryClient.getQueriesData<InfiniteData<ListTicketsResponse>>({
    queryKey: anyList,
  })) {
    const found = list?.pages?.flatMap(({ items }) => items).find((ticket) => ticket.number === number);
    if (found) return found;
  }
  return undefined;
}

/** Adds a comment to its thread, or brings it up to date there. */
export function addComment(ticket_number: number, comment: Comment) {
  queryClient.setQueryData<ListCommentsResponse>(commentsKey(ticket_number), (list) => {
    if (!list) return list;
    const isThere = list.items.some(({ id }) => id === comment.id);
    const items = isThere
      ? list.items.map((item) => (item.id === comment.id ? comment : item))
      : [...list.items, comment].sort((one, other) => one.id - other.id);
    return { ...list, items };
  });
}

let refreshing: ReturnType<typeof setTimeout> | undefined;

/** Reads the lists and counts again, at most twice a second. */
export function refreshLists() {
  if (refreshing) return;
  refreshing = setTimeout(() => {
    refreshing = undefined;
    void queryClient.invalidateQueries({ queryKey: anyList });
  }, 500);
}

export function applyEvent({ ticket, comment, type }: TicketEvent) {
  if (!ticket) return;
  putTicket(ticket);
  if (comment) addComment(ticket.number, comment);
  // These move or rewrite comments without naming each.
  const isMoved = ['ticket.split', 'ticket.unsplit', 'ticket.merged', 'ticket.unmerged'].includes(type);
  if (isMoved) void queryClient.invalidateQueries({ queryKey: commentsKey(ticket.number) });
  refreshLists();
}
