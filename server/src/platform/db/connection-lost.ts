/** A connection that ended, or fell silent, while a statement was in progress: pg says so in words, without a code. */
export class ConnectionLost extends Error {
  override name = 'ConnectionLost';
}

/** What pg threw for a statement. PostgreSQL's own errors, and the system's, have codes. */
export function asConnectionLost(error: unknown): unknown {
  const isPlain = error instanceof Error && error.constructor === Error && !('code' in error);
  return isPlain ? new ConnectionLost(error.message, { cause: error }) : error;
}
