/**
 * CSRF protection: writes authenticated by a cookie must come from Paneldesk's own pages. Browsers send the origin in
 * Sec-Fetch-Site, older ones in Origin. A request with neither is not from a browser, so no page can have caused it.
 */
import type { FastifyRequest } from 'fastify';
import { crossSite } from '#errors.ts';
import { secureOrigin } from '#platform/http/public-url.ts';

/**
 * Throws a 403. Other hosts of the same site are refused, too: hosting companies give customers names under their own
 * domain.
 */
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
