/** Puts changed tickets to their places in a list of pages. */
import type { InfiniteData } from '@tanstack/react-query';
import type { ListQueueData, ListQueueResponse, QueueTicket } from '#api/generated/types.gen.ts';

export type Sort = NonNullable<NonNullable<ListQueueData['query']>['sort']>;

const PRIORITIES = ['low', 'normal', 'high', 'urgent'];

/** The value by which the server sorts; tickets with the same one are in the order of their numbers. */
const sortKeys: Record<string, (ticket: QueueTicket) => number> = {
  updated: ({ updated_at }) => Date.parse(updated_at),
  created: ({ number }) => number,
  waiting: ({ waiting_since }) => Date.parse(waiting_since ?? ''),
  due: ({ due_at }) => Date.parse(due_at ?? ''),
  priority: ({ priority }) => PRIORITIES.indexOf(priority),
};

function compare(sort: Sort): (one: QueueTicket, other: QueueTicket) => number {
  const sign = sort.startsWith('-') ? -1 : 1;
  const key = sortKeys[sort.replace('-', '')] ?? sortKeys.updated;
  return (one, other) => sign * ((key?.(one) ?? 0) - (key?.(other) ?? 0) || one.number - other.number);
}

/** `items` belong into the list, `leaving` do not. An item beyond the loaded pages comes with its page. */
export function mergeRows(
  { pages, pageParams }: InfiniteData<ListQueueResponse>,
  items: QueueTicket[],
  leaving: Set<number>,
  sort: Sort = '-updated',
): InfiniteData<ListQueueResponse> {
  const isBefore = compare(sort);
  const isMoved = new Set([...items.map(({ number }) => number), ...leaving]);
  const rest = pages.map((page) => page.items.filter(({ number }) => !isMoved.has(number)));
  for (const item of items) {
    const index = rest.findIndex((rows) => {
      const last = rows.at(-1);
      return last !== undefined && isBefore(item, last) < 0;
    });
    const isComplete = pages.at(-1)?.after === null;
    const rows = index >= 0 ? rest[index] : isComplete ? rest.at(-1) : undefined;
    if (!rows) continue;
    const at = rows.findIndex((row) => isBefore(item, row) < 0);
    rows.splice(at < 0 ? rows.length : at, 0, item);
  }
  return { pageParams, pages: pages.map((page, index) => ({ ...page, items: rest[index] ?? [] })) };
}
