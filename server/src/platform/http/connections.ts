/** Every connection ends, whatever its peer does: Node closes a socket for good only when the peer plays along. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { FastifyInstance } from 'fastify';

/** How long a peer may go on sending or reading once it has got its last answer. */
const LINGER_MS = 1000;
/** An answer that is not taken at this rate after its first minute is given up. */
const patience = { graceMs: 60_000, leastBytesPerMs: 4, lookEveryMs: 5000 };

export interface Connections {
  count(): number;
  /** How many were closed at once because there were too many. */
  refused(): number;
}

interface Answering {
  response: ServerResponse;
  /** Since when it is being sent, and what the socket had sent before. */
  since: number | undefined;
  bytesBefore: number;
}

const answering = new WeakMap<Socket, ServerResponse>();

/** Whether part of an answer is on its way: anything else written to the socket would end up in the middle of it. */
export const isResponding = (socket: Socket) => answering.get(socket)?.headersSent ?? false;

/** Writes the last bytes, reads what may still come so that they are not lost in a reset, and closes. */
export function endSocket(socket: Socket, lastBytes: string) {
  socket.end(lastBytes);
  destroyLater(socket, () => true);
}

export function boundConnections(
  app: FastifyInstance,
  max: number,
  { graceMs, leastBytesPerMs, lookEveryMs } = patience,
): Connections {
  const { server } = app;
  let [open, refused] = [0, 0];
  const answers = new Set<Answering>();
  server.maxConnections = max;
  server.on('drop', () => refused++);
  server.on('connection', (socket: Socket) => {
    open++;
    socket.on('close', () => open--);
  });
  server.on('request', (request: IncomingMessage, response: ServerResponse) => {
    const { socket } = request;
    const answer = { response, since: undefined, bytesBefore: socket.bytesWritten };
    answers.add(answer);
    answering.set(socket, response);
    response.on('close', () => answers.delete(answer));
    // The rest of a refused body would be waited for as long as it takes.
    response.on('finish', () => void (request.complete || destroyLater(socket, () => !request.complete)));
  });
  const look = setInterval(() => {
    for (const answer of answers) {
      const { ms, bytes } = progress(answer);
      if (ms > graceMs + bytes / leastBytesPerMs) answer.response.destroy();
    }
  }, lookEveryMs);
  look.unref();
  app.addHook('onClose', async () => clearInterval(look));
  return { count: () => open, refused: () => refused };
}

/** How long an answer has been on its way, and its bytes so far, those that wait to be sent included. */
function progress(answer: Answering) {
  const { socket, headersSent } = answer.response;
  if (!socket || !headersSent || isEventStream(answer.response)) return { ms: 0, bytes: 0 };
  answer.since ??= Date.now();
  return { ms: Date.now() - answer.since, bytes: socket.bytesWritten - answer.bytesBefore };
}

/** A stream has no end, and lets go of its reader by itself. */
const isEventStream = (response: ServerResponse) =>
  String(response.getHeader('content-type')).startsWith('text/event-stream');

function destroyLater(socket: Socket, isStillDue: () => boolean) {
  const timer = setTimeout(() => void (isStillDue() && socket.destroy()), LINGER_MS);
  socket.on('close', () => clearTimeout(timer));
}
