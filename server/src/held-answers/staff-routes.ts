import type { App, Deps } from '../app.ts';
import { staffOf } from '../http/access.ts';
import { expectedVersion } from '../http/etag.ts';
import { Ref } from '../http/schemas.ts';
import { TicketPath } from '../tickets/schema.ts';
import { cancelHeldAnswer, holdAnswer } from './hold.ts';
import { HeldAnswer, HeldAnswerPath, NewHeldAnswer } from './schema.ts';

const tags = ['Staff: tickets'];

export function heldAnswerStaffRoutes(app: App, { write }: Deps) {
  app.post(
    '/staff/tickets/:ticket_number/held-answers',
    {
      config: { access: 'staff', headers: ['If-Match'] },
      schema: {
        tags,
        summary: 'Answer, or leave a note, after a short delay',
        operationId: 'holdAnswer',
        description:
          'It can be cancelled until `send_at`. What cannot be sent by then becomes its author’s draft, and an event `answer.stopped` says why.',
        params: TicketPath,
        body: NewHeldAnswer,
        response: { 200: Ref(HeldAnswer) },
      },
    },
    (request, reply) =>
      write(request, reply, (tx) =>
        holdAnswer(
          tx,
          staffOf(request),
          request.params.ticket_number,
          request.body,
          expectedVersion(request),
        ),
      ),
  );

  app.delete(
    '/staff/held-answers/:held_answer_id',
    {
      config: { access: 'staff', refuses: ['Conflict'] },
      schema: {
        tags,
        summary: 'Take back an answer of one’s own',
        operationId: 'cancelHeldAnswer',
        description: 'Returns what would have been sent; its files can be used again.',
        params: HeldAnswerPath,
        response: { 200: Ref(HeldAnswer) },
      },
    },
    (request, reply) =>
      write(request, reply, (tx) => cancelHeldAnswer(tx, staffOf(request), request.params.held_answer_id)),
  );
}
