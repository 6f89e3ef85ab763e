import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { type TurnEvent, turnsOf } from './turns.ts';

const event = (type: TurnEvent['type'], actor_kind = 'client', data: TurnEvent['data'] = null) => ({
  type,
  actor_kind,
  data,
});
const kinds = [
  event('ticket.opened'),
  event('ticket.commented'),
  event('ticket.commented', 'staff', { status_key: 'await_client' }),
  event('ticket.commented', 'staff', { status_key: 'in_progress' }),
  event('ticket.resolved', 'staff'),
  event('ticket.closed'),
  event('ticket.reopened'),
  event('ticket.reopened', 'staff', { after: { status_key: 'await_client' } }),
  event('ticket.changed', 'staff', { after: { status_key: 'new' } }),
  event('ticket.merged', 'staff', { to: 1 }),
  event('ticket.unmerged', 'staff'),
];

/** Events in the order of the feed. Times may go back slightly between two transactions. */
const histories = fc
  .array(fc.record({ kind: fc.constantFrom(...kinds), at: fc.nat(100_000) }), { maxLength: 30 })
  .map((list) => list.map(({ kind, at }) => ({ ...kind, at })));

test('for any events, turns are ordered and separate, and the last one agrees with the ticket', () => {
  const property = fc.property(histories, fc.option(fc.nat(100_000)), (events, waitingSince) => {
    const turns = turnsOf(events, waitingSince);
    for (const [i, { start, end }] of turns.entries()) {
      if (i < turns.length - 1) assert.ok(end !== undefined);
      assert.ok(end === undefined || end >= start);
      assert.ok(start >= (turns[i - 1]?.end ?? start));
    }
    const isOpen = turns.length > 0 && turns.at(-1)?.end === undefined;
    assert.equal(isOpen, waitingSince !== null);
  });
  fc.assert(property, { numRuns: 2000 });
});
