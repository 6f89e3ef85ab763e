import { mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { type FileStore, isBlob, storageFailure } from './store.ts';

/**
 * Stores files under `root`, spread over 256 folders. A file is written completely, then linked: no reader ever sees
 * half a file.
 */
export async function openFolderStore(root: string): Promise<FileStore> {
  const temporaryDir = join(root, 'incoming');
  await mkdir(temporaryDir, { recursive: true, mode: 0o700 });
  const pathOf = (blob: string) => join(root, blob.slice(0, 2), blob);

  return {
    temporaryDir,

    async put(blob, path) {
      try {
        await linkDurably(path, root, pathOf(blob));
      } catch (error) {
        throw storageFailure(error);
      }
    },

    async read(blob, { start, end }) {
      const file = await open(pathOf(blob)).catch((error: unknown) => {
        throw storageFailure(error);
      });
      return file.createReadStream({ start, end });
    },

    remove: (blob) => rm(pathOf(blob), { force: true }),

    async *list(before) {
      for (const folder of await readdir(root)) {
        if (!/^[0-9a-f]{2}$/.test(folder)) continue;
        for (const blob of await readdir(join(root, folder))) {
          if (isBlob(blob) && (await isOlder(join(root, folder, blob), before))) yield blob;
        }
      }
    },
  };
}

/** Links the file once its bytes are on disk, and syncs the folders. */
async function linkDurably(path: string, root: string, target: string) {
  const created = await mkdir(dirname(target), { recursive: true, mode: 0o700 });
  if (created !== undefined) await sync(root);
  await sync(path);
  await rename(path, target);
  await sync(dirname(target));
}

/** False also for a file removed in the meantime. */
async function isOlder(path: string, before: Date): Promise<boolean> {
  const found = await stat(path).catch(() => undefined);
  return found !== undefined && found.mtime < before;
}

async function sync(path: string) {
  const handle = await open(path, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
