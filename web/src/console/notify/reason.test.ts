import assert from 'node:assert/strict';
import { test } from 'node:test';
import { reasonOf } from './reason.ts';

const event = (changed: object) => ({
  type: 'ticket.commented',
  actor_kind: 'client' as const,
  staff_id: null,
  data: null,
  ticket: { assignee_id: 7 },
  ...changed,
});

test('a reply of the client concerns the assignee only', () => {
  assert.equal(reasonOf(event({}), 7), 'replied');
  assert.equal(reasonOf(event({}), 8), null);
  assert.equal(reasonOf(event({ actor_kind: 'staff', staff_id: 8 }), 7), null);
});

test('a mention concerns whoever is mentioned, but not its author', () => {
  const note = event({ type: 'ticket.noted', actor_kind: 'staff', staff_id: 8, data: { mentions: [9, 8] } });
  assert.equal(reasonOf(note, 9), 'mentioned');
  assert.equal(reasonOf(note, 8), null);
});

test('to be assigned by somebody else concerns, other changes do not', () => {
  const triaged = (after: object, staff_id = 8) =>
    event({ type: 'ticket.triaged', actor_kind: 'staff', staff_id, data: { before: {}, after } });
  assert.equal(reasonOf(triaged({ assignee_id: 7 }), 7), 'assigned');
  assert.equal(reasonOf(triaged({ assignee_id: 7 }, 7), 7), null);
  assert.equal(reasonOf(triaged({ priority: 'high' }), 7), null);
});
