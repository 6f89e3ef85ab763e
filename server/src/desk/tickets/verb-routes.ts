/** What staff do to a ticket with a single word: these routes take nothing but the ticket. */
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

/** By the last part of their paths. */
const verbs: Record<string, Verb> = {
  read: {
    operationId: 'markStaffTicketRead',
    description: 'Also ends one’s mentions on it.',
    summary: 'Mark as read by staff',
    work: (tx, actor, number) => markStaffRead(tx, actor, number, true),
  },
  unread: {
    operationId: 'markStaffTicketUnread',
    description: 'For everybody on the team.',
    summary: 'Mark as unread by staff',
    work: (tx, actor, number) => markStaffRead(tx, actor, number, false),
  },
  resolve: {
    operationId: 'resolveTicket',
    description: 'Support has done its part. The client may still comment, which makes it open again.',
    summary: 'Resolve',
    work: resolveTicket,
  },
  reopen: {
    operationId: 'reopenStaffTicket',
    description: 'Puts a closed ticket back to `in_progress`.',
    summary: 'Reopen, without a word to the client',
    work: reopenTicketAsStaff,
  },
  unsnooze: {
    operationId: 'unsnoozeTicket',
    summary: 'Bring a snoozed ticket back',
    description: 'It is in the queue again at once.',
    work: unsnoozeTicket,
  },
  unsplit: {
    operationId: 'unsplitTicket',
    summary: 'Undo the split that made this ticket',
    description: 'Within 7 days.',
    work: unsplitTicket,
  },
  unmerge: {
    operationId: 'unmergeTicket',
    summary: 'Make it a ticket of its own again',
    description: 'Within 7 days.',
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
