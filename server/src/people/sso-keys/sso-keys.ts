/** SSO keys, with which hosts sign for their customers: public keys, or secrets shared by both sides. */
import { calculateJwkThumbprint, importJWK, type JWK } from 'jose';
import type { Actor } from '#actor.ts';
import { invalid, notFound } from '#errors.ts';
import { endSessionsBy } from '#people/sso/client-sessions.ts';
import type { Db, Tx } from '#platform/db/database.ts';
import { oneRow } from '#platform/db/one-row.ts';
import { record } from '#platform/events/events.ts';
import { newSecret } from '#platform/secrets.ts';
import { sql } from '#platform/sql.ts';
import type { NewSsoKey, SsoKey, SsoKeyChange } from './schema.ts';

const columns = sql.raw('kid, name, algorithm, public_jwk, issuer, disabled_at, created_at');

export async function listSsoKeys(db: Db): Promise<SsoKey[]> {
  const { rows } = await sql<SsoKey>`
    select ${columns}
    from sso_keys
    order by created_at, kid
  `.execute(db);
  return rows;
}

/**
 * Adds a key. Throws a 409 when its kid is taken. With HS256 the response contains the secret, which is shown only
 * once.
 */
export async function addSsoKey(tx: Tx, actor: Actor, input: NewSsoKey) {
  const { name, algorithm, issuer = null } = input;
  const jwk = await publicJwkOf(input);
  const secret = jwk ? null : `phs_${newSecret()}`;
  const kid = input.kid ?? (jwk ? await calculateJwkThumbprint(jwk) : newSecret().slice(0, 22));
  const result = await sql<SsoKey>`
    insert into sso_keys (kid, name, algorithm, public_jwk, secret, issuer)
    values (${kid}, ${name}, ${algorithm}, ${jwk ? JSON.stringify(jwk) : null}, ${secret}, ${issuer})
    returning ${columns}
  `.execute(tx);
  await record(tx, actor, 'sso_key.added', { data: { kid, name, algorithm, issuer } });
  return { ...oneRow(result), secret };
}

/** Disabling a key ends the sessions it opened. */
export async function changeSsoKey(tx: Tx, actor: Actor, kid: string, change: SsoKeyChange) {
  const before = await lockKey(tx, kid);
  const { name = before.name, issuer = before.issuer, is_enabled = before.disabled_at === null } = change;
  const result = await sql<SsoKey>`
    update sso_keys
    set name = ${name}, issuer = ${issuer},
        disabled_at = ${is_enabled ? sql`null` : sql`coalesce(disabled_at, now())`}
    where kid = ${kid}
    returning ${columns}
  `.execute(tx);
  const after = oneRow(result);
  const sessions_ended = is_enabled ? 0 : await endSessionsBy(tx, { kid });
  const shown = (key: SsoKey) => ({ name: key.name, issuer: key.issuer, disabled_at: key.disabled_at });
  const data = { kid, before: shown(before), after: shown(after), sessions_ended };
  await record(tx, actor, 'sso_key.changed', { data });
  return after;
}

export async function deleteSsoKey(tx: Tx, actor: Actor, kid: string): Promise<SsoKey> {
  const key = await lockKey(tx, kid);
  await sql`delete from sso_keys where kid = ${kid}`.execute(tx);
  const sessions_ended = await endSessionsBy(tx, { kid });
  await record(tx, actor, 'sso_key.deleted', { data: { kid, name: key.name, sessions_ended } });
  return key;
}

/** Locks the key until the commit. */
async function lockKey(tx: Tx, kid: string): Promise<SsoKey> {
  const { rows } = await sql<SsoKey>`
    select ${columns}
    from sso_keys
    where kid = ${kid}
    for update
  `.execute(tx);
  if (!rows[0]) throw notFound('sso key');
  return rows[0];
}

const curves = { EdDSA: ['OKP', 'Ed25519'], ES256: ['EC', 'P-256'] } as const;

/** Only the members that define the key; undefined for HS256. */
async function publicJwkOf({ algorithm, public_jwk: given }: NewSsoKey): Promise<JWK | undefined> {
  if (algorithm === 'HS256') {
    if (given) throw invalidKey('is not for HS256: the server creates the secret');
    return undefined;
  }
  if (!given) throw invalidKey(`is required with ${algorithm}`);
  const [kty, crv] = curves[algorithm];
  if (given.kty !== kty || given.crv !== crv)
    throw invalidKey(`must be of the curve ${crv} for ${algorithm}`);
  const jwk: JWK = algorithm === 'EdDSA' ? { kty, crv, x: given.x } : { kty, crv, x: given.x, y: given.y };
  const key = await importJWK(jwk, algorithm).catch(() => undefined);
  if (!key) throw invalidKey('is not a key');
  return jwk;
}

const invalidKey = (detail: string) =>
  invalid('invalid_sso_key', 'The public key does not fit.', [{ pointer: '/public_jwk', detail }]);
