import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { listTicketsInfiniteOptions } from '#api/generated/@tanstack/react-query.gen.ts';
import { filters, type Segment } from './view.ts';

const PAGE = 50;

/** The tickets of a segment, in the order of the server. */
export function useTickets(segment: Segment, q: string | undefined) {
  const list = useInfiniteQuery({
    ...listTicketsInfiniteOptions({ query: { ...filters[segment], q, items_per_page: PAGE } }),
    initialPageParam: {},
    getNextPageParam: ({ after }) => (after ? { query: { after } } : undefined),
    placeholderData: keepPreviousData,
  });
  const all = list.data?.pages.flatMap(({ items }) => items) ?? [];
  const tickets = [...new Map(all.map((ticket) => [ticket.number, ticket])).values()];
  return { ...list, tickets, count: list.data?.pages[0]?.item_count };
}

export type Tickets = ReturnType<typeof useTickets>;
