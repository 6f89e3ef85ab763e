/**
 * Other origins whose pages may call the client API with a token (CORS; Fetch standard, 3.2): those in
 * ALLOWED_ORIGINS, under `/support` and `/files`, never with cookies. @fastify/cors knows neither the methods of each
 * path nor refusals that happen before the first hook.
 */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';

const PATHS = /^\/(support|files)(\/|\?|$)/;
const MAX_AGE_SECONDS = 600;

/** The headers that such a page may send and read, besides the ones every page may. */
const requestHeaders = [
  'X-Token',
  'Content-Type',
  'Idempotency-Key',
  'If-Match',
  'If-None-Match',
  'Prefer',
  'Last-Event-ID',
  'Cache-Control',
  'Range',
  'If-Range',
].join(', ');
const responseHeaders = [
  'ETag',
  'RateLimit',
  'RateLimit-Policy',
  'Retry-After',
  'Link',
  'Idempotency-Replayed',
  'X-Request-Id',
  'Content-Disposition',
  'Content-Range',
  'Accept-Ranges',
].join(', ');

declare module 'fastify' {
  interface FastifyInstance {
    allowedOrigins: readonly string[];
  }
}

export function allowOrigins(app: FastifyInstance, origins: readonly string[]) {
  app.decorate('allowedOrigins', origins);
  if (origins.length === 0) return;
  app.addHook('onRequest', async (request, reply) => {
    setCorsHeaders(request, reply);
    const methods = preflightMethods(request);
    if (methods.length === 0) return;
    return reply
      .code(204)
      .headers({
        'access-control-allow-methods': methods.join(', '),
        'access-control-allow-headers': requestHeaders,
        'access-control-max-age': String(MAX_AGE_SECONDS),
      })
      .send();
  });
}

/** Also called for refusals that happen before any hook runs. */
export function setCorsHeaders({ server, headers: { origin }, url }: FastifyRequest, reply: FastifyReply) {
  if (server.allowedOrigins.length === 0 || !PATHS.test(url)) return;
  vary(reply, 'origin');
  if (origin === undefined || !server.allowedOrigins.includes(origin)) return;
  reply.headers({ 'access-control-allow-origin': origin, 'access-control-expose-headers': responseHeaders });
}

/**
 * The methods of the path that a preflight asks about. Empty when it is no preflight, or its origin is not allowed.
 */
function preflightMethods({ server, method, headers, url }: FastifyRequest): string[] {
  const { origin, 'access-control-request-method': wanted } = headers;
  if (method !== 'OPTIONS' || wanted === undefined || !PATHS.test(url)) return [];
  if (!server.allowedOrigins.includes(origin ?? '')) return [];
  return server.methodsOf(url);
}

/** Adds a name to the Vary header. */
export function vary(reply: FastifyReply, name: string) {
  const known = String(reply.getHeader('vary') ?? '');
  const names = known === '' ? [] : known.split(', ');
  if (!names.includes(name)) reply.header('vary', [...names, name].join(', '));
}
