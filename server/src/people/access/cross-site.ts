/**
 * Writes that a browser signs with a cookie must come from our own pages. Browsers say where a request comes from in
 * Sec-Fetch-Site, older ones in Origin. What sends neither is no browser, and nobody can make it send for them.
 */
import type { FastifyRequest } from 'fastify';
import { crossSite } from '#errors.ts';
import { secureOrigin } from '#platform/http/public-url.ts';

/** Throws a 403. A page of the same site is foreign too: hosts give names under their own domain to customers. */
export function refuseCrossSite(request: FastifyRequest) {
  if (request.method === 'GET' || request.method === 'HEAD') return;
  const { 'sec-fetch-site': site, origin } = request.headers;
  if (site !== undefined) {
    if (site !== 'same-origin' && site !== 'none') throw crossSite();
  } else if (origin !== undefined && !isOwn(origin, request)) {
    throw crossSite();
  }
}

function isOwn(origin: string, request: FastifyRequest): boolean {
  const own = secureOrigin(request);
  return own === undefined ? hostOf(origin) === request.host.toLowerCase() : origin.toLowerCase() === own;
}

const hostOf = (origin: string) => (URL.canParse(origin) ? new URL(origin).host : undefined);
