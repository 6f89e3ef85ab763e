/** The edge of everything that writes: one transaction around the verb, its rate limit and its Idempotency-Key. */
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Database, Tx } from '#platform/db/database.ts';
import type { Sharing } from '#platform/db/sharing.ts';
import { etag } from './etag.ts';
import { findSavedResponse, holdKey, readClaim, type SavedResponse, saveResponse } from './idempotency.ts';
import { checkLimit, hasRefused, type Limit, type Limits, ownerOf, takeFromLimit } from './limits.ts';

/** A body that is not JSON, such as an upload: its hash, and what a replay has to undo. */
interface NonJsonBody {
  hash: Buffer;
  onReplay(tx: Tx): Promise<void>;
}

interface WriteOptions {
  body?: NonJsonBody;
  /** The verb is short, and shares a transaction with others of this route that are not about the same things. */
  together?: { about: string[] } | false;
}

/** Runs the verb and sends its result. */
export type Write = <T>(
  request: FastifyRequest,
  reply: FastifyReply,
  verb: (tx: Tx) => Promise<T>,
  options?: WriteOptions,
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
    { body, together }: WriteOptions = {},
  ) => {
    const claim = readClaim(request, body?.hash);
    const limit = limitOf(request, limits);
    const work = async (tx: Tx) => {
      const earlier = claim && (await findSavedResponse(tx, claim));
      if (earlier) {
        await body?.onReplay(tx);
        return { ...earlier, headers: { ...earlier.headers, 'idempotency-replayed': 'true' } };
      }
      if (limit) await checkLimit(tx, limit);
      const fresh = toResponse(await verb(tx), request, reply);
      const { showsSecret } = request.routeOptions.config;
      const [, taken] = await Promise.all([
        claim && saveResponse(tx, { claim, response: showsSecret ? { ...fresh, body: '' } : fresh }),
        limit && takeFromLimit(tx, limit), // last: others of the account wait for its lock
      ]);
      return { ...fresh, headers: { ...fresh.headers, ...taken?.headers } };
    };
    const sharing = together && sharingOf(request, together.about, limit);
    const response = await (sharing
      ? holdKey(claim, () => database.transactTogether(sharing, work))
      : database.transact(work));
    reply
      .code(response.status)
      .headers(response.headers)
      .type('application/json; charset=utf-8')
      .send(response.body);
    return reply as T; // what is sent is a T in JSON: so the compiler checks the verb against the route's schema
  };
}

/** Undefined for a request that is likely to be refused. */
function sharingOf(request: FastifyRequest, about: string[], limit?: Limit): Sharing | undefined {
  const { actor, headers, routeOptions } = request;
  if (actor?.kind !== 'client' || (limit && hasRefused(limit))) return undefined;
  return {
    kind: String(routeOptions.url),
    accountId: actor.accountId,
    about,
    bytes: Number(headers['content-length'] ?? Number.POSITIVE_INFINITY),
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
