/**
 * Keeps the list that is shown up to date. After an event the server is asked which of the changed tickets match the
 * list now: what a filter means is not repeated here. A list of 100,000 tickets is never read again.
 */
import type { InfiniteData } from '@tanstack/react-query';
import { queryClient } from '#api/client.ts';
import { listQueueQueryKey } from '#api/generated/@tanstack/react-query.gen.ts';
import { listQueue } from '#api/generated/sdk.gen.ts';
import type { ListQueueData, ListQueueResponse, QueueTicket } from '#api/generated/types.gen.ts';
import { type Change, withChanges } from '../pending.ts';
import { refreshCounts } from './counts.ts';
import { mergeRows } from './merge-rows.ts';

type Query = NonNullable<ListQueueData['query']>;
type Pages = InfiniteData<ListQueueResponse>;

const COLLECT_MS = 150;
const MAX_NUMBERS = 50;
/** Read page by page, unlike what the palette finds. */
const anyList = [{ _id: listQueueQueryKey()[0]._id, _infinite: true }];
const changed = new Set<number>();
/** For each read that is under way, the rows that have been patched since it began. */
const reading = new Set<Set<number>>();
let timer: ReturnType<typeof setTimeout> | undefined;

/** Tickets that may have come into the list, moved in it, or left it. Events that come together cost one request. */
export function checkLists(numbers: Iterable<number>) {
  for (const number of numbers) changed.add(number);
  if (timer) return;
  timer = setTimeout(async () => {
    timer = undefined;
    refreshCounts();
    queryClient.removeQueries({ queryKey: anyList, type: 'inactive' }); // read again when somebody looks at them
    const numbers = [...changed];
    changed.clear();
    for (let i = 0; i < numbers.length; i += MAX_NUMBERS) {
      // Without an answer the rows stay as they are, and are asked for with the next change.
      const some = numbers.slice(i, i + MAX_NUMBERS);
      await check(some).catch(() => {
        for (const number of some) changed.add(number);
      });
    }
  }, COLLECT_MS);
}

async function check(numbers: number[]) {
  for (const { queryKey, state } of queryClient
    .getQueryCache()
    .findAll({ queryKey: anyList, type: 'active' })) {
    // A page that arrives meanwhile would undo the merge.
    if (state.fetchStatus === 'fetching') return checkLists(numbers);
    const query: Query = (queryKey as ReturnType<typeof listQueueQueryKey>)[0].query ?? {};
    const patched = new Set<number>();
    reading.add(patched);
    const { items } = await listQueue({
      query: { ...query, number: numbers.join(','), limit: MAX_NUMBERS },
    }).finally(() => reading.delete(patched));
    if (patched.size > 0) checkLists(patched);
    const given = items.filter(({ number }) => !patched.has(number));
    const matching = new Set(items.map(({ number }) => number));
    const leaving = new Set(numbers.filter((number) => !matching.has(number) && !patched.has(number)));
    queryClient.setQueryData<Pages>(queryKey, (list) => list && mergeRows(list, given, leaving, query.sort));
  }
}

export const removeRow = (number: number) =>
  queryClient.setQueriesData<Pages>(
    { queryKey: anyList },
    (list) => list && mergeRows(list, [], new Set([number])),
  );

/** What has changed in rows, by their numbers. What is being read may be older. */
export function patchRows(changes: Map<number, Change[]>) {
  for (const patched of reading) for (const number of changes.keys()) patched.add(number);
  queryClient.setQueriesData<Pages>({ queryKey: anyList, type: 'active' }, (list) => {
    if (!list) return list;
    const pages = list.pages.map((page) => ({
      ...page,
      items: page.items.map((row) => withChanges(row, changes.get(row.number))),
    }));
    return { ...list, pages };
  });
}

/** The row of a ticket in a list that has been read. */
export function knownRow(number: number): QueueTicket | undefined {
  for (const [, list] of queryClient.getQueriesData<Pages>({ queryKey: anyList })) {
    const row = list?.pages.flatMap(({ items }) => items).find((each) => each.number === number);
    if (row) return row;
  }
}

/** Whether the subject, client or number of a ticket has all of the words. */
export function namedBy(text: string) {
  const words = text.toLocaleLowerCase().split(/\s+/).filter(Boolean);
  return ({ number, summary, client_aliased_name, account_name }: QueueTicket) => {
    const whole = `#${number} ${summary} ${client_aliased_name ?? ''} ${account_name}`.toLocaleLowerCase();
    return words.every((word) => whole.includes(word));
  };
}

/** Tickets of the lists that have been read which are named so. */
export function knownRows(text: string): QueueTicket[] {
  const lists = queryClient.getQueriesData<Pages>({ queryKey: anyList });
  const rows = lists.flatMap(([, list]) => list?.pages ?? []).flatMap(({ items }) => items);
  return [...new Map(rows.filter(namedBy(text)).map((row) => [row.number, row])).values()];
}
