import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { listQueueInfiniteOptions } from '#api/generated/@tanstack/react-query.gen.ts';
import { usePendingRows } from '../pending.ts';
import type { Filter } from '../queues.ts';

const PAGE = 100;

/** The tickets of a filter, page by page. The rows of the list before stay until its first page is there. */
export function useTickets(filter: Filter, isEnabled: boolean) {
  const pages = useInfiniteQuery({
    ...listQueueInfiniteOptions({ query: { ...filter, limit: PAGE } }),
    initialPageParam: {},
    getNextPageParam: ({ after }) => (after ? { query: { after } } : undefined),
    placeholderData: keepPreviousData,
    enabled: isEnabled,
  });
  const { data } = pages;
  const tickets = useMemo(() => data?.pages.flatMap(({ items }) => items) ?? [], [data]);
  return { ...pages, tickets: usePendingRows(tickets) };
}
