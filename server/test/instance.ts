/** An instance under test: the whole app with its own database, called through HTTP. */
import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { system } from '#actor.ts';
import { buildApp } from '#app.ts';
import { readConfig } from '#config.ts';
import { createStreams, streamChannels } from '#desk/feed/stream.ts';
import { openFolderStore } from '#desk/files/folder-store.ts';
import type { FileStore } from '#desk/files/store.ts';
import { addTopic } from '#desk/topics/topics.ts';
import { followers } from '#followers.ts';
import { addAccount } from '#people/accounts/accounts.ts';
import { openSession } from '#people/staff/sessions/sessions.ts';
import { addStaff } from '#people/staff/staff.ts';
import { issueToken } from '#people/tokens/tokens.ts';
import { type Database, openDatabase } from '#platform/db/database.ts';
import type { FeedFollower } from '#platform/events/feed-follower.ts';
import { createNews, type News } from '#platform/events/news.ts';
import type { App } from '#platform/http/app.ts';
import { sql } from '#platform/sql.ts';
import { type Caller, caller } from './caller.ts';
import { withDatabase } from './database-url.ts';

export interface Instance {
  app: App;
  database: Database;
  url: string;
  files: FileStore;
  folder: string;
  /** Every line the instance has logged. */
  log: string[];
  /** A client of the account with this external id, which is created when missing. Each call issues a new token. */
  client(externalId?: string, options?: { marks_read?: boolean; name?: string }): Promise<Caller>;
  staff(role?: 'agent' | 'admin', name?: string): Promise<Caller>;
  service(): Promise<Caller>;
  /** A staff member with a session cookie, on one of our own pages. */
  signedIn(role?: 'agent' | 'admin'): Promise<Caller & { staffId: number; sessionId: number }>;
  anonymous: Caller;
  /** The app of a second process with the same database and its own pool. */
  otherProcess(): Promise<Instance>;
  /** Runs SQL and returns its rows. */
  query<T extends object = Record<string, unknown>>(sql: string, values?: unknown[]): Promise<T[]>;
  close(): Promise<void>;
}

interface InstanceOptions {
  env?: Record<string, string>;
  /** A database that exists, instead of a new one. */
  url?: string;
  files?: FileStore;
  /** A build of the faces, instead of the one in `test/web`. */
  webFolder?: string;
  /** Instead of the product's own; none is started. */
  followers?: FeedFollower[];
}

const unlimited = {
  LIMIT_TICKETS_PER_MINUTE: '0',
  LIMIT_COMMENTS_PER_MINUTE: '0',
  LIMIT_UPLOADS_PER_MINUTE: '0',
  LIMIT_STAFF_UPLOADS_PER_MINUTE: '0',
  LIMIT_READS_PER_MINUTE: '0',
  LIMIT_VOTES_PER_MINUTE: '0',
  LIMIT_CHANGES_PER_MINUTE: '0',
  LOG_SLOW_MS: '600000', // the log is for faults: test machines may be slow
};

export async function openInstance(options: InstanceOptions = {}): Promise<Instance> {
  const url = options.url ?? (await createDatabase());
  const folder = mkdtempSync(join(tmpdir(), 'paneldesk-desk-'));
  const config = readConfig({ ...unlimited, LOG_LEVEL: 'warn', DATA_DIR: folder, ...options.env });
  // Long timeouts, because a test machine may be slow. Tests of the timeouts set their own.
  const timeouts = { statementTimeoutMs: 30_000, connectionTimeoutMs: 30_000 };
  const database = openDatabase(url, { poolSize: 8, ...timeouts });
  const files = options.files ?? (await openFolderStore(join(folder, 'files')));
  const log: string[] = [];
  const news: News = createNews(database, streamChannels, (error) => log.push(`news: ${error}`));
  news.start();
  const streams = createStreams(database, news, (error) => log.push(`streams: ${error}`));
  const logStream = { write: (line: string) => log.push(line) } as unknown as NodeJS.WritableStream; // pino only calls write
  const health = { isAccepting: true, warnings: [] };
  const app = await buildApp({
    config,
    database,
    files,
    streams,
    followers: options.followers ?? followers,
    health,
    webFolder: options.webFolder ?? join(import.meta.dirname, 'web'),
    version: 'test',
    logStream,
  });
  if (!options.url) {
    await database.transact((tx) =>
      addTopic(tx, system, { key: 'servers', name: { en: 'Servers', ru: 'Серверы' } }),
    );
  }
  const otherProcesses: Instance[] = [];

  return {
    app,
    database,
    url,
    files,
    folder,
    log,
    anonymous: caller(app, {}),

    async client(externalId = 'acme', { marks_read, name = `The ${externalId} company` } = {}) {
      return database.transact(async (tx) => {
        const { rows } = await sql<{ account_id: number }>`
          select account_id from accounts where external_id = ${externalId}
        `.execute(tx);
        const email = `${externalId}@clients.example`;
        const { account_id } = rows[0] ?? (await addAccount(tx, system, externalId, { name, email }));
        const issued = await issueToken(tx, system, { account_id, name: 'test', marks_read });
        return caller(app, issued, account_id);
      });
    },

    async staff(role = 'agent', name = 'Anna Petrova') {
      return database.transact(async (tx) => {
        const { staff_id } = await addStaff(tx, system, {
          email: `${randomUUID()}@host.example`,
          name,
          role,
        });
        const issued = await issueToken(tx, system, { staff_id, name: 'test' });
        return caller(app, issued);
      });
    },

    async signedIn(role = 'agent') {
      return database.transact(async (tx) => {
        const email = `${randomUUID()}@host.example`;
        const member = await addStaff(tx, system, { email, name: 'Boris Ivanov', role });
        const { secret, session_id } = await openSession(
          tx,
          member,
          { ip: '127.0.0.1', userAgent: null },
          { by: 'password', second_factor: 'none' },
        );
        const headers = { cookie: `paneldesk=${secret}`, 'sec-fetch-site': 'same-origin' };
        return { ...caller(app, { headers }), staffId: member.staff_id, sessionId: session_id };
      });
    },

    async service() {
      const issued = await database.transact((tx) =>
        issueToken(tx, system, { kind: 'service', name: 'panel' }),
      );
      return caller(app, issued);
    },

    async otherProcess() {
      const otherProcess = await openInstance({ ...options, url });
      otherProcesses.push(otherProcess);
      return otherProcess;
    },

    query: async (sql, values) => (await database.pool.query(sql, values)).rows,

    async close() {
      for (const otherProcess of otherProcesses) await otherProcess.close();
      streams.closeAll();
      app.server.closeAllConnections(); // otherwise close would wait for a client's idle connection
      await app.close();
      await news.stop();
      await database.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** The open connections of the instance, as the system counts them. */
export const countConnections = ({ app }: Instance): Promise<number> =>
  new Promise((resolve, reject) =>
    app.server.getConnections((error, count) => (error ? reject(error) : resolve(count))),
  );

let databases = 0;

/** A new database, cloned from the migrated template of this run. */
export async function createDatabase(): Promise<string> {
  const { TEST_SERVER_URL: serverUrl, TEST_TEMPLATE: template } = process.env;
  if (!serverUrl || !template) throw new Error('Run the tests with "npm test": it makes their database.');
  const name = `${template}_${process.pid}_${++databases}`;
  const admin = new pg.Client({ connectionString: serverUrl });
  await admin.connect();
  await admin.query(`create database ${name} template ${template}`);
  await admin.end();
  return withDatabase(serverUrl, name);
}
