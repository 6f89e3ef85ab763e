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

export type FollowerName = 'staff_search' | 'sla' | 'assignment';

export async function findCursor(db: Db, name: FollowerName): Promise<string> {
  const { rows } = await sql<{ cursor: string }>`select cursor from followers where name = ${name}`.execute(
    db,
  );
  return rows[0]?.cursor ?? '0.0.0';
}

/** Keeps all others from following under this name until the commit. */
export async function lockCursor(tx: Tx, name: FollowerName) {
  await sql`select from followers where name = ${name} for update`.execute(tx);
}

/** The cursor, locked until the commit; undefined while another process holds it. */
export async function takeCursor(tx: Tx, name: FollowerName): Promise<string | undefined> {
  const { rows } = await sql<{ cursor: string }>`
    select cursor
    from followers
    where name = ${name}
    for update skip locked
  `.execute(tx);
  return rows[0]?.cursor;
}

export async function moveCursor(tx: Tx, name: FollowerName, cursor: string) {
  await sql`update followers set cursor = ${cursor} where name = ${name}`.execute(tx);
}

/** Follows from now on: for what has had no interest in the past. */
export async function skipPastEvents(tx: Tx, name: FollowerName) {
  await moveCursor(tx, name, await feedHead(tx));
}
