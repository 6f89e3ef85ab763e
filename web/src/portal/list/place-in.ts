import type { InfiniteData } from '@tanstack/react-query';
import type { ListTicketsResponse, Ticket } from '#api/generated/types.gen.ts';

export type List = InfiniteData<ListTicketsResponse>;

export interface Filter {
  only_closed?: boolean;
  q?: string;
}

/**
 * The list with the ticket where the server will have it: what waits for the client first, then the last changed. A
 * search keeps its order.
 */
export function placeIn(list: List, ticket: Ticket, { only_closed = false, q }: Filter): List {
  const belongs = ticket.is_closed === only_closed;
  const isOther = ({ number }: Ticket) => number !== ticket.number;
  let isPlaced = false;
  const pages = list.pages.map((page) => {
    if (q && belongs) return { ...page, items: page.items.map((item) => (isOther(item) ? item : ticket)) };
    const items = page.items.filter(isOther);
    const at = items.findIndex((item) => isBefore(ticket, item));
    const isHere = belongs && !q && !isPlaced && (at >= 0 || page.after === null);
    if (isHere) items.splice(at < 0 ? items.length : at, 0, ticket);
    isPlaced ||= isHere;
    return { ...page, items };
  });
  return { ...list, pages };
}

function isBefore(one: Ticket, other: Ticket): boolean {
  if (one.is_await_client !== other.is_await_client) return one.is_await_client;
  return one.updated_at >= other.updated_at;
}
