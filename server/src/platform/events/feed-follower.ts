/**
 * A follower inside the product: reads the next events of the feed, prepares what to write, and writes it together
 * with its cursor. An event that fails repeatedly is set aside, and the follower continues.
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
  lockRequested,
  recordFailedRetry,
  recordFailure,
} from './set-aside.ts';

interface FollowerWork<Prepared> {
  name: FollowerName;
  /** Events per transaction. */
  batchSize: number;
  /** Whether nothing needs this follower at present. Its cursor then stays, and its lag is 0. */
  isIdle?(db: Db): Promise<boolean>;
  /** Reads and computes outside the transaction, however long it takes. */
  prepare(db: Db, events: FeedEntry[]): Promise<Prepared>;
  /** Writes. The same events may arrive twice, and an event that was set aside arrives late. */
  apply(tx: Tx, prepared: Prepared): Promise<void>;
}

export interface FeedFollower {
  /** Processes the next events unless another process does. Returns whether more are left. */
  (database: Database, report?: (error: unknown) => void): Promise<boolean>;
  followerName: FollowerName;
  /** The age in seconds of the next unprocessed event; 0 when there is none. */
  lagSeconds(db: Db): Promise<number>;
}

export function feedFollower<Prepared>(work: FollowerWork<Prepared>): FeedFollower {
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

async function processNext<P>(database: Database, work: FollowerWork<P>, report: Report): Promise<boolean> {
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
    return fail(database, work, cursor, events[0] as FeedEntry, error, report); // never empty here
  }
}

/** Finds the event that fails. Those before it are processed. */
async function processOneByOne<P>(
  database: Database,
  work: FollowerWork<P>,
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

/** False when another process is processing, or has moved the cursor since it was read. */
async function processBatch<P>(
  database: Database,
  work: FollowerWork<P>,
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

/** Returns whether to continue at once: after the last attempt the event is set aside. */
async function fail<P>(
  database: Database,
  { name }: FollowerWork<P>,
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

/** Retries the events that an admin asked to retry. The cursor does not move. */
async function retryRequested<P>(database: Database, work: FollowerWork<P>, report: Report) {
  for (const event of await listRequested(database.db, work.name)) {
    try {
      const prepared = await work.prepare(database.db, [event]);
      await database.transact(async (tx) => {
        if (!(await lockRequested(tx, work.name, event.cursor))) return;
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
