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
        summary: 'Events that could not be processed, the latest first',
        operationId: 'listSetAsideEvents',
        description:
          'What follows them, such as a due time or a word in support’s search, is still to be done.',
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
        description: 'It is tried at once. When it succeeds, the event is no longer in the list.',
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
        summary: 'Give up an event',
        operationId: 'dismissSetAsideEvent',
        description: 'What would have followed from it does not follow.',
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
