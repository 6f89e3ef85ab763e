import type { Db } from '#platform/db/database.ts';
import type { SearchQuery } from '#platform/text/search-query.ts';

const MAX_REMEMBERED = 1000;
const REMEMBERED_MS = 600_000;

/** `find` for searches that are repeated: what it finds is assumed for ten minutes. For plans only, never for results. */
export function remembering<T>(find: (db: Db, query: SearchQuery) => Promise<T>): typeof find {
  const remembered = new Map<string, { found: T; until: number }>();
  return async (db, query) => {
    const key = JSON.stringify([query.terms, query.number]);
    const known = remembered.get(key);
    if (known && known.until > Date.now()) return known.found;
    const found = await find(db, query);
    if (remembered.size >= MAX_REMEMBERED) remembered.clear();
    remembered.set(key, { found, until: Date.now() + REMEMBERED_MS });
    return found;
  };
}
