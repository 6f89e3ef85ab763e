/**
 * Where the `sql` templates run. Statements of a connection are pipelined: those that are executed together, as by
 * Promise.all, travel together, and PostgreSQL carries them out in that order.
 */
import type { Socket } from 'node:net';
import type pg from 'pg';
import { ApiError, unavailable } from '#errors.ts';
import type { Db, Result, Sql } from '#platform/sql.ts';
import { asConnectionLost } from './connection-lost.ts';

/** An open transaction. Functions that write take a Tx; functions that only read take a Db (a Tx is one). */
export interface Tx extends Db {
  readonly isTransaction: true;
  /** In a shared transaction: whether this member has sent anything but a select. */
  hasWritten: boolean;
}

/** Runs statements on the connections of the pool. */
export function createExecutor(pool: pg.Pool) {
  const send = sender();
  const db: Db = {
    isTransaction: false,
    get together() {
      return db;
    },
    async run(statement) {
      const client = await connect(pool);
      try {
        return await send(client, statement);
      } finally {
        client.release();
      }
    },
  };
  return { db, transaction };

  /** Runs `work` in one transaction, which is rolled back if it throws. */
  async function transaction<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
    const client = await connect(pool);
    let hasBegun = false;
    let hasEnded = false;
    const tx: Tx = {
      isTransaction: true,
      together: undefined,
      hasWritten: false,
      async run(statement) {
        // Another statement may have the connection by now.
        if (hasEnded) throw new Error('This statement comes after the end of its transaction.');
        if (!hasBegun) begin();
        return await send(client, statement);
      },
    };
    function begin() {
      hasBegun = true;
      flushTogether(client);
      client.query('begin').catch(() => {}); // the first statement reports the same failure
    }
    try {
      const result = await work(tx);
      hasEnded = true;
      if (hasBegun) await commit(client); // without a statement there is nothing to commit
      client.release();
      return result;
    } catch (error) {
      hasEnded = true;
      await client.query('rollback').then(
        () => client.release(),
        (lost: Error) => client.release(lost),
      );
      throw error;
    }
  }
}

/** PostgreSQL answers COMMIT with ROLLBACK when a statement has failed and nobody passed on its error. */
async function commit(client: pg.PoolClient) {
  const { command } = await query(client, { text: 'commit' });
  if (command !== 'COMMIT') throw new Error('The transaction was rolled back because a statement failed.');
}

/**
 * Statements are sent by name, so that PostgreSQL parses each of them once per connection. The number of names is
 * bounded, because filters combine to any number of statement texts.
 */
function sender() {
  const names = new Map<string, string>();
  const nameOf = (text: string) => {
    const known = names.get(text);
    if (known !== undefined || names.size >= 500) return known;
    const name = `s${names.size}`;
    names.set(text, name);
    return name;
  };

  return async <Row>(client: pg.PoolClient, statement: Sql<Row>): Promise<Result<Row>> => {
    const { text, values } = statement.compile();
    const name = isOneStatement(text) ? nameOf(text) : undefined;
    flushTogether(client);
    // Several statements in one text have several results, and nobody reads these.
    const { rows = [], rowCount } = await query<Row>(client, { name, text, values });
    return { rows, rowCount: rowCount ?? 0 };
  };
}

async function query<Row>(
  client: pg.PoolClient,
  statement: pg.QueryConfig,
): Promise<pg.QueryResult<Row & pg.QueryResultRow>> {
  try {
    return await client.query(statement);
  } catch (error) {
    throw asConnectionLost(error);
  }
}

/** Only a single statement can be prepared. Texts with several statements start with `set` or similar. */
const isOneStatement = (text: string) => /^\s*(with|select|insert|update|delete)\b/i.test(text);

/** What is sent until the end of this turn of the event loop leaves in one packet, which wakes PostgreSQL once. */
function flushTogether(client: pg.PoolClient) {
  const { stream } = (client as Connected).connection;
  if (stream.writableCorked > 0) return;
  stream.cork();
  process.nextTick(() => stream.uncork());
}

/** What pg's types leave out. */
type Connected = pg.PoolClient & { connection: { stream: Socket } };

async function connect(pool: pg.Pool): Promise<pg.PoolClient> {
  try {
    return await pool.connect();
  } catch (error) {
    if (error instanceof ApiError) throw error;
    const refusal = unavailable('database_unavailable', 'The database does not respond. Try again shortly.');
    throw Object.assign(refusal, { cause: error });
  }
}
