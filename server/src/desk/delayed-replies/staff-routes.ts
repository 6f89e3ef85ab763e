import { TicketPath } from '#desk/tickets/schema.ts';
import { staffOf } from '#people/access/access.ts';
import type { App, Deps } from '#platform/http/app.ts';
import { expectedVersion } from '#platform/http/etag.ts';
import { Ref } from '#platform/http/schemas.ts';
import { cancelDelayedReply, delayReply } from './schedule.ts';
import { DelayedReply, DelayedReplyPath, NewDelayedReply } from './schema.ts';

const tags = ['Staff: tickets'];

export function delayedReplyStaffRoutes(app: App, { write }: Deps) {
  app.post(
    '/staff/tickets/:ticket_number/delayed-replies',
    {
      config: { access: 'staff', headers: ['If-Match'] },
      schema: {
        tags,
        summary: 'Write a delayed reply or note',
        operationId: 'delayReply',
        description:
          'Can be cancelled until `send_at`. If it cannot be sent then, it becomes a draft of its author, and the event `delayed_reply.stopped` has the reason.',
        params: TicketPath,
        body: NewDelayedReply,
        response: { 200: Ref(DelayedReply) },
      },
    },
    (request, reply) =>
      write(request, reply, (tx) =>
        delayReply(
          tx,
          staffOf(request),
          request.params.ticket_number,
          request.body,
          expectedVersion(request),
        ),
      ),
  );

  app.delete(
    '/staff/delayed-replies/:delayed_reply_id',
    {
      config: { access: 'staff', refuses: ['Conflict'] },
      schema: {
        tags,
        summary: 'Cancel your delayed reply',
        operationId: 'cancelDelayedReply',
        description: 'Returns the cancelled reply. Its files can be used again.',
        params: DelayedReplyPath,
        response: { 200: Ref(DelayedReply) },
      },
    },
    (request, reply) =>
      write(request, reply, (tx) =>
        cancelDelayedReply(tx, staffOf(request), request.params.delayed_reply_id),
      ),
  );
}
