import type { FastifyReply, FastifyRequest } from 'fastify';
import { viewedFilter } from '#desk/queue/views/views.ts';
import { staffOf } from '#people/access/access.ts';
import type { App, Deps } from '#platform/http/app.ts';
import { nextLink } from '#platform/http/next-link.ts';
import { csv } from '#platform/http/openapi-parts.ts';
import { countQueues } from './counts.ts';
import { ticketsAsCsv } from './csv.ts';
import { countQueue, listQueue } from './queue.ts';
import {
  Count,
  CountQuery,
  ExportQuery,
  QueueCounts,
  QueueListQuery,
  QueuePage,
  type QueueQuery,
} from './schema.ts';

const tags = ['Staff: queue'];

export function queueStaffRoutes(app: App, { database }: Deps) {
  app.get(
    '/staff/tickets',
    {
      config: { access: 'staff', unpublished: ['format'], refuses: ['NotFound'] },
      schema: {
        tags,
        summary: 'Tickets of all accounts',
        operationId: 'listQueue',
        description:
          'Lists the queue. With `view_id`, filters that are not given are taken from the view. `/staff/tickets.csv` returns the same as CSV.',
        querystring: QueueListQuery,
        response: { 200: QueuePage },
      },
    },
    async (request, reply) => {
      const { format, ...query } = request.query;
      const isCsv = format === 'csv' || (format === undefined && wantsCsv(request));
      if (isCsv) return sendCsv(request, reply, query) as never; // text instead of the schema's JSON
      return find(request, query);
    },
  );

  app.get(
    '/staff/tickets.csv',
    {
      config: { access: 'staff', produces: csv, refuses: ['NotFound'] },
      schema: {
        tags,
        summary: 'Tickets of all accounts, as CSV',
        operationId: 'exportQueue',
        description:
          'Has the filters and orders of the list. Returns at most `limit` rows. The `Link` header has the address of the next page (RFC 8288).',
        querystring: ExportQuery,
      },
    },
    (request, reply) => sendCsv(request, reply, request.query),
  );

  app.get(
    '/staff/counts/tickets',
    {
      config: { access: 'staff', refuses: ['NotFound'] },
      schema: {
        tags,
        summary: 'Count the tickets that match a filter',
        operationId: 'countQueue',
        description: 'Has the filters of the list. The count is exact up to 999; 1000 means more.',
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

  app.get(
    '/staff/counts/queues',
    {
      config: { access: 'staff' },
      schema: {
        tags,
        summary: 'Count the tickets of your queues and of each topic',
        operationId: 'countQueues',
        description: 'Each count is the number of tickets that the list returns with the named filter.',
        response: { 200: QueueCounts },
      },
    },
    (request) => countQueues(database.db, staffOf(request)),
  );

  async function find(request: FastifyRequest, query: QueueQuery) {
    const actor = staffOf(request);
    return listQueue(database.db, actor, await viewedFilter(database.db, actor, query));
  }

  async function sendCsv(request: FastifyRequest, reply: FastifyReply, query: QueueQuery) {
    const { items, after } = await find(request, query);
    if (after !== null) reply.header('link', nextLink(request.url, { after }));
    reply.type('text/csv; charset=utf-8');
    reply.header('content-disposition', 'attachment; filename="tickets.csv"');
    return reply.send(ticketsAsCsv(items));
  }
}

const wantsCsv = ({ headers }: FastifyRequest) =>
  headers.accept?.split(',')[0]?.startsWith('text/csv') ?? false;
