import type { Db } from './database.ts';

interface Waiting<K, V> {
  key: K;
  resolve: (value: V) => void;
  reject: (error: unknown) => void;
}

const MAX_BATCH = 64;

/**
 * Makes of `loadMany` (one value per key, in the order of the keys) a look-up of one key that shares a statement with
 * the other look-ups of the same event-loop turn. Inside a transaction a look-up goes alone, on its connection.
 */
export function coalesced<K, V>(
  loadMany: (db: Db, keys: K[]) => Promise<V[]>,
): (db: Db, key: K) => Promise<V> {
  const queues = new WeakMap<Db, Waiting<K, V>[]>();

  async function flush(db: Db, batch: Waiting<K, V>[]) {
    try {
      const values = await loadMany(
        db,
        batch.map(({ key }) => key),
      );
      for (const [i, { resolve }] of batch.entries()) resolve(values[i] as V); // one value per key, by contract
    } catch (error) {
      for (const { reject } of batch) reject(error);
    }
  }

  return (db, key) =>
    new Promise((resolve, reject) => {
      const waiting = { key, resolve, reject };
      if (db.isTransaction) return void flush(db, [waiting]);
      const queue = queues.get(db);
      if (queue && queue.length < MAX_BATCH) return void queue.push(waiting);
      const batch = [waiting];
      queues.set(db, batch);
      setImmediate(() => {
        if (queues.get(db) === batch) queues.delete(db);
        void flush(db, batch);
      });
    });
}
