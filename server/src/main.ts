/** Starts and stops the server: configuration → database → migrations → app and worker → signals. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { startSending } from '#desk/delayed-replies/scheduler.ts';
import { createStreams } from '#desk/feed/stream.ts';
import { openFolderStore } from '#desk/files/folder-store.ts';
import { openS3Store } from '#desk/files/s3-store.ts';
import type { FileStore } from '#desk/files/store.ts';
import { PRESENCE_CHANNEL } from '#desk/presence/presence.ts';
import { type Database, durabilityWarnings, openDatabase } from '#platform/db/database.ts';
import { startEmbedded } from '#platform/db/embedded.ts';
import { migrate } from '#platform/db/migrate.ts';
import { follow } from '#platform/events/following.ts';
import { createNews } from '#platform/events/news.ts';
import type { App } from '#platform/http/app.ts';
import { createDrain } from '#platform/http/drain.ts';
import { buildApp } from './app.ts';
import type { Config } from './config.ts';
import { followers } from './followers.ts';
import { checkDataDir, checkPort, portError } from './start-checks.ts';
import { startWorker } from './worker.ts';

export const version: string = JSON.parse(
  readFileSync(join(import.meta.dirname, '..', 'package.json'), 'utf8'),
).version;

/** Where `npm run build` puts the faces. */
export const webFolder = join(import.meta.dirname, '..', '..', 'web', 'dist');

interface Running {
  app: App;
  database: Database;
  address: string;
  /** Stops being ready, drains, then closes everything. */
  stop(): Promise<void>;
}

interface Interruptions {
  /** Aborts the start: it rejects with the signal's reason, and everything started is stopped. */
  stopping?: AbortSignal;
  /** While this is not aborted, an unreachable database is tried again. */
  retryUntil?: AbortSignal;
}

/** A migrated database: the embedded one or the one in DATABASE_URL. `close` disconnects from it. */
export async function openMigrated(config: Config, { stopping, retryUntil: patience }: Interruptions = {}) {
  const isOurs = config.databaseUrl === '';
  const embedded = isOurs ? await startEmbedded(config.dataDir, config.osUser, stopping) : undefined;
  const url = embedded?.url ?? config.databaseUrl;
  try {
    await migrate(url, patience, stopping);
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

/** Names the database without its password. */
export function databaseName({ databaseUrl, dataDir }: Config): string {
  if (databaseUrl === '') return `${dataDir} (embedded)`;
  const url = databaseUrl.replace(/:\/\/(?:[^@/]*@)?\//, '://localhost/'); // a URL may lack its host
  if (!URL.canParse(url)) return 'DATABASE_URL';
  const { host, pathname, searchParams } = new URL(url);
  return `${searchParams.get('host') ?? host}${pathname} (DATABASE_URL)`;
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

/** `prepare` gets the migrated database before the server accepts requests. */
export async function startServer(
  config: Config,
  interruptions: Interruptions,
  prepare?: (database: Database, files: FileStore) => Promise<unknown>,
): Promise<Running> {
  await checkPort(config);
  checkDataDir(config);
  await using started = new AsyncDisposableStack(); // a failing start stops what it has started
  const { database, close } = await openMigrated(config, interruptions);
  started.defer(close);
  const health = { isAccepting: true, warnings: await durabilityWarnings(database.pool) };
  const files = await openFiles(config);
  let report = (error: unknown) => console.error(error);
  const news = createNews(database, [PRESENCE_CHANNEL], (error) => report(error));
  started.defer(news.stop);
  const streams = createStreams(database, news, (error) => report(error));
  started.defer(streams.closeAll);
  const building = buildApp({ config, database, files, streams, followers, health, webFolder, version });
  const willClose = building.then((app) => started.defer(() => app.close()));
  const [app] = await Promise.all([building, willClose, prepare?.(database, files)]); // `prepare` waits for the database
  news.start(); // not before: the demo locks the events while it is made
  report = (err) => app.log.error({ err }, 'background');
  database.pool.on('error', report);
  started.defer(() => void database.pool.off('error', report)); // errors of connections are expected from here on
  for (const warning of health.warnings) app.log.warn(warning);

  const worker = await startWorker({ database, files, followers, log: toLog(app) });
  started.defer(() => worker.stop());
  const sending = startSending(database, (error) => report(error));
  started.defer(sending.stop);
  interruptions.stopping?.throwIfAborted();
  const drain = createDrain(app, health, streams.closeAll, config.drainSeconds * 1000);
  const address = await listen(app, config);
  started.defer(drain);
  // As late as this: a failing start closes the database under any follower that runs.
  for (const work of followers) {
    const following = follow(news, () => work(database, report), report);
    started.defer(following.stop);
  }

  const running = started.move();
  return { app, database, address, stop: () => running.disposeAsync() };
}

const toLog = (app: App) => (level: string, message: string) => {
  if (level === 'error') app.log.error(message);
  else app.log.debug(message);
};

/** Listens on PORT or, when it was not set, on the next free port. */
async function listen(app: App, { port, host, portGiven }: Config): Promise<string> {
  for (let next = port; ; next++) {
    try {
      return await app.listen({ port: next, host });
    } catch (error) {
      const failure = error as NodeJS.ErrnoException;
      const mayTryNext = failure.code === 'EADDRINUSE' && !portGiven && next < port + 50;
      if (!mayTryNext) throw portError(failure, next, host);
    }
  }
}
