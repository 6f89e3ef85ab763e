/** Bounds every connection, whatever its peer does: Node fully closes a socket only when the peer closes it too. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { FastifyInstance } from 'fastify';

/** How long a peer may keep sending or reading after its last response. */
const LINGER_MS = 1000;
/** A response is given up when, after the first minute, it is read more slowly than this. */
const slowReaderLimits = { graceMs: 60_000, minBytesPerMs: 4, checkEveryMs: 5000 };

export interface Connections {
  count(): number;
  /** Connections closed at once because there were too many. */
  refused(): number;
}

interface PendingResponse {
  response: ServerResponse;
  /** When sending began, and what the socket had sent before. */
  since: number | undefined;
  bytesBefore: number;
}

const responses = new WeakMap<Socket, ServerResponse>();

/** Whether part of a response has been sent: anything else written to the socket would end up in the middle of it. */
export const isResponding = (socket: Socket) => responses.get(socket)?.headersSent ?? false;

/** Writes the last bytes, drains the input so that a reset does not discard them, and closes. */
export function endSocket(socket: Socket, lastBytes: string) {
  socket.end(lastBytes);
  destroyLater(socket, () => true);
}

export function boundConnections(
  app: FastifyInstance,
  max: number,
  { graceMs, minBytesPerMs: leastBytesPerMs, checkEveryMs: lookEveryMs } = slowReaderLimits,
): Connections {
  const { server } = app;
  let [open, refused] = [0, 0];
  const pendingResponses = new Set<PendingResponse>();
  server.maxConnections = max;
  server.on('drop', () => refused++);
  server.on('connection', (socket: Socket) => {
    open++;
    socket.on('close', () => open--);
  });
  server.on('request', (request: IncomingMessage, response: ServerResponse) => {
    const { socket } = request;
    const pending = { response, since: undefined, bytesBefore: socket.bytesWritten };
    pendingResponses.add(pending);
    responses.set(socket, response);
    response.on('close', () => pendingResponses.delete(pending));
    // Otherwise the rest of a refused body would be awaited indefinitely.
    response.on('finish', () => void (request.complete || destroyLater(socket, () => !request.complete)));
  });
  const checkTimer = setInterval(() => {
    for (const pending of pendingResponses) {
      const { ms, bytes } = progress(pending);
      if (ms > graceMs + bytes / leastBytesPerMs) pending.response.destroy();
    }
  }, lookEveryMs);
  checkTimer.unref();
  app.addHook('onClose', async () => clearInterval(checkTimer));
  return { count: () => open, refused: () => refused };
}

/** How long the response has been on its way, and its bytes so far, including those still buffered. */
function progress(pending: PendingResponse) {
  const { socket, headersSent } = pending.response;
  if (!socket || !headersSent || isEventStream(pending.response)) return { ms: 0, bytes: 0 };
  pending.since ??= Date.now();
  return { ms: Date.now() - pending.since, bytes: socket.bytesWritten - pending.bytesBefore };
}

/** An event stream has no end, and disconnects slow readers itself. */
const isEventStream = (response: ServerResponse) =>
  String(response.getHeader('content-type')).startsWith('text/event-stream');

function destroyLater(socket: Socket, isStillDue: () => boolean) {
  const timer = setTimeout(() => void (isStillDue() && socket.destroy()), LINGER_MS);
  socket.on('close', () => clearTimeout(timer));
}
