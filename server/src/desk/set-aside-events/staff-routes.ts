import { staffOf } from '#people/access/access.ts';
import type { App, Deps } from '#platform/http/app.ts';
import { Ref } from '#platform/http/schemas.ts';
import { SetAsideEvent, SetAsideEventPage, SetAsideEventPath, SetAsideEventQuery } from './schema.ts';
import { dismissSetAsideEvent, listSetAsideEvents, retrySetAsideEvent } from './set-aside-events.ts';

const tags = ['Staff: events'];

export function setAsideEventStaffRoutes(app: App, { database, write }: Deps) {
  app.get(
    '/staff/set-aside-events',
    {
      config: { access: 'admin' },
      schema: {
        tags,
        summary: 'List events that could not be processed, latest first',
        operationId: 'listSetAsideEvents',
        description:
          'What follows from them, such as a due time or a word in the search of staff, is missing until they are processed.',
        querystring: SetAsideEventQuery,
        response: { 200: SetAsideEventPage },
      },
    },
    (request) => listSetAsideEvents(database.db, request.query),
  );

  app.post(
    '/staff/set-aside-events/:set_aside_event_id/retry',
    {
      config: { access: 'admin' },
      schema: {
        tags,
        summary: 'Process an event again',
        operationId: 'retrySetAsideEvent',
        description: 'The server tries at once. If that succeeds, the event is no longer in the list.',
        params: SetAsideEventPath,
        response: { 200: Ref(SetAsideEvent) },
      },
    },
    (request, reply) =>
      write(request, reply, (tx) =>
        retrySetAsideEvent(tx, staffOf(request), request.params.set_aside_event_id),
      ),
  );

  app.delete(
    '/staff/set-aside-events/:set_aside_event_id',
    {
      config: { access: 'admin' },
      schema: {
        tags,
        summary: 'Dismiss an event',
        operationId: 'dismissSetAsideEvent',
        description: 'Removes the event from the list. It is never processed.',
        params: SetAsideEventPath,
        response: { 200: Ref(SetAsideEvent) },
      },
    },
    (request, reply) =>
      write(request, reply, (tx) =>
        dismissSetAsideEvent(tx, staffOf(request), request.params.set_aside_event_id),
      ),
  );
}
