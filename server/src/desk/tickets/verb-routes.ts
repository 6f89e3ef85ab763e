/** The verbs of staff whose routes take nothing but the ticket. */
import type { StaffActor } from '#actor.ts';
import { staffOf } from '#people/access/access.ts';
import type { Tx } from '#platform/db/database.ts';
import type { App, Deps } from '#platform/http/app.ts';
import { Ref } from '#platform/http/schemas.ts';
import { reopenTicketAsStaff, resolveTicket } from './close.ts';
import { markStaffRead } from './mark-staff-read.ts';
import { StaffTicket, TicketPath, type TicketRow } from './schema.ts';
import { unsnoozeTicket } from './snooze.ts';
import { unmergeTicket } from './unmerge.ts';
import { unsplitTicket } from './unsplit.ts';

interface Verb {
  operationId: string;
  summary: string;
  description?: string;
  work(tx: Tx, actor: StaffActor, number: number): Promise<TicketRow>;
}

/** By the last segment of their paths. */
const verbs: Record<string, Verb> = {
  read: {
    operationId: 'markStaffTicketRead',
    description: 'Also removes your mentions on the ticket.',
    summary: 'Mark as read by staff',
    work: (tx, actor, number) => markStaffRead(tx, actor, number, true),
  },
  unread: {
    operationId: 'markStaffTicketUnread',
    description: 'Marks the ticket as unread for all staff.',
    summary: 'Mark as unread by staff',
    work: (tx, actor, number) => markStaffRead(tx, actor, number, false),
  },
  resolve: {
    operationId: 'resolveTicket',
    description: 'Marks the ticket as resolved. A comment of the client puts it back in progress.',
    summary: 'Resolve',
    work: resolveTicket,
  },
  reopen: {
    operationId: 'reopenStaffTicket',
    description: 'Puts a closed ticket back to `in_progress`.',
    summary: 'Reopen without a comment',
    work: reopenTicketAsStaff,
  },
  unsnooze: {
    operationId: 'unsnoozeTicket',
    summary: 'End the snooze of a ticket',
    description: 'The ticket is in the queue again at once.',
    work: unsnoozeTicket,
  },
  unsplit: {
    operationId: 'unsplitTicket',
    summary: 'Undo the split that made this ticket',
    description: 'Possible for 7 days.',
    work: unsplitTicket,
  },
  unmerge: {
    operationId: 'unmergeTicket',
    summary: 'Undo a merge',
    description: 'Possible for 7 days.',
    work: unmergeTicket,
  },
};

export function ticketVerbRoutes(app: App, { write }: Deps) {
  for (const [verb, { work, ...described }] of Object.entries(verbs)) {
    app.post(
      `/staff/tickets/:ticket_number/${verb}`,
      {
        config: { access: 'staff' },
        schema: {
          tags: ['Staff: tickets'],
          ...described,
          params: TicketPath,
          response: { 200: Ref(StaffTicket) },
        },
      },
      (request, reply) =>
        write(request, reply, (tx) => work(tx, staffOf(request), request.params.ticket_number)),
    );
  }
}
