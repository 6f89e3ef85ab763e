/** Keys of hosts that sign for their clients: public ones, or secrets that both sides know. */
import { calculateJwkThumbprint, importJWK, type JWK } from 'jose';
import { sql } from 'kysely';
import type { Actor } from '../actor.ts';
import type { Db, Tx } from '../db/database.ts';
import { onlyRow } from '../db/only-row.ts';
import { invalid, notFound } from '../errors.ts';
import { recordDesk } from '../events/events.ts';
import { endSessionsBy } from '../handover/sessions.ts';
import { newSecret } from '../tokens/secrets.ts';
import type { HandoverKey, HandoverKeyChange, NewHandoverKey } from './schema.ts';

const columns = sql.raw('kid, name, algorithm, public_jwk, issuer, disabled_at, created_at');

export async function listHandoverKeys(db: Db): Promise<HandoverKey[]> {
  const { rows } = await sql<HandoverKey>`
    select ${columns}
    from handover_keys
    order by created_at, kid
  `.execute(db);
  return rows;
}

/** Adds a key; a 409 when its kid is taken. With HS256 the answer has the secret: the only time that it is seen. */
export async function addHandoverKey(tx: Tx, actor: Actor, input: NewHandoverKey) {
  const { name, algorithm, issuer = null } = input;
  const jwk = await publicJwkOf(input);
  const secret = jwk ? null : `phs_${newSecret()}`;
  const kid = input.kid ?? (jwk ? await calculateJwkThumbprint(jwk) : newSecret().slice(0, 22));
  const result = await sql<HandoverKey>`
    insert into handover_keys (kid, name, algorithm, public_jwk, secret, issuer)
    values (${kid}, ${name}, ${algorithm}, ${jwk ? JSON.stringify(jwk) : null}, ${secret}, ${issuer})
    returning ${columns}
  `.execute(tx);
  await recordDesk(tx, actor, 'handover_key.added', { kid, name, algorithm, issuer });
  return { ...onlyRow(result), secret };
}

/** A key that is disabled ends the sessions that it opened. */
export async function changeHandoverKey(tx: Tx, actor: Actor, kid: string, change: HandoverKeyChange) {
  const before = await holdKey(tx, kid);
  const { name = before.name, issuer = before.issuer, is_enabled = before.disabled_at === null } = change;
  const result = await sql<HandoverKey>`
    update handover_keys
    set name = ${name}, issuer = ${issuer},
        disabled_at = ${is_enabled ? sql`null` : sql`coalesce(disabled_at, now())`}
    where kid = ${kid}
    returning ${columns}
  `.execute(tx);
  const after = onlyRow(result);
  const sessions_ended = is_enabled ? 0 : await endSessionsBy(tx, { kid });
  const shown = (key: HandoverKey) => ({ name: key.name, issuer: key.issuer, disabled_at: key.disabled_at });
  const data = { kid, before: shown(before), after: shown(after), sessions_ended };
  await recordDesk(tx, actor, 'handover_key.changed', data);
  return after;
}

export async function deleteHandoverKey(tx: Tx, actor: Actor, kid: string): Promise<HandoverKey> {
  const key = await holdKey(tx, kid);
  await sql`delete from handover_keys where kid = ${kid}`.execute(tx);
  const sessions_ended = await endSessionsBy(tx, { kid });
  await recordDesk(tx, actor, 'handover_key.deleted', { kid, name: key.name, sessions_ended });
  return key;
}

/** Held until the commit. */
async function holdKey(tx: Tx, kid: string): Promise<HandoverKey> {
  const { rows } = await sql<HandoverKey>`
    select ${columns}
    from handover_keys
    where kid = ${kid}
    for update
  `.execute(tx);
  if (!rows[0]) throw notFound('handover key');
  return rows[0];
}

const curves = { EdDSA: ['OKP', 'Ed25519'], ES256: ['EC', 'P-256'] } as const;

/** The members that make the key, and no others; undefined for HS256. */
async function publicJwkOf({ algorithm, public_jwk: given }: NewHandoverKey): Promise<JWK | undefined> {
  if (algorithm === 'HS256') {
    if (given) throw notAKey('is not for HS256: the desk makes the secret');
    return undefined;
  }
  if (!given) throw notAKey(`is required with ${algorithm}`);
  const [kty, crv] = curves[algorithm];
  if (given.kty !== kty || given.crv !== crv) throw notAKey(`must be of the curve ${crv} for ${algorithm}`);
  const jwk: JWK = algorithm === 'EdDSA' ? { kty, crv, x: given.x } : { kty, crv, x: given.x, y: given.y };
  const key = await importJWK(jwk, algorithm).catch(() => undefined);
  if (!key) throw notAKey('is not a key');
  return jwk;
}

const notAKey = (detail: string) =>
  invalid('invalid_handover_key', 'The public key does not fit.', [{ pointer: '/public_jwk', detail }]);
