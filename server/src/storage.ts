/** The database and the files of an installation: where its settings say. And the faces, which are built beside it. */
import { join } from 'node:path';
import { openFolderStore } from '#desk/files/folder-store.ts';
import { openS3Store } from '#desk/files/s3-store.ts';
import type { FileStore } from '#desk/files/store.ts';
import { type Database, openDatabase } from '#platform/db/database.ts';
import { findLocation } from '#platform/db/embedded/location.ts';
import { startEmbedded } from '#platform/db/embedded.ts';
import { migrate } from '#platform/db/migrate.ts';
import type { Config } from './config.ts';

/** Where `npm run build` puts the faces. */
export const webFolder = join(import.meta.dirname, '..', '..', 'web', 'dist');

export interface Interruptions {
  /** Aborts the start: it rejects with the signal's reason, and everything started is stopped. */
  stopping?: AbortSignal;
  /** While this is not aborted, an unreachable database is tried again. */
  retryUntil?: AbortSignal;
}

export interface Opened {
  /** To be used after `migrated`. */
  database: Database;
  migrated: Promise<unknown>;
  /** Disconnects. */
  close(): Promise<void>;
}

/** The database in DATABASE_URL or, without one, the embedded database, which is created and started. */
export function openMigrated(config: Config, { stopping, retryUntil }: Interruptions = {}): Opened {
  const { databaseUrl, dataDir, osUser, databasePoolSize } = config;
  const url = databaseUrl || findLocation(dataDir, osUser).url;
  const embedded = databaseUrl ? Promise.resolve(undefined) : startEmbedded(dataDir, osUser, stopping);
  const migrated = embedded.then(() => migrate(url, retryUntil, stopping));
  migrated.catch(() => {}); // for whoever awaits it, which may be later
  const database = openDatabase(url, { poolSize: databasePoolSize });
  const close = async () => {
    await migrated.catch(() => {});
    await database.close();
    await (await embedded.catch(() => undefined))?.stop();
  };
  return { database, migrated, close };
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
