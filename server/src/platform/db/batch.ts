import DataLoader from 'dataloader';
import type { Db, Tx } from './database.ts';

const MAX_BATCH = 64;

/**
 * Turns `loadMany` (one value per key, in the order of the keys) into a look-up of a single key. Look-ups of the same
 * event-loop turn share one statement, unless the transaction is of one request only.
 */
export function batched<K, V, D extends Db = Db>(
  loadMany: (db: D, keys: K[]) => Promise<V[]>,
): (db: D, key: K) => Promise<V> {
  const loaders = new WeakMap<Db, DataLoader<K, V>>();

  function loaderOf(db: D): DataLoader<K, V> {
    const known = loaders.get(db);
    if (known) return known;
    const loader = new DataLoader<K, V>((keys) => loadMany(db, [...keys]), {
      cache: false, // every look-up reads current data
      maxBatchSize: MAX_BATCH,
      batchScheduleFn: atEndOfTurn,
    });
    loaders.set(db, loader);
    return loader;
  }

  return async (db, key) => {
    if (db.together) return loaderOf(db.together as D).load(key); // a transaction for a transaction
    const [value] = await loadMany(db, [key]);
    return value as V; // one value per key, by contract
  };
}

/** The same for writes. */
export function batchedWrite<K, V>(writeMany: (tx: Tx, keys: K[]) => Promise<V[]>) {
  const write = batched<K, V, Tx>(writeMany);
  return (tx: Tx, key: K): Promise<V> => {
    tx.hasWritten = true;
    return write(tx, key);
  };
}

let due: Array<() => void> = [];

/**
 * DataLoader batches until the end of the tick, which is too early for two requests that arrive together. All batches
 * of a turn are sent in one callback, so that those for the same connection leave in one packet.
 */
function atEndOfTurn(send: () => void) {
  if (due.push(send) > 1) return;
  setImmediate(() => {
    const batches = due;
    due = [];
    for (const batch of batches) batch();
  });
}
