/**
 * The cookies of a person who is signed in. `__Host-` binds one to this very host and to TLS (RFC 6265bis): no
 * neighbour under the same domain can set it. Browsers refuse it over plain HTTP, so an instance that is tried out on the
 * machine itself uses the bare name; nowhere else is that one read, or it could be planted from a neighbour.
 *
 * The package `cookie` reads and writes them. Its plugin, @fastify/cookie, would add a hook to every request.
 */
import { parseCookie, stringifySetCookie } from 'cookie';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { isLocalRequest } from '#platform/http/public-url.ts';

type CookieName = 'paneldesk' | 'paneldesk-device' | 'paneldesk-oidc';

export function readCookie(request: FastifyRequest, name: CookieName): string | undefined {
  const { cookie } = request.headers;
  return cookie === undefined ? undefined : parseCookie(cookie)[wireName(request, name)];
}

/** Lax, not Strict: a link to a ticket in a mail must find its reader signed in. */
export function setCookie(
  request: FastifyRequest,
  reply: FastifyReply,
  name: CookieName,
  { value, maxAgeSeconds }: { value: string; maxAgeSeconds: number },
) {
  const cookie = stringifySetCookie({
    name: wireName(request, name),
    value,
    path: '/',
    httpOnly: true,
    sameSite: 'lax',
    maxAge: maxAgeSeconds,
    secure: !isLocalRequest(request),
  });
  reply.header('set-cookie', cookie); // a second one is added, not replaced
}

export function clearCookie(request: FastifyRequest, reply: FastifyReply, name: CookieName) {
  setCookie(request, reply, name, { value: '', maxAgeSeconds: 0 });
}

const wireName = (request: FastifyRequest, name: CookieName) =>
  isLocalRequest(request) ? name : `__Host-${name}`;
