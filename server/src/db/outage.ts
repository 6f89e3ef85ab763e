/** Whether the database, rather than what it was asked for, is to blame. */
export function isOutage(error: unknown): boolean {
  const { code = '', message = '' } = error as { code?: unknown; message?: string }; // whatever was thrown
  return outageCode.test(String(code)) || outageMessage.test(message);
}

/**
 * Connections, resources, shutdowns, locks that others keep, a server that only reads; and what Node says of a connection
 * that cannot be made. A statement that is cancelled (57014) is not among them: it may take too long each time.
 */
const outageCode =
  /^(08|53|57P0[1-5]|58|25006|40001|40P01|55P03|database_unavailable$|E(CONN|PIPE|TIMEDOUT|NOENT|NOTFOUND))/;
const outageMessage =
  /timeout exceeded when trying to connect|cannot use a pool after calling end|connection terminated|not queryable/i;
