import { sql } from '#platform/sql.ts';
import type { Database } from './database.ts';

const FLUSH_INTERVAL_MS = 15_000;

/** Records when rows of a table were last used, to the minute. Batched into one statement, outside of requests. */
export function trackLastUse(
  database: Database,
  table: 'tokens' | 'staff_sessions',
  key: 'token_id' | 'session_id',
) {
  const used = new Set<number>();

  async function flush() {
    if (used.size === 0) return;
    const ids = [...used];
    used.clear();
    await sql`
      update ${sql.id(table)}
      set last_used_at = now()
      where ${sql.id(key)} = any(${ids})
        and (last_used_at is null or last_used_at < now() - interval '1 minute')
    `
      .execute(database.db)
      .catch(() => {}); // the next use records it
  }

  const timer = setInterval(flush, FLUSH_INTERVAL_MS);
  timer.unref();
  return {
    note: (id: number) => void used.add(id),
    stop: async () => {
      clearInterval(timer);
      await flush();
    },
  };
}
