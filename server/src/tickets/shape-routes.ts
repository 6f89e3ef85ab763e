/** What makes two tickets of one, and one of two. */
import type { App, Deps } from '../app.ts';
import { staffOf } from '../http/access.ts';
import { Ref } from '../http/schemas.ts';
import { mergeTicket } from './merge.ts';
import { Merge, Split, StaffTicket, TicketPath } from './schema.ts';
import { splitTicket } from './split.ts';

const tags = ['Staff: tickets'];

export function ticketShapeRoutes(app: App, { write }: Deps) {
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
}
