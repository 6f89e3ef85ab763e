/** What gives a ticket another shape, or its old one back. */
import type { App, Deps } from '../app.ts';
import { staffOf } from '../http/access.ts';
import { Ref } from '../http/schemas.ts';
import { reopenTicketAsStaff } from './close.ts';
import { mergeTicket } from './merge.ts';
import { Merge, Split, StaffTicket, TicketPath } from './schema.ts';
import { splitTicket } from './split.ts';
import { unmergeTicket } from './unmerge.ts';
import { unsplitTicket } from './unsplit.ts';

const tags = ['Staff: tickets'];

export function ticketShapeRoutes(app: App, { write }: Deps) {
  app.post(
    '/staff/tickets/:ticket_number/reopen',
    {
      config: { access: 'staff' },
      schema: {
        tags,
        summary: 'Reopen, without a word to the client',
        operationId: 'reopenStaffTicket',
        params: TicketPath,
        response: { 200: Ref(StaffTicket) },
      },
    },
    (request, reply) =>
      write(request, reply, (tx) => reopenTicketAsStaff(tx, staffOf(request), request.params.ticket_number)),
  );

  app.post(
    '/staff/tickets/:ticket_number/split',
    {
      config: { access: 'staff' },
      schema: {
        tags,
        summary: 'Make a new ticket of some comments',
        operationId: 'splitTicket',
        params: TicketPath,
        body: Split,
        response: { 200: Ref(StaffTicket) },
      },
    },
    (request, reply) =>
      write(request, reply, (tx) =>
        splitTicket(tx, staffOf(request), request.params.ticket_number, request.body),
      ),
  );

  app.post(
    '/staff/tickets/:ticket_number/unsplit',
    {
      config: { access: 'staff' },
      schema: {
        tags,
        summary: 'Undo the split that made this ticket',
        operationId: 'unsplitTicket',
        description: 'Within 7 days.',
        params: TicketPath,
        response: { 200: Ref(StaffTicket) },
      },
    },
    (request, reply) =>
      write(request, reply, (tx) => unsplitTicket(tx, staffOf(request), request.params.ticket_number)),
  );

  app.post(
    '/staff/tickets/:ticket_number/merge',
    {
      config: { access: 'staff' },
      schema: {
        tags,
        summary: 'Make it a part of another ticket of the account',
        operationId: 'mergeTicket',
        params: TicketPath,
        body: Merge,
        response: { 200: Ref(StaffTicket) },
      },
    },
    (request, reply) =>
      write(request, reply, (tx) =>
        mergeTicket(tx, staffOf(request), request.params.ticket_number, request.body),
      ),
  );

  app.post(
    '/staff/tickets/:ticket_number/unmerge',
    {
      config: { access: 'staff' },
      schema: {
        tags,
        summary: 'Make it a ticket of its own again',
        operationId: 'unmergeTicket',
        description: 'Within 7 days.',
        params: TicketPath,
        response: { 200: Ref(StaffTicket) },
      },
    },
    (request, reply) =>
      write(request, reply, (tx) => unmergeTicket(tx, staffOf(request), request.params.ticket_number)),
  );
}
