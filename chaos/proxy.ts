/** A TCP proxy that breaks connections. */
import { connect, createServer, type NetConnectOpts, type Socket } from 'node:net';

/**
 * What happens to a request. `pass`: nothing. `cut`: the caller is disconnected when the response arrives, so after
 * the commit. `leave`: disconnected once the request is forwarded, perhaps in the middle of the work. `late`:
 * disconnected at once, and the request is forwarded later, when the caller may have retried.
 */
export type Fault = 'pass' | 'cut' | 'leave' | 'late';

export interface TcpProxy {
  port: number;
  url: string;
  /** While true nothing passes in either direction and no connection is closed: a half-open network. */
  setInactive(silent: boolean): void;
  close(): Promise<void>;
}

const LATE_MS = 30;

/** Listens on a free port. Calls `faultOf` once per burst of bytes from a caller, which is one request. */
export async function startProxy(
  target: NetConnectOpts,
  faultOf: () => Fault = () => 'pass',
): Promise<TcpProxy> {
  const sockets = new Set<Socket>();
  let isInactive = false;
  const server = createServer((caller) => {
    const callee = connect(target);
    for (const socket of [caller, callee]) {
      sockets.add(socket);
      socket.setNoDelay();
      if (isInactive) socket.pause();
      socket.on('close', () => sockets.delete(socket)).on('error', () => socket.destroy());
    }
    callee.on('close', () => caller.destroy());
    join(caller, callee, faultOf);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = address !== null && typeof address === 'object' ? address.port : 0;

  return {
    port,
    url: `http://127.0.0.1:${port}`,
    setInactive(silent) {
      isInactive = silent;
      for (const socket of sockets) silent ? socket.pause() : socket.resume();
    },
    async close() {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function join(caller: Socket, callee: Socket, faultOf: () => Fault) {
  let fault: Fault = 'pass';
  let isAnswered = true;
  caller.on('data', (chunk) => {
    if (isAnswered) fault = faultOf();
    isAnswered = false;
    if (fault === 'late') setTimeout(() => callee.write(chunk), LATE_MS);
    else callee.write(chunk);
    if (fault === 'leave' || fault === 'late') setImmediate(() => caller.destroy());
  });
  callee.on('data', (chunk) => {
    isAnswered = true;
    if (fault === 'cut') caller.destroy();
    if (fault === 'pass') caller.write(chunk);
    else callee.end(); // the caller is gone, and the work is done
  });
  caller.on('close', () => {
    if (fault === 'pass') callee.destroy();
  });
}
