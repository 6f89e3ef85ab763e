/** Graceful shutdown: stop being ready, drain, close. */
import type { Socket } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import type { FastifyInstance } from 'fastify';
import type { Health } from './metrics.ts';

const NOT_READY_MS = 500;
const POLL_MS = 50;

/**
 * Must be called before the server listens. Returns a function that waits for requests in progress, at most `drainMs`.
 */
export function createDrain(app: FastifyInstance, health: Health, endStreams: () => void, drainMs: number) {
  const connections = new Set<Socket>();
  app.server.on('connection', (socket) => {
    connections.add(socket);
    socket.on('close', () => connections.delete(socket));
  });

  return async () => {
    health.isAccepting = false;
    endStreams();
    app.server.prependListener('request', (_request, response) => response.setHeader('connection', 'close'));
    // The load balancer must see that the server is not ready before connections are refused.
    await wait(Math.min(NOT_READY_MS, drainMs));
    // Node waits for connections without a request, which browsers open in advance, and keeps a connection whose
    // request ends after the close for its keepAliveTimeout.
    for (const socket of connections) if (socket.bytesRead === 0) socket.destroy();
    const idle = setInterval(() => app.server.closeIdleConnections(), POLL_MS);
    const forced = setTimeout(() => app.server.closeAllConnections(), drainMs);
    await app.close();
    clearInterval(idle);
    clearTimeout(forced);
  };
}
