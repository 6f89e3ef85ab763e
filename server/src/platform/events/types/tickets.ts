/** What happens to a ticket as a whole. */
import Type from '#platform/type.ts';
import { change, fields, id, ids, merge, none, open, orNull, text, unmerge } from './data.ts';
import type { TicketEventSpec } from './spec.ts';

export const ticketTypes = {
  'ticket.opened': {
    description: 'A ticket was opened, or was split off the ticket `from`.',
    audience: 'client',
    sla: 'client_starts',
    notifies: ['contacts'],
    data: orNull(open({ from: id })),
  },
  'ticket.changed': {
    description: 'Fields that the client can see were changed.',
    audience: 'client',
    sla: 'retargets',
    notifies: ['contacts'],
    data: orNull(open({ ...change, unmerged_ticket_number: Type.Optional(id) })),
  },
  'ticket.triaged': {
    description: 'Priority, tags, assignee or external id were changed.',
    audience: 'staff',
    sla: 'retargets',
    notifies: ['assignee'],
    data: open({ ...change, reason: Type.Optional(text) }),
  },
  'ticket.read': {
    description: 'The client has read the comments of support.',
    audience: 'client',
    sla: 'none',
    notifies: [], // the account itself did it
    data: none,
  },
  'ticket.staff_read': {
    description: 'Support has marked the ticket as read.',
    audience: 'staff',
    sla: 'none',
    notifies: [],
    data: none,
  },
  'ticket.staff_unread': {
    description: 'Support has marked the ticket as unread.',
    audience: 'staff',
    sla: 'none',
    notifies: [],
    data: none,
  },
  'ticket.resolved': {
    description: 'Support has resolved the ticket.',
    audience: 'client',
    sla: 'stops',
    notifies: ['contacts'],
    data: none,
  },
  'ticket.closed': {
    description: 'The ticket was closed. If support closed it, there may be a `reason`.',
    audience: 'client',
    sla: 'stops',
    notifies: ['contacts'],
    data: orNull(open({ reason: text })),
  },
  'ticket.reopened': {
    description: 'A closed ticket was reopened. A client reopens it with a comment.',
    audience: 'client',
    sla: 'starts',
    notifies: ['contacts', 'assignee'],
    data: orNull(open(change)),
  },
  'ticket.split': {
    description: 'Some comments were split off into the ticket `to`.',
    audience: 'client',
    sla: 'none',
    notifies: ['contacts'],
    data: open({ to: id, comment_ids: ids }),
  },
  'ticket.unsplit': {
    description: 'A split was undone. One event for each of the two tickets.',
    audience: 'client',
    sla: 'source_stops',
    notifies: ['contacts'],
    data: merge,
  },
  'ticket.merged': {
    description: 'A ticket was merged into another. One event for each of the two tickets.',
    audience: 'client',
    sla: 'source_stops',
    notifies: ['contacts'],
    data: merge,
  },
  'ticket.unmerged': {
    description: 'A merge was undone. One event for each of the two tickets.',
    audience: 'client',
    sla: 'recounts',
    notifies: ['contacts'],
    data: unmerge,
  },
  'ticket.snoozed': {
    description: 'The ticket was snoozed `until` a time. If that is null: until the client writes.',
    audience: 'staff',
    sla: 'none',
    notifies: [],
    data: open({ until: orNull(text) }),
  },
  'ticket.unsnoozed': {
    description: 'The snooze of a ticket has ended because of `reason`.',
    audience: 'staff',
    sla: 'none',
    notifies: ['assignee'],
    data: open({ reason: text }),
  },
  'ticket.moved': {
    description:
      'The ticket was moved into this account; `people` are the fields that stayed with the other account.',
    audience: 'client',
    sla: 'recounts',
    notifies: ['contacts'],
    data: open({ from_account_id: id, people: Type.Optional(fields) }),
  },
  'ticket.removed': {
    description: 'The ticket was moved to another account.',
    audience: 'client',
    sla: 'none',
    notifies: [], // those to notify can no longer see the ticket
    data: open({ to_account_id: id }),
  },
} as const satisfies Record<string, TicketEventSpec>;
