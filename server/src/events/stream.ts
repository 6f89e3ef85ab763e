/** Server-sent events (WHATWG HTML, 9.2): each stream reads the feed from its own cursor, so none misses an event. */
import type { ServerResponse } from 'node:http';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { ClientActor, StaffActor } from '../actor.ts';
import type { Database } from '../db/database.ts';
import { tooMany } from '../errors.ts';
import { listLiveClientSessions } from '../handover/bearer.ts';
import { scopeFor } from '../http/access.ts';
import { listLiveSessionIds } from '../sessions/sessions.ts';
import { isAllowedFrom } from '../tokens/addresses.ts';
import { findLiveTokens, type KeyLimits } from '../tokens/bearer.ts';
import { type FeedEvent, feedHead, placeOf, readFeed } from './feed.ts';
import type { Follower } from './follower.ts';

const CHECK_KEYS_EVERY_MS = 3000;
const PING_EVERY_MS = 15_000;
const RETRY_MS = 2000;
/** What a reader did not take is read again: as little as keeps that cheap, however long the comments are. */
const READ_AT_ONCE = { limit: 50, maxBytes: 256 * 1024 };
const MAX_STREAMS_PER_OWNER = 50;

type Serialize = (event: FeedEvent) => string;

interface Stream {
  actor: ClientActor | StaffActor;
  /** Where its reader asked from, and the scope that it needs of a key. */
  address: string;
  scope: string | undefined;
  response: ServerResponse;
  serialize: Serialize;
  cursor: string;
  /** A read is under way; `again` when there was news meanwhile. */
  reading: boolean;
  again: boolean;
  /** Its reader had not caught up at the last ping, and has not since. */
  stalled: boolean;
}

export interface Streams {
  /** Takes over the reply; from `Last-Event-ID` or `?after=`, else from now on. */
  open(
    request: FastifyRequest,
    reply: FastifyReply,
    after: string | undefined,
    serialize: Serialize,
  ): Promise<void>;
  count(): number;
  /** Ends every stream; browsers come back by themselves, to another process. */
  closeAll(): void;
}

export function createStreams(
  database: Database,
  follower: Follower,
  onError: (error: unknown) => void,
): Streams {
  const streams = new Set<Stream>();
  let closed = false;

  follower.onNews((accounts) => {
    for (const stream of streams) {
      if (stream.actor.kind === 'staff' || accounts.has(stream.actor.accountId)) void pump(stream);
    }
  });
  follower.onPresence((presence) => {
    for (const stream of streams) if (stream.actor.kind === 'staff') whisper(stream, presence);
  });
  const ping = setInterval(() => {
    for (const stream of streams) beat(stream);
  }, PING_EVERY_MS);
  const check = setInterval(() => void endRefused().catch(onError), CHECK_KEYS_EVERY_MS);
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
        const { events, hasMore } = await readFeed(database.db, stream.actor, stream.cursor, READ_AT_ONCE);
        const isAll = await sendEach(stream, events);
        if (!isAll || hasMore) stream.again = true;
      } while (stream.again && isOpen(stream));
    } catch (error) {
      onError(error);
      end(stream); // the reader comes back with its last cursor
    } finally {
      stream.reading = false;
    }
  }

  async function endRefused() {
    if (streams.size === 0) return;
    const asked = [...streams];
    const [tokens, sessions, clients] = await Promise.all([
      findLiveTokens(
        database.db,
        asked.flatMap(({ actor }) => actor.tokenId ?? []),
      ),
      listLiveSessionIds(
        database.db,
        asked.flatMap(({ actor }) => sessionOf(actor) ?? []),
      ),
      listLiveClientSessions(
        database.db,
        asked.flatMap(({ actor }) => clientSessionOf(actor) ?? []),
      ),
    ]);
    for (const stream of asked) {
      const { tokenId } = stream.actor;
      const session = sessionOf(stream.actor);
      const client = clientSessionOf(stream.actor);
      if (tokenId !== null && !opens(tokens.get(tokenId), stream)) end(stream);
      if (session !== null && !sessions.has(session)) end(stream);
      if (client !== null && !clients.has(client.sessionId)) end(stream);
    }
  }

  return {
    async open(request, reply, after, serialize) {
      const { actor } = request;
      if (actor?.kind !== 'client' && actor?.kind !== 'staff')
        throw new Error('A stream needs somebody who reads it.');
      const given = request.headers['last-event-id'] ?? after;
      const cursor = given === undefined || given === '' ? await feedHead(database.db) : String(given);
      placeOf(cursor);
      const own = [...streams].filter((stream) => ownerOf(stream.actor) === ownerOf(actor));
      if (own.length >= MAX_STREAMS_PER_OWNER) {
        throw tooMany(`At most ${MAX_STREAMS_PER_OWNER} streams may be open at once.`, 10, {});
      }
      reply.hijack();
      const response = reply.raw;
      response.writeHead(200, {
        'content-type': 'text/event-stream; charset=utf-8',
        'cache-control': 'no-store',
        connection: 'close', // behind its end nothing else comes: a stopping server need not wait for more
        'x-accel-buffering': 'no', // nginx would hold the events back
        'x-request-id': request.id,
      });
      response.write(`retry: ${RETRY_MS}\nid: ${cursor}\n: connected\n\n`);
      if (closed) return void response.end();
      const stream = {
        actor,
        address: request.ip,
        scope: scopeFor(request, actor),
        response,
        serialize,
        cursor,
        reading: false,
        again: false,
        stalled: false,
      };
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

/** Whether a key would open the same stream now. */
function opens(key: KeyLimits | undefined, { address, scope }: Stream): boolean {
  if (!key || !isAllowedFrom(address, key.allowed_addresses)) return false;
  return scope === undefined || key.scopes === null || key.scopes.includes(scope);
}

/** As many as the reader takes; false when it took less than all. What it did not take is not held, but read again. */
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

/** An event that has no place in the feed, and so no id: a reader that is behind does without it. */
function whisper(stream: Stream, presence: string) {
  if (!isOpen(stream) || stream.response.writableNeedDrain) return;
  stream.response.write(`event: presence\ndata: ${presence}\n\n`);
}

/** Shows a quiet reader that we are there, and lets go of one that has taken nothing since the last time. */
function beat(stream: Stream) {
  if (!isOpen(stream)) return;
  if (!stream.response.writableNeedDrain) stream.response.write(': ping\n\n');
  else if (stream.stalled) end(stream);
  else stream.stalled = true;
}

/** Whoever does not read would not read the end either. */
function end({ response }: Stream) {
  if (response.writableNeedDrain) response.destroy();
  else response.end();
}

const isOpen = ({ response }: Stream) => !response.writableEnded && !response.destroyed;

const drained = (response: ServerResponse) =>
  new Promise<void>((resolve) => {
    const done = () => {
      response.off('drain', done).off('close', done);
      resolve();
    };
    response.on('drain', done).on('close', done);
  });

const sessionOf = (actor: Stream['actor']) => (actor.kind === 'staff' ? actor.sessionId : null);

const ownerOf = (actor: Stream['actor']) =>
  actor.kind === 'client' ? `account ${actor.accountId}` : `staff ${actor.staffId}`;

const clientSessionOf = (actor: Stream['actor']) =>
  actor.kind === 'client' && actor.sessionId !== undefined
    ? { accountId: actor.accountId, sessionId: actor.sessionId }
    : null;
