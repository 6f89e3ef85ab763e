import type { FastifyInstance } from 'fastify';

/** Adds the request id to every response. Logs slow and failed requests by route, never with their content. */
export function logSlowAndFailed(app: FastifyInstance, slowMs: number) {
  app.addHook('onRequest', async (request, reply) => {
    reply.header('x-request-id', request.id);
  });
  app.addHook('onResponse', async (request, reply) => {
    const ms = Math.round(reply.elapsedTime);
    if (reply.statusCode < 500 && ms < slowMs) return;
    const { method, routeOptions } = request;
    request.log.warn(
      { method, route: routeOptions.url, status: reply.statusCode, ms },
      'slow or failed request',
    );
  });
}

/** An error without the rows and values that PostgreSQL adds to its details. */
export function errorForLog(error: Error & { code?: string; constraint?: string; cause?: unknown }) {
  const { name, message, code, constraint, stack = '', cause } = error;
  return {
    type: name,
    message,
    code,
    constraint,
    stack,
    cause: cause instanceof Error ? cause.message : cause,
  };
}
