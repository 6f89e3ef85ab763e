/** The edge of everything that writes: one transaction around the verb, its rate limit and its Idempotency-Key. */
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Database, Tx } from '#platform/db/database.ts';
import { etag } from './etag.ts';
import { findSavedResponse, readClaim, type SavedResponse, saveResponse } from './idempotency.ts';
import { checkLimit, type Limit, type Limits, ownerOf, takeFromLimit } from './limits.ts';

/** A body that is not JSON, such as an upload: its hash, and what a replay has to undo. */
interface NonJsonBody {
  hash: Buffer;
  onReplay(tx: Tx): Promise<void>;
}

/** Runs the verb and sends its result. */
export type Write = <T>(
  request: FastifyRequest,
  reply: FastifyReply,
  verb: (tx: Tx) => Promise<T>,
  body?: NonJsonBody,
) => Promise<T>;

declare module 'fastify' {
  interface FastifyContextConfig {
    /** The response has a secret: it is not stored, and a retry with the same key gets a 409 that says so. */
    showsSecret?: boolean;
  }
}

export function createWrite(database: Database, limits: Limits): Write {
  return async <T>(
    request: FastifyRequest,
    reply: FastifyReply,
    verb: (tx: Tx) => Promise<T>,
    body?: NonJsonBody,
  ) => {
    const claim = readClaim(request, body?.hash);
    const limit = limitOf(request, limits);
    const response = await database.transact(async (tx) => {
      const earlier = claim && (await findSavedResponse(tx, claim));
      if (earlier) {
        await body?.onReplay(tx);
        return { ...earlier, headers: { ...earlier.headers, 'idempotency-replayed': 'true' } };
      }
      if (limit) await checkLimit(tx, limit);
      const fresh = toResponse(await verb(tx), request, reply);
      const { showsSecret } = request.routeOptions.config;
      const [, taken] = await Promise.all([
        claim && saveResponse(tx, claim, showsSecret ? { ...fresh, body: '' } : fresh),
        limit && takeFromLimit(tx, limit), // last: others of the account wait for its lock
      ]);
      return { ...fresh, headers: { ...fresh.headers, ...taken?.headers } };
    });
    reply
      .code(response.status)
      .headers(response.headers)
      .type('application/json; charset=utf-8')
      .send(response.body);
    return reply as T; // what is sent is a T in JSON: so the compiler checks the verb against the route's schema
  };
}

function toResponse(result: unknown, { actor }: FastifyRequest, reply: FastifyReply): SavedResponse {
  reply.code(200);
  // Serialised before the commit: what is stored is what is sent, byte for byte.
  const body = String(reply.serialize(result));
  return { status: 200, headers: { etag: etag(body, result, actor) }, body };
}

function limitOf({ actor, routeOptions }: FastifyRequest, limits: Limits): Limit | undefined {
  const kind = routeOptions.config.limit;
  if (!kind || actor?.kind !== 'client') return undefined;
  return { owner: ownerOf(actor), kind, max: limits[kind] };
}
