/**
 * Follows the feed on behalf of the product: reads the next events, prepares what to write, and writes it together with
 * the cursor. An event that fails again and again is set aside, and the follower goes on.
 */

import type { Database, Db, Tx } from '#platform/db/database.ts';
import { isOutage } from '#platform/db/outage.ts';
import { ageOfNext, type FeedEntry, readEntries } from '#platform/events/cursor.ts';
import { type FollowerName, findCursor, moveCursor, takeCursor } from './following.ts';
import {
  findRetrying,
  forgetFailures,
  forgetRequested,
  listRequested,
  recordFailedRetry,
  recordFailure,
  takeRequested,
} from './set-aside.ts';

interface Work<Prepared> {
  name: FollowerName;
  /** Events that are written in one transaction. */
  batchSize: number;
  /** Whether nobody needs this follower at present: its cursor then stays, and it lags behind nothing. */
  isIdle?(db: Db): Promise<boolean>;
  /** Reads and computes outside of the transaction, however long that takes. */
  prepare(db: Db, events: FeedEntry[]): Promise<Prepared>;
  /** Writes; the same events may come twice, and an event that was set aside comes late. */
  apply(tx: Tx, prepared: Prepared): Promise<void>;
}

export interface FeedFollower {
  /** Processes the next events, unless another process does; returns whether more are left. */
  (database: Database, report?: (error: unknown) => void): Promise<boolean>;
  followerName: FollowerName;
  /** How old the next event is that it has not processed, in seconds; 0 when there is none. */
  lagSeconds(db: Db): Promise<number>;
}

export function feedFollower<Prepared>(work: Work<Prepared>): FeedFollower {
  const isIdle = async (db: Db) => (await work.isIdle?.(db)) ?? false;
  const follow = async (database: Database, report: (error: unknown) => void = () => {}) => {
    if (await isIdle(database.db)) return false;
    await retryRequested(database, work, report);
    return processNext(database, work, report);
  };
  const lagSeconds = async (db: Db) =>
    (await isIdle(db)) ? 0 : ageOfNext(db, await findCursor(db, work.name));
  return Object.assign(follow, { followerName: work.name, lagSeconds });
}

type Report = (error: unknown) => void;

async function processNext<P>(database: Database, work: Work<P>, report: Report): Promise<boolean> {
  const { db } = database;
  const retrying = await findRetrying(db, work.name);
  if (retrying && !retrying.is_due) return false;
  const cursor = await findCursor(db, work.name);
  const events = await readEntries(db, cursor, retrying ? 1 : work.batchSize);
  if (events.length === 0) return false;
  try {
    const isDone = await processBatch(database, work, cursor, events);
    return isDone && (retrying !== undefined || events.length === work.batchSize);
  } catch (error) {
    if (await isOutage(db, error)) throw error;
    if (events.length > 1) return processOneByOne(database, work, cursor, events, report);
    return fail(database, work, cursor, events[0] as FeedEntry, error, report); // there is one
  }
}

/** Finds the one that fails: those before it are processed. */
async function processOneByOne<P>(
  database: Database,
  work: Work<P>,
  after: string,
  events: FeedEntry[],
  report: Report,
): Promise<boolean> {
  let cursor = after;
  for (const event of events) {
    try {
      if (!(await processBatch(database, work, cursor, [event]))) return false;
    } catch (error) {
      if (await isOutage(database.db, error)) throw error;
      return fail(database, work, cursor, event, error, report);
    }
    cursor = event.cursor;
  }
  return true;
}

/** False when another process is at it, or has been since the cursor was read. */
async function processBatch<P>(
  database: Database,
  work: Work<P>,
  cursor: string,
  events: FeedEntry[],
): Promise<boolean> {
  const prepared = await work.prepare(database.db, events);
  const last = events.at(-1)?.cursor ?? cursor;
  return database.transact(async (tx) => {
    if ((await takeCursor(tx, work.name)) !== cursor) return false;
    await work.apply(tx, prepared);
    await moveCursor(tx, work.name, last);
    await forgetFailures(tx, work.name);
    return true;
  });
}

/** Returns whether to go on at once: after the last attempt the event is set aside. */
async function fail<P>(
  database: Database,
  { name }: Work<P>,
  cursor: string,
  event: FeedEntry,
  error: unknown,
  report: Report,
): Promise<boolean> {
  const isSetAside = await database.transact(async (tx) => {
    if ((await takeCursor(tx, name)) !== cursor) return false;
    const isLast = await recordFailure(tx, name, event, error);
    if (isLast) await moveCursor(tx, name, event.cursor);
    return isLast;
  });
  report(error);
  return isSetAside;
}

/** What an admin has asked to be tried again; the cursor stays where it is. */
async function retryRequested<P>(database: Database, work: Work<P>, report: Report) {
  for (const event of await listRequested(database.db, work.name)) {
    try {
      const prepared = await work.prepare(database.db, [event]);
      await database.transact(async (tx) => {
        if (!(await takeRequested(tx, work.name, event.cursor))) return;
        await work.apply(tx, prepared);
        await forgetRequested(tx, work.name, event.cursor);
      });
    } catch (error) {
      if (await isOutage(database.db, error)) throw error;
      await recordFailedRetry(database.db, work.name, event.cursor, error);
      report(error);
    }
  }
}
