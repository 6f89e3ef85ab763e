import type { App, Deps } from '../app.ts';
import { staffOf } from '../http/access.ts';
import { viewedFilter } from '../views/views.ts';
import { countQueue, listQueue } from './queue.ts';
import { Count, CountQuery, QueuePage, QueueQuery } from './schema.ts';

const tags = ['Staff: queue'];

export function queueStaffRoutes(app: App, { database }: Deps) {
  app.get(
    '/staff/tickets',
    {
      config: { access: 'staff' },
      schema: {
        tags,
        summary: 'Tickets of all accounts',
        operationId: 'listQueue',
        description: 'Fields that are not given are taken from the view.',
        querystring: QueueQuery,
        response: { 200: QueuePage },
      },
    },
    async (request) => {
      const actor = staffOf(request);
      return listQueue(database.db, actor, await viewedFilter(database.db, actor, request.query));
    },
  );

  app.get(
    '/staff/counts/tickets',
    {
      config: { access: 'staff' },
      schema: {
        tags,
        summary: 'How many tickets fit a filter',
        operationId: 'countQueue',
        description: 'Exact up to 999; 1000 stands for more. Takes the filters of the list.',
        querystring: CountQuery,
        response: { 200: Count },
      },
    },
    async (request) => {
      const actor = staffOf(request);
      const filter = await viewedFilter(database.db, actor, request.query);
      return { count: await countQueue(database.db, actor, filter) };
    },
  );
}
