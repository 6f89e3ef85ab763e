/**
 * Server-sent events (WHATWG HTML, 9.2): each stream reads the feed from its own cursor, so that none misses an event.
 */
import type { ServerResponse } from 'node:http';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { INCIDENTS_CHANNEL } from '#desk/incidents/incidents.ts';
import { NOTIFICATIONS_CHANNEL } from '#desk/notifications/notifications.ts';
import { PRESENCE_CHANNEL } from '#desk/presence/presence.ts';
import { tooMany } from '#errors.ts';
import type { Database } from '#platform/db/database.ts';
import { feedHead, parseCursor } from '#platform/events/cursor.ts';
import type { News } from '#platform/events/news.ts';
import { type FeedEvent, readFeed } from './feed.ts';
import { compareRights, hasSameRights, type Known } from './rights.ts';

/** Of NOTIFY: what streams tell besides the feed. */
export const streamChannels = [PRESENCE_CHANNEL, NOTIFICATIONS_CHANNEL, INCIDENTS_CHANNEL];

const CHECK_RIGHTS_EVERY_MS = 3000;
const PING_EVERY_MS = 15_000;
const RETRY_MS = 2000;
/** What a reader did not take is read again, so this is small enough to be cheap even with long comments. */
const READ_BATCH = { limit: 50, maxBytes: 256 * 1024 };
const MAX_STREAMS_PER_OWNER = 50;

type Serialize = (event: FeedEvent) => string;

interface Stream extends Known {
  response: ServerResponse;
  serialize: Serialize;
  cursor: string;
  /** A read is in progress; `again` when there are new events since it started. */
  reading: boolean;
  again: boolean;
  /** Its reader had not caught up at the last ping, and has not since. */
  stalled: boolean;
  /** Resolves when the last ephemeral event is sent: they are sent in order. */
  ephemeralSent: Promise<void>;
}

export interface Streams {
  /** Takes over the reply. Starts at `Last-Event-ID` or `?after=`, otherwise with the next event. */
  open(
    request: FastifyRequest,
    reply: FastifyReply,
    after: string | undefined,
    serialize: Serialize,
  ): Promise<void>;
  count(): number;
  /** Ends every stream. Browsers reconnect by themselves, to another process. */
  closeAll(): void;
}

