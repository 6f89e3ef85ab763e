/** What the page knows of tickets, in the query cache, and how a response or an event changes it. */
import { t } from '@lingui/core/macro';
import type { QueryKey } from '@tanstack/react-query';
import { queryClient } from '#api/client.ts';
import {
  findTicketQueryKey,
  listCommentsQueryKey,
  listOpenIncidentsQueryKey,
  listTicketsQueryKey,
} from '#api/generated/@tanstack/react-query.gen.ts';
import type { Comment, ListCommentsResponse, Ticket, TicketEvent } from '#api/generated/types.gen.ts';
import { announce } from '#shared/announce.ts';
import { commentName, recognise } from '#shared/message-keys.ts';
import { getUnderWay } from '#shared/under-way.ts';
import { type Filter, type List, placeIn } from './list/place-in.ts';

export const ticketKey = (ticket_number: number) => findTicketQueryKey({ path: { ticket_number } });
export const commentsKey = (ticket_number: number) => listCommentsQueryKey({ path: { ticket_number } });
const anyList = [{ _id: listTicketsQueryKey()[0]._id }];

export function putTicket(ticket: Ticket) {
  queryClient.setQueryData(ticketKey(ticket.number), ticket);
  for (const [key, list] of queryClient.getQueriesData<List>({ queryKey: anyList })) {
    if (list?.pages) queryClient.setQueryData(key, placeIn(list, ticket, filterOf(key)));
  }
}

/** A ticket that is not there any more, or not for this client: its row goes, and it is said. */
export function forgetTicket(number: number) {
  if (!knownTicket(number)) return;
  for (const [key, list] of queryClient.getQueriesData<List>({ queryKey: anyList })) {
    const pages = list?.pages?.map((page) => ({
      ...page,
      items: page.items.filter((ticket) => ticket.number !== number),
    }));
    if (pages) queryClient.setQueryData(key, { ...list, pages });
  }
  announce(t`Ticket #${number} is not there any more: it was taken out of the list`);
  refreshLists();
}

/** A ticket as the lists know it. */
export function knownTicket(number: number): Ticket | undefined {
  for (const [, list] of queryClient.getQueriesData<List>({ queryKey: anyList })) {
    const found = list?.pages?.flatMap(({ items }) => items).find((ticket) => ticket.number === number);
    if (found) return found;
  }
  return undefined;
}

// The key is made by the generated code: an operation with its parameters.
const filterOf = (key: QueryKey): Filter => (key[0] as { query?: Filter }).query ?? {};

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
  // What is being read may be older than this.
  const queryKey = commentsKey(ticket_number);
  if (queryClient.getQueryState(queryKey)?.fetchStatus === 'fetching')
    void queryClient.invalidateQueries({ queryKey });
}

/** What of the outbox has become a comment: neither the feed nor the answer to a reopening says so. */
export function followMessages(ticket_number: number, before: Comment[], after: Comment[]) {
  const last = before.at(-1)?.id ?? 0;
  for (const { id, is_client_author, body } of after) {
    if (id <= last || !is_client_author) continue;
    const same = getUnderWay().filter(
      (item) => item.ticket_number === ticket_number && item.state !== 'refused' && item.body === body,
    );
    recognise(
      commentName(id),
      same.map((item) => item.id),
    );
  }
}

let refreshing: ReturnType<typeof setTimeout> | undefined;
const REFRESH_AFTER_MS = 500;

/** Reads the lists and counts again soon; the more pages are loaded, the less often. */
export function refreshLists() {
  if (refreshing) return;
  const lists = queryClient.getQueriesData<List>({ queryKey: anyList, type: 'active' });
  const pages = Math.max(1, ...lists.map(([, list]) => list?.pages?.length ?? 1));
  refreshing = setTimeout(() => {
    refreshing = undefined;
    void queryClient.invalidateQueries({ queryKey: anyList });
  }, REFRESH_AFTER_MS * pages);
}

export const refreshIncidents = () =>
  void queryClient.invalidateQueries({ queryKey: listOpenIncidentsQueryKey() });

/** Reads again what could not be read: the connection or the session is back. */
export const refreshFailed = () =>
  void queryClient.refetchQueries({ type: 'active', predicate: ({ state }) => state.status === 'error' });

export function applyEvent(event: TicketEvent) {
  const { ticket, comment, type } = event;
  refreshLists();
  if (!ticket) return;
  putTicket(ticket);
  if (comment) addComment(ticket.number, comment);
  // These move or rewrite comments without naming each.
  const isMoved = ['ticket.split', 'ticket.unsplit', 'ticket.merged', 'ticket.unmerged'].includes(type);
  if (isMoved) void queryClient.invalidateQueries({ queryKey: commentsKey(ticket.number) });
  announceEvent(event);
}

function announceEvent({ ticket, comment, type, actor_kind }: TicketEvent) {
  if (!ticket || actor_kind === 'client') return;
  const { summary } = ticket;
  if (type === 'ticket.commented' && comment) {
    const name = comment.author_name ?? t`Support`;
    announce(t`New message from ${name}: ${summary}`);
  }
  if (type === 'ticket.resolved') announce(t`Solved: ${summary}`);
}
