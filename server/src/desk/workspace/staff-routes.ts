import { sendComment } from '#desk/drafts/send.ts';
import { NewStaffComment, StaffComment } from '#desk/tickets/comments/schema.ts';
import { listNewestComments } from '#desk/tickets/comments/window.ts';
import { findTicket } from '#desk/tickets/find.ts';
import { TicketPath } from '#desk/tickets/schema.ts';
import { staffOf } from '#people/access/access.ts';
import { findAccount } from '#people/accounts/accounts.ts';
import type { App, Deps } from '#platform/http/app.ts';
import { expectedVersion } from '#platform/http/etag.ts';
import { Ref } from '#platform/http/schemas.ts';
import { findClientOf } from './client.ts';
import { listHistory } from './history.ts';
import { findInProgress } from './in-progress.ts';
import { StaffTicketWithComments } from './schema.ts';

const tags = ['Staff: tickets'];

export function workspaceStaffRoutes(app: App, { database, write }: Deps) {
  app.get(
    '/staff/tickets/:ticket_number',
    {
      config: { access: 'staff' },
      schema: {
        tags,
        summary: 'Find ticket with comments, account, history, drafts and presence',
        operationId: 'findStaffTicket',
        description: 'Returns everything about the ticket. Does not mark it as read.',
        params: TicketPath,
        response: { 200: Ref(StaffTicketWithComments) },
      },
    },
    async (request) => {
      const { ticket_number } = request.params;
      const actor = staffOf(request);
      const ticket = await findTicket(database.db, actor, ticket_number);
      const [comments, account, client, history, inProgress] = await Promise.all([
        listNewestComments(database.db, actor, ticket_number),
        findAccount(database.db, actor, ticket.account_id),
        findClientOf(database.db, actor, ticket),
        listHistory(database.db, actor, ticket),
        findInProgress(database.db, actor, ticket),
      ]);
      const { activity, author_user } = client;
      return {
        ...ticket,
        ...comments,
        account: { ...account, ...activity },
        author_user,
        history,
        ...inProgress,
      };
    },
  );

  app.post(
    '/staff/tickets/:ticket_number/comments',
    {
      config: { access: 'staff', headers: ['If-Match'] },
      schema: {
        tags,
        summary: 'Write a reply or an internal note',
        operationId: 'addStaffComment',
        description:
          'Writes a reply to the client or, with `internal`, a note for staff. With `last_comment_id`, returns 412 if somebody has written since.',
        params: TicketPath,
        body: NewStaffComment,
        response: { 200: Ref(StaffComment) },
      },
    },
    (request, reply) =>
      write(request, reply, (tx) =>
        sendComment(
          tx,
          staffOf(request),
          request.params.ticket_number,
          request.body,
          expectedVersion(request),
        ),
      ),
  );
}