export function createStreams(
  database: Database,
  news: Pick<News, 'onNewEvents' | 'onMessage'>,
  onError: (error: unknown) => void,
): Streams {
  const streams = new Set<Stream>();
  let closed = false;

  news.onNewEvents((accounts) => {
    for (const stream of streams) {
      if (stream.actor.kind === 'staff' || accounts.has(stream.actor.accountId)) void pump(stream);
    }
  });
  news.onMessage(PRESENCE_CHANNEL, (presence) => tell('presence', presence, ({ kind }) => kind === 'staff'));
  news.onMessage(NOTIFICATIONS_CHANNEL, (id) =>
    tell(
      'notifications',
      `{"staff_id":${id}}`,
      (actor) => actor.kind === 'staff' && actor.staffId === Number(id),
    ),
  );
  news.onMessage(INCIDENTS_CHANNEL, (id) =>
    tell('incidents', `{"incident_id":${id}}`, ({ kind }) => kind === 'client'),
  );
  const ping = setInterval(() => {
    for (const stream of streams) heartbeat(stream);
  }, PING_EVERY_MS);
  const check = setInterval(() => void endChanged().catch(onError), CHECK_RIGHTS_EVERY_MS);
  ping.unref();
  check.unref();

  async function pump(stream: Stream) {
    if (stream.reading) {
      stream.again = true;
      return;
    }
    stream.reading = true;
    try {
      do {
        stream.again = false;
        const { events, hasMore } = await readFeed(database.db, stream.actor, stream.cursor, READ_BATCH);
        // Checked after the read: no event committed after a right was removed is sent.
        if (events.length > 0 && !(await hasSameRights(database.db, stream))) return end(stream);
        const isAll = await sendEach(stream, events);
        if (!isAll || hasMore) stream.again = true;
      } while (stream.again && isOpen(stream));
    } catch (error) {
      onError(error);
      end(stream); // the reader reconnects with its last cursor
    } finally {
      stream.reading = false;
    }
  }

  function tell(event: string, data: string, concerns: (actor: Stream['actor']) => boolean) {
    for (const stream of streams) {
      if (concerns(stream.actor))
        stream.ephemeralSent = stream.ephemeralSent.then(() => ephemeralEvent(stream, event, data));
    }
  }

  /** An ephemeral event, which is not in the feed and has no id: a reader that is behind does not get it. */
  async function ephemeralEvent(stream: Stream, event: string, data: string) {
    try {
      if (!(await hasSameRights(database.db, stream))) return end(stream);
      if (!isOpen(stream) || stream.response.writableNeedDrain) return;
      stream.response.write(`event: ${event}\ndata: ${data}\n\n`);
    } catch (error) {
      onError(error);
    }
  }

  /** Ends every stream whose rights have changed. The reader reconnects and is authenticated again. */
  async function endChanged() {
    const asked = [...streams];
    const isSame = await compareRights(database.db, asked);
    for (const [i, stream] of asked.entries()) if (!isSame[i]) end(stream);
  }

  /** Pings an idle reader, and drops one that has disconnected or taken nothing since the last ping. */
  function heartbeat(stream: Stream) {
    const { response } = stream;
    const isBehind = response.writableLength > 0;
    if (!isOpen(stream) || (isBehind && stream.stalled)) return end(stream);
    stream.stalled = isBehind;
    if (!isBehind) response.write(': ping\n\n');
  }

  /** A reader that does not read would not read the end either. */
  function end(stream: Stream) {
    streams.delete(stream);
    if (stream.response.writableNeedDrain) stream.response.destroy();
    else stream.response.end();
  }

  return {
    async open(request, reply, after, serialize) {
      const { actor } = request;
      if (actor?.kind !== 'client' && actor?.kind !== 'staff') throw new Error('A stream needs a reader.');
      const given = request.headers['last-event-id'] ?? after;
      const cursor = given === undefined || given === '' ? await feedHead(database.db) : String(given);
      parseCursor(cursor);
      const own = [...streams].filter((stream) => ownerOf(stream.actor) === ownerOf(actor));
      if (own.length >= MAX_STREAMS_PER_OWNER) {
        throw tooMany(`At most ${MAX_STREAMS_PER_OWNER} streams may be open at the same time.`, 10, {});
      }
      reply.hijack();
      const response = reply.raw;
      // A reader that disconnected during authentication emits no more events.
      if (response.destroyed || response.closed) return;
      sendHeaders(reply, request.id, cursor);
      if (closed) return void response.end();
      const state = {
        cursor,
        reading: false,
        again: false,
        stalled: false,
        ephemeralSent: Promise.resolve(),
      };
      const stream = { actor, address: request.ip, response, serialize, ...state };
      streams.add(stream);
      response.on('close', () => streams.delete(stream)).on('error', () => streams.delete(stream));
      void pump(stream);
    },

    count: () => streams.size,

    closeAll() {
      closed = true;
      clearInterval(ping);
      clearInterval(check);
      for (const stream of streams) end(stream);
    },
  };
}

function sendHeaders(reply: FastifyReply, requestId: string, cursor: string) {
  const headers = {
    ...reply.getHeaders(), // such as the CORS headers
    'content-type': 'text/event-stream; charset=utf-8',
    'cache-control': 'no-store',
    connection: 'close', // nothing follows the stream on this connection, so a stopping server need not wait for it
    'x-accel-buffering': 'no', // otherwise nginx would buffer the events
    'x-request-id': requestId,
  };
  for (const [name, value] of Object.entries(headers))
    if (value !== undefined) reply.raw.setHeader(name, value);
  reply.raw.writeHead(200).write(`retry: ${RETRY_MS}\nid: ${cursor}\n: connected\n\n`);
}

/**
 * Sends as many events as the reader takes. False when it took less than all: the rest is not buffered but read again.
 */
async function sendEach(stream: Stream, events: FeedEvent[]): Promise<boolean> {
  const { response } = stream;
  for (const event of events) {
    if (!isOpen(stream)) return false;
    stream.cursor = event.cursor;
    const frame = `id: ${event.cursor}\nevent: ${event.type}\ndata: ${stream.serialize(event)}\n\n`;
    if (response.write(frame)) continue;
    await drained(response);
    stream.stalled = false;
    return false;
  }
  return true;
}

const isOpen = ({ response }: Stream) => !response.writableEnded && !response.destroyed;

const drained = (response: ServerResponse) =>
  new Promise<void>((resolve) => {
    const done = () => {
      response.off('drain', done).off('close', done);
      resolve();
    };
    response.on('drain', done).on('close', done);
    if (response.destroyed) done();
  });

const ownerOf = (actor: Stream['actor']) =>
  actor.kind === 'client' ? `account ${actor.accountId}` : `staff ${actor.staffId}`;
