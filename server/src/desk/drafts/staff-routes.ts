import { TicketPath } from '#desk/tickets/schema.ts';
import { staffOf } from '#people/access/access.ts';
import type { App, Deps } from '#platform/http/app.ts';
import { Ref } from '#platform/http/schemas.ts';
import { discardDraft, saveDraft } from './drafts.ts';
import { Draft, NewDraft } from './schema.ts';

const tags = ['Staff: tickets'];

export function draftStaffRoutes(app: App, { write }: Deps) {
  app.put(
    '/staff/tickets/:ticket_number/draft',
    {
      config: { access: 'staff' },
      schema: {
        tags,
        summary: 'Save your draft',
        operationId: 'saveDraft',
        description:
          'Team members see the draft in the ticket. Sending a reply removes your draft of a reply, and sending a note removes your draft of a note.',
        params: TicketPath,
        body: NewDraft,
        response: { 200: Ref(Draft) },
      },
    },
    (request, reply) =>
      write(request, reply, (tx) =>
        saveDraft(tx, staffOf(request), request.params.ticket_number, request.body),
      ),
  );

  app.delete(
    '/staff/tickets/:ticket_number/draft',
    {
      config: { access: 'staff' },
      schema: {
        tags,
        summary: 'Discard your draft',
        operationId: 'discardDraft',
        description: 'Returns the discarded draft.',
        params: TicketPath,
        response: { 200: Ref(Draft) },
      },
    },
    (request, reply) =>
      write(request, reply, (tx) => discardDraft(tx, staffOf(request), request.params.ticket_number)),
  );
}
