import type { FastifyRequest } from 'fastify';
import type { Actor } from '#actor.ts';
import { unauthorized } from '#errors.ts';
import type { Db } from '#platform/db/database.ts';
import { readCookie } from './access/cookies.ts';
import { refuseCrossSite } from './access/cross-site.ts';
import { findSessionClient } from './sso/bearer.ts';
import { findSessionActor } from './staff/sessions/sessions.ts';
import { findTokenActor } from './tokens/bearer.ts';

/**
 * Identifies the caller by the token in X-Token or, without one, by the session cookie; otherwise throws a 401. A
 * browser sends the cookie automatically but a token only on purpose, so a token decides alone, valid or not: people
 * can try tokens in the browser in which they are signed in.
 */
export async function authenticate(db: Db, request: FastifyRequest): Promise<Actor> {
  const session = request.headers['x-token'] === undefined ? readCookie(request, 'paneldesk') : undefined;
  const actor = session === undefined ? await byKey(db, request) : await findSessionActor(db, session);
  if (!actor) throw unauthorized();
  if (session !== undefined) refuseCrossSite(request);
  return actor;
}

async function byKey(db: Db, { headers, ip }: FastifyRequest): Promise<Actor | undefined> {
  const key = headers['x-token'];
  if (typeof key !== 'string') return undefined; // Node joins repeated headers with a comma, which no token contains
  return key.startsWith('pds_') ? findSessionClient(db, key) : findTokenActor(db, key, ip);
}
