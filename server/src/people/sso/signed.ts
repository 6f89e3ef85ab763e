/** Verifies the tokens that a host signs for its customers (JWT, RFC 7519, with the precautions of RFC 8725). */
import type { ValidateFunction } from 'ajv';
import { decodeProtectedHeader, importJWK, type JWK, jwtVerify } from 'jose';
import { ssoRefused } from '#errors.ts';
import type { Db } from '#platform/db/database.ts';
import { unstorableReason } from '#platform/db/unstorable.ts';
import { createAjv } from '#platform/http/ajv.ts';
import { sql } from '#platform/sql.ts';
import { SsoClaims } from './schema.ts';

export const SKEW_SECONDS = 30;
const MAX_AGE_SECONDS = 300;
let hasShape: ValidateFunction<SsoClaims> | undefined;

/** The claims of a valid token, and the key that signed it. */
export interface VerifiedToken {
  kid: string;
  claims: SsoClaims;
}

/** Checks everything except whether the token was used before. Every failure gives the same refusal. */
export async function verifyToken(db: Db, token: string, audience: string): Promise<VerifiedToken> {
  const kid = kidOf(token);
  const key = kid === undefined ? undefined : await findKey(db, kid);
  const claims = key && (await verify(token, key, audience));
  if (!kid || !claims) throw ssoRefused();
  return { kid, claims };
}

function kidOf(token: string): string | undefined {
  try {
    const { kid } = decodeProtectedHeader(token);
    return typeof kid === 'string' && !unstorableReason(kid) ? kid : undefined;
  } catch {
    return undefined;
  }
}

interface Key {
  algorithm: 'EdDSA' | 'ES256' | 'HS256';
  public_jwk: JWK | null;
  secret: string | null;
  issuer: string | null;
}

async function findKey(db: Db, kid: string): Promise<Key | undefined> {
  const { rows } = await sql<Key>`
    select algorithm, public_jwk, secret, issuer
    from sso_keys
    where kid = ${kid} and disabled_at is null
  `.execute(db);
  return rows[0];
}

/** The algorithm comes from the key. The token's own header must match it. */
async function verify(token: string, key: Key, audience: string): Promise<SsoClaims | undefined> {
  const { algorithm, public_jwk, secret, issuer } = key;
  const verified = await jwtVerify(
    token,
    public_jwk ? await importJWK(public_jwk, algorithm) : Buffer.from(secret ?? ''),
    {
      algorithms: [algorithm],
      audience,
      issuer: issuer ?? undefined,
      clockTolerance: SKEW_SECONDS,
      maxTokenAge: MAX_AGE_SECONDS, // also refuses tokens issued in the future
    },
  ).catch(() => undefined); // throws only for invalid tokens
  const claims: unknown = verified?.payload;
  if (verified?.payload.aud !== audience) return undefined; // a token with several audiences could be passed on by another of them
  hasShape ??= createAjv().compile<SsoClaims>(SsoClaims); // takes a while, and most instances never need it
  return hasShape(claims) && isValid(claims) ? claims : undefined;
}

function isValid({ sub, jti, iat, exp, user }: SsoClaims): boolean {
  const texts = [sub, jti, user.id, user.name, ...(user.projects ?? [])];
  return exp > iat && exp - iat <= MAX_AGE_SECONDS && texts.every((text) => !unstorableReason(text));
}
