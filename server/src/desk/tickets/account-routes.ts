import { staffOf } from '#people/access/access.ts';
import type { App, Deps } from '#platform/http/app.ts';
import { Ref } from '#platform/http/schemas.ts';
import { moveToAccount } from './change-account.ts';
import { AccountMove, StaffTicket, TicketPath } from './schema.ts';

export function accountMoveRoutes(app: App, { write }: Deps) {
  app.post(
    '/staff/tickets/:ticket_number/move',
    {
      config: { access: 'admin' },
      schema: {
        tags: ['Staff: tickets'],
        summary: 'Move to another account',
        description: 'The ticket keeps its number. To undo a move, move the ticket back.',
        operationId: 'moveTicket',
        params: TicketPath,
        body: AccountMove,
        response: { 200: Ref(StaffTicket) },
      },
    },
    (request, reply) =>
      write(request, reply, (tx) =>
        moveToAccount(tx, staffOf(request), request.params.ticket_number, request.body.account_id),
      ),
  );
}
