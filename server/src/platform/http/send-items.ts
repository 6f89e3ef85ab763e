/** Sends lists that are too long to build in memory: batch by batch, as fast as the client reads. */
import { Readable } from 'node:stream';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { isFresh, notModified } from './etag.ts';

interface Items<T> {
  batches: AsyncGenerator<T[]>;
  /** JSON of one item. */
  serialize(item: T): string;
  /** Fields besides `items`. */
  head?: Record<string, unknown>;
  /** Called after the last item was read, before the response ends. */
  onEnd?(): Promise<void>;
}

/**
 * Sends `{"items": […]}`. Reads the first batch before the headers are sent, so that an unreachable database is a 503.
 * A failure later cuts the connection before the JSON ends, so that nobody mistakes a part for the whole.
 */
export async function sendItems<T>(
  request: FastifyRequest,
  reply: FastifyReply,
  items: Items<T>,
): Promise<never> {
  const tag = reply.getHeader('etag');
  reply.type('application/json; charset=utf-8');
  if (tag !== undefined && isFresh(request, String(tag))) {
    return notModified(request, reply, Number.POSITIVE_INFINITY).send() as never;
  }
  const first = await items.batches.next();
  reply.header('cache-control', 'private, no-cache');
  if (request.method === 'HEAD') {
    await items.batches.return(undefined);
    return reply.send(Readable.from([])) as never;
  }
  return reply.send(Readable.from(textOf(items, first), { objectMode: false })) as never; // JSON of the route's schema
}

async function* textOf<T>(items: Items<T>, first: IteratorResult<T[]>): AsyncGenerator<string> {
  const { batches, serialize, head = {}, onEnd } = items;
  yield `${JSON.stringify({ ...head, items: [] }).slice(0, -2)}`;
  let separator = '';
  for (let next = first; !next.done; next = await batches.next()) {
    if (next.value.length === 0) continue;
    yield separator + next.value.map(serialize).join(',');
    separator = ',';
  }
  await onEnd?.();
  yield ']}';
}
