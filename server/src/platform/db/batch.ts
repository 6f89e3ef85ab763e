import DataLoader from 'dataloader';
import type { Db } from './database.ts';

const MAX_BATCH = 64;

/**
 * Turns `loadMany` (one value per key, in the order of the keys) into a look-up of a single key. Look-ups of the same
 * event-loop turn share one statement. Inside a transaction each look-up runs alone, on the transaction's connection.
 */
export function batched<K, V>(loadMany: (db: Db, keys: K[]) => Promise<V[]>): (db: Db, key: K) => Promise<V> {
  const loaders = new WeakMap<Db, DataLoader<K, V>>();

  function loaderOf(db: Db): DataLoader<K, V> {
    const known = loaders.get(db);
    if (known) return known;
    const loader = new DataLoader<K, V>((keys) => loadMany(db, [...keys]), {
      cache: false, // every look-up reads current data
      maxBatchSize: MAX_BATCH,
      // DataLoader batches until the end of the tick, which is too early for two requests that arrive together.
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
