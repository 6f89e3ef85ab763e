import type { App, Deps } from '../app.ts';
import { staffOf } from '../http/access.ts';
import { Items, Ref } from '../http/schemas.ts';
import {
  addCannedAnswer,
  changeCannedAnswer,
  deleteCannedAnswer,
  listCannedAnswers,
  useCannedAnswer,
} from './canned.ts';
import {
  CannedAnswer,
  CannedAnswerChange,
  CannedAnswerPath,
  CannedAnswerUse,
  FilledAnswer,
  NewCannedAnswer,
} from './schema.ts';

const tags = ['Staff: canned answers'];

export function cannedStaffRoutes(app: App, { database, write }: Deps) {
  app.get(
    '/staff/canned-answers',
    {
      config: { access: 'staff' },
      schema: {
        tags,
        summary: 'Own and shared ready answers',
        operationId: 'listCannedAnswers',
        description: 'In every language that they have.',
        response: { 200: Items(CannedAnswer) },
      },
    },
    async (request) => ({ items: await listCannedAnswers(database.db, staffOf(request)) }),
  );

  app.post(
    '/staff/canned-answers',
    {
      config: { access: 'staff' },
      schema: {
        tags,
        summary: 'Save a ready answer',
        operationId: 'addCannedAnswer',
        description:
          'Placeholders such as `{{client_name}}` are filled when it is used. Only an admin shares one.',
        body: NewCannedAnswer,
        response: { 200: Ref(CannedAnswer) },
      },
    },
    (request, reply) => write(request, reply, (tx) => addCannedAnswer(tx, staffOf(request), request.body)),
  );

  app.post(
    '/staff/canned-answers/:canned_answer_id/use',
    {
      config: { access: 'staff' },
      schema: {
        tags,
        summary: 'The text of a ready answer for a ticket',
        operationId: 'useCannedAnswer',
        description:
          'Fills the placeholders. Nothing is written on the ticket: the text is to be edited and sent.',
        params: CannedAnswerPath,
        body: CannedAnswerUse,
        response: { 200: FilledAnswer },
      },
    },
    (request, reply) =>
      write(request, reply, (tx) =>
        useCannedAnswer(tx, staffOf(request), request.params.canned_answer_id, request.body.ticket_number),
      ),
  );

  app.patch(
    '/staff/canned-answers/:canned_answer_id',
    {
      config: { access: 'staff', refuses: ['Conflict'] },
      schema: {
        tags,
        summary: 'Change a ready answer',
        operationId: 'changeCannedAnswer',
        description: 'A field that is left out stays as it is.',
        params: CannedAnswerPath,
        body: CannedAnswerChange,
        response: { 200: Ref(CannedAnswer) },
      },
    },
    (request, reply) =>
      write(request, reply, (tx) =>
        changeCannedAnswer(tx, staffOf(request), request.params.canned_answer_id, request.body),
      ),
  );

  app.delete(
    '/staff/canned-answers/:canned_answer_id',
    {
      config: { access: 'staff', refuses: ['Conflict'] },
      schema: {
        tags,
        summary: 'Delete a ready answer',
        operationId: 'deleteCannedAnswer',
        description: 'Returns what was deleted. One that a rule sends is a 409.',
        params: CannedAnswerPath,
        response: { 200: Ref(CannedAnswer) },
      },
    },
    (request, reply) =>
      write(request, reply, (tx) =>
        deleteCannedAnswer(tx, staffOf(request), request.params.canned_answer_id),
      ),
  );
}
