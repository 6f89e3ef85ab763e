/** The PostgreSQL of the bench: the embedded one of its folder, or the one in DATABASE_URL. */
import { execFile } from 'node:child_process';
import { setTimeout } from 'node:timers/promises';
import { promisify } from 'node:util';
import type pg from 'pg';
import { type Embedded, startEmbedded } from '../server/src/platform/db/embedded.ts';
import { withClient } from './client.ts';

export interface Postgres {
  version: string;
  isEmbedded: boolean;
  urlOf(database: string): string;
  exists(database: string): Promise<boolean>;
  create(database: string): Promise<void>;
  rename(from: string, to: string): Promise<void>;
  drop(database: string): Promise<void>;
  /** Drops all databases whose names start with the prefix. */
  dropAll(prefix: string): Promise<void>;
  /** Replaces `database` by a copy of `template`, and returns its URL. */
  clone(template: string, database: string): Promise<string>;
  /** Reads these databases into the cache of the operating system. Copying leaves only parts of them there. */
  warm(urls: string[]): Promise<void>;
  /** Ends what still runs in these databases for clients that have gone. */
  endStatements(databases: string[]): Promise<void>;
  /** Runs `work` while the embedded database is stopped. */
  without<T>(work: () => Promise<T>): Promise<T>;
  stop(): Promise<void>;
}

const osUser = process.env.PANELDESK_OS_USER ?? 'nobody';

export async function openPostgres(folder: string): Promise<Postgres> {
  const given = process.env.DATABASE_URL;
  let embedded: Embedded | undefined = given ? undefined : await startEmbedded(folder, osUser);
  const base = given ?? embedded?.url ?? '';
  const urlOf = (database: string) => base.replace(/\/[^/?@]*(\?|$)/, `/${database}$1`);

  const admin = <T extends object>(sql: string, values: unknown[] = []): Promise<T[]> =>
    withClient(urlOf('postgres'), async (client) => (await client.query<T>(sql, values)).rows);

  const [row] = await admin<{ server_version: string }>('show server_version');
  return {
    version: row?.server_version ?? '',
    isEmbedded: !given,
    urlOf,
    exists: async (database) =>
      (await admin('select from pg_database where datname = $1', [database])).length > 0,
    create: async (database) => {
      await admin(`create database ${database}`);
    },
    rename: async (from, to) => {
      await admin(`alter database ${from} rename to ${to}`);
    },
    drop: async (database) => {
      await admin(`drop database if exists ${database} with (force)`);
    },
    dropAll: async (prefix) => {
      const sql = 'select datname from pg_database where starts_with(datname, $1)';
      for (const { datname } of await admin<{ datname: string }>(sql, [prefix]))
        await admin(`drop database ${datname} with (force)`);
    },
    clone: async (template, database) => {
      await admin(`drop database if exists ${database} with (force)`);
      await admin(`create database ${database} template ${template} strategy file_copy`);
      await promisify(execFile)('sync').catch(() => {}); // pending writes would otherwise be flushed during the measurement
      return urlOf(database);
    },
    warm: async (urls) => {
      for (const url of urls) await withClient(url, readAll);
    },
    endStatements: async (databases) => {
      const sql = `select pg_cancel_backend(pid) from pg_stat_activity where datname = any($1) and state = 'active'`;
      // A server that has more requests waiting for a connection begins the next one.
      for (let quiet = 0; quiet < 5; await setTimeout(50)) {
        const { length } = await admin(sql, [databases]);
        quiet = length === 0 ? quiet + 1 : 0;
      }
    },
    without: async (work) => {
      await embedded?.stop();
      try {
        return await work();
      } finally {
        embedded = given ? undefined : await startEmbedded(folder, osUser);
      }
    },
    stop: async () => embedded?.stop(),
  };
}

/** Needs the extension pg_prewarm: without it nothing is done, and small databases do not need it. */
async function readAll(client: pg.Client) {
  const extensions = `select from pg_available_extensions where name = 'pg_prewarm'`;
  if ((await client.query(extensions)).rowCount === 0) return;
  await client.query('create extension pg_prewarm');
  await client.query(`select pg_prewarm(oid, 'read') from pg_class where relkind in ('r', 'i', 't')`);
  await client.query('drop extension pg_prewarm');
}
