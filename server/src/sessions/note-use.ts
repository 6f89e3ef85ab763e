import { sql } from 'kysely';
import type { Database } from '../db/database.ts';

const EVERY_MS = 15_000;

/** Notes when sessions were last used, to the minute, in one statement for all of them and off the requests' path. */
export function noteSessionUse(database: Database) {
  const used = new Set<number>();

  async function flush() {
    if (used.size === 0) return;
    const ids = [...used];
    used.clear();
    await sql`
      update staff_sessions
      set last_used_at = now()
      where session_id = any(${ids}) and last_used_at < now() - interval '1 minute'
    `
      .execute(database.db)
      .catch(() => {}); // it is noted at the next use
  }

  const timer = setInterval(flush, EVERY_MS);
  timer.unref();
  return {
    note: (sessionId: number) => void used.add(sessionId),
    stop: async () => {
      clearInterval(timer);
      await flush();
    },
  };
}
