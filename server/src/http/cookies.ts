/**
 * The cookies of a person who is signed in. `__Host-` binds one to this very host and to TLS (RFC 6265bis): no
 * neighbour under the same domain can set it. Browsers refuse it over plain HTTP, so a desk that is tried out on the
 * machine itself uses the bare name; nowhere else is that one read, or it could be planted from a neighbour.
 */
import type { FastifyReply, FastifyRequest } from 'fastify';
import { isAskedHere } from './public-url.ts';

type CookieName = 'paneldesk' | 'paneldesk-device' | 'paneldesk-oidc';

export function readCookie(request: FastifyRequest, name: CookieName): string | undefined {
  const wanted = wireName(request, name);
  const pairs = (request.headers.cookie ?? '').split(';').map((pair) => pair.trim());
  return pairs.find((pair) => pair.startsWith(`${wanted}=`))?.slice(wanted.length + 1);
}

/** Lax, not Strict: a link to a ticket in a mail must find its reader signed in. */
export function setCookie(
  request: FastifyRequest,
  reply: FastifyReply,
  name: CookieName,
  { value, maxAgeSeconds }: { value: string; maxAgeSeconds: number },
) {
  const secure = isAskedHere(request) ? '' : '; Secure';
  const limits = `Path=/; HttpOnly; SameSite=Lax; Max-Age=${maxAgeSeconds}${secure}`;
  reply.header('set-cookie', `${wireName(request, name)}=${value}; ${limits}`); // a second one is added, not replaced
}

export function clearCookie(request: FastifyRequest, reply: FastifyReply, name: CookieName) {
  setCookie(request, reply, name, { value: '', maxAgeSeconds: 0 });
}

const wireName = (request: FastifyRequest, name: CookieName) =>
  isAskedHere(request) ? name : `__Host-${name}`;
