/** The database that a command works on: announced, never created as a side effect, and left as it was found. */
import { type Config, ConfigError, readConfig } from '#config.ts';
import type { Database } from '#platform/db/database.ts';
import { hasCluster } from '#platform/db/embedded/location.ts';
import { stopSignal } from '#signals.ts';
import { checkDataDir } from '#start-checks.ts';
import { databaseName, openMigrated } from '#storage.ts';

type Work = (database: Database, config: Config, stopping?: AbortSignal) => Promise<void>;

/** Runs the work on the migrated database. Creates a missing embedded database only with `mayCreate`. */
export async function withDatabase(work: Work, { mayCreate = false } = {}) {
  const config = readConfig(process.env);
  const isEmbedded = config.databaseUrl === '';
  if (isEmbedded && !mayCreate && !hasCluster(config.dataDir)) throw noDatabase(config);
  if (isEmbedded) checkDataDir(config);
  console.error(`Database: ${databaseName(config)}`);
  const stopping = isEmbedded ? stopSignal() : undefined; // this process may have to stop PostgreSQL
  const { database, migrated, close } = openMigrated(config, { stopping });
  try {
    await migrated;
    stopping?.throwIfAborted();
    await work(database, config, stopping);
  } finally {
    await close();
  }
}

const noDatabase = ({ dataDir }: Config) =>
  new ConfigError(
    `There is no database in ${dataDir}. Set DATA_DIR to the data folder of your instance or DATABASE_URL to its PostgreSQL, ` +
      'or run this in the folder where the instance was started. "paneldesk serve" and "paneldesk demo" make a new database.',
  );
