/** Whether the database, rather than what it was asked for, is to blame. */
import { sql } from 'kysely';
import type { Db } from './database.ts';

/** A connection that is lost while the database answers on another was lost to what it was asked for. */
export async function isOutage(db: Db, error: unknown): Promise<boolean> {
  const { code = '', message = '' } = error as { code?: unknown; message?: string }; // whatever was thrown
  if (lostCode.test(String(code)) || lostMessage.test(message)) return !(await answers(db));
  return outageCode.test(String(code)) || outageMessage.test(message);
}

/** What PostgreSQL says when it ends a session, and Node and pg of a connection that is gone. */
const lostCode = /^(08|57P01|25P0[34]|E(CONNRESET|PIPE))/;
const lostMessage = /connection terminated|not queryable/i;

/**
 * Resources, shutdowns, locks that others keep, a server that only reads; and what Node says of a connection that cannot
 * be made. A statement that is cancelled (57014) is not among them: it may take too long each time.
 */
const outageCode =
  /^(53|57P0[2-5]|58|25006|40001|40P01|55P03|database_unavailable$|E(CONN|TIMEDOUT|NOENT|NOTFOUND))/;
const outageMessage = /timeout exceeded when trying to connect|cannot use a pool after calling end/i;

async function answers(db: Db): Promise<boolean> {
  try {
    await sql`select`.execute(db);
    return true;
  } catch {
    return false;
  }
}
