/**
 * The edge of everything that writes: one transaction around the verb, with the account's limit and the
 * Idempotency-Key (draft-ietf-httpapi-idempotency-key-header-07) taken in the same transaction.
 */
import { createHash } from 'node:crypto';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { sql } from 'kysely';
import { conflict, invalid, keyReused } from '#errors.ts';
import type { Database, Tx } from '#platform/db/database.ts';
import { canonicalJson } from './canonical-json.ts';
import { etag } from './etag.ts';
import { type Limits, ownerOf, takeFromLimit } from './limits.ts';

/** A body that is not JSON, such as an upload's: what it is recognised by, and what a replay of it has to undo. */
interface OtherBody {
  hash: Buffer;
  onReplay(tx: Tx): Promise<void>;
}

/** Runs the verb and sends what it gives. */
export type Write = <T>(
  request: FastifyRequest,
  reply: FastifyReply,
  verb: (tx: Tx) => Promise<T>,
  body?: OtherBody,
) => Promise<T>;

declare module 'fastify' {
  interface FastifyContextConfig {
    /** The response has a secret: it is not kept, and a retry with the same key is told so. */
    showsSecret?: boolean;
  }
}

interface Response {
  status: number;
  headers: Record<string, string>;
  body: string;
}

/** An Idempotency-Key and what it is for. */
interface Claim {
  account_id: number;
  staff_id: number;
  key: string;
  fingerprint: Buffer;
  /** What a version before canonical JSON kept for the same request: its keys go on working for their 24 hours. */
  asSent: Buffer;
}

export function createWrite(database: Database, limits: Limits): Write {
  return async <T>(
    request: FastifyRequest,
    reply: FastifyReply,
    verb: (tx: Tx) => Promise<T>,
    body?: OtherBody,
  ) => {
    const claim = readClaim(request, body?.hash);
    const response = await database.transact(async (tx) => {
      const earlier = claim && (await findSavedResponse(tx, claim));
      if (earlier) {
        await body?.onReplay(tx);
        return { ...earlier, headers: { ...earlier.headers, 'idempotency-replayed': 'true' } };
      }
      const limitHeaders = await takeLimit(tx, request, limits);
      const fresh = toResponse(await verb(tx), request, reply);
      if (claim)
        await saveResponse(
          tx,
          claim,
          request.routeOptions.config.showsSecret ? { ...fresh, body: '' } : fresh,
        );
      return { ...fresh, headers: { ...fresh.headers, ...limitHeaders } };
    });
    reply
      .code(response.status)
      .headers(response.headers)
      .type('application/json; charset=utf-8')
      .send(response.body);
    return reply as T; // what is sent is a T in JSON: with T the compiler holds the verb to the route's schema
  };
}

function toResponse(result: unknown, { actor }: FastifyRequest, reply: FastifyReply): Response {
  reply.code(200);
  // Serialised here, before the commit: the response that is kept is the response that is sent, byte for byte.
  const body = String(reply.serialize(result));
  return { status: 200, headers: { etag: etag(body, result, actor) }, body };
}

/** A slash at the end of the path is the same request. */
const addressOf = ({ url }: FastifyRequest) => url.replace(/\/(?=\?|$)/, '');

function readClaim(request: FastifyRequest, bodyHash?: Buffer): Claim | undefined {
  const header = request.headers['idempotency-key'];
  const { actor } = request;
  if (header === undefined || request.method !== 'POST' || !actor) return undefined; // nobody has keys of their own
  const key = /^"(.*)"$/.exec(String(header))?.[1] ?? String(header); // the draft quotes it, most clients do not
  if (!/^[\x21-\x7e]{1,255}$/.test(key)) {
    throw invalid('invalid_idempotency_key', 'Idempotency-Key must be 1 to 255 visible ASCII characters.');
  }
  // A person gets back no response of another's: not all people of an account see the same tickets.
  const person = actor.kind === 'client' && actor.userId !== undefined ? `${actor.userId}\n` : '';
  const fingerprint = (body: Buffer | string) =>
    createHash('sha256')
      .update(`${addressOf(request)}\n${person}`)
      .update(body)
      .digest();
  return {
    account_id: actor.kind === 'client' ? actor.accountId : 0,
    staff_id: actor.kind === 'staff' ? actor.staffId : 0,
    key: actor.kind === 'service' ? `${actor.tokenId}/${key}` : key,
    fingerprint: fingerprint(bodyHash ?? canonicalJson(request.body)),
    asSent: fingerprint(bodyHash ?? JSON.stringify(request.body) ?? ''),
  };
}

/**
 * The first response under this key, if there is one. A duplicate in progress is a 409, another request's key a 422. The lock
 * comes in a statement of its own: a statement sees what was committed when it began, so that one which both locks and
 * looks may get the lock of a concurrent duplicate that has just ended, and not see its response.
 */
async function findSavedResponse(tx: Tx, claim: Claim): Promise<Response | undefined> {
  const isMine = await lockKey(tx, claim);
  const kept = await findKept(tx, claim);
  if (!kept && !isMine) throw inProgress();
  if (!kept) return undefined;
  if (!kept.is_same) throw keyReused();
  if (kept.body === '') {
    throw conflict(
      'secret_shown_once',
      'This request was carried out, and its secret shown then. Make a new one.',
    );
  }
  return { status: kept.status, headers: kept.headers, body: kept.body };
}

/** Holds the key until the commit; false when a concurrent duplicate holds it. */
async function lockKey(tx: Tx, { account_id, staff_id, key }: Claim): Promise<boolean> {
  const { rows } = await sql<{ is_mine: boolean }>`
    select pg_try_advisory_xact_lock(hashtextextended(${`${account_id}/${staff_id}/${key}`}, 0)) as is_mine
  `.execute(tx);
  return rows[0]?.is_mine ?? false;
}

async function findKept(tx: Tx, { account_id, staff_id, key, fingerprint, asSent }: Claim) {
  const { rows } = await sql<Response & { is_same: boolean }>`
    select fingerprint in (${fingerprint}, ${asSent}) as is_same, status, headers, body
    from idempotency_keys
    where account_id = ${account_id}
      and staff_id = ${staff_id}
      and key = ${key}
      and created_at > now() - interval '24 hours'
  `.execute(tx);
  return rows[0];
}

const inProgress = () =>
  conflict('request_in_progress', 'A request with this Idempotency-Key is in progress. Retry it shortly.');

/** The primary key has the last word: a concurrent duplicate that committed in between makes this transaction a 409. */
async function saveResponse(tx: Tx, { account_id, staff_id, key, fingerprint }: Claim, response: Response) {
  const { numAffectedRows } = await sql`
    insert into idempotency_keys (account_id, staff_id, key, fingerprint, status, headers, body)
    values (
      ${account_id}, ${staff_id}, ${key}, ${fingerprint},
      ${response.status}, ${JSON.stringify(response.headers)}, ${response.body}
    )
    on conflict (account_id, staff_id, key) do update
    set fingerprint = excluded.fingerprint, status = excluded.status, headers = excluded.headers,
        body = excluded.body, created_at = excluded.created_at
    where idempotency_keys.created_at <= now() - interval '24 hours'
  `.execute(tx);
  if (numAffectedRows === 0n) throw inProgress();
}

async function takeLimit(tx: Tx, { actor, routeOptions }: FastifyRequest, limits: Limits) {
  const kind = routeOptions.config.limit;
  if (!kind || actor?.kind !== 'client') return {};
  return (await takeFromLimit(tx, ownerOf(actor), kind, limits[kind])).headers;
}
