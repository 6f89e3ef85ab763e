import type { InfiniteData } from '@tanstack/react-query';
import type { ListTicketsResponse, Ticket } from '#api/generated/types.gen.ts';

export type List = InfiniteData<ListTicketsResponse>;

export interface Filter {
  only_closed?: boolean;
  q?: string;
}

/** The list with the ticket where the server will have it: the last changed first. A search keeps its order. */
export function placeIn(list: List, ticket: Ticket, { only_closed = false, q }: Filter): List {
  const belongs = ticket.is_closed === only_closed;
  const isOther = ({ number }: Ticket) => number !== ticket.number;
  let isPlaced = false;
  const pages = list.pages.map((page) => {
    if (q && belongs) return { ...page, items: page.items.map((item) => (isOther(item) ? item : ticket)) };
    const items = page.items.filter(isOther);
    const at = items.findIndex(({ updated_at }) => updated_at <= ticket.updated_at);
    const isHere = belongs && !q && !isPlaced && (at >= 0 || page.after === null);
    if (isHere) items.splice(at < 0 ? items.length : at, 0, ticket);
    isPlaced ||= isHere;
    return { ...page, items };
  });
  return { ...list, pages };
}
