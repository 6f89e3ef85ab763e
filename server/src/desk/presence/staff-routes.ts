import { TicketPath } from '#desk/tickets/schema.ts';
import { staffOf } from '#people/access/access.ts';
import type { App, Deps } from '#platform/http/app.ts';
import { Items, Ref } from '#platform/http/schemas.ts';
import { enterTicket, leaveTicket, listPresence } from './presence.ts';
import { NewPresence, Presence } from './schema.ts';

const tags = ['Staff: tickets'];

/** No transaction and no event: presence is repeated every few seconds and never stored for long. */
export function presenceStaffRoutes(app: App, { database }: Deps) {
  app.get(
    '/staff/presence',
    {
      config: { access: 'staff' },
      schema: {
        tags,
        summary: 'Presence of all team members',
        operationId: 'listPresence',
        description: 'Lists the team members who have a ticket open, by ticket.',
        response: { 200: Items(Presence) },
      },
    },
    async (request) => ({ items: await listPresence(database.db, staffOf(request)) }),
  );

  app.put(
    '/staff/tickets/:ticket_number/presence',
    {
      config: { access: 'staff' },
      schema: {
        tags,
        summary: 'Set your presence on a ticket for the next 45 seconds',
        operationId: 'enterTicket',
        description: 'Streams of team members get it as `presence`, an event without an id.',
        params: TicketPath,
        body: NewPresence,
        response: { 200: Ref(Presence) },
      },
    },
    (request) => enterTicket(database.db, staffOf(request), request.params.ticket_number, request.body.state),
  );

  app.delete(
    '/staff/tickets/:ticket_number/presence',
    {
      config: { access: 'staff' },
      schema: {
        tags,
        summary: 'End your presence on a ticket',
        operationId: 'leaveTicket',
        description: 'Streams of team members get `presence` with the state null.',
        params: TicketPath,
        response: { 200: Ref(Presence) },
      },
    },
    (request) => leaveTicket(database.db, staffOf(request), request.params.ticket_number),
  );
}
