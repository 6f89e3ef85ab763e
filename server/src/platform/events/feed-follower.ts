/**
 * A follower of the feed: reads the next events of its types, prepares what to write, and writes it together with its
 * cursor. An event that fails repeatedly is set aside, and the follower continues.
 */
import type { Database, Db, Tx } from '#platform/db/database.ts';
import { isOutage } from '#platform/db/outage.ts';
import { ageOfNext } from './cursor.ts';
import { findCursor, moveCursor, readCursor, tryLockCursor } from './following.ts';
import type { Job } from './jobs.ts';
import { type RecordedEvent, readEvents } from './read.ts';
import {
  countSetAside,
  findRetrying,
  forgetFailures,
  forgetRequested,
  listRequested,
  lockRequested,
  recordFailedRetry,
  recordFailure,
} from './set-aside.ts';
import type { EventType } from './types.ts';

interface Work<T extends EventType, Prepared> {
  /** Names its cursor, its metrics and the events that it has set aside. */
  name: string;
  /** The types of events that it gets. It skips all others. */
  types: readonly T[];
  /** Whether it gets the events that were recorded before its first start. */
  startsAt: 'beginning' | 'now';
  /** Events per transaction, of whatever type. */
  batchSize: number;
  /** The jobs that `apply` enqueues. */
  jobs?: readonly Job[];
  /** Whether nothing needs this follower at present. Its cursor then stays, and its lag is 0. */
  isIdle?(db: Db): Promise<boolean>;
  /** Reads and computes outside the transaction, however long it takes. */
  prepare?(db: Db, events: RecordedEvent<T>[]): Promise<Prepared>;
  /** Writes and enqueues jobs. An event that was set aside arrives late. */
  apply(tx: Tx, events: RecordedEvent<T>[], prepared: Prepared): Promise<void>;
  /** Work that does not follow from an event. Returns whether more is left. */
  also?(database: Database): Promise<boolean>;
}

export interface FeedFollower {
  /** Processes the next events unless another process does. Returns whether more are left. */
  (database: Database, report?: (error: unknown) => void): Promise<boolean>;
  followerName: string;
  jobs: readonly Job[];
  /** The age in seconds of the next unprocessed event; 0 when there is none. */
  lagSeconds(db: Db): Promise<number>;
  countSetAside(db: Db): Promise<number>;
}

export function feedFollower<T extends EventType, Prepared>(work: Work<T, Prepared>): FeedFollower {
  const { name, startsAt, jobs = [] } = work;
  const isIdle = async (db: Db) => (await work.isIdle?.(db)) ?? false;
  const processEvents = async (database: Database, report: Report) => {
    if (await isIdle(database.db)) return false;
    await retryRequested(database, work, report);
    return processNext(database, work, report);
  };
  const follow = async (database: Database, report: Report = () => {}) => {
    const hasMore = await processEvents(database, report);
    return ((await work.also?.(database)) ?? false) || hasMore;
  };
  const lagSeconds = async (db: Db) => {
    const cursor = (await readCursor(db, name)) ?? (startsAt === 'now' ? undefined : '0.0.0');
    return cursor === undefined || (await isIdle(db)) ? 0 : ageOfNext(db, cursor);
  };
  return Object.assign(follow, {
    followerName: name,
    jobs,
    lagSeconds,
    countSetAside: (db: Db) => countSetAside(db, name),
  });
}

type Report = (error: unknown) => void;

interface Batch<T extends EventType> {
  events: RecordedEvent<T>[];
  /** Where the cursor goes when they are processed. */
  end: string;
  hasMore: boolean;
}

async function processNext<T extends EventType, P>(database: Database, work: Work<T, P>, report: Report) {
  const { db } = database;
  const retrying = await findRetrying(db, work.name);
  if (retrying && !retrying.is_due) return false;
  const cursor = await findCursor(db, work.name, work.startsAt);
  const batch = await nextBatch(db, work, cursor, retrying !== undefined);
  if (batch.end === cursor) return false;
  try {
    return (await processBatch(database, work, cursor, batch)) && batch.hasMore;
  } catch (error) {
    const [event, ...others] = batch.events;
    if (!event || (await isOutage(db, error))) throw error;
    if (others.length > 0) return processOneByOne(database, work, cursor, batch.events, report);
    return fail(database, work, cursor, event, error, report);
  }
}

/** A retried event is a batch by itself. */
async function nextBatch<T extends EventType, P>(
  db: Db,
  { batchSize, types }: Work<T, P>,
  cursor: string,
  isRetry: boolean,
): Promise<Batch<T>> {
  const { events, end = cursor, isFull } = await readEvents(db, cursor, batchSize, types);
  const [first] = events;
  if (isRetry && first) return { events: [first], end: first.cursor, hasMore: true };
  return { events, end, hasMore: isFull };
}

/** Finds the event that fails. Those before it are processed. */
async function processOneByOne<T extends EventType, P>(
  database: Database,
  work: Work<T, P>,
  after: string,
  events: RecordedEvent<T>[],
  report: Report,
): Promise<boolean> {
  let cursor = after;
  for (const event of events) {
    try {
      const batch = { events: [event], end: event.cursor, hasMore: true };
      if (!(await processBatch(database, work, cursor, batch))) return false;
    } catch (error) {
      if (await isOutage(database.db, error)) throw error;
      return fail(database, work, cursor, event, error, report);
    }
    cursor = event.cursor;
  }
  return true;
}

/** False when another process is processing, or has moved the cursor since it was read. */
async function processBatch<T extends EventType, P>(
  database: Database,
  work: Work<T, P>,
  cursor: string,
  { events, end }: Batch<T>,
): Promise<boolean> {
  const write = await prepared(database.db, work, events);
  return database.transact(async (tx) => {
    if ((await tryLockCursor(tx, work.name)) !== cursor) return false;
    await write(tx);
    await moveCursor(tx, work.name, end);
    await forgetFailures(tx, work.name);
    return true;
  });
}

/** Prepares the events. Returns the function that writes them. */
async function prepared<T extends EventType, P>(db: Db, work: Work<T, P>, events: RecordedEvent<T>[]) {
  if (events.length === 0) return async () => {};
  const given = (await work.prepare?.(db, events)) as P; // without `prepare`, nothing says what P is, and nobody reads it
  return (tx: Tx) => work.apply(tx, events, given);
}

/** Returns whether to continue at once: after the last attempt the event is set aside. */
async function fail<T extends EventType, P>(
  database: Database,
  { name }: Work<T, P>,
  cursor: string,
  event: RecordedEvent<T>,
  error: unknown,
  report: Report,
): Promise<boolean> {
  const isSetAside = await database.transact(async (tx) => {
    if ((await tryLockCursor(tx, name)) !== cursor) return false;
    const isLast = await recordFailure(tx, name, event, error);
    if (isLast) await moveCursor(tx, name, event.cursor);
    return isLast;
  });
  report(error);
  return isSetAside;
}

/** Retries the events that an admin asked to retry. The cursor does not move. */
async function retryRequested<T extends EventType, P>(database: Database, work: Work<T, P>, report: Report) {
  for (const event of await listRequested<T>(database.db, work.name)) {
    try {
      const write = await prepared(database.db, work, [event]);
      await database.transact(async (tx) => {
        if (!(await lockRequested(tx, work.name, event.cursor))) return;
        await write(tx);
        await forgetRequested(tx, work.name, event.cursor);
      });
    } catch (error) {
      if (await isOutage(database.db, error)) throw error;
      await recordFailedRetry(database.db, work.name, event.cursor, error);
      report(error);
    }
  }
}
