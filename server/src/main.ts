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
import { createStreams } from './events/stream.ts';
import { openFolderStore } from './files/folder-store.ts';
import { openS3Store } from './files/s3-store.ts';
import type { FileStore } from './files/store.ts';
import { startWorker } from './worker.ts';

export const version: string = JSON.parse(
  readFileSync(join(import.meta.dirname, '..', 'package.json'), 'utf8'),
).version;

export interface Running {
  app: App;
  database: Database;
  address: string;
  /** Not ready, then drained, then gone. */
  stop(): Promise<void>;
}

/** A migrated database, ours or the one in DATABASE_URL; `close` leaves it. */
export async function openMigrated(config: Config) {
  const embedded = config.databaseUrl === '' ? await startEmbedded(config.dataDir, config.osUser) : undefined;
  const url = embedded?.url ?? config.databaseUrl;
  try {
    await migrate(url);
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

export async function startServer(config: Config): Promise<Running> {
  const { database, close } = await openMigrated(config);
  const health = { isAccepting: true, warnings: await durabilityWarnings(database.pool) };
  const files = await openFiles(config);
  let report = (error: unknown) => console.error(error);
  const follower = startFollower(database, (error) => report(error));
  const streams = createStreams(database, follower, (error) => report(error));
  const app = await buildApp({ config, database, files, streams, health, version });
  report = (err) => app.log.error({ err }, 'background');
  database.pool.on('error', report);
  for (const warning of health.warnings) app.log.warn(warning);

  const worker = await startWorker({
    database,
    files,
    log: (level, message) => {
      if (level === 'error') app.log.error(message);
      else app.log.debug(message);
    },
  });
  const address = await listen(app, config);

  async function stop() {
    health.isAccepting = false;
    streams.closeAll();
    // Whoever balances the load must see the state before the door closes, and busy connections must be let go.
    app.server.on('request', (_request, response) => response.setHeader('connection', 'close'));
    await wait(Math.min(500, config.drainSeconds * 1000));
    const forced = setTimeout(() => app.server.closeAllConnections(), config.drainSeconds * 1000);
    await app.close();
    clearTimeout(forced);
    await worker.stop();
    await follower.stop();
    await close();
  }

  return { app, database, address, stop };
}

/** Listens on PORT or, when nobody chose it, on the next free one. */
async function listen(app: App, { port, host, portGiven }: Config): Promise<string> {
  for (let next = port; ; next++) {
    try {
      return await app.listen({ port: next, host });
    } catch (error) {
      if (portGiven || next === port + 50 || (error as NodeJS.ErrnoException).code !== 'EADDRINUSE')
        throw error;
    }
  }
}
