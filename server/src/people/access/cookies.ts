/**
 * Cookies of signed-in people. The prefix `__Host-` binds a cookie to this host and to TLS (RFC 6265bis): no other
 * host under the same domain can set it. Browsers refuse it over plain HTTP, so an instance that is tried out on the
 * local machine uses the bare name. The bare name is read nowhere else, because a neighbouring host could set it.
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

/** Lax, not Strict: a link to a ticket in a mail must find the reader signed in. */
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
  reply.header('set-cookie', cookie); // appended to other set-cookie headers, does not replace them
}

export function clearCookie(request: FastifyRequest, reply: FastifyReply, name: CookieName) {
  setCookie(request, reply, name, { value: '', maxAgeSeconds: 0 });
}

const wireName = (request: FastifyRequest, name: CookieName) =>
  isLocalRequest(request) ? name : `__Host-${name}`;
