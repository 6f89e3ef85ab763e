import { staffOf } from '#people/access/access.ts';
import type { App, Deps } from '#platform/http/app.ts';
import { Items, Ref } from '#platform/http/schemas.ts';
import {
  addCannedResponse,
  changeCannedResponse,
  deleteCannedResponse,
  listCannedResponses,
  useCannedResponse,
} from './canned-responses.ts';
import {
  CannedResponse,
  CannedResponseChange,
  CannedResponsePath,
  CannedResponseUse,
  FilledAnswer,
  NewCannedResponse,
} from './schema.ts';

const tags = ['Staff: canned responses'];

export function cannedStaffRoutes(app: App, { database, write }: Deps) {
  app.get(
    '/staff/canned-responses',
    {
      config: { access: 'staff' },
      schema: {
        tags,
        summary: 'Own and shared canned responses',
        operationId: 'listCannedResponses',
        description: 'In every language that they have.',
        response: { 200: Items(CannedResponse) },
      },
    },
    async (request) => ({ items: await listCannedResponses(database.db, staffOf(request)) }),
  );

  app.post(
    '/staff/canned-responses',
    {
      config: { access: 'staff' },
      schema: {
        tags,
        summary: 'Save a canned response',
        operationId: 'addCannedResponse',
        description:
          'Placeholders such as `{{client_name}}` are filled when it is used. Only an admin shares one.',
        body: NewCannedResponse,
        response: { 200: Ref(CannedResponse) },
      },
    },
    (request, reply) => write(request, reply, (tx) => addCannedResponse(tx, staffOf(request), request.body)),
  );

  app.post(
    '/staff/canned-responses/:canned_response_id/use',
    {
      config: { access: 'staff' },
      schema: {
        tags,
        summary: 'The text of a canned response for a ticket',
        operationId: 'useCannedResponse',
        description:
          'Fills the placeholders. Nothing is written on the ticket: the text is to be edited and sent.',
        params: CannedResponsePath,
        body: CannedResponseUse,
        response: { 200: FilledAnswer },
      },
    },
    (request, reply) =>
      write(request, reply, (tx) =>
        useCannedResponse(
          tx,
          staffOf(request),
          request.params.canned_response_id,
          request.body.ticket_number,
        ),
      ),
  );

  app.patch(
    '/staff/canned-responses/:canned_response_id',
    {
      config: { access: 'staff', refuses: ['Conflict'] },
      schema: {
        tags,
        summary: 'Change a canned response',
        operationId: 'changeCannedResponse',
        description: 'A field that is left out stays as it is.',
        params: CannedResponsePath,
        body: CannedResponseChange,
        response: { 200: Ref(CannedResponse) },
      },
    },
    (request, reply) =>
      write(request, reply, (tx) =>
        changeCannedResponse(tx, staffOf(request), request.params.canned_response_id, request.body),
      ),
  );

  app.delete(
    '/staff/canned-responses/:canned_response_id',
    {
      config: { access: 'staff', refuses: ['Conflict'] },
      schema: {
        tags,
        summary: 'Delete a canned response',
        operationId: 'deleteCannedResponse',
        description: 'Returns what was deleted. One that a rule sends is a 409.',
        params: CannedResponsePath,
        response: { 200: Ref(CannedResponse) },
      },
    },
    (request, reply) =>
      write(request, reply, (tx) =>
        deleteCannedResponse(tx, staffOf(request), request.params.canned_response_id),
      ),
  );
}
