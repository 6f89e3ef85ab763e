import DataLoader from 'dataloader';
import type { Db } from './database.ts';

const MAX_BATCH = 64;

/**
 * Makes of `loadMany` (one value per key, in the order of the keys) a look-up of one key that shares a statement with
 * the other look-ups of the same event-loop turn. Inside a transaction a look-up goes alone, on its connection.
 */
export function coalesced<K, V>(
  loadMany: (db: Db, keys: K[]) => Promise<V[]>,
): (db: Db, key: K) => Promise<V> {
  const loaders = new WeakMap<Db, DataLoader<K, V>>();

  function loaderOf(db: Db): DataLoader<K, V> {
    const known = loaders.get(db);
    if (known) return known;
    const loader = new DataLoader<K, V>((keys) => loadMany(db, [...keys]), {
      cache: false, // each look-up reads anew
      maxBatchSize: MAX_BATCH,
      // DataLoader's own time, the end of the tick, comes between two requests that arrive together.
      batchScheduleFn: setImmediate,
    });
    loaders.set(db, loader);
    return loader;
  }

  return async (db, key) => {
    if (!db.isTransaction) return loaderOf(db).load(key);
    const [value] = await loadMany(db, [key]);
    return value as V; // one value per key, by contract
  };
}
