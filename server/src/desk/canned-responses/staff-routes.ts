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
        summary: 'List own and shared canned responses',
        operationId: 'listCannedResponses',
        description: 'Returns all canned responses in all their languages.',
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
          'Placeholders such as `{{client_name}}` are filled in when it is used. Only an admin can share a canned response.',
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
        summary: 'Use a canned response for a ticket',
        operationId: 'useCannedResponse',
        description:
          'Returns the text with its placeholders filled in. Nothing is written on the ticket: edit the text and send it as a reply.',
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
        description: 'Fields that are left out do not change.',
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
        description: 'Returns the deleted canned response. Returns 409 if an inactivity rule uses it.',
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
