/** A host that signs for its customers. */
import { randomUUID, type webcrypto } from 'node:crypto';
import { exportJWK, generateKeyPair, type JWK, type JWTPayload, SignJWT } from 'jose';
import type { Caller } from './caller.ts';
import { done } from './tickets.ts';

export type Algorithm = 'EdDSA' | 'ES256' | 'HS256';

export interface Host {
  kid: string;
  algorithm: Algorithm;
  key: webcrypto.CryptoKey | Uint8Array;
  publicJwk: JWK | undefined;
}

export const nowSeconds = () => Math.floor(Date.now() / 1000);

/** A host whose key the instance has. */
export async function newHost(admin: Caller, algorithm: Algorithm, more: object = {}): Promise<Host> {
  const pair = algorithm === 'HS256' ? undefined : await generateKeyPair(algorithm, { extractable: true });
  const publicJwk = pair && (await exportJWK(pair.publicKey));
  const body = { name: 'panel', algorithm, public_jwk: publicJwk, ...more };
  const { kid, secret } = (await done(admin.post('/staff/sso-keys', body))).body;
  return { kid, algorithm, key: pair?.privateKey ?? Buffer.from(secret), publicJwk };
}

/** Valid claims; each call has a new jti. */
export const goodClaims = (): JWTPayload => ({
  sub: 'acme',
  aud: 'paneldesk',
  jti: randomUUID(),
  iat: nowSeconds(),
  exp: nowSeconds() + 60,
  user: { id: '7', name: 'Ivan Sidorov', email: 'ivan@clients.example' },
  locale: 'ru',
});

export const sign = (host: Host, claims: JWTPayload = goodClaims(), header: object = {}): Promise<string> =>
  new SignJWT(claims).setProtectedHeader({ alg: host.algorithm, kid: host.kid, ...header }).sign(host.key);
