/** Starts and stops the server on its database: app → demo → worker → followers. */
import { startSending } from '#desk/delayed-replies/scheduler.ts';
import { createStreams, streamChannels } from '#desk/feed/stream.ts';
import type { FileStore } from '#desk/files/store.ts';
import { SORT_IN_EVERY_MS, sortInNewWords } from '#desk/search/sort-in.ts';
import { type Database, durabilityWarnings } from '#platform/db/database.ts';
import { follow } from '#platform/events/following.ts';
import { createNews } from '#platform/events/news.ts';
import type { App } from '#platform/http/app.ts';
import { createDrain } from '#platform/http/drain.ts';
import type { Health } from '#platform/http/metrics.ts';
import { buildApp } from './app.ts';
import type { Config } from './config.ts';
import { followers } from './followers.ts';
import { portError } from './start-checks.ts';
import { type Interruptions, type Opened, openFiles, webFolder } from './storage.ts';
import { version } from './version.ts';
import { startWorker } from './worker.ts';

interface Running {
  app: App;
  database: Database;
  address: string;
  /** Stops being ready, drains, then closes everything. */
  stop(): Promise<void>;
}

/**
 * The app is built while the database is created and migrated. `prepare` gets the migrated database before the server
 * accepts requests.
 */
export async function startServer(
  config: Config,
  { database, migrated, close }: Opened,
  { stopping }: Interruptions,
  prepare: (database: Database, files: FileStore) => Promise<unknown>,
): Promise<Running> {
  await using started = new AsyncDisposableStack(); // a failing start stops what it has started
  started.defer(close);
  const health: Health = { isAccepting: true, warnings: [] };
  const files = await openFiles(config);
  let report = (error: unknown) => console.error(error);
  const news = createNews(database, streamChannels, (error) => report(error));
  started.defer(news.stop);
  const streams = createStreams(database, news, (error) => report(error));
  started.defer(streams.closeAll);
  const building = buildApp({ config, database, files, streams, followers, health, webFolder, version });
  started.defer(() =>
    building.then(
      (app) => app.close(),
      () => {},
    ),
  );
  const preparing = migrated.then(async () => {
    health.warnings = await durabilityWarnings(database.pool);
    await prepare(database, files);
  });
  const [app] = await Promise.all([building, preparing]);
  news.start(); // not before: the demo locks the events while it is made
  report = (err) => app.log.error({ err }, 'background');
  database.pool.on('error', report);
  started.defer(() => void database.pool.off('error', report)); // errors of connections are expected from here on
  for (const warning of health.warnings) app.log.warn(warning);

  const worker = await startWorker({ database, files, followers, log: toLog(app) });
  started.defer(() => worker.stop());
  const sending = startSending(database, (error) => report(error));
  started.defer(sending.stop);
  stopping?.throwIfAborted();
  const drain = createDrain(app, health, streams.closeAll, config.drainSeconds * 1000);
  const address = await listen(app, config);
  started.defer(drain);
  // As late as this: a failing start closes the database under any follower that runs.
  for (const work of followers) {
    const following = follow(news, () => work(database, report), report);
    started.defer(following.stop);
  }
  const sorting = follow(news, () => sortInNewWords(database), report, SORT_IN_EVERY_MS);
  started.defer(sorting.stop);

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
