/** A token that a host has signed for one of its clients (JWT, RFC 7519, as RFC 8725 would have it used). */
import { decodeProtectedHeader, importJWK, type JWK, jwtVerify } from 'jose';
import { sql } from 'kysely';
import Value from 'typebox/value';
import { ssoRefused } from '#errors.ts';
import type { Db } from '#platform/db/database.ts';
import { unstorableReason } from '#platform/db/unstorable.ts';
import { SsoClaims } from './schema.ts';

export const SKEW_SECONDS = 30;
const MAX_AGE_SECONDS = 300;

/** What a good token says, and the key that it is signed with. */
export interface Signed {
  kid: string;
  claims: SsoClaims;
}

/** Checks all but whether it was used before. Whatever is wrong, the refusal is one and the same. */
export async function readSigned(db: Db, token: string, audience: string): Promise<Signed> {
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

/** The key says which algorithm is meant: what the token says of it must be the same. */
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
      maxTokenAge: MAX_AGE_SECONDS, // also refuses what was issued in the future
    },
  ).catch(() => undefined); // it throws for nothing but what is wrong with the token
  const claims: unknown = verified?.payload;
  if (verified?.payload.aud !== audience) return undefined; // one meant for others too may be sent on by them
  return Value.Check(SsoClaims, claims) && isFit(claims) ? claims : undefined;
}

function isFit({ sub, jti, iat, exp, user }: SsoClaims): boolean {
  const texts = [sub, jti, user.id, user.name, ...(user.projects ?? [])];
  return exp > iat && exp - iat <= MAX_AGE_SECONDS && texts.every((text) => !unstorableReason(text));
}
