/** The connection to PostgreSQL: a pool of pipelined connections, and transactions that retry. */
import pg from 'pg';
import { type Db, sql } from '#platform/sql.ts';
import { createExecutor, type Tx } from './executor.ts';
import { createSharing, type Sharing } from './sharing.ts';

export type { Db, Tx };

export interface Database {
  url: string;
  db: Db;
  pool: pg.Pool;
  /**
   * Runs `work` in one transaction. Repeats it, at most 3 times in all, after a deadlock or a serialization failure.
   */
  transact<T>(work: (tx: Tx) => Promise<T>): Promise<T>;
  /** The same for short work, which shares a transaction with other work of its kind (`sharing.ts`). */
  transactTogether<T>(sharing: Sharing, work: (tx: Tx) => Promise<T>): Promise<T>;
  /** Called after every committed transaction of this process. */
  onCommit(listener: () => void): void;
  close(): Promise<void>;
}

interface DatabaseOptions {
  poolSize?: number;
  statementTimeoutMs?: number;
  connectionTimeoutMs?: number;
  onError?: (error: Error) => void;
}

const retryable = new Set(['40001', '40P01']);

export function openDatabase(url: string, options: DatabaseOptions = {}): Database {
  const {
    poolSize = 10,
    statementTimeoutMs = 5000,
    connectionTimeoutMs = 1500,
    onError = () => {},
  } = options;
  const pool = new pg.Pool({
    connectionString: url,
    max: poolSize,
    pipeline: true,
    application_name: 'paneldesk',
    keepAlive: true,
    // A request may wait for a connection three times (to authenticate, to share a transaction, and to do its work by
    // itself) and then for a lock. The four waits together must not exceed 6 s.
    connectionTimeoutMillis: connectionTimeoutMs,
    // Ends the wait for a database that disappeared without closing the connection (a cut cable, a stopped process).
    query_timeout: statementTimeoutMs + 2000,
    options: sessionOptions(statementTimeoutMs),
    types: { getTypeParser },
  } as pg.PoolConfig & { pipeline: boolean }); // `pipeline` is newer than the published types
  pool.on('error', onError);
  // A backend killed under a checked-out client ends the whole process unless the client itself has a listener.
  pool.on('connect', (client) => client.on('error', onError));

  const { db, transaction } = createExecutor(pool);
  const listeners: Array<() => void> = [];

  async function transact<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
    for (let attempt = 1; ; attempt++) {
      try {
        const result = await transaction(work);
        for (const listener of listeners) listener();
        return result;
      } catch (error) {
        if (attempt === 3 || !retryable.has(String((error as { code?: unknown }).code))) throw error;
      }
    }
  }

  let citus: Promise<boolean> | undefined;
  function isDistributed(): Promise<boolean> {
    citus ??= hasCitus(db).catch((error: unknown) => {
      citus = undefined;
      throw error;
    });
    return citus;
  }

  return {
    url,
    db,
    pool,
    transact,
    transactTogether: createSharing(transact, isDistributed),
    onCommit: (listener) => void listeners.push(listener),
    close: () => pool.end(),
  };
}

async function hasCitus(db: Db): Promise<boolean> {
  const { rows } = await sql`select from pg_extension where extname = 'citus'`.execute(db);
  return rows.length > 0;
}

/**
 * Session settings of every connection. jit makes short batched statements twenty times slower. random_page_cost is
 * set for solid-state disks; with the default, PostgreSQL finds a page of a large account by scanning the whole
 * account. work_mem holds the places of some 200,000 texts that have a word: with less, PostgreSQL remembers pages instead,
 * and compares every text on them (9 s instead of 0.6).
 */
function sessionOptions(statementTimeoutMs: number): string {
  return [
    `-c statement_timeout=${statementTimeoutMs}`,
    `-c lock_timeout=${Math.ceil(statementTimeoutMs * 0.3)}`,
    '-c idle_in_transaction_session_timeout=30000',
    '-c TimeZone=UTC',
    '-c jit=off',
    '-c random_page_cost=1.1',
    '-c work_mem=32MB',
  ].join(' ');
}

/** Warns about settings that may lose acknowledged writes. Throws when Paneldesk cannot run on this server at all. */
export async function durabilityWarnings(pool: pg.Pool): Promise<string[]> {
  const { rows } = await pool.query<{ name: string; setting: string }>(
    `select name, setting
     from pg_settings
     where name in ('fsync', 'full_page_writes', 'synchronous_commit', 'server_encoding', 'server_version_num')`,
  );
  const setting = Object.fromEntries(rows.map((row) => [row.name, row.setting]));
  if (Number(setting.server_version_num) < 150_000)
    throw new Error('Paneldesk needs PostgreSQL 15 or later.');
  if (setting.server_encoding !== 'UTF8')
    throw new Error('Paneldesk needs a database with the encoding UTF8.');
  return ['fsync', 'full_page_writes', 'synchronous_commit']
    .filter((name) => setting[name] === 'off')
    .map((name) => `PostgreSQL runs with ${name} = off. A crash may lose committed data.`);
}

const INT8_ARRAY: number = 1016; // pg has no name for it
const toArray = pg.types.getTypeParser(INT8_ARRAY, 'text');

/** int8 as number (ours stay below 2^53), alone and in arrays, and timestamptz as RFC 3339 text, as the API sends it. */
function getTypeParser(oid: number, format?: 'text' | 'binary') {
  if (oid === pg.types.builtins.INT8) return Number;
  if (oid === INT8_ARRAY) return (text: string) => toArray(text).map(Number);
  if (oid === pg.types.builtins.TIMESTAMPTZ) return rfc3339;
  return format === 'binary' ? pg.types.getTypeParser(oid, 'binary') : pg.types.getTypeParser(oid, 'text');
}

/** `2026-11-23 19:59:53.12+00` → `2026-11-23T19:59:53.120Z`; sessions run in UTC, columns keep milliseconds. */
function rfc3339(text: string): string {
  const time = text.slice(11, -3);
  return `${text.slice(0, 10)}T${time.length === 8 ? `${time}.000` : time.padEnd(12, '0')}Z`;
}
