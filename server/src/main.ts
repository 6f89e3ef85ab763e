/** Starts and stops the server: configuration → database → migrations → app and worker → signals. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { type App, buildApp } from './app.ts';
import type { Config } from './config.ts';
import { type Database, durabilityWarnings, openDatabase } from './db/database.ts';
import { startEmbedded } from './db/embedded.ts';
import { migrate } from './db/migrate.ts';
import { startFollower } from './events/follower.ts';
import { createStreams, type Streams } from './events/stream.ts';
import { openFolderStore } from './files/folder-store.ts';
import { openS3Store } from './files/s3-store.ts';
import type { FileStore } from './files/store.ts';
import type { Health } from './http/metrics.ts';
import { startWorker } from './worker.ts';

export const version: string = JSON.parse(
  readFileSync(join(import.meta.dirname, '..', 'package.json'), 'utf8'),
).version;

const DATABASE_PATIENCE_MS = 60_000;

interface Running {
  app: App;
  database: Database;
  address: string;
  /** Not ready, then drained, then gone. */
  stop(): Promise<void>;
}

/**
 * A migrated database, ours or the one in DATABASE_URL; `close` leaves it. One that is still starting, as in a
 * composition of containers, is waited for.
 */
export async function openMigrated(config: Config, patienceMs = 0) {
  const embedded = config.databaseUrl === '' ? await startEmbedded(config.dataDir, config.osUser) : undefined;
  const url = embedded?.url ?? config.databaseUrl;
  try {
    await migrate(url, patienceMs);
    const database = openDatabase(url, { poolSize: config.databasePoolSize });
    const close = async () => {
      await database.close();
      await embedded?.stop();
    };
    return { database, close };
  } catch (error) {
    await embedded?.stop();
    throw error;
  }
}

export async function openFiles(config: Config): Promise<FileStore> {
  if (config.s3Bucket === '') return openFolderStore(join(config.dataDir, 'files'));
  return openS3Store({
    endpoint: config.s3Endpoint,
    bucket: config.s3Bucket,
    region: config.s3Region,
    accessKeyId: config.s3AccessKeyId,
    secretAccessKey: config.s3SecretAccessKey,
    temporaryDir: join(config.dataDir, 'incoming'),
  });
}

/** `prepare` has the migrated database before anybody is served. */
export async function startServer(
  config: Config,
  prepare?: (database: Database, files: FileStore) => Promise<unknown>,
): Promise<Running> {
  await using started = new AsyncDisposableStack(); // a start that fails undoes what it has begun
  const { database, close } = await openMigrated(config, DATABASE_PATIENCE_MS);
  started.defer(close);
  const health = { isAccepting: true, warnings: await durabilityWarnings(database.pool) };
  const files = await openFiles(config);
  await prepare?.(database, files);
  let report = (error: unknown) => console.error(error);
  const follower = startFollower(database, (error) => report(error));
  started.defer(follower.stop);
  const streams = createStreams(database, follower, (error) => report(error));
  started.defer(streams.closeAll);
  const app = await buildApp({ config, database, files, streams, health, version });
  started.defer(() => app.close());
  report = (err) => app.log.error({ err }, 'background');
  database.pool.on('error', report);
  for (const warning of health.warnings) app.log.warn(warning);

  const worker = await startWorker({ database, files, log: toLog(app) });
  started.defer(() => worker.stop());
  const address = await listen(app, config);
  started.defer(() => drain(app, health, streams, config.drainSeconds * 1000));

  const running = started.move();
  return { app, database, address, stop: () => running.disposeAsync() };
}

const toLog = (app: App) => (level: string, message: string) => {
  if (level === 'error') app.log.error(message);
  else app.log.debug(message);
};

/** Listens on PORT or, when nobody chose it, on the next free one. */
async function listen(app: App, { port, host, portGiven }: Config): Promise<string> {
  for (let next = port; ; next++) {
    try {
      return await app.listen({ port: next, host });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw error;
      if (portGiven || next === port + 50) {
        throw new Error(`Port ${next} on ${host} is taken by another program. Set PORT to a free one.`);
      }
    }
  }
}

/** Serves what is under way to its end, at most `drainMs` long, and nothing else. */
async function drain(app: App, health: Health, streams: Streams, drainMs: number) {
  health.isAccepting = false;
  streams.closeAll();
  app.server.prependListener('request', (_request, response) => response.setHeader('connection', 'close'));
  // Whoever balances the load must see the state before the door closes.
  await wait(Math.min(500, drainMs));
  // A request that ends behind the closed door leaves its connection idle; Node would keep it for keepAliveTimeout.
  const idle = setInterval(() => app.server.closeIdleConnections(), 50);
  const forced = setTimeout(() => app.server.closeAllConnections(), drainMs);
  await app.close();
  clearInterval(idle);
  clearTimeout(forced);
}
