import { markRead } from '#desk/tickets/comments/mark-read.ts';
import { NewComment } from '#desk/tickets/comments/schema.ts';
import { ClosingVote, NewTicketVote, Vote } from '#desk/tickets/votes/schema.ts';
import { voteOnTicketByNumber } from '#desk/tickets/votes/votes.ts';
import { clientOf } from '#people/access/access.ts';
import type { App, Deps } from '#platform/http/app.ts';
import { expectedVersion } from '#platform/http/etag.ts';
import { refuseBoth } from '#platform/http/parameters.ts';
import { Ref } from '#platform/http/schemas.ts';
import { sendItems } from '#platform/http/send-items.ts';
import { serializer } from '#platform/http/serializer.ts';
import { changeTicket } from './change.ts';
import { closeTicket, reopenTicket } from './close.ts';
import { findTicket } from './find.ts';
import { listTickets } from './list.ts';
import { openTicket } from './open.ts';
import { withVotes } from './page.ts';
import { NewTicket, Ticket, TicketChange, TicketPage, TicketPath, TicketQuery } from './schema.ts';

const tags = ['Tickets'];

export function ticketRoutes(app: App, { database, write }: Deps) {
  const serialize = serializer(Ticket, {});

  app.post(
    '/support/tickets',
    {
      config: { access: 'client', limit: 'tickets' },
      schema: {
        tags,
        summary: 'Create ticket',
        operationId: 'createTicket',
        description: 'Opens a ticket with its first comment. Upload files first, then list their UUIDs here.',
        body: NewTicket,
        response: { 200: Ref(Ticket) },
      },
    },
    (request, reply) =>
      write(request, reply, (tx) => openTicket(tx, clientOf(request), request.body), {
        together: !request.body.files?.length && { about: [] },
      }),
  );

  app.get(
    '/support/tickets',
    {
      config: { access: 'client' },
      schema: {
        tags,
        summary: 'Returns all tickets',
        operationId: 'listTickets',
        description:
          'The tickets of the account, last changed first, with exact counts. A page after the last one is empty.',
        querystring: TicketQuery,
        response: { 200: TicketPage },
      },
      preValidation: async (request) => refuseBoth(request, 'page', 'after'),
    },
    async (request, reply) => {
      const client = clientOf(request);
      const page = await listTickets(database.db, client, request.query);
      const { items, ...head } = page;
      if (!items.some(({ has_late_vote }) => has_late_vote)) return page;
      return sendItems(request, reply, { batches: withVotes(database.db, client, items), serialize, head });
    },
  );

  app.get(
    '/support/tickets/:ticket_number',
    {
      config: { access: 'client' },
      schema: {
        tags,
        summary: 'Find ticket by number',
        operationId: 'findTicket',
        description: 'Reading a ticket does not mark its comments as read.',
        params: TicketPath,
        response: { 200: Ref(Ticket) },
      },
    },
    (request) => findTicket(database.db, clientOf(request), request.params.ticket_number),
  );

  for (const method of ['PATCH', 'PUT'] as const) {
    app.route({
      method,
      url: '/support/tickets/:ticket_number',
      config: { access: 'client', limit: 'changes', headers: ['If-Match'] },
      schema: {
        tags,
        summary: 'Modify ticket properties',
        operationId: method === 'PATCH' ? 'changeTicket' : 'putTicket',
        description:
          'Fields that are left out do not change. With `If-Match` and the ETag of the ticket, returns 412 if the ticket has changed since.',
        params: TicketPath,
        body: TicketChange,
        response: { 200: Ref(Ticket) },
      },
      handler: (request, reply) =>
        write(request, reply, (tx) =>
          changeTicket(
            tx,
            clientOf(request),
            request.params.ticket_number,
            request.body,
            expectedVersion(request),
          ),
        ),
    });
  }

  app.post(
    '/support/tickets/:ticket_number/close',
    {
      config: { access: 'client' },
      schema: {
        tags,
        summary: 'Close ticket',
        operationId: 'closeTicket',
        description:
          'With a `score`, also votes, in the same transaction. Returns 409 if the ticket is closed.',
        params: TicketPath,
        body: ClosingVote,
        response: { 200: Ref(Ticket) },
      },
    },
    (request, reply) =>
      write(request, reply, (tx) =>
        closeTicket(tx, clientOf(request), request.params.ticket_number, request.body),
      ),
  );

  app.post(
    '/support/tickets/:ticket_number/reopen',
    {
      config: { access: 'client', limit: 'comments' },
      schema: {
        tags,
        summary: 'Reopen ticket',
        operationId: 'reopenTicket',
        description:
          'Reopens a closed ticket with a comment. Returns 409 if the ticket is open: write a comment instead.',
        params: TicketPath,
        body: NewComment,
        response: { 200: Ref(Ticket) },
      },
    },
    (request, reply) =>
      write(request, reply, (tx) =>
        reopenTicket(tx, clientOf(request), request.params.ticket_number, request.body),
      ),
  );

  app.post(
    '/support/tickets/:ticket_number/vote',
    {
      config: { access: 'client', limit: 'votes' },
      schema: {
        tags,
        summary: 'Evaluating of ticket',
        operationId: 'voteOnTicket',
        description:
          'Allowed when support has replied and the ticket is resolved or closed (`is_can_be_voted`). A new vote replaces the last one.',
        params: TicketPath,
        body: NewTicketVote,
        response: { 200: Ref(Vote) },
      },
    },
    (request, reply) =>
      write(request, reply, (tx) =>
        voteOnTicketByNumber(tx, clientOf(request), request.params.ticket_number, request.body),
      ),
  );

  app.post(
    '/support/tickets/:ticket_number/read',
    {
      config: { access: 'client', limit: 'reads' },
      schema: {
        tags,
        summary: 'Mark all comments read',
        operationId: 'markTicketRead',
        description: 'Marks all comments of the ticket as read, without listing them.',
        params: TicketPath,
        response: { 200: Ref(Ticket) },
      },
    },
    (request, reply) =>
      write(request, reply, async (tx) => {
        await markRead(tx, clientOf(request), request.params.ticket_number);
        return findTicket(tx, clientOf(request), request.params.ticket_number);
      }),
  );
}
