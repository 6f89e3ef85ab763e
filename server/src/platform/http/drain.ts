/** The end of the service in order: not ready, then drained, then closed. */
import type { Socket } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import type { FastifyInstance } from 'fastify';
import type { Streams } from '#desk/feed/stream.ts';
import type { Health } from './metrics.ts';

const SEEN_MS = 500;
const LOOK_EVERY_MS = 50;

/** To be made before the server listens. Gives what serves everything in progress to its end, at most `drainMs` long. */
export function createDrain(app: FastifyInstance, health: Health, streams: Streams, drainMs: number) {
  const connections = new Set<Socket>();
  app.server.on('connection', (socket) => {
    connections.add(socket);
    socket.on('close', () => connections.delete(socket));
  });

  return async () => {
    health.isAccepting = false;
    streams.closeAll();
    app.server.prependListener('request', (_request, response) => response.setHeader('connection', 'close'));
    // Whoever balances the load must see the state before the door closes.
    await wait(Math.min(SEEN_MS, drainMs));
    // Node waits for connections that nothing was asked on yet, which browsers open in advance, and keeps one whose
    // request ends behind the closed door for its keepAliveTimeout.
    for (const socket of connections) if (socket.bytesRead === 0) socket.destroy();
    const idle = setInterval(() => app.server.closeIdleConnections(), LOOK_EVERY_MS);
    const forced = setTimeout(() => app.server.closeAllConnections(), drainMs);
    await app.close();
    clearInterval(idle);
    clearTimeout(forced);
  };
}
