/** Counts the statements that a request sends to the database. */
import { AsyncLocalStorage } from 'node:async_hooks';
import type pg from 'pg';
import type { Database } from '#platform/db/database.ts';

export interface Counted {
  /** Texts in the order of sending, without those that begin and end transactions. */
  statements: string[];
  /** How many transactions were started. */
  transactions: number;
}

const counting = new AsyncLocalStorage<Counted>();
/** Ends of transactions, and the hint that a commit before may still owe to the other processes. */
const unasked = /^(?:commit|rollback)$|pg_notify\('paneldesk_events'/i;

/** Counts the statements of this database per request. Those of other databases are not counted. */
export function countStatements({ pool }: Database) {
  const connect = pool.connect.bind(pool);
  // The form with a callback, which pg's own pool.query uses, is left as it is.
  const watching = async () => watch(await connect());
  pool.connect = ((...args: [] | [callback: () => void]) =>
    args.length === 0 ? watching() : connect(...args)) as typeof pool.connect;
  return async <T>(work: () => Promise<T>): Promise<Counted & { result: T }> => {
    const counted: Counted = { statements: [], transactions: 0 };
    const result = await counting.run(counted, work);
    return { ...counted, statements: [...counted.statements], result };
  };
}

const watched = new WeakSet<pg.PoolClient>();

function watch(client: pg.PoolClient): pg.PoolClient {
  if (watched.has(client)) return client;
  watched.add(client);
  const query = client.query.bind(client) as (...args: unknown[]) => unknown;
  const watching = (...args: unknown[]) => {
    note(args[0]);
    return query(...args);
  };
  client.query = watching as typeof client.query; // each overload takes the statement first
  return client;
}

function note(statement: unknown) {
  const counted = counting.getStore();
  if (!counted) return;
  const text = typeof statement === 'string' ? statement : String((statement as { text?: unknown }).text);
  if (/^begin/i.test(text)) counted.transactions++;
  else if (!unasked.test(text)) counted.statements.push(text.trim());
}
