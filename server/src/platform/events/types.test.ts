/** What the rows of the table guarantee to the compiler and to clients. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { system } from '#actor.ts';
import type { Tx } from '#platform/db/database.ts';
import { record } from './events.ts';
import { typesWhere } from './types.ts';

test('data that does not fit its type does not compile', () => {
  const at = { account_id: 1, number: 100_001 };
  const wrong = (tx: Tx) => [
    // @ts-expect-error A split says which comments went where.
    record(tx, system, 'ticket.split', at),
    // @ts-expect-error The number of a ticket is no text.
    record(tx, system, 'ticket.split', { ...at, data: { to: 'a', comment_ids: [1] } }),
    // @ts-expect-error Reading says nothing more.
    record(tx, system, 'ticket.read', { ...at, data: { at: 'noon' } }),
    // @ts-expect-error An event of a ticket names it.
    record(tx, system, 'ticket.read', { account_id: 1 }),
    // @ts-expect-error An event of the instance names no ticket.
    record(tx, system, 'tag.deleted', { ...at, data: { before: {} } }),
    // @ts-expect-error There is no such type.
    record(tx, system, 'ticket.lost', at),
  ];
  assert.equal(wrong.length, 1);
});

test('everybody whom an event notifies can see it', () => {
  const told = typesWhere(
    ({ audience, notifies = [] }) => audience !== 'client' && notifies.includes('contacts'),
  );
  assert.deepEqual(told, []);
});
