import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ListQueueResponse, QueueTicket } from '#api/generated/types.gen.ts';
import { mergeRows } from './merge-rows.ts';

/** A row changed so many minutes after the first; only what the order needs. */
const row = (number: number, minute: number) =>
  ({ number, updated_at: new Date(minute * 60_000).toISOString() }) as QueueTicket;
const listOf = (pages: QueueTicket[][], isComplete: boolean) => ({
  pageParams: pages.map(() => ({})),
  pages: pages.map(
    (items, index): ListQueueResponse => ({
      items,
      after: isComplete && index === pages.length - 1 ? null : 'more',
    }),
  ),
});
const numbers = ({ pages }: { pages: ListQueueResponse[] }) =>
  pages.map(({ items }) => items.map(({ number }) => number));

const pages = [
  [row(1, 90), row(2, 80)],
  [row(3, 70), row(4, 60)],
];

test('a changed row moves to its place, on whichever page', () => {
  const merged = mergeRows(listOf(pages, false), [row(4, 85)], new Set());
  assert.deepEqual(numbers(merged), [[1, 4, 2], [3]]);
});

test('a new row comes in once, however often it is merged', () => {
  let list: ReturnType<typeof mergeRows> = listOf(pages, false);
  for (let i = 0; i < 3; i++) list = mergeRows(list, [row(9, 95)], new Set());
  assert.deepEqual(numbers(list), [
    [9, 1, 2],
    [3, 4],
  ]);
});

test('a row that does not match any more leaves', () => {
  assert.deepEqual(numbers(mergeRows(listOf(pages, false), [], new Set([1, 4]))), [[2], [3]]);
});

test('a row behind the loaded pages comes with its page, or at the end of a complete list', () => {
  assert.deepEqual(numbers(mergeRows(listOf(pages, false), [row(2, 10)], new Set())), [[1], [3, 4]]);
  assert.deepEqual(numbers(mergeRows(listOf(pages, true), [row(2, 10)], new Set())), [[1], [3, 4, 2]]);
  assert.deepEqual(numbers(mergeRows(listOf([[]], true), [row(7, 10)], new Set())), [[7]]);
});

test('the other orders, and equal values by number', () => {
  const oldest = listOf([[row(4, 60), row(3, 70)]], true);
  assert.deepEqual(numbers(mergeRows(oldest, [row(5, 65)], new Set(), 'updated')), [[4, 5, 3]]);
  assert.deepEqual(numbers(mergeRows(oldest, [row(2, 60)], new Set(), 'updated')), [[2, 4, 3]]);
});
