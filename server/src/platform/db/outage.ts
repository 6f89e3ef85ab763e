/** Tells an outage of the database from an error that a statement caused. */
import { sql } from '#platform/sql.ts';
import { ConnectionLost } from './connection-lost.ts';
import type { Db } from './database.ts';

/** A connection lost while the database is reachable on another one was lost because of its own statement. */
export async function isOutage(db: Db, error: unknown): Promise<boolean> {
  if (isLost(error)) return !(await isReachable(db));
  return outageCode.test(codeOf(error));
}

/** Whether it may have been an outage. A statement that was cancelled has taken its time already. */
export const mayBeOutage = (error: unknown) =>
  isLost(error) || outageCode.test(codeOf(error)) || codeOf(error) === '57014';

const isLost = (error: unknown) => error instanceof ConnectionLost || lostCode.test(codeOf(error));

const codeOf = (error: unknown) => String((error as { code?: unknown }).code ?? ''); // anything can be thrown

/** Errors of a lost connection: PostgreSQL ending a session, and Node's errors for a closed socket. */
const lostCode = /^(08|57P01|25P0[34]|E(CONNRESET|PIPE))/;

/**
 * Errors of an outage: lack of resources, shutdowns, locks held by others, a read-only server, and the errors of Node and
 * of database.ts for a connection that cannot be opened. A cancelled statement (57014) is not among them: it may time out
 * every time.
 */
const outageCode =
  /^(53|57P0[2-5]|58|25006|40001|40P01|55P03|database_unavailable$|E(CONN|TIMEDOUT|NOENT|NOTFOUND))/;

async function isReachable(db: Db): Promise<boolean> {
  try {
    await sql`select`.execute(db);
    return true;
  } catch {
    return false;
  }
}
