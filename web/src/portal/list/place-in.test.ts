import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Ticket } from '#api/generated/types.gen.ts';
import { type List, placeIn } from './place-in.ts';

const ticket = (number: number, minute: number, is_closed = false, is_await_client = false) =>
  ({ number, is_closed, is_await_client, updated_at: `2026-11-28T10:${minute}:00Z` }) as Ticket; // what the order is made of

const list = (...pages: Ticket[][]): List => ({
  pages: pages.map((items, index) => ({
    items,
    item_count: 9,
    items_per_page: 2,
    page: index + 1,
    page_count: 3,
    after: 'next',
  })),
  pageParams: [],
});
const numbers = ({ pages }: List) => pages.map(({ items }) => items.map(({ number }) => number));
const known = list([ticket(1, 50), ticket(2, 40)], [ticket(3, 30), ticket(4, 20)]);

test('a changed ticket moves to the front, also from a later page', () => {
  assert.deepEqual(numbers(placeIn(known, ticket(3, 55), {})), [[3, 1, 2], [4]]);
  assert.deepEqual(numbers(placeIn(known, ticket(9, 35), {})), [
    [1, 2],
    [9, 3, 4],
  ]);
});

test('one that is older than all that is loaded is left to a later page, and shown on the last one', () => {
  assert.deepEqual(numbers(placeIn(known, ticket(9, 10), {})), [
    [1, 2],
    [3, 4],
  ]);
  const whole = list([ticket(1, 50)]);
  for (const page of whole.pages) page.after = null;
  assert.deepEqual(numbers(placeIn(whole, ticket(9, 10), {})), [[1, 9]]);
});

test('what waits for the client stands before the rest, and leaves there when it is answered', () => {
  const waits = (number: number, minute: number) => ticket(number, minute, false, true);
  const mixed = list([waits(1, 30), waits(2, 20)], [ticket(3, 50), ticket(4, 40)]);
  assert.deepEqual(numbers(placeIn(mixed, waits(4, 55), {})), [[4, 1, 2], [3]]);
  assert.deepEqual(numbers(placeIn(mixed, ticket(1, 55), {})), [[2], [1, 3, 4]]);
  assert.deepEqual(numbers(placeIn(mixed, ticket(4, 59), {})), [
    [1, 2],
    [4, 3],
  ]);
});

test('a closed ticket leaves the list of open ones', () => {
  assert.deepEqual(numbers(placeIn(known, ticket(2, 55, true), {})), [[1], [3, 4]]);
  assert.deepEqual(numbers(placeIn(list([]), ticket(2, 55), { only_closed: true })), [[]]);
});

test('a search keeps its order and takes in nothing new', () => {
  assert.deepEqual(numbers(placeIn(known, ticket(3, 55), { q: 'x' })), [
    [1, 2],
    [3, 4],
  ]);
  assert.deepEqual(numbers(placeIn(known, ticket(9, 55), { q: 'x' })), [
    [1, 2],
    [3, 4],
  ]);
});
