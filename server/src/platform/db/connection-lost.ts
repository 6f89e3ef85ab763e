/**
 * A connection that ended or stopped responding during a statement. pg reports this only by the error's text, without
 * a code.
 */
export class ConnectionLost extends Error {
  override name = 'ConnectionLost';
}

/** Recognises pg's own errors. Errors of PostgreSQL and of the system have codes. */
export function asConnectionLost(error: unknown): unknown {
  const isPlain = error instanceof Error && error.constructor === Error && !('code' in error);
  return isPlain ? new ConnectionLost(error.message, { cause: error }) : error;
}
