/** Those who follow the feed on behalf of the product, each from a stored cursor, one process at a time. */
import { sql } from 'kysely';
import type { Db, Tx } from '#platform/db/database.ts';
import { feedHead } from '#platform/events/cursor.ts';
import type { News } from './news.ts';

const POLL_MS = 5000;

/** Does the work whenever there is news, again while it says that there is more. */
export function follow(
  news: Pick<News, 'onNewEvents'>,
  work: () => Promise<boolean>,
  onError: (error: unknown) => void,
) {
  let stopping = false;
  let again = false;
  let running: Promise<void> | undefined;

  async function run() {
    do {
      again = false;
      while (!stopping && (await work())) {
        // there is more
      }
    } while (again && !stopping);
  }

  const wake = () => {
    again = true;
    if (stopping) return;
    running ??= run()
      .catch(onError)
      .finally(() => {
        running = undefined;
        if (again) wake();
      });
  };
  news.onNewEvents(wake);
  const look = setInterval(wake, POLL_MS); // what another process left when it died
  look.unref();
  wake();
  return {
    stop: async () => {
      stopping = true;
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

/** Keeps all others from following under this name until the commit. */
export async function lockCursor(tx: Tx, name: string) {
  await sql`select from followers where name = ${name} for update`.execute(tx);
}

/** The cursor, locked until the commit; undefined while another process holds it. */
export async function takeCursor(tx: Tx, name: string): Promise<string | undefined> {
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

/** Follows from now on: for what has had no interest in the past. */
export async function skipPastEvents(tx: Tx, name: string) {
  await moveCursor(tx, name, await feedHead(tx));
}
