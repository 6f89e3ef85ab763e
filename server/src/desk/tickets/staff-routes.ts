import { File } from '#desk/files/schema.ts';
import { StaffComment, StaffCommentPage, StaffCommentQuery } from '#desk/tickets/comments/schema.ts';
import { listComments } from '#desk/tickets/comments/window.ts';
import { staffOf } from '#people/access/access.ts';
import type { App, Deps } from '#platform/http/app.ts';
import { expectedVersion } from '#platform/http/etag.ts';
import { nextLink } from '#platform/http/next-link.ts';
import { Ref } from '#platform/http/schemas.ts';
import { sendItems } from '#platform/http/send-items.ts';
import { serializer } from '#platform/http/serializer.ts';
import { changeTicketAsStaff } from './change.ts';
import { closeTicketAsStaff } from './close.ts';
import { mergeTicket } from './merge.ts';
import { openTicketFor } from './open.ts';
import {
  Merge,
  NewStaffTicket,
  Snooze,
  Split,
  StaffClose,
  StaffTicket,
  StaffTicketChange,
  TicketPath,
} from './schema.ts';
import { snoozeTicket } from './snooze.ts';
import { splitTicketAsStaff } from './split.ts';

const tags = ['Staff: tickets'];

export function ticketStaffRoutes(app: App, { database, write }: Deps) {
  const serialize = serializer(StaffComment, { File });

  app.post(
    '/staff/tickets',
    {
      config: { access: 'staff', refuses: ['NotFound'] },
      schema: {
        tags,
        summary: 'Open a ticket for an account',
        operationId: 'openTicketForAccount',
        description: 'Opens a ticket with a comment of support. The ticket then waits for the client.',
        body: NewStaffTicket,
        response: { 200: Ref(StaffTicket) },
      },
    },
    (request, reply) => write(request, reply, (tx) => openTicketFor(tx, staffOf(request), request.body)),
  );

  app.patch(
    '/staff/tickets/:ticket_number',
    {
      config: { access: 'staff', headers: ['If-Match'], refuses: ['Conflict'] },
      schema: {
        tags,
        summary: 'Change summary, topic, type, addresses, access, priority, tags, assignee or external id',
        operationId: 'changeStaffTicket',
        description:
          'Fields that are left out do not change. Clients do not see priority, tags, assignee and external id.',
        params: TicketPath,
        body: StaffTicketChange,
        response: { 200: Ref(StaffTicket) },
      },
    },
    (request, reply) =>
      write(request, reply, (tx) =>
        changeTicketAsStaff(
          tx,
          staffOf(request),
          request.params.ticket_number,
          request.body,
          expectedVersion(request),
        ),
      ),
  );

  app.get(
    '/staff/tickets/:ticket_number/comments',
    {
      config: { access: 'staff' },
      schema: {
        tags,
        summary: 'Comments and notes of a ticket',
        operationId: 'listStaffComments',
        description:
          'Oldest first, or newest first with `sort=-id`. The `Link` header has the address of the next page.',
        params: TicketPath,
        querystring: StaffCommentQuery,
        response: { 200: StaffCommentPage },
      },
    },
    async (request, reply) => {
      const { ticket_number } = request.params;
      const list = await listComments(database.db, staffOf(request), ticket_number, request.query);
      const { comments, next } = list;
      if (next) reply.header('link', nextLink(request.url, next));
      const has_more = next !== undefined;
      if (Array.isArray(comments)) return { has_more, items: comments };
      return sendItems(request, reply, { batches: comments, serialize, head: { has_more } });
    },
  );

  app.post(
    '/staff/tickets/:ticket_number/close',
    {
      config: { access: 'staff' },
      schema: {
        tags,
        summary: 'Close with a reason',
        operationId: 'closeStaffTicket',
        description: 'Closes the ticket without resolving it. Clients do not see the reason.',
        params: TicketPath,
        body: StaffClose,
        response: { 200: Ref(StaffTicket) },
      },
    },
    (request, reply) =>
      write(request, reply, (tx) =>
        closeTicketAsStaff(tx, staffOf(request), request.params.ticket_number, request.body.reason),
      ),
  );

  app.post(
    '/staff/tickets/:ticket_number/split',
    {
      config: { access: 'staff' },
      schema: {
        tags,
        summary: 'Split comments off into a new ticket',
        operationId: 'splitTicket',
        description:
          'Copies the comments into a new ticket; here they stay listed and are marked as split off. At least one other comment must stay.',
        params: TicketPath,
        body: Split,
        response: { 200: Ref(StaffTicket) },
      },
    },
    (request, reply) =>
      write(request, reply, (tx) =>
        splitTicketAsStaff(tx, staffOf(request), request.params.ticket_number, request.body),
      ),
  );

  app.post(
    '/staff/tickets/:ticket_number/merge',
    {
      config: { access: 'staff' },
      schema: {
        tags,
        summary: 'Merge into another ticket of the account',
        operationId: 'mergeTicket',
        description:
          'Closes this ticket and moves its comments to the other one, where the conversation continues.',
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
    '/staff/tickets/:ticket_number/snooze',
    {
      config: { access: 'staff' },
      schema: {
        tags,
        summary: 'Snooze until a time, or until the client writes',
        operationId: 'snoozeTicket',
        description:
          'The snooze ends sooner if the client writes, or if support replies, resolves or closes the ticket.',
        params: TicketPath,
        body: Snooze,
        response: { 200: Ref(StaffTicket) },
      },
    },
    (request, reply) =>
      write(request, reply, (tx) =>
        snoozeTicket(tx, staffOf(request), request.params.ticket_number, request.body),
      ),
  );
}
