/** Runs followers of the feed. Each has a stored cursor and runs in one process at a time. */
import { setTimeout as wait } from 'node:timers/promises';
import type { Db, Tx } from '#platform/db/database.ts';
import { feedHead } from '#platform/events/cursor.ts';
import { sql } from '#platform/sql.ts';
import type { News } from './news.ts';

const POLL_MS = 5000;

/**
 * Runs the work whenever there are new events, and again while it returns that more are left. Events that come within
 * `pauseMs` after that wait for its end, and are worked on together.
 */
export function follow(
  news: Pick<News, 'onNewEvents'>,
  work: () => Promise<boolean>,
  onError: (error: unknown) => void,
  pauseMs = 100,
) {
  const stopping = new AbortController();
  let again = false;
  let running: Promise<void> | undefined;

  async function run() {
    do {
      again = false;
      while (!stopping.signal.aborted && (await work())) {
        // more is left
      }
      await wait(pauseMs, undefined, { signal: stopping.signal, ref: false }).catch(() => {});
    } while (again && !stopping.signal.aborted);
  }

  const wake = () => {
    again = true;
    if (stopping.signal.aborted) return;
    running ??= run()
      .catch(onError)
      .finally(() => {
        running = undefined;
        if (again) wake();
      });
  };
  news.onNewEvents(wake);
  const look = setInterval(wake, POLL_MS); // picks up what another process left when it died
  look.unref();
  wake();
  return {
    stop: async () => {
      stopping.abort();
      clearInterval(look);
      await running;
    },
  };
}

/** The cursor of a follower. A new follower gets the one at which it starts. */
export async function findCursor(db: Db, name: string, startsAt: 'beginning' | 'now'): Promise<string> {
  const cursor = await readCursor(db, name);
  if (cursor !== undefined) return cursor;
  const start = startsAt === 'now' ? await feedHead(db) : '0.0.0';
  await sql`insert into followers (name, cursor) values (${name}, ${start}) on conflict do nothing`.execute(
    db,
  );
  return findCursor(db, name, startsAt); // another process may have inserted it first
}

export async function readCursor(db: Db, name: string): Promise<string | undefined> {
  const { rows } = await sql<{ cursor: string }>`select cursor from followers where name = ${name}`.execute(
    db,
  );
  return rows[0]?.cursor;
}

/** Locks the follower's cursor until the commit. */
export async function lockCursor(tx: Tx, name: string) {
  await sql`select from followers where name = ${name} for update`.execute(tx);
}

/** The cursor, locked until the commit; undefined while another process has the lock. */
export async function tryLockCursor(tx: Tx, name: string): Promise<string | undefined> {
  const { rows } = await sql<{ cursor: string }>`
    select cursor
    from followers
    where name = ${name}
    for update skip locked
  `.execute(tx);
  return rows[0]?.cursor;
}

export async function moveCursor(tx: Tx, name: string, cursor: string) {
  await sql`update followers set cursor = ${cursor} where name = ${name}`.execute(tx);
}

/** Moves the cursor to the present, for a follower that does not need the earlier events. */
export async function skipPastEvents(tx: Tx, name: string) {
  await moveCursor(tx, name, await feedHead(tx));
}
