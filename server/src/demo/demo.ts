import type { Database } from '../db/database.ts';
import type { FileStore } from '../files/store.ts';

/** Makes demo data in an empty database; undefined when it is not empty. */
export async function makeDemo(
  _database: Database,
  _files: FileStore,
  _dataDir: string,
): Promise<{ credentials_file: string } | undefined> {
  return undefined;
}
