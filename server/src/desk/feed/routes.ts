import type { Streams } from '#desk/feed/stream.ts';
import { File } from '#desk/files/schema.ts';
import { staffOf } from '#people/access/access.ts';
import type { App, Deps } from '#platform/http/app.ts';
import { eventStream } from '#platform/http/openapi-parts.ts';
import { serializer } from '#platform/http/serializer.ts';
import { readFeed } from './feed.ts';
import { Event, EventQuery, FeedPage, FeedQuery, StaffEvent } from './schema.ts';

/** Per page, as stored: a page of the longest comments has fewer events. */
const PAGE_BYTES = 2 * 1024 * 1024;

const FRAME =
  'id: 1.20481.90017\nevent: ticket.commented\ndata: {"cursor":"1.20481.90017","type":"ticket.commented",…}';

const wantsStream = (accept: string | undefined) => accept?.includes('text/event-stream') ?? false;

export function eventRoutes(app: App, { database, streams }: Deps & { streams: Streams }) {
  const clientEvent = serializer(Event, { UploadedFile: File });
  const staffEvent = serializer(StaffEvent, { UploadedFile: File });

  app.get(
    '/support/events',
    {
      config: {
        access: 'client',
        headers: ['Last-Event-ID'],
        produces: eventStream('TicketEvent'),
      },
      exposeHeadRoute: false,
      schema: {
        tags: ['Events'],
        summary: 'Live events of the account’s tickets',
        operationId: 'streamEvents',
        description: `Server-sent events: \`id\` is the cursor of a TicketEvent, \`event\` its type, \`data\` the TicketEvent as JSON. The stream also has an event without an id, \`incidents\` with an \`incident_id\`, when the known incidents have changed. Continues after \`Last-Event-ID\` or \`after\`. Types may be added.\n\n\`\`\`\n${FRAME}\n\`\`\``,
        querystring: EventQuery,
      },
    },
    (request, reply) => streams.open(request, reply, request.query.after, clientEvent),
  );

  app.get(
    '/staff/events',
    {
      config: { access: 'staff', refuses: ['TooManyRequests'] },
      exposeHeadRoute: false,
      schema: {
        tags: ['Staff: events'],
        summary: 'All events, in commit order',
        operationId: 'readFeed',
        description:
          'A page may have fewer events than `limit`. A page without events is the end of the feed. With `Accept: text/event-stream`, returns the stream of `/staff/events/stream`.',
        querystring: FeedQuery,
        response: { 200: FeedPage },
      },
    },
    async (request, reply) => {
      const { after, limit } = request.query;
      if (wantsStream(request.headers.accept)) return streams.open(request, reply, after, staffEvent);
      const page = { limit, maxBytes: PAGE_BYTES };
      const { events: items } = await readFeed(database.db, staffOf(request), after, page);
      return { items, after: items.at(-1)?.cursor ?? after ?? null };
    },
  );

  app.get(
    '/staff/events/stream',
    {
      config: {
        access: 'staff',
        headers: ['Last-Event-ID'],
        produces: eventStream('StaffEvent', 'Presence'),
      },
      exposeHeadRoute: false,
      schema: {
        tags: ['Staff: events'],
        summary: 'All events, as a live stream',
        operationId: 'streamFeed',
        description: `Server-sent events: \`id\` is the cursor of a StaffEvent, \`event\` its type, \`data\` the StaffEvent as JSON. The stream also has events without an id: \`presence\` with a Presence, and \`notifications\` with your \`staff_id\` when they have changed. Continues after \`Last-Event-ID\` or \`after\`. Types may be added.\n\n\`\`\`\n${FRAME}\n\`\`\``,
        querystring: EventQuery,
      },
    },
    (request, reply) => streams.open(request, reply, request.query.after, staffEvent),
  );
}
