/**
 * Idempotency-Key (draft-ietf-httpapi-idempotency-key-header-07): a retry gets the first response, and nothing is done
 * twice. Key and response are stored in the transaction of the request's own work.
 */
import { createHash } from 'node:crypto';
import type { FastifyRequest } from 'fastify';
import { conflict, invalid, keyReused } from '#errors.ts';
import { dayAgo } from '#platform/day.ts';
import { batched, batchedWrite } from '#platform/db/batch.ts';
import type { Tx } from '#platform/db/database.ts';
import { genericArray } from '#platform/db/generic-array.ts';
import { sql } from '#platform/sql.ts';
import { canonicalJson } from './canonical-json.ts';

export interface SavedResponse {
  status: number;
  headers: Record<string, string>;
  /** JSON; empty when it showed a secret, which is not stored. */
  body: string;
}

/** An Idempotency-Key and the request that it belongs to. */
interface Claim {
  account_id: number;
  staff_id: number;
  key: string;
  fingerprint: Buffer;
}

export function readClaim(request: FastifyRequest, bodyHash?: Buffer): Claim | undefined {
  const header = request.headers['idempotency-key'];
  const { actor } = request;
  if (header === undefined || request.method !== 'POST' || !actor) return undefined; // keys belong to a caller
  const key = /^"(.*)"$/.exec(String(header))?.[1] ?? String(header); // the draft quotes it, most clients do not
  if (!/^[\x21-\x7e]{1,255}$/.test(key)) {
    throw invalid('invalid_idempotency_key', 'Idempotency-Key must be 1 to 255 visible ASCII characters.');
  }
  // Contacts of one account may see different tickets: nobody must get a response made for another.
  const person = actor.kind === 'client' && actor.userId !== undefined ? `${actor.userId}\n` : '';
  const fingerprint = createHash('sha256')
    .update(`${pathOf(request)}\n${person}`)
    .update(bodyHash ?? canonicalJson(request.body))
    .digest();
  return {
    account_id: actor.kind === 'client' ? actor.accountId : 0,
    staff_id: actor.kind === 'staff' ? actor.staffId : 0,
    key: actor.kind === 'service' ? `${actor.tokenId}/${key}` : key,
    fingerprint,
  };
}

/**
 * The first response under this key, if there is one. A concurrent duplicate gets a 409; a key that was used for another
 * request gets a 422. Lock and select are two statements: a statement sees what was committed when it started. One that
 * did both could get the lock of a duplicate that has just ended and still not see its response.
 */
export async function findSavedResponse(tx: Tx, claim: Claim): Promise<SavedResponse | undefined> {
  const [isLocked, saved] = await Promise.all([lockKey(tx, claim), findSaved(tx, claim)]);
  if (!saved && !isLocked) throw inProgress();
  if (!saved) return undefined;
  if (!saved.is_same) throw keyReused();
  if (saved.body === '') {
    throw conflict(
      'secret_shown_once',
      'This request was already carried out, and its secret was shown only once. Issue another one.',
    );
  }
  return { status: saved.status, headers: saved.headers, body: saved.body };
}

/** The names of keys whose requests share transactions. */
const held = new Set<string>();

/**
 * Refuses a concurrent duplicate of a request that may share a transaction: in the transaction that both share, each
 * would get the lock.
 */
export async function holdKey<T>(claim: Claim | undefined, work: () => Promise<T>): Promise<T> {
  if (!claim) return work();
  const name = nameOf(claim);
  if (held.has(name)) throw inProgress();
  held.add(name);
  try {
    return await work();
  } finally {
    held.delete(name);
  }
}

const nameOf = ({ account_id, staff_id, key }: Claim) => `${account_id}/${staff_id}/${key}`;

/** Locks the key until the commit; false when a concurrent duplicate has the lock. */
const lockKey = batched<Claim, boolean, Tx>(async (tx, claims) => {
  const { rows } = await sql<{ is_locked: boolean }>`
    select pg_try_advisory_xact_lock(hashtextextended(name, 0)) as is_locked
    from unnest(${genericArray(claims.map(nameOf), 'text')}) with ordinality as wanted (name, place)
    order by place
  `.execute(tx);
  return rows.map(({ is_locked }) => is_locked);
});

const findSaved = batched<Claim, (SavedResponse & { is_same: boolean | null }) | undefined, Tx>(
  async (tx, claims) => {
    const { rows } = await sql<SavedResponse & { is_same: boolean | null; place: number | null }>`
      select saved.fingerprint = decode(claim.fingerprint, 'hex') as is_same, saved.status, saved.headers, saved.body, place
      from ${table(claims)}
      join idempotency_keys as saved using (account_id, staff_id, key)
      where created_at > ${dayAgo}
    `.execute(tx);
    const byPlace = new Map(rows.map((row) => [row.place, row]));
    return claims.map((_, place) => byPlace.get(place));
  },
);

const inProgress = () =>
  conflict('request_in_progress', 'A request with this Idempotency-Key is in progress. Retry shortly.');

/** A concurrent duplicate that committed in between has the primary key: this transaction then ends with a 409. */
export const saveResponse = batchedWrite<{ claim: Claim; response: SavedResponse }, true>(
  async (tx, saves) => {
    const { rowCount } = await sql`
      insert into idempotency_keys (account_id, staff_id, key, fingerprint, status, headers, body)
      select account_id, staff_id, key, decode(fingerprint, 'hex'), status, headers, body
      from ${table(saves.map(({ claim, response }) => ({ ...claim, ...response })))}
      on conflict (account_id, staff_id, key) do update
      set fingerprint = excluded.fingerprint, status = excluded.status, headers = excluded.headers,
          body = excluded.body, created_at = excluded.created_at
      where idempotency_keys.created_at <= ${dayAgo}
    `.execute(tx);
    if (rowCount < saves.length) throw inProgress();
    return saves.map(() => true);
  },
);

/** SQL for a table `claim`, with the place of each. */
function table(claims: Array<Claim & Partial<SavedResponse>>) {
  const rows = claims.map(({ fingerprint, ...claim }, place) => ({
    ...claim,
    fingerprint: fingerprint.toString('hex'),
    place,
  }));
  return sql`json_to_recordset(${JSON.stringify(rows)}) as claim (
    account_id bigint, staff_id bigint, key text, fingerprint text, status int, headers jsonb, body text, place int
  )`;
}

/** A trailing slash makes no difference. */
const pathOf = ({ url }: FastifyRequest) => url.replace(/\/(?=\?|$)/, '');
